package eventstoretest

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/rapport-crm/rapport/eventstore"
)

var closeTests = map[string]func(*testing.T, eventstore.Store){
	"twice is harmless":         closesTwice,
	"ends what is under way":    closesUnderWay,
	"leaves nothing to be done": closedForAll,
}

func closesTwice(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(1))
	for _, err := range concurrently(4, func(int) error { return store.Close() }) {
		if err != nil {
			t.Errorf("Close: %v", err)
		}
	}
	if err := store.Close(); err != nil {
		t.Errorf("Close again: %v", err)
	}
}

func closedForAll(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(1))
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for name, call := range calls(store) {
		if err := call(within(t), 0); !errors.Is(err, eventstore.ErrClosed) {
			t.Errorf("%s: %v, want ErrClosed", name, err)
		}
	}
}

// closesUnderWay closes the store while every method is being called, over and over.
func closesUnderWay(t *testing.T, store eventstore.Store) {
	mustAppend(t, store, "customer-1", eventstore.NoStream, facts(500))
	ctx := within(t)
	ended := make(chan error)
	callers := 0
	busy := make(chan struct{}, 1)
	for name, call := range calls(store) {
		for i := range 3 {
			callers++
			go func() {
				for {
					err := call(ctx, i)
					select {
					case busy <- struct{}{}:
					default:
					}
					switch {
					case err == nil:
						continue
					case errors.Is(err, eventstore.ErrClosed):
						ended <- nil
					case name == "Append" && errors.Is(err, eventstore.ErrUnavailable):
						continue // it was cut off, and may have been appended or not
					default:
						ended <- fmt.Errorf("%s: %w", name, err)
					}
					return
				}
			}()
		}
	}
	for range 20 {
		<-busy
	}
	if err := store.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	for range callers {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// calls is every method, as a call that ends with its error.
func calls(store eventstore.Store) map[string]func(context.Context, int) error {
	return map[string]func(context.Context, int) error{
		"Append": func(ctx context.Context, i int) error {
			_, err := store.Append(ctx, fmt.Sprintf("customer-%d", i), eventstore.Any, facts(2))
			return err
		},
		"ReadStream": func(ctx context.Context, _ int) error {
			_, err := last(store.ReadStream(ctx, "customer-1", 0))
			return err
		},
		"ReadStreamBackwards": func(ctx context.Context, _ int) error {
			_, err := last(store.ReadStreamBackwards(ctx, "customer-1", eventstore.End))
			return err
		},
		"ReadAll": func(ctx context.Context, _ int) error {
			_, err := last(store.ReadAll(ctx, 0))
			return err
		},
		"At": func(ctx context.Context, _ int) error {
			_, err := store.At(ctx, 1)
			if errors.Is(err, eventstore.ErrMissing) {
				return nil // the first event of a log that others use as well need not be the store's
			}
			return err
		},
		"Curtailed": func(ctx context.Context, _ int) error {
			for _, err := range store.Curtailed(ctx) {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"Follow": func(ctx context.Context, _ int) error {
			for _, err := range store.Follow(ctx, 0, 10) {
				if err != nil {
					return err
				}
			}
			return nil
		},
		"Head":     func(ctx context.Context, _ int) error { _, err := store.Head(ctx); return err },
		"Distance": func(ctx context.Context, _ int) error { _, err := store.Distance(ctx, 0, 1000); return err },
	}
}

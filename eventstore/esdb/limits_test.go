package esdb

import (
	"bytes"
	"errors"
	"io"
	"testing"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/esdb/esdbtest"
)

// Fault: an append that the server refuses while it is being sent fails with EOF, and the client throws away what the
// server said. Guard: the server is asked again by appends that change nothing (reason). What it takes is learnt, and
// what is too large is never told as an outage, which would be tried again for ever.
func TestLimitsAreLearntFromARefusal(t *testing.T) {
	const takes = 300_000
	log, server := serve(t)
	s := open(t, esdbtest.Serve(t, server, esdbtest.Rules{MaxAppendSize: takes}).Address, Options{})
	if got := s.Limits().AppendBytes; got != defaultAppendBytes {
		t.Errorf("%d bytes before anything was learnt, want %d", got, defaultAppendBytes)
	}
	for name, events := range map[string][]eventstore.Proposed{
		"one event":   padded(1, 400_000),
		"many events": padded(60, 10_000),
		"few events":  padded(4, 200_000),
	} {
		for range 5 { // whether the client says EOF or not is a matter of moments
			_, err := s.Append(t.Context(), "customer-1", eventstore.Any, events)
			if !errors.Is(err, eventstore.ErrTooLarge) || errors.Is(err, eventstore.ErrUnavailable) {
				t.Errorf("%s: %v, want ErrTooLarge and nothing else", name, err)
			}
			if got := s.Limits().AppendBytes; got != takes {
				t.Errorf("%s: %d bytes were learnt, want %d", name, got, takes)
			}
		}
	}
	if head, err := log.Head(t.Context()); head != 0 || err != nil {
		t.Errorf("the log ends at %d (%v): something was appended", head, err)
	}
	if _, err := s.Append(t.Context(), "customer-1", eventstore.NoStream, padded(3, takes/3-300)); err != nil {
		t.Errorf("what fits in what was learnt: %v", err)
	}
	if got := s.Limits().AppendBytes; got != takes {
		t.Errorf("%d bytes after an append that fits, want %d", got, takes)
	}
}

// A server that was set to take more is found out by an append that it takes.
func TestLimitsAreLearntFromALargeAppend(t *testing.T) {
	_, server := serve(t)
	s := open(t, server, Options{})
	events := padded(4, 700_000)
	if _, err := s.Append(t.Context(), "customer-1", eventstore.NoStream, events); err != nil {
		t.Fatal(err)
	}
	if got := s.Limits().AppendBytes; got != total(events) {
		t.Errorf("%d bytes were learnt, want %d", got, total(events))
	}
}

// The reason behind an EOF is found out whatever it was.
func TestReasonsBehindEOF(t *testing.T) {
	_, server := serve(t)
	between := esdbtest.Serve(t, server, esdbtest.Rules{})
	s := open(t, between.Address, Options{})
	if _, err := s.Append(t.Context(), "customer-1", eventstore.NoStream, sold(1)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		rules esdbtest.Rules
		want  error
	}{
		"too large":         {esdbtest.Rules{MaxAppendSize: 1000}, eventstore.ErrTooLarge},
		"may not":           {esdbtest.Rules{MayNotWrite: true}, eventstore.ErrUnusable},
		"may not, and size": {esdbtest.Rules{MayNotWrite: true, MaxAppendSize: 1000}, eventstore.ErrUnusable},
		"the connection":    {esdbtest.Rules{}, eventstore.ErrUnavailable},
	} {
		between.Change(c.rules)
		err := s.reason(t.Context(), s.current.client, "customer-1", 2000, io.EOF)
		if got := s.fault(err); !errors.Is(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	n := 0
	for range s.ReadStream(t.Context(), "customer-1", 0) {
		n++
	}
	if n != 1 {
		t.Errorf("%d events after the server was asked, want the 1 that was there", n)
	}
}

// Many events to a server that refuses the first end with the refusal, not with an outage.
func TestARefusalOfManyEventsIsToldAsOne(t *testing.T) {
	_, server := serve(t)
	s := open(t, esdbtest.Serve(t, server, esdbtest.Rules{MayNotWrite: true}).Address, Options{})
	for range 10 {
		_, err := s.Append(t.Context(), "customer-1", eventstore.Any, padded(100, 9000))
		if !errors.Is(err, eventstore.ErrUnusable) || codeOf(err) == client.ErrorCodeUnknown && errors.Is(err, eventstore.ErrUnavailable) {
			t.Errorf("%v, want that the right is missing", err)
		}
	}
}

// padded answers n events of a size.
func padded(n, bytesEach int) []eventstore.Proposed {
	events := sold(n)
	for i := range events {
		events[i].Data = bytes.Repeat([]byte("x"), bytesEach-len(events[i].Metadata))
	}
	return events
}

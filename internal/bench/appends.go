package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/esdb"
	"github.com/rapport-crm/rapport/eventstore/face"
)

// appends measures the log alone: in process, and through EventStoreDB's protocol and official client.
func (r *run) appends(ctx context.Context) (err error) {
	log, err := embedded.Open(filepath.Join(r.Dir, "append"), embedded.Options{Logger: r.Logger})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	served := face.New(log, face.Options{Logger: r.Logger})
	var serving errgroup.Group
	serving.Go(func() error { return served.Serve(listener) })
	defer func() {
		served.Close()
		err = errors.Join(err, serving.Wait())
	}()
	remote, err := esdb.Open("esdb://"+listener.Addr().String()+"?tls=false", esdb.Options{Logger: r.Logger})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, remote.Close()) }()

	measured := []struct {
		key     string
		store   eventstore.Store
		writers int
	}{
		{"append.writers_1_per_s", log, 1},
		{"append.writers_64_per_s", log, 64},
		{"append.writers_256_per_s", log, 256},
		{"append.face_writers_1_per_s", remote, 1},
		{"append.face_writers_64_per_s", remote, 64},
	}
	bought, err := purchases()
	if err != nil {
		return err
	}
	advance, end := r.progress("appends", len(measured))
	defer end()
	for _, m := range measured {
		rate, err := appendRate(ctx, m.store, m.writers, bought, r.share(len(measured)))
		if err != nil {
			return fmt.Errorf("%d writers: %w", m.writers, err)
		}
		r.report.set(m.key, rate)
		advance(1)
	}
	return nil
}

// appendRate lets each writer append to a stream of its own, one event a call, from the revision that it knows.
func appendRate(ctx context.Context, store eventstore.Store, writers int, bought []purchase, during time.Duration) (float64, error) {
	done := make([]int, writers)
	group, ctx := errgroup.WithContext(ctx)
	began := time.Now()
	for w := range writers {
		group.Go(func() error {
			stream, expected := "customer-"+uuid.NewString(), eventstore.NoStream
			for done[w] == 0 || time.Since(began) < during {
				appended, err := store.Append(ctx, stream, expected, []eventstore.Proposed{{ID: uuid.New(),
					Type: "customer.purchase_recorded.v1", Data: bought[done[w]%len(bought)].body,
					Metadata: []byte(`{"source":"bench","occurred_at":"2011-03-01T10:00:00Z"}`)}})
				if err != nil {
					return err
				}
				expected = eventstore.Exactly(appended.Revision)
				done[w]++
			}
			return nil
		})
	}
	err := group.Wait()
	total := 0
	for _, n := range done {
		total += n
	}
	return perSecond(total, time.Since(began)), err
}

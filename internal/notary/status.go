package notary

import (
	"context"
	"fmt"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/proof"
)

// States of a notary.
const (
	stateFollowing   = "following"
	stateStandby     = "standby" // another process keeps the tree, or this one is about to
	stateUnavailable = "unavailable"
	// Broken is the state of a notary whose log is not what was written down of it.
	Broken = "broken"
)

// Standing is how far the tree is.
type Standing struct {
	State    string   `json:"state" enum:"following,standby,unavailable,broken" doc:"broken: the log is not what was written down of it"`
	Size     int64    `json:"size" doc:"How many events the tree has"`
	Position int64    `json:"position" doc:"Log position of the newest of them"`
	Signed   int64    `json:"signed" doc:"How many events the newest head that this process signed or found tells of"`
	Foreign  *Foreign `json:"foreign_events,omitempty" doc:"Events of other applications in streams that are Rapport's own; absent where there are none"`
	Error    string   `json:"error,omitempty" doc:"What went wrong, as long as it stands"`
}

// status is the Standing, for whoever waits for it to change.
type status struct {
	guard sync.Mutex
	now   Standing
	err   error // that the Standing tells
	moved chan struct{}
}

func (s *status) begin(r prometheus.Registerer) {
	s.now, s.moved = Standing{State: stateStandby}, make(chan struct{})
	if r == nil {
		return
	}
	gauge := func(name, help string, value func(Standing) float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return value(s.Status()) })
	}
	r.MustRegister(
		gauge("rapport_proof_position", "Log position up to which the log is written down to be proven.",
			func(s Standing) float64 { return float64(s.Position) }),
		gauge("rapport_proof_signed_events", "Events that the newest signed head tells of.",
			func(s Standing) float64 { return float64(s.Signed) }),
		gauge("rapport_proof_broken", "1 when the log is not what was written down of it.", func(s Standing) float64 {
			if s.State == Broken {
				return 1
			}
			return 0
		}))
}

// Status answers how far the tree of this process is.
func (s *status) Status() Standing {
	s.guard.Lock()
	defer s.guard.Unlock()
	return s.now
}

// Halted returns why nothing may be decided on the log: it is not what was written down of it. Nil otherwise, also
// while nobody can tell.
func (s *status) Halted() error {
	s.guard.Lock()
	defer s.guard.Unlock()
	if s.now.State == Broken {
		return s.err
	}
	return nil
}

func (s *status) change(f func()) {
	s.guard.Lock()
	defer s.guard.Unlock()
	f()
	close(s.moved)
	s.moved = make(chan struct{})
}

func (s *status) standby() {
	s.change(func() { s.now.State = stateStandby })
}

func (s *status) following(c checkpoint) {
	s.change(func() {
		s.err = nil
		s.now.State, s.now.Error, s.now.Size, s.now.Position = stateFollowing, "", c.size, int64(c.position)
		if c.newest != nil {
			s.now.Signed = c.newest.Size
		}
	})
}

func (s *status) signed(h proof.Head) { s.change(func() { s.now.Signed = h.Size }) }

func (s *status) failed(state string, err error) {
	s.change(func() { s.err, s.now.State, s.now.Error = err, state, err.Error() })
}

func (s *status) fault() error {
	s.guard.Lock()
	defer s.guard.Unlock()
	return s.err
}

// await returns once the tree has taken a position, and urges whoever keeps it. ErrStandby when ctx ends and this
// process does not keep the tree.
func (s *status) await(ctx context.Context, position eventstore.Position, urge chan<- struct{}) error {
	for {
		s.guard.Lock()
		now, err, moved := s.now, s.err, s.moved
		s.guard.Unlock()
		switch {
		case now.State == Broken:
			return err
		case now.State == stateFollowing && now.Position >= int64(position):
			return nil
		}
		select {
		case urge <- struct{}{}:
		default:
		}
		select {
		case <-moved:
		case <-ctx.Done():
			switch now.State {
			case stateStandby:
				return ErrStandby
			case stateUnavailable:
				return fmt.Errorf("%w: %w", ErrUnavailable, err)
			}
			return ctx.Err()
		}
	}
}

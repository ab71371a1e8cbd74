package commands

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/segment"
)

func TestGuidanceRestsOnASegmentInForce(t *testing.T) {
	s := newService(newLog(t))
	ready := guidance.ReadyMade[0]
	inSegment := func(c segment.Command) {
		t.Helper()
		if _, err := s.Segments.Handle(t.Context(), Request[segment.State, segment.Needs]{Stream: segment.Stream(ready.Segment.Name), Command: c}); err != nil {
			t.Fatal(err)
		}
	}
	define := func(of *Service) error {
		_, err := of.Guidance.Handle(t.Context(), Request[guidance.State, guidance.Needs]{Stream: guidance.Stream(ready.Guidance.Name), Command: ready.Guidance})
		return err
	}
	if err := define(s); !errors.Is(err, guidance.ErrSegment) {
		t.Errorf("without the segment: %v", err)
	}
	inSegment(ready.Segment)
	if err := define(s); err != nil {
		t.Error(err)
	}
	inSegment(segment.Retire{Name: ready.Segment.Name})
	if err := define(newService(s.log.store)); !errors.Is(err, guidance.ErrSegment) {
		t.Errorf("with the segment retired: %v", err)
	}
	ready.Guidance.Segment = "No Name"
	if err := define(s); !errors.Is(err, guidance.ErrSegment) {
		t.Errorf("for what is no segment's name: %v", err)
	}
}

func TestAdoptGuidance(t *testing.T) {
	s := newService(newLog(t))
	retired, changed := guidance.ReadyMade[0], guidance.ReadyMade[1]
	for _, c := range []segment.Command{retired.Segment, segment.Retire{Name: retired.Segment.Name}} {
		if _, err := s.Segments.Handle(t.Context(), Request[segment.State, segment.Needs]{Stream: segment.Stream(retired.Segment.Name), Command: c}); err != nil {
			t.Fatal(err)
		}
	}
	own := changed.Segment
	own.Rule = "complaints_open > 1"
	if _, err := s.Segments.Handle(t.Context(), Request[segment.State, segment.Needs]{Stream: segment.Stream(own.Name), Command: own}); err != nil {
		t.Fatal(err)
	}
	adopt := func() Adopted {
		t.Helper()
		adopted, err := s.AdoptGuidance(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return adopted
	}
	first := adopt()
	var want Adopted
	for i, r := range guidance.ReadyMade {
		if i > 0 {
			want.Guidance = append(want.Guidance, r.Guidance.Name)
		}
		if i > 1 {
			want.Segments = append(want.Segments, r.Segment.Name)
		}
	}
	want.Position = first.Position
	if diff := cmp.Diff(want, first); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Adopted{Segments: []string{}, Guidance: []string{}, Position: first.Position}, adopt()); diff != "" {
		t.Errorf("adopted again: %s", diff)
	}
}

package main

import "testing"

// Memory is given back once the program has been quiet for some looks, and again only after it has done something.
func TestSpending(t *testing.T) {
	const mib = 1 << 20
	var s spending
	for i, step := range []struct {
		times           int
		live, allocates uint64 // MiB
		percent         int
		rests           bool // after the last time
	}{
		{1, 20, 100, 400, false},
		{1, 64, 900, 400, false},
		{1, 128, 900, 200, false},
		{1, 900, 5000, 100, false},
		{quietLooks - 1, 900, 1, 100, false},
		{1, 900, 1, 100, true},
		{3, 100, 1, 256, false},
		{1, 100, 20, 256, false},
		{quietLooks, 100, 1, 256, false}, // too little since
		{1, 100, 70, 256, false},
		{quietLooks, 100, 1, 256, true},
	} {
		for n := range step.times {
			percent, rests := s.look(step.live*mib, s.allocated+step.allocates*mib)
			if percent != step.percent || rests != (step.rests && n == step.times-1) {
				t.Errorf("look %d of step %d: %d %t, not %d %t", n, i, percent, rests, step.percent, step.rests)
			}
		}
	}
}

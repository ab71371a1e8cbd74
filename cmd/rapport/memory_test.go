package main

import "testing"

// Memory is given back once the program has been quiet for two looks, and again only after it has done something.
func TestSpending(t *testing.T) {
	const mib = 1 << 20
	var s spending
	for i, step := range []struct {
		live, allocates uint64 // MiB
		percent         int
		rests           bool
	}{
		{20, 100, 400, false},
		{64, 900, 400, false},
		{128, 900, 200, false},
		{900, 5000, 100, false},
		{900, 1, 100, false},
		{900, 1, 100, true},
		{100, 1, 256, false},
		{100, 2, 256, false},
		{100, 50, 256, false},
		{100, 1, 256, false},
		{100, 1, 256, false}, // too little since
		{100, 70, 256, false},
		{100, 7, 256, false},
		{100, 7, 256, true},
	} {
		percent, rests := s.look(step.live*mib, s.allocated+step.allocates*mib)
		if percent != step.percent || rests != step.rests {
			t.Errorf("look %d: %d %t, not %d %t", i, percent, rests, step.percent, step.rests)
		}
	}
}

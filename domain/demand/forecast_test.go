package demand_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/domain/demand"
)

// Annual oil production of Saudi Arabia from 1996 on, millions of tonnes: Hyndman and Athanasopoulos, Forecasting:
// principles and practice (2013), section 7.1.
var oil = []float64{446.6565, 454.4733, 455.6630, 423.6322, 456.2713, 440.5881, 425.3325, 485.1494, 506.0482, 526.7920,
	514.2689, 494.2110}

// The e-Handbook of Statistical Methods (NIST/SEMATECH), sections 6.4.3.1 and 6.4.3.4.
var (
	handbook = []float64{71, 70, 69, 68, 64, 65, 72, 78, 75, 75, 75, 70}
	rising   = []float64{6.4, 5.6, 7.8, 8.8, 11.0, 11.6, 16.7, 15.3, 21.6, 22.4}
)

func text(values ...float64) string {
	s := make([]string, len(values))
	for i := range values {
		s[i] = fmt.Sprintf("%.1f", values[i])
	}
	return strings.Join(s, " ")
}

// levels answers the smoothed series.
func levels(s demand.Smoothing, weeks []float64, at demand.Standing) []float64 {
	out := []float64{at.Level}
	for _, week := range weeks {
		at, _ = s.Follow([]float64{week}, at)
		out = append(out, at.Level)
	}
	return out
}

func TestPublishedExamples(t *testing.T) {
	single := demand.Smoothing{Alpha: 0.1, Phi: 1}
	_, squares := single.Follow(handbook[1:], demand.Standing{Level: 71})
	double := demand.Smoothing{Alpha: 0.3623, Beta: 1, Phi: 1}
	at, _ := double.Follow(rising[1:], demand.Standing{Level: 6.4, Trend: 0.8})
	next := func(alpha, level float64) float64 {
		s := demand.Smoothing{Alpha: alpha, Phi: 1}
		at, _ := s.Follow(oil, demand.Standing{Level: level})
		return s.Ahead(at, 1)[0]
	}
	for _, c := range []struct{ what, got, want string }{
		{"single smoothing", text(levels(single, handbook[1:], demand.Standing{Level: 71})...),
			"71.0 70.9 70.7 70.4 69.8 69.3 69.6 70.4 70.9 71.3 71.7 71.5"},
		{"its mean square error", text(squares / 11), "19.0"},
		{"double smoothing", text(levels(double, rising[1:], demand.Standing{Level: 6.4, Trend: 0.8})...),
			"6.4 6.6 7.2 8.1 9.8 11.5 14.5 16.7 19.9 22.8"},
		{"its forecasts", text(double.Ahead(at, 5)...), "25.8 28.7 31.7 34.6 37.6"},
		{"oil, slow", text(next(0.2, 446.7)), "484.8"},
		{"oil, quick", text(next(0.6, 446.7)), "501.8"},
		{"oil, fitted", text(next(0.89, 447.5)), "496.5"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, published %s", c.what, c.got, c.want)
		}
	}
}

// A trend of 8 that halves each week adds 4, 2 and 1.
func TestATrendDiesAway(t *testing.T) {
	s := demand.Smoothing{Alpha: 0.5, Beta: 0.5, Phi: 0.5}
	if got := text(s.Ahead(demand.Standing{Level: 10, Trend: 8}, 3)...); got != "14.0 16.0 17.0" {
		t.Error(got)
	}
	if got := text(s.Ahead(demand.Standing{Level: 5, Trend: -8}, 3)...); got != "1.0 0.0 0.0" {
		t.Errorf("less than nothing: %s", got)
	}
}

func repeat(n int, week func(i int) float64) []float64 {
	weeks := make([]float64, n)
	for i := range weeks {
		weeks[i] = week(i)
	}
	return weeks
}

func TestForesee(t *testing.T) {
	for _, c := range []struct {
		what  string
		weeks []float64
		model demand.Model
		held  int
		next4 string
	}{
		{"one week", []float64{3}, demand.Mean, 0, "12.0"},
		{"too few weeks", []float64{1, 2, 3, 1, 2, 3, 1, 2, 3}, demand.Mean, 0, "8.0"},
		{"always the same", repeat(10, func(int) float64 { return 7 }), demand.Simple, 2, "28.0"},
		{"growing", repeat(60, func(i int) float64 { return float64(10 + 2*i) }), demand.DampedTrend, 8, "530.9"},
		{"once", repeat(20, func(i int) float64 { return float64(max(0, 9-100*i)) }), demand.Simple, 4, "0.0"},
	} {
		f := demand.Foresee(c.weeks)
		if f.Model != c.model || f.HeldBack != c.held || f.Weeks != len(c.weeks) || text(f.Next(4)) != c.next4 {
			t.Errorf("%s: %+v, %s in 4 weeks", c.what, f, text(f.Next(4)))
		}
		if (f.Reason != "") != (f.Model == demand.Mean) {
			t.Errorf("%s: reason %q", c.what, f.Reason)
		}
	}
}

// Two weeks of ten are held back, after a single sale of 8. A twentieth of it goes into the level, so each is foreseen
// as 0.4, and is 0. Whoever had said that a week is like the last was off by 8 in seven weeks.
func TestErrorsAreThoseOfTheWeeksHeldBack(t *testing.T) {
	f := demand.Foresee([]float64{0, 0, 0, 0, 0, 0, 0, 8, 0, 0})
	if f.Model != demand.Simple || f.MASE == nil || fmt.Sprintf("%.6f %.6f", f.RMSE, *f.MASE) != "0.400000 0.350000" {
		t.Errorf("%+v", f)
	}
	f = demand.Foresee([]float64{5, 5, 5, 5, 5, 5, 5, 5, 8, 1}) // off by 3 and 4, where nothing was to be told before
	if f.MASE != nil || fmt.Sprintf("%.6f", f.RMSE*f.RMSE) != "12.500000" {
		t.Errorf("%+v", f)
	}
}

// Whatever was asked for, what is foreseen is a quantity, and more weeks are no less. The scale does not matter.
func TestForecastsAreQuantities(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weeks := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 1000), func(n int) float64 { return float64(n) }), 1, 60).Draw(t, "weeks")
		f := demand.Foresee(weeks)
		for _, n := range []int{1, 4, 13} {
			if q := f.Next(n); math.IsNaN(q) || q < 0 || q > f.Next(n+1) {
				t.Fatalf("%g in %d weeks: %+v", q, n, f)
			}
		}
		double := demand.Foresee(repeat(len(weeks), func(i int) float64 { return 2 * weeks[i] }))
		if double.Model != f.Model || double.RMSE != 2*f.RMSE || double.Next(4) != 2*f.Next(4) {
			t.Fatalf("twice as much: %+v; %+v", double, f)
		}
		if f.MASE != nil && *f.MASE != *double.MASE {
			t.Fatalf("the scaled error of twice as much: %g; %g", *double.MASE, *f.MASE)
		}
	})
}

func BenchmarkForesee(b *testing.B) {
	weeks := repeat(53, func(i int) float64 { return float64(i * 7919 % 101) })
	for b.Loop() {
		demand.Foresee(weeks)
	}
}

package value

import (
	"bufio"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The CDNOW sample: who bought first in the first quarter of 1997. What they did until day 272 calibrates the models,
// the 39 weeks after it are held out.
const calibration, heldOut = 272, 39 * daysPerWeek

// shopper is what a customer of the sample bought: on which days of the sample, for how much.
type shopper struct {
	days  []int64
	spent []float64
}

// cdnow reads the sample, which is no part of this repository.
func cdnow(t testing.TB) []shopper {
	t.Helper()
	dir := os.Getenv("RAPPORT_TEST_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	file, err := os.Open(filepath.Join(dir, "cdnow_sample", "CDNOW_sample.txt"))
	if err != nil {
		t.Skip("needs a public data set; name the folder of them in RAPPORT_TEST_DATA: ", err)
	}
	defer file.Close()
	start := time.Date(1997, 1, 1, 0, 0, 0, 0, time.UTC)
	var all []shopper
	last := ""
	for scanner := bufio.NewScanner(file); scanner.Scan(); {
		fields := strings.Fields(scanner.Text())
		on, err := time.Parse("20060102", fields[2])
		if err != nil {
			t.Fatal(err)
		}
		spent, err := strconv.ParseFloat(fields[4], 64)
		if err != nil {
			t.Fatal(err)
		}
		if fields[0] != last {
			all, last = append(all, shopper{}), fields[0]
		}
		s := &all[len(all)-1]
		day := int64(on.Sub(start) / (24 * time.Hour))
		if n := len(s.days); n > 0 && s.days[n-1] == day {
			s.spent[n-1] += spent
			continue
		}
		s.days, s.spent = append(s.days, day), append(s.spent, spent)
	}
	return all
}

// as of a day, what the customer did until then.
func (s shopper) asOf(day int64) Customer {
	first, last := s.days[0], s.days[0]
	repeats, spent := 0.0, 0.0
	for i := 1; i < len(s.days) && s.days[i] <= day; i++ {
		last = s.days[i]
		repeats++
		spent += s.spent[i]
	}
	c := Customer{History: HistoryOf(int64(repeats), last-first, day-first)}
	if repeats > 0 {
		c.Mean = spent / repeats
	}
	return c
}

func asOf(sample []shopper, day int64) []Customer {
	all := make([]Customer, len(sample))
	for i, s := range sample {
		all[i] = s.asOf(day)
	}
	return all
}

func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if !(math.Abs(got-want) <= relative*math.Abs(want)) {
		t.Errorf("%s: %.9g, want %.9g", what, got, want)
	}
}

func TestTheSampleIsThatOfTheLiterature(t *testing.T) {
	customers := asOf(cdnow(t), calibration)
	repeaters, repeats := 0, 0.0
	for _, c := range customers {
		if c.X > 0 {
			repeaters++
		}
		repeats += c.X
	}
	if len(customers) != 2357 || repeaters != 946 || repeats != 2457 {
		t.Errorf("%d customers, %d repeaters, %g repeats", len(customers), repeaters, repeats)
	}
	if n := len(patternsOf(customers)); n != 1016 {
		t.Errorf("%d patterns", n)
	}
}

// The parameters that the papers and the reference implementations report.
func TestBuyingFitsAsPublished(t *testing.T) {
	patterns := patternsOf(asOf(cdnow(t), calibration))
	for _, c := range []struct {
		kind          Kind
		want          Parameters
		logLikelihood float64
	}{
		{BGNBD, Parameters{R: .2425945, Alpha: 4.4136022, A: .7929219, B: 2.4259056}, -9582.4292},
		{MBGNBD, Parameters{R: .525, Alpha: 6.183, A: .891, B: 1.614}, 0},
		{ParetoNBD, Parameters{R: .553277, Alpha: 10.577686, S: .606239, Beta: 11.668723}, -9594.9762},
	} {
		t.Run(string(c.kind), func(t *testing.T) {
			m, l, err := fitBuying(c.kind, patterns)
			if err != nil {
				t.Fatal(err)
			}
			got := m.parameters()
			near(t, "r", got.R, c.want.R, 1e-3)
			near(t, "alpha", got.Alpha, c.want.Alpha, 1e-3)
			near(t, "a", got.A, c.want.A, 1e-3)
			near(t, "b", got.B, c.want.B, 1e-3)
			near(t, "s", got.S, c.want.S, 1e-3)
			near(t, "beta", got.Beta, c.want.Beta, 1e-3)
			if c.logLikelihood != 0 {
				near(t, "log-likelihood", l, c.logLikelihood, 1e-8)
			}
		})
	}
}

func TestSpendingFitsAsPublished(t *testing.T) {
	spenders := spendersOf(asOf(cdnow(t), calibration))
	m, l, err := fitSpending(spenders)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p", m.p, 6.24957, 1e-3)
	near(t, "q", m.q, 3.74422, 1e-3)
	near(t, "v", m.v, 15.44352, 1e-3)
	near(t, "log-likelihood", l, -4055.9177, 1e-6)
}

// The hold-out of the literature: 39 weeks, in which the sample bought 1,882 times.
func TestBacktestOfTheSample(t *testing.T) {
	sample := cdnow(t)
	tested := make([]Tested, len(sample))
	for i, s := range sample {
		tested[i] = Tested{Customer: s.asOf(calibration), Later: s.asOf(calibration+heldOut).X - s.asOf(calibration).X}
	}
	h := backtest(BGNBD, heldOut, tested)
	if h.Customers != 2357 || h.Actual != 1882 || h.Reason != "" {
		t.Errorf("%+v", h)
	}
	near(t, "r", h.Parameters.R, .2425945, 1e-3)
	near(t, "p", h.Spend.P, 6.24957, 1e-3)
	near(t, "error", h.Error, (h.Expected-1882)/1882, 1e-12)
	if math.Abs(h.Error) > .15 || !(h.MeanAbsoluteError > 0 && h.MeanAbsoluteError < 1) {
		t.Errorf("expected %g of 1882, mean absolute error %g a customer", h.Expected, h.MeanAbsoluteError)
	}
}

// The time that a fit takes, with ten times the customers: they share most of their histories.
func BenchmarkFit(b *testing.B) {
	sample := asOf(cdnow(b), calibration)
	for _, times := range []int{1, 10} {
		customers := make([]Customer, 0, times*len(sample))
		for n := range times {
			for _, c := range sample {
				// Copies have other ages by up to three days, so that they are not the same patterns.
				shift := float64(n%4) / daysPerWeek
				c.T += shift
				customers = append(customers, c)
			}
		}
		b.Run(strconv.Itoa(len(customers))+" customers", func(b *testing.B) {
			for b.Loop() {
				if _, _, err := fitBuying(BGNBD, patternsOf(customers)); err != nil {
					b.Fatal(err)
				}
				if s := fitSpend(customers); s.Model != GammaGamma {
					b.Fatal(s.Fallback)
				}
			}
		})
	}
}

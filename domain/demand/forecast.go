package demand

import "math"

// Model is a way to foresee.
type Model string

const (
	Mean        Model = "mean"         // the mean of all weeks
	Simple      Model = "simple"       // simple exponential smoothing
	DampedTrend Model = "damped_trend" // exponential smoothing with a damped trend
)

// LeastWeeks is how many weeks it takes to tell models apart.
const LeastWeeks = 10

// mostHeldBack bounds the weeks that models are tried on; a fifth of all is held back.
const mostHeldBack = 8

// Forecast is what is foreseen, by which model, and how far that was off.
type Forecast struct {
	Model Model
	Smoothing
	Weeks int // that it rests on
	// HeldBack is how many of the last weeks the model was tried on, fitted to those before; 0 if it was not.
	HeldBack int
	// RMSE is the root of the mean square by which it was off in those weeks, each foreseen from before the first.
	RMSE float64
	// MASE is the mean absolute error in them over that of saying, in the weeks before, that each is like the last
	// (Hyndman and Koehler, 2006): below 1 is better than that. Nil where those weeks were all alike.
	MASE *float64
	// Reason says why it is no better model; empty if it is.
	Reason string

	behind Standing
}

// Next answers what is expected of so many weeks together.
func (f Forecast) Next(weeks int) float64 {
	sum := 0.0
	for _, week := range f.Ahead(f.behind, weeks) {
		sum += week
	}
	return sum
}

// Foresee answers the forecast of a series of at least one week. Both models of smoothing are fitted to the weeks but
// the last, and tried on those; the one that was less off, in the mean, is fitted to all weeks.
func Foresee(weeks []float64) Forecast {
	n := len(weeks)
	if n < LeastWeeks {
		sum := 0.0
		for _, week := range weeks {
			sum += week
		}
		return Forecast{Model: Mean, Smoothing: Smoothing{Phi: 1}, Weeks: n, Reason: "fewer than 10 weeks",
			behind: Standing{Level: sum / float64(n)}}
	}
	held := min(mostHeldBack, n/5)
	before, last := weeks[:n-held], weeks[n-held:]
	best := Forecast{Model: Simple, Weeks: n, HeldBack: held}
	smoothing, behind := fit(Simple, before)
	absolute, squares := off(smoothing.Ahead(behind, held), last)
	smoothing, behind = fit(DampedTrend, before)
	if a, s := off(smoothing.Ahead(behind, held), last); a < absolute {
		best.Model, absolute, squares = DampedTrend, a, s
	}
	best.RMSE = math.Sqrt(squares / float64(held))
	if naive, _ := off(before[:len(before)-1], before[1:]); naive > 0 {
		mase := absolute / float64(held) * float64(len(before)-1) / naive
		best.MASE = &mase
	}
	best.Smoothing, best.behind = fit(best.Model, weeks)
	return best
}

// off answers by how much one series differs from another: the sum of the absolute differences, and of their squares.
func off(foreseen, actual []float64) (absolute, squares float64) {
	for i := range actual {
		d := actual[i] - foreseen[i]
		absolute += math.Abs(d)
		squares += d * d
	}
	return absolute, squares
}

// Parameters are looked for on these grids: finer ones foresee no better, since the sum of squares is flat about its
// least. A trend is kept for some weeks, by the bounds that are usual for Phi.
var (
	alphas = []float64{0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1}

	trendAlphas = []float64{0.1, 0.2, 0.3, 0.5, 0.7, 0.9}
	trendBetas  = []float64{0.1, 0.3, 0.6}
	trendPhis   = []float64{0.8, 0.9, 0.98}
)

// fit finds the parameters with the least sum of squares of the errors a week ahead, and where the series then stands.
// It begins at the first week, with the mean of the first three steps as the trend, if there is to be one.
func fit(model Model, weeks []float64) (best Smoothing, behind Standing) {
	least := math.Inf(1)
	begin := Standing{Level: weeks[0]}
	try := func(s Smoothing) {
		if at, squares := s.Follow(weeks[1:], begin); squares < least {
			best, behind, least = s, at, squares
		}
	}
	if model == Simple {
		for _, alpha := range alphas {
			try(Smoothing{Alpha: alpha, Phi: 1})
		}
		return best, behind
	}
	begin.Trend = (weeks[3] - weeks[0]) / 3
	for _, alpha := range trendAlphas {
		for _, beta := range trendBetas {
			for _, phi := range trendPhis {
				try(Smoothing{Alpha: alpha, Beta: beta, Phi: phi})
			}
		}
	}
	return best, behind
}

// Package demand foresees how much of something will be asked for, from how much of it was asked for week by week. It
// does not know what that is, nor whose weeks they are.
package demand

// Smoothing holds the parameters of exponential smoothing with a damped trend (Gardner and McKenzie, 1985). With a Phi
// of 1 it is Holt's linear trend (1957); with a Beta of 0 and no trend to begin with it is simple exponential
// smoothing (Brown, 1956).
type Smoothing struct {
	Alpha float64 // how much of an error goes into the level, 0 to 1
	Beta  float64 // how much of a change of the level goes into the trend, 0 to 1
	Phi   float64 // how much of the trend is left a week later, 0 to 1
}

// Standing is where a smoothed series stands behind a week.
type Standing struct {
	Level float64 // of a week
	Trend float64 // from a week to the next
}

// Follow takes weeks in, from a standing on. It answers the standing behind them, and the sum of the squares by which
// each week differed from what was expected of it a week before.
func (s Smoothing) Follow(weeks []float64, from Standing) (Standing, float64) {
	squares := 0.0
	for _, week := range weeks {
		trend := s.Phi * from.Trend
		expected := from.Level + trend
		missed := week - expected
		level := expected + s.Alpha*missed
		from = Standing{level, s.Beta*(level-from.Level) + (1-s.Beta)*trend}
		squares += missed * missed
	}
	return from, squares
}

// Ahead answers what is expected of each of the next weeks; never less than nothing.
func (s Smoothing) Ahead(from Standing, weeks int) []float64 {
	expected := make([]float64, weeks)
	trend := from.Trend
	for i := range expected {
		trend *= s.Phi
		from.Level += trend
		expected[i] = max(from.Level, 0)
	}
	return expected
}

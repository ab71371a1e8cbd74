package facts

// Work is what colleagues have to do for the customer.
type Work struct {
	Recommendations int64 `json:"recommendations,omitempty"`
	Handovers       int64 `json:"handovers,omitempty"`
}

var workFacts = []Fact{
	{Name: "recommendations_open", Kind: Int, Unit: "recommendations",
		Doc:    "What was recommended to colleagues for the customer and neither accepted nor dismissed.",
		static: func(c *Customer) (any, bool) { return c.Work.Recommendations, true }},
	{Name: "handovers_open", Kind: Int, Unit: "hand-overs",
		Doc:    "Work on the customer that a department was given and has not accepted.",
		static: func(c *Customer) (any, bool) { return c.Work.Handovers, true }},
}

package facts

var insightFacts = []Fact{
	{Name: "insights", Kind: Int, Unit: "insights", Doc: "How much was concluded about the customer and not retracted.",
		static: func(c *Customer) (any, bool) { return c.Insights, true }},
}

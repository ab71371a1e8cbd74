package charts_test

import (
	"fmt"
	"strings"

	"github.com/rapport-crm/rapport/web/charts"
)

func ExampleBar() {
	sales := charts.Bar{
		Frame:  charts.Frame{Title: "Sales by category", Description: "Coffee sells three times as much as tea."},
		Y:      charts.Axis{Label: "Sales", Format: charts.Unit(charts.Fixed(2), "EUR")},
		Labels: []string{"Coffee", "Tea"},
		Series: []charts.Series{{Name: "2024", Values: []float64{1234.5, 410}}},
	}
	for line := range strings.Lines(sales.SVG()) {
		if strings.Contains(line, "<rect") {
			fmt.Print(line)
		}
	}
	fmt.Println(sales.Table())
	// Output:
	// <rect class="bar series-1" x="87.24" y="17.5" width="223.32" height="278.5"><title>2024, Coffee: 1,234.50 EUR</title></rect>
	// <rect class="bar series-1" x="367.64" y="203.5" width="223.32" height="92.5"><title>2024, Tea: 410.00 EUR</title></rect>
	// {[Label 2024] [[Coffee 1,234.50 EUR] [Tea 410.00 EUR]]}
}

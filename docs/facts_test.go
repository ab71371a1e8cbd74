package docs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/rules"
)

const factsIntro = `# Facts and rules

Segments and the loyalty ladder are rules: expressions in [CEL](https://cel.dev) over a customer's facts, true or
false. A rule is checked when it is defined, and refused with the place of the fault where it makes no sense.

` + "```" + `
%s` + "```" + `

- Operators: ` + "`&& || ! == != < <= > >= + - * / %% in`" + ` and ` + "`condition ? a : b`" + `. Whole numbers and fractions mix.
- Texts: ` + "`contains`, `startsWith`, `endsWith`, `matches`" + ` (a regular expression, RE2) and ` + "`size`" + `. Lists: ` + "`in`, `size`" + `.
- What has text by name is asked for one name, written out: ` + "`attributes[\"income\"]`" + `; absent where there is none.
- Money is in major units of the reporting currency: ` + "`1000.0`" + ` is a thousand pounds, not pence.
- A fact may be absent: nobody has ` + "`recency_days`" + ` before the first purchase. A rule whose answer hangs on an absent
  fact does not hold. ` + "`orders == 0 || recency_days > 365`" + ` holds for whoever never bought.
- Days are business days, counted in the time zone of the books. "The last N days" at business date B are the days
  after B − N, so N = 1 is the business date alone; N is a number from 1 to %d, written out. What happened on a day
  that is not closed yet counts at once.
- At most %d bytes. There are no loops and there is no clock: a rule gives the same answer at every rebuild.

A membership and a step on the ladder keep as ` + "`evidence`" + ` the facts that their rule speaks of, as they were.

This page follows from the code: ` + "`go test ./docs -update`" + ` writes it.
`

var ruleExamples = []string{
	`recency_days <= 30 && net_revenue >= 1000.0`,
	`orders_in(90) >= 3`,
	`orders >= 3 && recency_days > 2 * avg_interpurchase_days`,
	`kind == "organisation" && country in ["DE", "AT", "CH"]`,
	`attributes["income"] == "high" && attribute_conflicts == 0`,
	`"shop" in external_systems && days_since_registration <= 30`,
}

func TestFacts(t *testing.T) {
	for _, rule := range append(ruleExamples, "orders == 0 || recency_days > 365", "orders_in(1) > 0") {
		if _, err := rules.Compile(rule); err != nil {
			t.Errorf("the page shows the rule %s: %v", rule, err)
		}
	}
	for _, days := range []string{"0", "orders", fmt.Sprint(facts.MaxWindow + 1)} {
		if _, err := rules.Compile("orders_in(" + days + ") > 0"); err == nil {
			t.Errorf("the page says that a window of %s days is none, but it is taken", days)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, factsIntro, strings.Join(ruleExamples, "\n")+"\n", facts.MaxWindow, rules.MaxExpression)
	section := func(title string, listed func(*facts.Fact) bool) {
		fmt.Fprintf(&b, "\n## %s\n\n| fact | type | unit | |\n|---|---|---|---|\n", title)
		for i := range facts.Catalogue {
			if f := &facts.Catalogue[i]; listed(f) {
				name := f.Name
				if f.IsWindow() {
					name += "(N)"
				}
				fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", name, f.Kind, f.Unit, f.Doc)
			}
		}
	}
	section("Facts", func(f *facts.Fact) bool { return !f.IsAge() && !f.IsWindow() && !f.IsFading() })
	section("Facts that grow by a day each day", (*facts.Fact).IsAge)
	section("Facts that a model predicts, and that fall with time", (*facts.Fact).IsFading)
	section("Facts of the last N days", (*facts.Fact).IsWindow)
	check(t, "facts.md", b.String())
}

package facts_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
)

func TestWhichAttributeIsInForce(t *testing.T) {
	last := domain.Day(130)
	says := func(department, value, confidence string, from domain.Day) customer.Event {
		return customer.AttributeSet{AttributeKey: customer.AttributeKey{Name: "income", Department: department}, Value: value,
			Confidence: decimal.MustParse(confidence), ValidFrom: from}
	}
	sales, service := says("sales", "high", "0.5", 100), says("service", "low", "0.9", 90)
	settled := customer.AttributeResolved{Name: "income", Value: "high", Upheld: []string{"sales"}, Overruled: []string{"service"}}
	removed := customer.AttributeRemoved{AttributeKey: customer.AttributeKey{Name: "income", Department: "sales"}}
	until := says("sales", "high", "0.5", 100).(customer.AttributeSet)
	until.ExpiresOn = &last
	for name, c := range map[string]struct {
		happened  []customer.Event
		value     any
		conflicts int64
		names     []string
	}{
		"nobody says anything":       {nil, nil, 0, []string{}},
		"one says something":         {[]customer.Event{sales}, "high", 0, []string{"income"}},
		"the surer one counts":       {[]customer.Event{service, sales}, "low", 1, []string{"income"}},
		"the later one counts":       {[]customer.Event{sales, says("service", "low", "0.5", 90)}, "high", 1, []string{"income"}},
		"who speaks last counts":     {[]customer.Event{sales, says("service", "low", "0.50", 100)}, "low", 1, []string{"income"}},
		"both say the same":          {[]customer.Event{sales, says("service", "high", "1", 100)}, "high", 0, []string{"income"}},
		"one changed their mind":     {[]customer.Event{sales, service, says("service", "high", "1", 100)}, "high", 0, []string{"income"}},
		"settled":                    {[]customer.Event{sales, service, settled}, "high", 0, []string{"income"}},
		"contradicted since":         {[]customer.Event{sales, service, settled, says("service", "mid", "1", 120)}, "high", 1, []string{"income"}},
		"the upheld one taken back":  {[]customer.Event{sales, service, settled, removed}, nil, 0, []string{}},
		"one of two taken back":      {[]customer.Event{sales, service, removed}, "low", 0, []string{"income"}},
		"expired":                    {[]customer.Event{until, customer.AttributeExpired{AttributeKey: until.AttributeKey, ExpiredOn: last}}, nil, 0, []string{}},
		"taken back before its time": {[]customer.Event{until, removed}, nil, 0, []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			var history []domaintest.Happening
			for _, e := range c.happened {
				history = append(history, domaintest.Happening{Event: e, On: 120})
			}
			folded := domaintest.Fold(history)
			value := func(fact string) any {
				v, _ := facts.Find(fact).Value(&folded, 120, 0)
				return v
			}
			whole, entry := map[string]string{}, any(nil)
			if c.value != nil {
				whole["income"] = c.value.(string)
			}
			if v, ok := facts.Find("attributes").Entry(&folded, "income"); ok {
				entry = v
			}
			got := []any{entry, value("attributes"), value("attribute_conflicts"), value("attribute_names")}
			if diff := cmp.Diff([]any{c.value, whole, c.conflicts, c.names}, got); diff != "" {
				t.Error(diff)
			}
			if due, ok := folded.Deadlines.Next(); ok {
				t.Errorf("something falls due on %s", due)
			}
		})
	}
	folded := domaintest.Fold([]domaintest.Happening{{Event: until, On: 100}})
	if due, ok := folded.Deadlines.Next(); !ok || due != last {
		t.Errorf("it falls due on %s, %v", due, ok)
	}
}

package projections

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

// retained says whom the retention policy is due for.
func (w *world) retained() string {
	w.t.Helper()
	w.settle()
	names := map[uuid.UUID]string{who("ann"): "ann", who("bea"): "bea"}
	due, err := w.reader.RetentionDue(w.ctx, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, d := range due {
		out = append(out, fmt.Sprintf("%s %s %s %s", d.Rule, d.Action, names[d.CustomerID], d.DueOn))
	}
	return strings.Join(out, ", ")
}

func TestRetention(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("quiet", 1, "orders == 0")
	w.register("ann", "2024-01-01")
	w.register("bea", "2024-01-03")
	rules := []policy.RetentionRule{
		{Rule: "rest", Segment: "quiet", SegmentVersion: 1, AfterDays: 5, Action: policy.ArchiveAction},
		{Rule: "forget", Segment: "quiet", SegmentVersion: 1, AfterDays: 7, Action: policy.EraseAction}}
	w.append(policy.Stream(policy.RetentionName), "2024-01-03", policy.Published{Policy: policy.RetentionName, Version: 1,
		Retention: &policy.Retention{Rules: rules}})
	w.closeDay("2024-01-05")
	expect(t, "before its time", w.retained(), "")
	forecast := func(days int, on domain.Day) string {
		f, err := w.reader.ForecastRetention(w.ctx, "quiet", days, &on, 10)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(f.Members, f.Due, len(f.Sample), f.SegmentVersion)
	}
	expect(t, "foreseen for one", forecast(5, dayOn(t, "2024-01-06")), "2 1 1 1")
	expect(t, "foreseen for both", forecast(5, dayOn(t, "2024-01-08")), "2 2 2 1")
	if _, err := w.reader.ForecastRetention(w.ctx, "loud", 5, nil, 10); err != ErrNotFound {
		t.Errorf("a segment that is not: %v", err)
	}

	w.closeDay("2024-01-06")
	expect(t, "one to set aside", w.retained(), "rest archive ann 2024-01-06")
	w.append(streamOf("ann"), "2024-01-07", customer.Archived{Rule: "rest"})
	expect(t, "done", w.retained(), "")
	expect(t, "set aside", w.text("SELECT archived_on FROM customer_360 WHERE archived_on IS NOT NULL"), "\n2024-01-07")
	w.append(streamOf("ann"), "2024-01-07", customer.Restored{Reason: "asked for it"})
	expect(t, "not again", w.retained(), "")
	expect(t, "taken up", w.text("SELECT count(*) FROM customer_360 WHERE archived_on IS NULL"), "2")
	w.closeDay("2024-01-10")
	expect(t, "the next rule, and the next customer", w.retained(), "forget erase ann 2024-01-08, rest archive bea 2024-01-08, "+
		"forget erase bea 2024-01-10")

	w.append(streamOf("bea"), "2024-01-10", customer.Erased{Reason: "forget"})
	expect(t, "who was erased", w.retained(), "forget erase ann 2024-01-08")

	w.segment("quiet", 2, "orders < 5")
	expect(t, "rests while the segment is another one", w.retained(), "")
	w.append(policy.Stream(policy.RetentionName), "2024-01-11", policy.Published{Policy: policy.RetentionName, Version: 2,
		Retention: &policy.Retention{Rules: []policy.RetentionRule{}}})
	expect(t, "no rules", w.text("SELECT count(*) FROM retention_due"), "0")
	w.rebuilt()
}

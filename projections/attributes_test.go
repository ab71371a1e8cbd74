package projections

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func attribute(name, department, value, confidence string, from domain.Day) customer.AttributeSet {
	return customer.AttributeSet{AttributeKey: customer.AttributeKey{Name: name, Department: department}, Value: value,
		Confidence: decimal.MustParse(confidence), ValidFrom: from}
}

func TestAttributes(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.segment("rich", 1, `attributes["income"] == "high"`)
	w.segment("unclear", 1, "attribute_conflicts > 0")
	w.register("ann", "2024-01-01")
	day, err := domain.ParseDay("2024-01-02")
	if err != nil {
		t.Fatal(err)
	}
	last := day + 8
	until := attribute("income", "sales", "high", "0.7", day)
	until.ExpiresOn = &last
	w.append(streamOf("ann"), "2024-01-02", until, attribute("income", "service", "low", "0.9", day-300),
		attribute("house", "", "yes", "1", day))
	w.settle()
	const current = "SELECT name, value, department, valid_from FROM attribute_current ORDER BY name"
	const conflicts = "SELECT name, department, value, since, resolution FROM attribute_conflicts ORDER BY department"
	const members = "SELECT segment FROM segment_membership WHERE valid_to IS NULL ORDER BY 1"
	expect(t, "the surest is in force", w.text(current), "house yes  2024-01-02\nincome low service 2023-03-08")
	expect(t, "in conflict", w.text(conflicts), "income sales high 2024-01-02 <nil>\nincome service low 2023-03-08 <nil>")
	expect(t, "unclear", w.text(members), "unclear")
	w.append(streamOf("ann"), "2024-01-03", customer.AttributeResolved{Name: "income", Value: "high",
		Upheld: []string{"sales"}, Overruled: []string{"service"}, Reason: "a pay slip"})
	w.settle()
	expect(t, "the upheld is in force", w.text(current), "house yes  2024-01-02\nincome high sales 2024-01-02")
	expect(t, "settled", w.text(conflicts), "")
	expect(t, "rich", w.text(members), "rich")
	expect(t, "evidence", w.text(`SELECT evidence->>'attributes["income"]' FROM segment_membership WHERE segment = 'rich'`), "high")
	w.append(streamOf("ann"), "2024-01-04", attribute("income", "service", "mid", "1", day+2))
	w.settle()
	expect(t, "contradicted", w.text(conflicts), "income sales high 2024-01-02 upheld\nincome service mid 2024-01-04 <nil>")
	expect(t, "still rich", w.text(members), "rich\nunclear")
	expect(t, "due", w.text("SELECT due_on FROM customer_summary"), "2024-01-10")
	w.append(streamOf("ann"), "2024-01-10 23:59", customer.AttributeExpired{AttributeKey: until.AttributeKey, ExpiredOn: last})
	w.append(streamOf("ann"), "2024-01-11", customer.AttributeRemoved{AttributeKey: customer.AttributeKey{Name: "house"}, RemovedOn: day + 9})
	w.settle()
	expect(t, "what is left", w.text(current), "income mid service 2024-01-04")
	expect(t, "neither", w.text(members), "")
	expect(t, "history", w.text(`SELECT name, value, department, valid_from, valid_to, ended_by, resolution, resolved_on, reason
		FROM customer_attributes ORDER BY revision`), `
income high sales 2024-01-02 2024-01-11 expired upheld 2024-01-03 a pay slip
income low service 2023-03-08 2024-01-04 replaced overruled 2024-01-03 a pay slip
house yes  2024-01-02 2024-01-11 removed <nil> <nil> <nil>
income mid service 2024-01-04 <nil> <nil> <nil> <nil> <nil>`)
	before := w.checksums()
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, w.checksums()); diff != "" {
		t.Errorf("rebuilt:\n%s", diff)
	}
}

package projections

import (
	"strings"
	"testing"
)

// Rows that were changed, removed or added behind Rapport's back are named, and nothing else is; the live tables stay.
func TestVerifyNamesRowsThatDiffer(t *testing.T) {
	w := newWorld(t, nil)
	w.aYear(5)
	w.start()
	w.settle()
	w.lead()
	verified := func() Verification {
		t.Helper()
		v, err := w.engine.Verify(w.ctx)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := verified(); len(v.Differences) > 0 || v.Position != int64(w.head) || v.Rows < 100 || v.Tables < 50 {
		t.Fatalf("tables that nobody touched: %+v", v)
	}

	first := strings.TrimSpace(w.text("SELECT customer_id::text FROM crm.customer_summary ORDER BY 1 LIMIT 1"))
	last := strings.TrimSpace(w.text("SELECT customer_id::text FROM crm.customer_summary ORDER BY 1 DESC LIMIT 1"))
	w.text("UPDATE crm.customer_summary SET net_revenue_minor = net_revenue_minor + 1, orders = orders + 1 WHERE customer_id = $1::text::uuid", first)
	w.text("DELETE FROM crm.customer_summary WHERE customer_id = $1::text::uuid", last)
	w.text("INSERT INTO crm.customer_summary SELECT (jsonb_populate_record(v, '{\"customer_id\": \"00000000-0000-4000-8000-000000000001\"}')).* FROM crm.customer_summary v WHERE customer_id = $1::text::uuid", first)
	v := verified()
	var named []string
	for _, d := range v.Differences {
		for _, r := range d.Rows {
			named = append(named, d.Table+" "+string(r.Key)+" "+r.What+" "+strings.Join(r.Columns, ","))
		}
	}
	expect(t, "named", strings.Join(named, "\n"), `customer_summary {"customer_id": "00000000-0000-4000-8000-000000000001"} unfounded`+
		" \n"+`customer_summary {"customer_id": "`+first+`"} other orders,net_revenue_minor`+
		"\n"+`customer_summary {"customer_id": "`+last+`"} missing `)
	expect(t, "schemas", w.text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'crm%'"), "crm")
	w.rebuild()
	if v := verified(); len(v.Differences) > 0 {
		t.Errorf("after a rebuild: %+v", v.Differences)
	}
}

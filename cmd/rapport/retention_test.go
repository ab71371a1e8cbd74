package main

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

// Who has been in a rule's segment for long enough is set aside when the day is closed, stays taken up once somebody
// takes them up again, and is erased where the rule says so.
func TestRetention(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	id := uuid.NewString()
	ago := func(days int) string { return time.Now().UTC().AddDate(0, 0, -days).Format(time.DateOnly) }
	p.must("POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person","occurred_at":"`+ago(4)+`T12:00:00Z"}`, nil)
	p.must("PUT", "/v1/segments/quiet", `{"rule":"orders == 0"}`, nil)
	p.must("PUT", "/v1/policies/retention",
		`{"retention":{"rules":[{"rule":"rest","segment":"quiet","after_days":1,"action":"archive"}]}}`, nil)
	p.must("POST", "/v1/calendar/days", `{"date":"`+ago(1)+`"}`, nil)
	archivings := func(want string) {
		t.Helper()
		p.until("it is "+want, func() (bool, string) {
			got := p.sql(`SELECT count(*), count(archived_on) FROM crm.customer_archivings a JOIN crm.customer_360 USING (customer_id)
				WHERE a.rule = 'rest' AND a.actor = 'retention'`)[0]
			return got == want, got
		})
	}
	p.settled()
	archivings("1|1")
	p.must("POST", "/v1/customers/"+id+"/restore", `{"reason":"called"}`, nil)
	p.buy(id, "1.00") // the tables have taken the restoration before what is due is looked at again
	p.settled()
	archivings("1|0")

	const forget = `{"retention":{"rules":[{"rule":"forget","segment":"buyers","after_days":0,"action":"erase"}]}}`
	p.must("PUT", "/v1/segments/buyers", `{"rule":"orders > 0"}`, nil)
	p.must("PUT", "/v1/policies/retention", forget, nil)
	p.must("POST", "/v1/calendar/days", `{"date":"`+ago(0)+`"}`, nil)
	p.until("they are erased", func() (bool, string) {
		got := p.sql("SELECT count(*), min(reason) FROM crm.erasures")[0]
		return got == "1|forget", got
	})
}

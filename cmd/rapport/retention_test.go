package main

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

// Who has been in a rule's segment for long enough is set aside when the day is closed, and stays taken up once
// somebody takes them up again.
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
}

// Who has been in the segment of a rule that erases is planned first, and erased when the period of grace is over.
func TestLongErasureByRetention(t *testing.T) {
	t.Parallel()
	const grace = 3 * time.Second
	p := serve(t, t.TempDir(), "--erasure-grace", grace.String(), "--no-close-days")
	id := uuid.NewString()
	ago := func(days int) string { return time.Now().UTC().AddDate(0, 0, -days).Format(time.DateOnly) }
	p.must("POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person","occurred_at":"`+ago(50)+`T12:00:00Z"}`, nil)
	p.must("POST", "/v1/calendar/days", `{"date":"`+ago(45)+`"}`, nil)
	p.must("PUT", "/v1/segments/quiet", `{"rule":"orders == 0"}`, nil)
	p.must("POST", "/v1/calendar/days", `{"date":"`+ago(44)+`"}`, nil)
	retain := func(days string) string {
		return `{"retention":{"rules":[{"rule":"forget","segment":"quiet",` + days + `"action":"erase"}]}}`
	}
	for _, c := range []struct{ body, want string }{
		{`{}`, "400 field_missing body.retention"},
		{`{"retention":{}}`, "400 field_missing body.retention.rules"},
		{retain(""), "400 field_missing body.retention.rules[0].after_days"},
		{retain(`"after_days":29,`), "422 retention_erasure_too_soon body.retention.rules[0].after_days"},
	} {
		if got := blamed(p.send("PUT", "/v1/policies/retention", c.body)); got != c.want {
			t.Errorf("%s: %s, want %s", c.body, got, c.want)
		}
	}
	p.must("PUT", "/v1/policies/retention", retain(`"after_days":30,`), nil)
	closed := time.Now()
	p.must("POST", "/v1/calendar/days", `{"date":"`+ago(1)+`"}`, nil)
	p.settled()
	p.until("they are erased", func() (bool, string) {
		got := p.sql("SELECT count(*), min(reason) FROM crm.erasures")[0]
		return got == "1|forget", got
	})
	if after := time.Since(closed); after < grace {
		t.Errorf("erased %v after the day was closed, before the period of grace was over", after)
	}
}

package projections

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/eventstore"
)

// goldenLives is who is told the golden event of each type, in which order. What is of no customer comes as it stands.
var goldenLives = []struct {
	of     string // stream
	events string
}{
	{business.Stream, "business.currency_set business.time_zone_set"},
	{calendar.Stream, "calendar.day_closed"},
	{access.Stream, "access.token_issued access.token_revoked access.personal_data_read"},
	{custody.Stream, "proof.key_changed proof.log_adopted"},
	{"product-85123A", "product.listed product.price_changed product.delisted"},
	{"campaign-spring", "campaign.planned campaign.launched campaign.cost_recorded campaign.closed"},
	{questionnaire.Stream("service"), "questionnaire.published"},
	{segment.Stream("vip"), "segment.defined"},
	{guidance.Stream("keep"), "guidance.defined guidance.retired"},
	{"webhook-shop", "webhook.published webhook.retired"},
	{"identity-shop", "identity.claimed identity.released"},
	{customer.Stream(uuid.UUID{2}), `registered role_assigned role_ended identity_linked identity_unlinked
		contact_point_added contact_point_verified contact_point_preferred contact_point_removed
		attribute_set attribute_resolved attribute_removed attribute_expired
		relationship_declared relationship_ended consent_granted consent_withdrawn consent_expired data_shared
		interaction_recorded interview_held insight_recorded insight_retracted promise_made promise_kept promise_broken
		lead_captured lead_qualified lead_accepted lead_rejected
		opportunity_opened opportunity_stage_changed opportunity_amount_changed opportunity_won opportunity_lost
		offer_proposed offer_accepted offer_redeemed offer_rejected offer_expired
		purchase_recorded order_placed order_paid order_shipped order_delivered order_cancelled
		points_earned points_spent points_reversed points_expired return_recorded
		referral_made referral_converted testimonial_given survey_answered
		agreement_signed agreement_ended campaign_assigned campaign_message_sent campaign_message_delivered
		campaign_message_opened campaign_message_clicked campaign_message_bounced campaign_unsubscribed
		asset_installed usage_reported wear_measured defect_found breakdown_reported
		maintenance_scheduled maintenance_missed maintenance_performed maintenance_cancelled asset_retired
		case_opened case_assigned case_escalated case_replied case_responded case_breached case_paused case_resumed
		case_resolved case_reopened case_closed complaint_rated
		recommendation_issued recommendation_overdue recommendation_accepted recommendation_dismissed
		handed_over handover_accepted archived restored fact_voided`},
	{customer.Stream(uuid.UUID{1}), "registered merged"},
	{customer.Stream(uuid.UUID{2}), "absorbed separated"},
	{customer.Stream(uuid.UUID{1}), "split merged"},
	{customer.Stream(uuid.UUID{2}), "absorbed profile_changed"},
	{customer.Stream(uuid.UUID{3}), "registered purchase_recorded erased"},
	{value.Stream, "value_model.fitted"},
	{"subscription-desk", "subscription.published subscription.secret_rotated subscription.retired"},
	{custody.Stream, "proof.gaps_accepted"},
}

// Every table has rows, and those that its golden file has, when the golden event of every type is told.
func TestEveryTableHasItsGolden(t *testing.T) {
	w := newWorld(t, nil)
	files, err := filepath.Glob("../eventstore/testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden events", err)
	}
	untold := map[string]bool{}
	for _, f := range files {
		untold[strings.TrimSuffix(filepath.Base(f), ".json")] = true
	}
	delete(untold, "policy.published.v1")
	all := w.goldenEvent("policy.published.v1").(policy.Published)
	for _, p := range []policy.Published{
		{Policy: policy.LadderName, Ladder: all.Ladder}, {Policy: policy.TiersName, Ladder: all.Ladder},
		{Policy: policy.ServiceName, Service: all.Service}, {Policy: policy.RFMName, RFM: all.RFM},
		{Policy: policy.CostsName, Costs: all.Costs}, {Policy: policy.PriceBandsName, PriceBands: all.PriceBands},
		{Policy: policy.RetentionName, Retention: all.Retention},
	} {
		p.Version = 1
		w.append(policy.Stream(p.Policy), "2011-03-01", p)
	}
	at := time.Date(2011, 3, 1, 10, 0, 0, 0, time.UTC)
	for _, life := range goldenLives {
		for _, name := range strings.Fields(life.events) {
			if strings.HasPrefix(life.of, customer.StreamPrefix) {
				name = "customer." + name
				at = at.AddDate(0, 0, 1)
			}
			name += ".v1"
			delete(untold, name)
			e := w.goldenEvent(name)
			w.append(life.of, at.Format("2006-01-02 15:04"), e)
			if bought, ok := e.(customer.PurchaseRecorded); ok { // and then, for much, of another category
				bought.PurchaseID, bought.ReportingTotalMinor = uuid.NewSHA1(bought.PurchaseID, []byte(life.of)), 200_000
				bought.Lines = slices.Clone(bought.Lines)
				bought.Lines[0].SKU, bought.Lines[0].Category = "22423", "tea"
				w.append(life.of, at.Format("2006-01-02 15:04"), bought)
			}
		}
	}
	w.closeDay(at.Format(time.DateOnly))
	w.append(segment.Stream("vip"), at.Format(time.DateOnly), w.goldenEvent("segment.retired.v1"))
	delete(untold, "segment.retired.v1")
	at = at.AddDate(0, 0, 7)
	w.closeDay(at.Format(time.DateOnly))
	w.append(customer.Stream(uuid.UUID{2}), at.Format(time.DateOnly), w.goldenEvent("customer.merge_begun.v1"))
	delete(untold, "customer.merge_begun.v1")
	if len(untold) > 0 {
		t.Errorf("told to nobody: %v", untold)
	}
	w.start()
	w.settle()
	w.filled()
	for _, table := range define(Projectors).names {
		if strings.HasPrefix(table, "projection_") {
			continue
		}
		w.golden(table)
	}
}

func (w *world) goldenEvent(eventType string) domain.Event {
	w.t.Helper()
	data, err := os.ReadFile(filepath.Join("../eventstore/testdata", eventType+".json"))
	if err != nil {
		w.t.Fatal(err)
	}
	r, err := w.codec.Decode(w.ctx, eventstore.Record{Type: eventType, Data: data, Metadata: []byte("{}")})
	if err != nil {
		w.t.Fatal(err)
	}
	e := reflect.New(reflect.TypeOf(r.Event)).Elem()
	e.Set(reflect.ValueOf(r.Event))
	if v := e.FieldByName("Version"); v.IsValid() && !strings.HasPrefix(eventType, "customer.") {
		v.SetInt(1) // there is none before it
	}
	if shared, ok := r.Event.(customer.DataShared); ok {
		shared.RecipientID = nil // with one or the other
		return shared
	}
	return e.Interface().(domain.Event)
}

// golden holds a table's rows, apart from what tells of the recording, against its golden file.
func (w *world) golden(table string) {
	w.t.Helper()
	var got strings.Builder
	for _, row := range w.query(fmt.Sprintf(`SELECT (to_jsonb(t) - '{recorded_at,issued_at,revoked_at}'::text[])::text FROM %s t
		ORDER BY to_jsonb(t)`, pgx.Identifier{table}.Sanitize())) {
		fmt.Fprintln(&got, row[0])
	}
	if got.Len() == 0 {
		w.t.Errorf("%s has no rows", table)
	}
	file := filepath.Join("testdata/tables", table+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			w.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		w.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		w.t.Errorf("%s (-golden +now): %s", table, diff)
	}
}

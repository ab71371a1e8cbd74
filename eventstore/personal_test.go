package eventstore_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// notPersonal lists the texts in customers' events that stay readable in the log, by the reason why. They are what
// statistics, money and rules go by, and tell nobody who the customer is.
var notPersonal = map[string][]string{
	"a value out of a list that the code knows": {"registered.kind", "profile_changed.kind",
		"contact_point_added.kind", "role_assigned.role",
		"role_ended.role", "relationship_declared.kind", "data_shared.legal_basis", "identity_linked.kind",
		"identity_unlinked.kind", "interaction_recorded.kind", "interaction_recorded.direction", "consent_granted.legal_basis",
		"survey_answered.kind", "survey_answered.answers[].aspect", "recommendation_issued.guided.outcome",
		"maintenance_performed.kind", "case_opened.type", "case_opened.priority", "case_breached.clock", "case_resolved.type",
		"case_resolved.action", "case_reopened.type"},
	"a currency": {"registered.acquired.currency", "purchase_recorded.currency", "purchase_recorded.reporting_currency",
		"order_placed.currency", "order_paid.currency", "return_recorded.currency", "return_recorded.reporting_currency",
		"opportunity_opened.currency", "opportunity_opened.reporting_currency", "opportunity_amount_changed.currency",
		"opportunity_won.currency", "offer_proposed.currency", "recommendation_issued.guided.currency",
		"case_resolved.compensation.currency", "case_resolved.compensation.reporting_currency"},
	"a country or a language, by which customers are counted": {"registered.country", "registered.locale",
		"profile_changed.country", "profile_changed.locale", "contact_point_added.address.country"},
	"a kind, stage, category or code that the business gives": {"erased.reason", "contact_point_verified.method", "insight_recorded.kind",
		"data_shared.purpose", "purchase_recorded.payment_method", "order_paid.method", "opportunity_opened.stage",
		"opportunity_stage_changed.from", "opportunity_stage_changed.stage", "consent_granted.purpose",
		"consent_granted.channel", "consent_granted.text_version", "consent_withdrawn.purpose", "consent_withdrawn.channel",
		"consent_expired.purpose", "consent_expired.channel", "survey_answered.questionnaire", "survey_answered.answers[].item",
		"campaign_assigned.consent.purpose", "campaign_assigned.consent.channel", "campaign_message_sent.consent.purpose",
		"campaign_message_sent.consent.channel", "referral_made.via", "testimonial_given.where", "agreement_signed.kind",
		"defect_found.code", "case_opened.category", "case_opened.queue", "case_assigned.queue", "case_resolved.root_cause",
		"archived.rule", "recommendation_issued.guided.guidance", "recommendation_issued.guided.segment", "offer_proposed.policy"},
	"the name of what is known, not what it is": {"attribute_set.name", "attribute_removed.name", "attribute_expired.name",
		"attribute_resolved.name", "offer_proposed.evidence[].fact", "data_shared.fields[]"},
	"goods and services": {"purchase_recorded.lines[].sku", "purchase_recorded.lines[].name",
		"purchase_recorded.lines[].category", "purchase_recorded.lines[].purpose", "return_recorded.lines[].sku",
		"return_recorded.lines[].name", "opportunity_opened.product", "offer_proposed.sku", "offer_proposed.category",
		"recommendation_issued.guided.category", "asset_installed.model", "usage_reported.unit", "wear_measured.component",
		"defect_found.component", "breakdown_reported.component", "maintenance_scheduled.component",
		"maintenance_performed.component", "maintenance_missed.component"},
	"a document of the books": {"purchase_recorded.reference", "return_recorded.reference"},
	"a campaign or where customers come from": {"registered.acquired.source", "registered.acquired.campaign",
		"lead_captured.lead_source", "lead_captured.campaign", "campaign_assigned.campaign", "campaign_assigned.cell",
		"campaign_message_sent.campaign", "campaign_message_sent.cell"},
	"another system or another firm": {"registered.external_ids[].system", "identity_linked.system",
		"identity_unlinked.system", "attribute_set.source", "data_shared.recipient", "order_shipped.carrier",
		"opportunity_lost.competitor"},
	"a department or a colleague, who answer for what they did": {"attribute_set.department", "attribute_removed.department",
		"attribute_expired.department", "attribute_resolved.upheld[]", "attribute_resolved.overruled[]", "lead_captured.owner",
		"opportunity_opened.owner", "recommendation_issued.assignee", "handed_over.from", "handed_over.to",
		"case_assigned.assignee", "case_escalated.to"},
}

// TestEveryTextIsDecidedOn: each text in a customer's event is personal or is known not to be.
func TestEveryTextIsDecidedOn(t *testing.T) {
	var texts, known []string
	for _, e := range eventstore.Types {
		if name, ok := strings.CutPrefix(e.EventType(), "customer."); ok {
			texts = openTexts(reflect.TypeOf(e), strings.TrimSuffix(name, ".v1"), texts)
		}
	}
	for _, fields := range notPersonal {
		known = append(known, fields...)
	}
	for _, text := range texts {
		if !slices.Contains(known, text) {
			t.Errorf(`is %s personal? Tag it personal:"true", or list it in notPersonal with the reason`, text)
		}
	}
	for i, text := range known {
		if !slices.Contains(texts, text) || slices.Contains(known[:i], text) {
			t.Errorf("notPersonal lists %s, which is personal, is not there or was listed already", text)
		}
	}
}

// openTexts finds the texts within a type that are not tagged personal.
func openTexts(of reflect.Type, path string, found []string) []string {
	switch of.Kind() {
	case reflect.String:
		return append(found, path)
	case reflect.Pointer:
		return openTexts(of.Elem(), path, found)
	case reflect.Slice:
		return openTexts(of.Elem(), path+"[]", found)
	case reflect.Map, reflect.Interface:
		return append(found, path)
	case reflect.Struct:
		for i := range of.NumField() {
			field := of.Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			switch {
			case field.Tag.Get("personal") == "true" || !field.IsExported():
			case field.Anonymous && name == "":
				found = openTexts(field.Type, path, found)
			default:
				found = openTexts(field.Type, path+"."+name, found)
			}
		}
	}
	return found
}

// TestClosed: an event that is read closed lacks what is personal and nothing else.
func TestClosed(t *testing.T) {
	codec := eventstore.NewCodec()
	for _, e := range examples {
		p, err := codec.Encode(t.Context(), stream, uuid.UUID{9}, e, metadata)
		if err != nil {
			t.Fatal(err)
		}
		closed, err := codec.DecodeClosed(eventstore.Record{Type: p.Type, Data: p.Data, Metadata: p.Metadata})
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(closed.Event)
		if err != nil {
			t.Fatal(err)
		}
		want := reflect.New(reflect.TypeOf(e))
		if err := json.Unmarshal(p.Data, want.Interface()); err != nil {
			t.Fatal(err)
		}
		emptied := emptyPersonal(want.Elem())
		wanted, err := json.Marshal(want.Interface())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, wanted) {
			t.Errorf("%s was read closed as\n%s, want\n%s", p.Type, got, wanted)
		}
		if (emptied > 0) == bytes.Equal(got, p.Data) {
			t.Errorf("%s has %d personal values, and reads closed as %s", p.Type, emptied, got)
		}
	}
}

// emptyPersonal empties what is tagged personal, at any depth, and answers how much that was.
func emptyPersonal(v reflect.Value) (emptied int) {
	switch v.Kind() {
	case reflect.Pointer:
		return emptyPersonal(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			emptied += emptyPersonal(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Tag.Get("personal") == "true" {
				v.Field(i).SetZero()
				emptied++
			} else if v.Field(i).CanSet() {
				emptied += emptyPersonal(v.Field(i))
			}
		}
	}
	return emptied
}

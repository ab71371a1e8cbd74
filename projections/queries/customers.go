package queries

import (
	"errors"
	"strings"

	"github.com/rapport-crm/rapport/domain/identity"
)

// customers are who there is: those who were merged are the survivor, and whoever was erased is nobody.
var customers = []List{
	{Name: "customers", Item: "Customer", Tag: "customers", Table: "customer_summary", Owner: "customer_id", Across: true,
		Summary: "Find customers",
		About: "By an identity, a name or an attribute, by where they belong, or by a rule over the facts of the catalogue. Which " +
			"customers there are is as of the business date; a rule is judged as it would be for a segment.",
		Where: "t.erased_on IS NULL AND t.kind <> ''",
		Omit: []string{"acquisition_cost", "acquisition_currency", "acquisition_cost_minor", "categories", "repeat_revenue_minor",
			"discounts_minor", "goods_cost_minor", "costed_revenue_minor", "margin_minor", "activities", "cost_to_serve_minor",
			"compensation_minor", "stage_policy_version", "erased_on", "wake_on", "due_on"},
		Objects: map[string][]string{"external_ids": {"system", "id"}},
		More: []Column{{Name: "segments", Type: "text[]", Comment: "the segments that they belong to now",
			expr: "ARRAY(SELECT segment FROM segment_membership m WHERE m.customer_id = t.customer_id AND m.valid_to IS NULL ORDER BY segment)"}},
		Filters: []Filter{
			known("email", "By an e-mail address that is linked to them, or a contact point", normal(identity.Email),
				byIdentity("email")),
			known("phone", "By a phone number that is linked to them, or a contact point, with the country's code", normal(identity.Phone),
				byIdentity("phone")),
			known("external_id", "By how another system calls them, as system:id", external,
				"t.customer_id IN (SELECT customer_id FROM customer_identity WHERE kind = 'external' AND system = $$ AND value = $$2 AND unlinked_on IS NULL)"),
			where("name", "By how their name begins, in capitals or not", "text",
				beginning),
			{Name: AlikeFilter, Type: "text", About: "By a name that is spelt like theirs: PostgreSQL's pg_trgm finds at least three tenths of its " +
				"sequences of three letters in it. Where the database has no pg_trgm: by how their name begins", sql: beginning,
				alike: "lower(t.name) OPERATOR(public.%) lower($$)"},
			where("segment", "Who belongs to a segment now", "text",
				"t.customer_id IN (SELECT customer_id FROM segment_membership WHERE segment = $$ AND valid_to IS NULL)"),
			is("stage"), is("country"), is("kind"),
			{Name: "attribute", Named: true, Type: "text", About: "By the value in force of an attribute: attribute.income=high",
				sql: "t.customer_id IN (SELECT a.customer_id FROM customer_attributes a WHERE a.name = $name AND md5(a.value) = md5($$) " +
					"AND a.valid_to IS NULL AND EXISTS (SELECT FROM attribute_current c WHERE c.customer_id = a.customer_id " +
					"AND c.name = a.name AND c.value = $$))"},
			after("registered_after", "registered_on"), before("registered_before", "registered_on"),
			whether("archived", "Whether they were set aside", "t.archived_on IS NOT NULL"),
			where(RuleFilter, "For whom a rule holds: CEL over the facts of the catalogue. Customers are judged as they are paged through, so a "+
				"page may hold fewer than its limit, or none, and have a next one", "text", "$$ <> ''"),
			updatedAfter("customer_id")},
		Sorted: []string{"registered_on"}},
}

// beginning is a condition that a name begins so.
const beginning = "lower(t.name) ~>=~ lower($$) AND lower(t.name) ~<~ (lower($$) || chr(1114111))"

// AlikeFilter selects customers by a name that is spelt alike.
const AlikeFilter = "name_like"

// RuleFilter selects customers by a rule, by which the caller judges them: Rows are of all.
const RuleFilter = "rule"

// known selects by something that is compared in one form.
func known(name, about string, value func(string) ([]string, error), condition string) Filter {
	return Filter{Name: name, About: about, Type: "text", value: value, sql: condition}
}

func byIdentity(kind string) string {
	return "t.customer_id IN (SELECT customer_id FROM customer_identity WHERE kind = '" + kind + "' AND value IN ($$) AND unlinked_on IS NULL " +
		"UNION ALL SELECT customer_id FROM contact_points WHERE kind = '" + kind + "' AND value IN ($$) AND removed_on IS NULL)"
}

// normal returns an identity in the forms in which it may stand in the tables, and as it was written.
func normal(kind identity.Kind) func(string) ([]string, error) {
	return func(value string) ([]string, error) {
		key, err := identity.Normal(identity.Key{Kind: kind, Value: value})
		if err != nil {
			return nil, err
		}
		forms := []string{key.Value, value}
		for _, older := range identity.OlderForms(key) {
			forms = append(forms, older.Value)
		}
		return forms, nil
	}
}

func external(value string) ([]string, error) {
	system, id, ok := strings.Cut(value, ":")
	if !ok || system == "" || id == "" {
		return nil, errors.New("an external id is written as system:id")
	}
	return []string{system, id}, nil
}

package policy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/rules"
)

type story = domaintest.Story[policy.State, policy.Needs]

func stories() []story {
	return slices.Concat(ladders(), service(), costs(), priceBands(), retention(), phones())
}

func TestPolicy(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[policy.State, policy.Needs]{Stories: stories(), Stream: policy.Stream(policy.LadderName)}.Refusals(t)
}

func ladders() []story {
	first, short := policy.DefaultLadder(), policy.Ladder{Stages: []policy.Stage{{Name: "any", Rule: "true"}}}
	published := func(version int, l policy.Ladder) []policy.Event {
		return []policy.Event{policy.Published{Policy: policy.LadderName, Version: version, Ladder: &l}}
	}
	with := func(stages ...policy.Stage) policy.PublishLadder {
		return policy.PublishLadder{Ladder: policy.Ladder{Stages: stages}}
	}
	last := policy.Stage{Name: "rest", Rule: "true"}
	return []story{
		{Name: "the default", When: policy.PublishLadder{Ladder: first}, Then: published(1, first)},
		{Name: "the same again", Given: published(1, first), When: policy.PublishLadder{Ladder: first}},
		{Name: "another one", Given: published(1, first), When: policy.PublishLadder{Ladder: short},
			Then: published(2, short)},
		{Name: "back to the first", Given: append(published(1, first), published(2, short)...),
			When: policy.PublishLadder{Ladder: first}, Then: published(3, first)},
		{Name: "tiers", When: policy.PublishTiers{Tiers: short},
			Then: []policy.Event{policy.Published{Policy: policy.TiersName, Version: 1, Ladder: &short}}},
		{Name: "the same tiers again", When: policy.PublishTiers{Tiers: short},
			Given: []policy.Event{policy.Published{Policy: policy.TiersName, Version: 1, Ladder: &short}}},
		{Name: "no tiers", When: policy.PublishTiers{}, Refused: policy.ErrStages.At("tiers.stages")},
		{Name: "no stage", When: with(), Refused: policy.ErrStages},
		{Name: "too many stages", When: with(slices.Repeat([]policy.Stage{last}, 33)...), Refused: policy.ErrStages},
		{Name: "a nameless stage", When: with(policy.Stage{Rule: "true"}),
			Refused: policy.ErrStageName.At("ladder.stages[0].name")},
		{Name: "two stages of one name", When: with(last, last), Refused: policy.ErrStageName.At("ladder.stages[1].name")},
		{Name: "a name too long", When: with(policy.Stage{Name: strings.Repeat("a", 33), Rule: "true"}),
			Refused: policy.ErrStageName.At("ladder.stages[0].name")},
		{Name: "a rule that is none", When: with(policy.Stage{Name: "odd", Rule: "orders"}, last),
			Refused: rules.ErrMalformed.At("ladder.stages[0].rule"), Because: "answers int"},
		{Name: "quartiles with the standard names", When: policy.PublishRFM{RFM: policy.RFM{Groups: 4}},
			Then: []policy.Event{policy.Published{Policy: policy.RFMName, Version: 1, RFM: standard(4)}}},
		{Name: "the built-in scheme, published", When: policy.PublishRFM{RFM: policy.DefaultRFM()},
			Then: []policy.Event{policy.Published{Policy: policy.RFMName, Version: 1, RFM: standard(5)}}},
		{Name: "the same scheme again", When: policy.PublishRFM{RFM: policy.RFM{Groups: 5}},
			Given: []policy.Event{policy.Published{Policy: policy.RFMName, Version: 1, RFM: standard(5)}}},
		{Name: "terciles", When: policy.PublishRFM{RFM: policy.RFM{Groups: 3}}, Refused: policy.ErrGroups},
		{Name: "cells of quintiles for quartiles", When: policy.PublishRFM{RFM: policy.RFM{Groups: 4,
			Segments: standard(5).Segments}}, Refused: policy.ErrCells},
		{Name: "a short row", When: policy.PublishRFM{RFM: policy.RFM{Groups: 4,
			Segments: [][]string{{"a", "b", "c", "d"}, {"a", "b", "c"}, {}, {}}}}, Refused: policy.ErrCells.At("rfm.segments[1]")},
		{Name: "a cell without a name", When: policy.PublishRFM{RFM: policy.RFM{Groups: 4,
			Segments: [][]string{{"a", "b", "c", ""}, {}, {}, {}}}}, Refused: policy.ErrSegmentName.At("rfm.segments[0][3]")},
		{Name: "an open end", When: with(policy.Stage{Name: "some", Rule: "orders > 0"}),
			Refused: policy.ErrNoLastStage.At("ladder.stages[0].rule")},
	}
}

// standard is the scheme that is published when no segments are named.
func standard(groups int) *policy.RFM {
	events, err := domaintest.Decide(&policy.State{}, policy.Command(policy.PublishRFM{RFM: policy.RFM{Groups: groups}}))
	if err != nil {
		panic(err)
	}
	return events[0].(policy.Published).RFM
}

// The standard schemes name every cell, and use every name of the field.
func TestStandardSegments(t *testing.T) {
	names := []string{"about_to_sleep", "at_risk", "cannot_lose", "champions", "hibernating", "lost", "loyal",
		"need_attention", "new", "potential_loyalist", "promising"}
	for _, groups := range []int{4, 5} {
		cells := slices.Concat(standard(groups).Segments...)
		if len(cells) != groups*groups {
			t.Errorf("%d groups: %d cells", groups, len(cells))
		}
		slices.Sort(cells)
		if diff := cmp.Diff(names, slices.Compact(cells)); diff != "" {
			t.Errorf("%d groups:\n%s", groups, diff)
		}
	}
}

func compiled(t testing.TB, l policy.Ladder) *policy.CompiledLadder {
	t.Helper()
	c, err := policy.CompileLadder(l)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func bought(on ...domain.Day) *facts.Customer {
	var history []domaintest.Happening
	for _, day := range on {
		history = append(history, domaintest.Happening{On: day,
			Event: customer.PurchaseRecorded{ReportingCurrency: "EUR"}})
	}
	c := domaintest.Fold(history)
	return &c
}

func TestDefaultLadder(t *testing.T) {
	ladder := compiled(t, policy.DefaultLadder())
	for _, k := range []struct {
		customer *facts.Customer
		on       domain.Day
		stage    string
		next     domain.Day // 0 for never
	}{
		{bought(), 1000, "prospect", 0},
		{bought(1000), 1000, "customer", 1181},
		{bought(1000), 1180, "customer", 1181},
		{bought(1000), 1181, "lapsed", 1366},
		{bought(1000), 1366, "lost", 0},
		{bought(1000, 1001, 1002), 1002, "client", 1183},
		{bought(800, 1001, 1002), 1002, "client", 1165},
		{bought(800, 1001, 1002), 1165, "customer", 1183},
		{bought(1000, 1000, 1000), 1000, "customer", 1181},
	} {
		stage, index := ladder.Stage(k.customer, k.on)
		if stage != k.stage || policy.DefaultLadder().Stages[index].Name != k.stage {
			t.Errorf("on %d: %s at %d, want %s", k.on, stage, index, k.stage)
		}
		if next, ok := ladder.NextChange(k.customer, k.on, rules.Ever); ok != (k.next != 0) || ok && next != k.next {
			t.Errorf("%s on %d: next change %d, %v; want %d", k.stage, k.on, next, ok, k.next)
		}
	}
	if !ladder.Away("lost") || !ladder.Away("lapsed") || ladder.Away("client") || ladder.Away("nobody") {
		t.Error("those who have gone are the lapsed and the lost")
	}
}

// Who is a client climbs by what they say and do, and falls again when it is long ago or ends.
func TestUpperStages(t *testing.T) {
	ladder := compiled(t, policy.DefaultLadder())
	answered := func(kind questionnaire.Kind, score int) customer.Event {
		return customer.SurveyAnswered{Kind: kind, Answers: []questionnaire.Answer{{Value: score}}}
	}
	ends := domain.Day(1090)
	var (
		content   = answered(questionnaire.CSAT, 4)
		promoter  = answered(questionnaire.NPS, 9)
		brought   = customer.ReferralConverted{}
		praised   = customer.TestimonialGiven{}
		signed    = customer.AgreementSigned{StartsOn: 1050, EndsOn: &ends}
		ended     = customer.AgreementEnded{Expired: true}
		unhappy   = answered(questionnaire.CSAT, 3)
		detractor = answered(questionnaire.NPS, 8)
	)
	for _, k := range []struct {
		events []customer.Event // on day 1002, after purchases on three days
		on     domain.Day
		stage  string
		next   domain.Day
	}{
		{[]customer.Event{unhappy, detractor, brought, praised, signed}, 1002, "client", 1183},
		{[]customer.Event{brought, praised, signed}, 1050, "client", 1183},
		{[]customer.Event{content}, 1002, "supporter", 1182},
		{[]customer.Event{content}, 1182, "client", 1183},
		{[]customer.Event{unhappy, promoter}, 1002, "supporter", 1182},
		{[]customer.Event{content, unhappy}, 1002, "client", 1183},
		{[]customer.Event{content, signed}, 1060, "supporter", 1182},
		{[]customer.Event{content, brought}, 1002, "advocate", 1182},
		{[]customer.Event{promoter, praised}, 1002, "advocate", 1182},
		{[]customer.Event{content, praised, signed}, 1002, "advocate", 1050},
		{[]customer.Event{content, praised, signed}, 1050, "partner", 1182},
		{[]customer.Event{content, praised, signed, ended}, 1091, "advocate", 1182},
	} {
		c := bought(1000, 1001, 1002)
		for _, e := range k.events {
			c.Apply(domain.Recorded{Event: e}, 1002)
		}
		if stage, _ := ladder.Stage(c, k.on); stage != k.stage {
			t.Errorf("%T on %d: %s, want %s", k.events, k.on, stage, k.stage)
		}
		if next, ok := ladder.NextChange(c, k.on, rules.Ever); !ok || next != k.next {
			t.Errorf("%s on %d: next change %d, %v; want %d", k.stage, k.on, next, ok, k.next)
		}
	}
}

func TestEvidence(t *testing.T) {
	ladder := compiled(t, policy.DefaultLadder())
	for stage, want := range map[string]map[string]any{
		"prospect": {"orders": int64(0)},
		"customer": {"orders": int64(1), "recency_days": int64(10), "purchase_days_in(365)": int64(1),
			"agreement_in_force": false, "referrals_converted": int64(0), "recommended_publicly": false, "latest_csat": nil,
			"days_since_csat": nil, "latest_nps": nil, "days_since_nps": nil},
	} {
		c := map[string]*facts.Customer{"prospect": bought(), "customer": bought(1000)}[stage]
		if diff := cmp.Diff(want, ladder.Evidence(c, 1010)); diff != "" {
			t.Errorf("%s:\n%s", stage, diff)
		}
	}
}

func TestCompileLadderNamesTheStage(t *testing.T) {
	_, err := policy.CompileLadder(policy.Ladder{Stages: []policy.Stage{{Name: "odd", Rule: "orders >"}}})
	if err == nil || !strings.Contains(err.Error(), "stage 0 of the ladder, odd") {
		t.Error(err)
	}
}

// Nobody changes stage on a day that was not foretold.
func TestNextChange(t *testing.T) {
	ladders := []policy.Ladder{policy.DefaultLadder(), {Stages: []policy.Stage{
		{Name: "quiet", Rule: "days_since_contact > 2 * purchase_days_in(90)"},
		{Name: "odd", Rule: "recency_days % 7 == 3"},
		{Name: "big", Rule: "net_revenue_in(100) >= 300"}, {Name: "old", Rule: "t_age >= 200"}}}}
	rapid.Check(t, func(t *rapid.T) {
		ladder, err := policy.CompileLadder(rapid.SampledFrom(ladders).Draw(t, "ladder"))
		if err != nil {
			t.Fatal(err)
		}
		c := domaintest.Fold(domaintest.Happenings(t, 1000, 1300))
		const from, to = domain.Day(1000), domain.Day(2000)
		var want, got []string
		stage, _ := ladder.Stage(&c, from)
		for day := from + 1; day < to; day++ {
			if then, _ := ladder.Stage(&c, day); then != stage {
				want, stage = append(want, fmt.Sprint(day, then)), then
			}
		}
		for day, ok := ladder.NextChange(&c, from, rules.Ever); ok && day < to; day, ok = ladder.NextChange(&c, day, rules.Ever) {
			then, _ := ladder.Stage(&c, day)
			got = append(got, fmt.Sprint(day, then))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

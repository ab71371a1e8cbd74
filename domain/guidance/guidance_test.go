package guidance_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/segment"
)

var winBack = guidance.Terms{Segment: "at_risk", Action: "call", Reason: "they stay away", Assignee: "bob",
	ForDepartment: "sales", DueDays: 7, CooldownDays: 90, ExpectedValue: "0.25 * avg_order_value",
	Outcome: customer.PurchaseOutcome, OutcomeDays: 30}

type story = domaintest.Story[guidance.State, guidance.Needs]

func TestGuidance(t *testing.T) { domaintest.Tell(t, stories()) }

func TestRefusalsOverHTTP(t *testing.T) {
	apitest.Suite[guidance.State, guidance.Needs]{Stories: stories(), Stream: guidance.Stream("win_back")}.Refusals(t)
}

// inForce asks a command for a segment that is in force.
func inForce(c guidance.Command) guidance.Command {
	return domaintest.In(c, func(g *guidance.Given) { g.Needs.SegmentInForce = true })
}

func stories() []story {
	define := func(change func(*guidance.Define)) guidance.Command {
		c := guidance.Define{Name: "win_back", Terms: winBack}
		change(&c)
		return inForce(c)
	}
	same := func(*guidance.Define) {}
	other := winBack
	other.DueDays = 3
	first, second := guidance.Defined{Name: "win_back", Version: 1, Terms: winBack}, guidance.Defined{Name: "win_back", Version: 2, Terms: other}
	retired := guidance.Retired{Name: "win_back", Version: 1}
	all := []story{
		{Name: "the first definition", When: define(same), Then: []guidance.Event{first}},
		{Name: "the same again", Given: []guidance.Event{first}, When: define(same)},
		{Name: "another one", Given: []guidance.Event{first}, Then: []guidance.Event{second},
			When: define(func(c *guidance.Define) { c.DueDays = 3 })},
		{Name: "defined anew after retirement", Given: []guidance.Event{first, retired}, When: define(same),
			Then: []guidance.Event{guidance.Defined{Name: "win_back", Version: 2, Terms: winBack}}},
		{Name: "without any success to tell", Given: []guidance.Event{first, second},
			When: define(func(c *guidance.Define) { c.Outcome, c.OutcomeDays, c.ExpectedValue = customer.NoOutcome, 0, "" }),
			Then: []guidance.Event{guidance.Defined{Name: "win_back", Version: 3, Terms: guidance.Terms{Segment: "at_risk",
				Action: "call", Reason: "they stay away", Assignee: "bob", ForDepartment: "sales", DueDays: 7, CooldownDays: 90,
				Outcome: customer.NoOutcome}}}},
		{Name: "for a segment that is not in force", When: guidance.Define{Name: "win_back", Terms: winBack},
			Refused: guidance.ErrSegment},
		{Name: "retirement", Given: []guidance.Event{first}, When: guidance.Retire{Name: "win_back"},
			Then: []guidance.Event{retired}},
		{Name: "retirement again", Given: []guidance.Event{first, retired}, When: guidance.Retire{Name: "win_back"}},
		{Name: "retirement of nothing", When: guidance.Retire{Name: "win_back"}, Refused: guidance.ErrUnknown},
	}
	for name, c := range map[string]struct {
		change  func(*guidance.Define)
		refused *domain.Rejection
		because string
	}{
		"a name in capitals":            {func(c *guidance.Define) { c.Name = "Win" }, guidance.ErrName, ""},
		"no action":                     {func(c *guidance.Define) { c.Action = " " }, guidance.ErrAction, ""},
		"an action too long":            {func(c *guidance.Define) { c.Action = strings.Repeat("a", 501) }, domain.ErrText.At("action"), ""},
		"no reason":                     {func(c *guidance.Define) { c.Reason = "" }, guidance.ErrReason, ""},
		"nobody":                        {func(c *guidance.Define) { c.Assignee = "" }, guidance.ErrAssignee, ""},
		"the department of NUL":         {func(c *guidance.Define) { c.ForDepartment = "\x00" }, domain.ErrText.At("for_department"), ""},
		"due before it is said":         {func(c *guidance.Define) { c.DueDays = -1 }, guidance.ErrDays, ""},
		"due in eleven years":           {func(c *guidance.Define) { c.DueDays = 4000 }, guidance.ErrDays, ""},
		"a rest of eleven years":        {func(c *guidance.Define) { c.CooldownDays = 4000 }, guidance.ErrDays.At("cooldown_days"), ""},
		"a suggestion of another kind":  {func(c *guidance.Define) { c.Suggests = "present" }, guidance.ErrSuggests, ""},
		"another success":               {func(c *guidance.Define) { c.Outcome = "joy" }, guidance.ErrOutcome, ""},
		"no word on success":            {func(c *guidance.Define) { c.Outcome = "" }, guidance.ErrOutcome, ""},
		"success on no day":             {func(c *guidance.Define) { c.OutcomeDays = 0 }, guidance.ErrDays.At("outcome_days"), ""},
		"days on which nothing counts":  {func(c *guidance.Define) { c.Outcome = customer.NoOutcome }, guidance.ErrDays.At("outcome_days"), "nothing counts"},
		"a value that is no number":     {func(c *guidance.Define) { c.ExpectedValue = "orders > 1" }, rules.ErrMalformed.At("expected_value"), "answers bool"},
		"a value of what is not there":  {func(c *guidance.Define) { c.ExpectedValue = "2 * worth" }, rules.ErrMalformed.At("expected_value"), `1:5: there is no fact "worth"`},
		"a value that is blank":         {func(c *guidance.Define) { c.ExpectedValue = " " }, rules.ErrMalformed.At("expected_value"), "empty"},
		"a value beyond what is read":   {func(c *guidance.Define) { c.ExpectedValue = strings.Repeat("1+", 4000) + "1" }, rules.ErrMalformed.At("expected_value"), ""},
		"a value that hangs on a clock": {func(c *guidance.Define) { c.ExpectedValue = "now()" }, rules.ErrMalformed.At("expected_value"), ""},
	} {
		all = append(all, story{Name: name, When: define(c.change), Refused: c.refused, Because: c.because})
	}
	return all
}

func TestRecommend(t *testing.T) {
	expected := int64(1250)
	d := guidance.Defined{Name: "win_back", Version: 3, Terms: winBack}
	c := guidance.Case{CustomerID: uuid.UUID{1}, SegmentVersion: 2, StayFrom: 100, ExpectedMinor: &expected, Currency: "EUR",
		Evidence: map[string]any{"orders": int64(3), "country": "FR", "days_since_contact": nil, "categories": []string{"tea"}},
		Affinity: &guidance.Affinity{Category: "tea", Other: "cups", Customers: 130, Both: 57, Lift: 1.84}}
	got := d.Recommend(c, 105)
	want := customer.Guide{IssueRecommendation: customer.IssueRecommendation{RecommendationID: got.RecommendationID, Assignee: "bob", Action: "call: cups",
		Reason: "they stay away", DueOn: 112, Evidence: []string{
			"of 130 customers who buy tea, 57 buy cups, 1.8 times as many as of all",
			`categories: ["tea"]`, `country: "FR"`, "days_since_contact: unknown", "orders: 3"}},
		By: customer.Guided{Guidance: "win_back", Version: 3, Segment: "at_risk", SegmentVersion: 2, StayFrom: 100,
			Category: "cups", ExpectedMinor: &expected, Currency: "EUR", Outcome: "purchase", OutcomeDays: 30}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(customer.IssueRecommendation{})); diff != "" {
		t.Error(diff)
	}
	again := d
	again.Version++
	if again.Recommend(c, 106).RecommendationID != got.RecommendationID {
		t.Error("another version recommends the same again")
	}
	stays, others := c, c
	stays.StayFrom++
	others.CustomerID = uuid.UUID{2}
	d.Name = "other"
	for _, id := range []uuid.UUID{again.Recommend(stays, 105).RecommendationID, again.Recommend(others, 105).RecommendationID,
		d.Recommend(c, 105).RecommendationID} {
		if id == got.RecommendationID {
			t.Error("two recommendations have one id")
		}
	}
}

// Whatever a rule speaks of, the recommendation can be issued.
func TestEvidenceFits(t *testing.T) {
	c := guidance.Case{CustomerID: uuid.UUID{1}, Evidence: map[string]any{"attributes": strings.Repeat("é", 2000)}}
	for i := range 80 {
		c.Evidence[strings.Repeat("x", i+1)] = i
	}
	got := guidance.Defined{Name: "win_back", Terms: winBack}.Recommend(c, 105)
	var known customer.State
	customer.Registered{Kind: customer.Person}.Evolve(&known, domain.Metadata{})
	if events, err := domaintest.Decide(&known, domaintest.At(got, domain.Day(105).Time(), 105)); err != nil || len(events) != 1 {
		t.Errorf("%v, %v", events, err)
	}
}

func TestReadyMadeIsSound(t *testing.T) {
	names := map[string]bool{}
	for _, r := range guidance.ReadyMade {
		if r.Guidance.Segment != r.Segment.Name || names[r.Guidance.Name] || names[r.Segment.Name] {
			t.Errorf("%s rests on %s, not on %s, or a name is there twice", r.Guidance.Name, r.Guidance.Segment, r.Segment.Name)
		}
		names[r.Guidance.Name], names[r.Segment.Name] = true, true
		if _, err := domaintest.Decide(&segment.State{}, segment.Command(r.Segment)); err != nil {
			t.Errorf("%s: %v", r.Segment.Name, err)
		}
		if _, err := domaintest.Decide(&guidance.State{}, inForce(r.Guidance)); err != nil {
			t.Errorf("%s: %v", r.Guidance.Name, err)
		}
	}
}

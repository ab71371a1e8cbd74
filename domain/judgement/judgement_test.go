package judgement_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/judgement"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/rules"
	"github.com/rapport-crm/rapport/domain/value"
)

// journal keeps what it is told as the tables would: a step or a stay is there, with its end, or it is not.
type journal struct {
	judgement.Unheard
	rows map[string]string
	told []string // of what is no row
}

func (j *journal) Stepped(scale judgement.Scale, s judgement.Step) error {
	j.rows[fmt.Sprint(scale.Policy(), " ", s.On)] = fmt.Sprintf("%s → %s %s v%d", s.From, s.To, s.Reason, s.Version)
	return nil
}

func (j *journal) StepTakenBack(scale judgement.Scale, on domain.Day) {
	delete(j.rows, fmt.Sprint(scale.Policy(), " ", on))
}

func (j *journal) Entered(segment string, s judgement.Stay, evidence map[string]any) error {
	j.rows[fmt.Sprint(segment, " ", s.From)] = fmt.Sprint("v", s.Version, " ", evidence)
	return nil
}

func (j *journal) Left(segment string, s judgement.Stay, on domain.Day) {
	j.rows[fmt.Sprint(segment, " ", s.From)] += fmt.Sprint(" to ", on)
}

func (j *journal) Remained(segment string, s judgement.Stay) {
	stay := fmt.Sprint(segment, " ", s.From)
	j.rows[stay], _, _ = strings.Cut(j.rows[stay], " to ")
}

func (j *journal) StayTakenBack(segment string, s judgement.Stay) {
	delete(j.rows, fmt.Sprint(segment, " ", s.From))
}

func (j *journal) Crossed(segment string, _ *judgement.Segment, belongs bool) {
	j.told = append(j.told, fmt.Sprint(segment, " ", belongs))
}

func (j *journal) Risked(on domain.Day, p value.Prediction, next *domain.Day) {
	j.told = append(j.told, fmt.Sprint(on, " ", p.Risk(), " until ", next))
}

func (j *journal) table() string {
	var lines []string
	for key, row := range j.rows {
		lines = append(lines, key+": "+row)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// court judges one customer.
type court struct {
	t        *testing.T
	rules    judgement.Rules
	customer facts.Customer
	standing judgement.Standing
	journal  journal
}

func newCourt(t *testing.T, rule string) *court {
	ladder, err := policy.CompileLadder(policy.DefaultLadder())
	if err != nil {
		t.Fatal(err)
	}
	c := &court{t: t, standing: judgement.Unjudged(), journal: journal{rows: map[string]string{}}}
	c.rules.Ladders[judgement.Stages] = &judgement.Ladder{CompiledLadder: ladder, Version: 1}
	c.define(1, rule)
	return c
}

func (c *court) define(version int64, rule string) {
	compiled, err := rules.Compile(rule)
	if err != nil {
		c.t.Fatal(err)
	}
	c.rules.Segments = map[string]*judgement.Segment{"buyers": {Version: version, Rule: compiled}}
}

func (c *court) judge(on domain.Day, why judgement.Trigger) (domain.Day, bool) {
	next, found, err := c.rules.Judge(&c.standing, &c.customer, on, rules.Ever, why, &c.journal)
	if err != nil {
		c.t.Fatal(err)
	}
	return next, found
}

func (c *court) buys(on domain.Day) {
	c.customer.Apply(domain.Recorded{Event: customer.PurchaseRecorded{ReportingCurrency: "EUR", ReportingTotalMinor: 100}}, on)
	c.standing.Revalued = true
}

func (c *court) returns(on domain.Day) {
	c.customer.Apply(domain.Recorded{Event: customer.ReturnRecorded{ReportingCurrency: "EUR", ReportingTotalMinor: 100}}, on)
	c.standing.Revalued = true
}

func (c *court) expect(what, want string) {
	c.t.Helper()
	if diff := cmp.Diff(strings.TrimSpace(want), c.journal.table()); diff != "" {
		c.t.Errorf("%s:\n%s", what, diff)
	}
}

func TestADayCountsAtItsEnd(t *testing.T) {
	c := newCourt(t, "net_revenue > 0.0")
	c.buys(100)
	c.judge(100, judgement.ByEvent)
	c.expect("the first day", `
buyers 1970-04-11: v1 map[net_revenue:1]
ladder 1970-04-11:  → customer became_known v1`)
	c.returns(110)
	c.judge(110, judgement.ByEvent)
	c.expect("all is brought back", `
buyers 1970-04-11: v1 map[net_revenue:1] to 1970-04-21
ladder 1970-04-11:  → customer became_known v1`)
	c.buys(110)
	c.judge(110, judgement.ByEvent)
	c.expect("and bought again on that day", `
buyers 1970-04-11: v1 map[net_revenue:1]
ladder 1970-04-11:  → customer became_known v1`)
	c.define(2, "orders >= 2")
	c.judge(110, judgement.ByRule)
	c.expect("by another rule", `
buyers 1970-04-11: v1 map[net_revenue:1] to 1970-04-21
buyers 1970-04-21: v2 map[orders:2]
ladder 1970-04-11:  → customer became_known v1`)
	c.define(3, "false")
	c.judge(110, judgement.ByRule)
	c.expect("which nobody keeps on the same day", `
buyers 1970-04-11: v1 map[net_revenue:1] to 1970-04-21
ladder 1970-04-11:  → customer became_known v1`)
	if got := strings.Join(c.journal.told, ", "); got != "buyers true, buyers false, buyers true, buyers false" {
		t.Errorf("crossed: %s", got)
	}
}

func TestTimeAloneChangesAStage(t *testing.T) {
	c := newCourt(t, "recency_days <= 30")
	c.buys(100)
	for on, found := domain.Day(100), true; found; on, found = c.judge(on, judgement.ByTime) {
		c.judge(on, judgement.ByTime)
	}
	c.buys(600)
	c.judge(600, judgement.ByEvent)
	c.expect("a year", `
buyers 1970-04-11: v1 map[recency_days:0] to 1970-05-12
buyers 1971-08-24: v1 map[recency_days:0]
ladder 1970-04-11:  → customer became_known v1
ladder 1970-10-09: customer → lapsed time_passed v1
ladder 1971-04-12: lapsed → lost time_passed v1
ladder 1971-08-24: lost → customer won_back v1`)
}

func TestRiskGrowsWithTime(t *testing.T) {
	c := newCourt(t, "false")
	fit := value.Fitted{Model: value.MBGNBD, Parameters: value.Parameters{R: .5, Alpha: 6, A: .9, B: 1.6},
		Spend: value.Spend{Model: value.PlainMean, Mean: 10}}
	c.rules.Model = &judgement.Model{Predictor: fit.Predictor(), Version: 1}
	c.buys(100)
	c.judge(100, judgement.ByFit)
	if c.standing.Risk == nil || c.standing.Risk.Next == nil {
		t.Fatalf("a risk that never grows: %+v", c.standing.Risk)
	}
	next := *c.standing.Risk.Next
	c.judge(next-1, judgement.ByTime)
	c.judge(next, judgement.ByTime)
	if n := len(c.journal.told); n != 2 || c.journal.told[0] == c.journal.told[1] {
		t.Errorf("told %d times: %v", n, c.journal.told)
	}
}

package history

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
)

// Difference is what became of a customer from one moment to another. Names and units are those of the two histories.
type Difference struct {
	From     Moment        `json:"from"`
	To       Moment        `json:"to"`
	Figures  []Change      `json:"figures"`  // of the profile and the figures
	Facts    []Change      `json:"facts"`    // of the catalogue's facts, those that are no figures
	Standing []Change      `json:"standing"` // of stage and tier
	Value    []Change      `json:"value"`    // of what the model of value predicted
	Entered  []Belonging   `json:"entered"`  // stays in segments that there are at the second moment alone
	Left     []Belonging   `json:"left"`     // and at the first alone
	Rules    []RuleChanged `json:"rules"`
	Timeline               // what counts at the second moment and not at the first
	// Gone is what counts at the first moment and not at the second, as after a split, or when the second lies back.
	Gone []Entry `json:"entries_gone"`
}

// Moment is what one side of a difference rests on.
type Moment struct {
	CustomerID   uuid.UUID   `json:"customer_id"` // who stands for the customer then
	StandsFor    []uuid.UUID `json:"stands_for"`
	Known        bool        `json:"known"` // anything of the customer counts
	Revision     uint64      `json:"revision"`
	Position     uint64      `json:"position"`
	BusinessDate domain.Day  `json:"business_date"`
}

// Change is a value that is another one; null where there is none.
type Change struct {
	Name string `json:"name"`
	From any    `json:"from"`
	To   any    `json:"to"`
}

// RuleChanged is a rule that came into force, in another version, or is in force no more.
type RuleChanged struct {
	Rule string       `json:"rule"` // a policy's name, "segment" and its name, or "value_model"
	From *RuleVersion `json:"from"`
	To   *RuleVersion `json:"to"`
}

// Side tells which of the two moments of a comparison an error is about.
type Side struct {
	Name string // from or to
	Err  error
}

func (s *Side) Error() string { return s.Name + ": " + s.Err.Error() }
func (s *Side) Unwrap() error { return s.Err }

// Compare answers the difference between two moments. At the first, nothing of the customer need count yet. It fails as
// Replay does, with a *Side. The second query chooses among the entries.
func (r *Reader) Compare(ctx context.Context, id uuid.UUID, from, to Query) (Difference, error) {
	before, was, err := r.replay(ctx, id, from)
	if errors.Is(err, customer.ErrUnknown) {
		before, err = History{CustomerID: id, StandsFor: []uuid.UUID{}}, nil
	}
	if err != nil {
		return Difference{}, &Side{"from", err}
	}
	after, is, err := r.replay(ctx, id, to)
	if err != nil {
		return Difference{}, &Side{"to", err}
	}
	had, has := was.counting(), is.counting()
	d := Difference{From: momentOf(before, had), To: momentOf(after, has),
		Figures:  slices.Concat(changed(ifKnown(&before.Profile, had), &after.Profile), changed(ifKnown(&before.Figures, had), &after.Figures)),
		Facts:    changedFacts(before.Facts, after.Facts),
		Standing: changed(standingOf(before.Beliefs), standingOf(after.Beliefs)), Value: changed(before.Value, after.Value),
		Entered: without(after.Segments, before.Segments), Left: without(before.Segments, after.Segments),
		Rules: changedRules(before.Rules, after.Rules)}
	if d.Timeline, err = timelineOf(besides(has, had), nil, to); err != nil {
		return d, err
	}
	gone, err := timelineOf(besides(had, has), nil, Query{Limit: to.Limit})
	d.Gone = gone.Entries
	return d, err
}

func momentOf(h History, events []domain.Recorded) Moment {
	return Moment{CustomerID: h.CustomerID, StandsFor: h.StandsFor, Known: len(events) > 0, Revision: h.Revision, Position: h.Position,
		BusinessDate: h.BusinessDate}
}

// besides answers those events, in the order of the log, that are not among others.
func besides(events, others []domain.Recorded) []domain.Recorded {
	return slices.DeleteFunc(slices.Clone(events), func(e domain.Recorded) bool {
		_, found := slices.BinarySearchFunc(others, e, byPosition)
		return found
	})
}

// standing is stage and tier, as a difference names them.
type standing struct {
	Stage             *string     `json:"stage"`
	StageSince        *domain.Day `json:"stage_since"`
	PolicyVersion     *int64      `json:"policy_version"`
	Tier              *string     `json:"tier"`
	TierSince         *domain.Day `json:"tier_since"`
	TierPolicyVersion *int64      `json:"tier_policy_version"`
}

func standingOf(b Beliefs) *standing {
	s := &standing{Stage: b.Stage, StageSince: b.StageSince, PolicyVersion: b.PolicyVersion}
	if t := b.Tier; t != nil {
		s.Tier, s.TierSince, s.TierPolicyVersion = &t.Tier, &t.Since, &t.PolicyVersion
	}
	return s
}

func ifKnown[T any](of *T, events []domain.Recorded) *T {
	if len(events) == 0 {
		return nil
	}
	return of
}

// changed answers the members of a struct that differ, by their JSON names, in order. Those of nil are null.
func changed[T any](before, after *T) []Change {
	changes := []Change{}
	for i := range reflect.TypeFor[T]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[T]().Field(i).Tag.Get("json"), ",")
		if c := (Change{name, member(before, i), member(after, i)}); !reflect.DeepEqual(c.From, c.To) {
			changes = append(changes, c)
		}
	}
	return changes
}

func member[T any](of *T, i int) any {
	if of == nil {
		return nil
	}
	f := reflect.ValueOf(of).Elem().Field(i)
	if f.Kind() != reflect.Pointer {
		return f.Interface()
	}
	if f.IsNil() {
		return nil
	}
	return f.Elem().Interface()
}

// figures are the names of those facts that figures tell already, in minor units where they are money.
var figures = func() map[string]bool {
	names := map[string]bool{}
	for _, t := range []reflect.Type{reflect.TypeFor[Profile](), reflect.TypeFor[Figures]()} {
		for i := range t.NumField() {
			names[strings.TrimSuffix(t.Field(i).Tag.Get("json"), "_minor")] = true
		}
	}
	return names
}()

func changedFacts(before, after map[string]any) []Change {
	changes := []Change{}
	for i := range facts.Catalogue {
		name := facts.Catalogue[i].Name
		if c := (Change{name, before[name], after[name]}); !figures[name] && !reflect.DeepEqual(c.From, c.To) {
			changes = append(changes, c)
		}
	}
	return changes
}

// without answers the stays that are not among others.
func without(stays, others []Belonging) []Belonging {
	return slices.DeleteFunc(append([]Belonging{}, stays...), func(s Belonging) bool {
		return slices.ContainsFunc(others, func(o Belonging) bool {
			return o.Segment == s.Segment && o.Since == s.Since && o.Version == s.Version
		})
	})
}

func changedRules(before, after InForce) []RuleChanged {
	from, to := before.byName(), after.byName()
	names := slices.AppendSeq(slices.Collect(maps.Keys(from)), maps.Keys(to))
	slices.Sort(names)
	changes := []RuleChanged{}
	for _, name := range slices.Compact(names) {
		c := RuleChanged{Rule: name, From: from[name], To: to[name]}
		if !reflect.DeepEqual(c.From, c.To) {
			changes = append(changes, c)
		}
	}
	return changes
}

// byName answers all versions under names that do not meet.
func (f InForce) byName() map[string]*RuleVersion {
	all := map[string]*RuleVersion{}
	for name, v := range f.Policies {
		all[name] = &v
	}
	for name, v := range f.Segments {
		all["segment "+name] = &v
	}
	if f.ValueModel != nil {
		all["value_model"] = f.ValueModel
	}
	return all
}

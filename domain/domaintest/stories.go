package domaintest

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// Story is one decision: given these facts, when this is asked, then these facts follow, or this refusal. What the
// command was asked in, such as its day, is told by In.
type Story[S any, N domain.Needing] struct {
	Name    string
	Given   []domain.EventOf[S]
	When    domain.CommandOf[S, N]
	Then    []domain.EventOf[S]
	Refused *domain.Rejection // compared by kind, code and field; by reason too where Because is set
	Because string
}

// Tell checks every story and, along its way, the laws that every command keeps: the same input gives the
// same output, deciding leaves the state alone, deciding again yields nothing new, events survive JSON.
// Every rejection that the package declares must be in one of its stories.
func Tell[P domain.StateOf[S], S any, N domain.Needing](t *testing.T, stories []Story[S, N]) {
	t.Helper()
	told := map[string]bool{}
	for _, s := range stories {
		t.Run(s.Name, func(t *testing.T) { check[P](t, s) })
		if s.Refused != nil {
			told[s.Refused.Code] = true
		}
	}
	for _, code := range Declared(t) {
		if !told[code] {
			t.Errorf("no story tells of the rejection %s", code)
		}
	}
}

// Exactly compares decimals by value and by scale.
var Exactly = cmp.Comparer(func(a, b decimal.Decimal) bool { return a == b })

func check[P domain.StateOf[S], S any, N domain.Needing](t *testing.T, s Story[S, N]) {
	state, untouched := fold(s.Given), fold(s.Given)
	events, err := Decide[P](state, s.When)
	if !reflect.DeepEqual(state, untouched) {
		t.Error("deciding changed the state")
	}
	again, errAgain := Decide[P](state, s.When)
	if !reflect.DeepEqual(events, again) || !reflect.DeepEqual(err, errAgain) {
		t.Errorf("decided otherwise the second time: %v, %v; then %v, %v", events, err, again, errAgain)
	}
	if s.Refused != nil {
		s.checkRefusal(t, events, err)
		return
	}
	if err != nil {
		t.Fatalf("refused: %v", err)
	}
	if diff := cmp.Diff(s.Then, events, Exactly); diff != "" {
		t.Error(diff)
	}
	for _, e := range events {
		checkJSON(t, e)
		e.Evolve(state, domain.Metadata{})
	}
	if events, err := Decide[P](state, s.When); err != nil || len(events) > 0 {
		t.Errorf("asked again: %v, %v", events, err)
	}
}

func (s Story[S, N]) checkRefusal(t *testing.T, events []domain.EventOf[S], err error) {
	var got *domain.Rejection
	if !errors.As(err, &got) || len(events) > 0 {
		t.Fatalf("not refused: %v, %v", events, err)
	}
	if got.Kind != s.Refused.Kind || got.Code != s.Refused.Code || got.Field != s.Refused.Field {
		t.Errorf("refused with %s at %q, want %s at %q", got.Code, got.Field, s.Refused.Code, s.Refused.Field)
	}
	if s.Because != "" && !strings.Contains(got.Reason, s.Because) || got.Reason == "" {
		t.Errorf("refused because %q, want %q", got.Reason, s.Because)
	}
}

func checkJSON(t *testing.T, e domain.Event) {
	data, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	read := reflect.New(reflect.TypeOf(e))
	if err := json.Unmarshal(data, read.Interface()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e, read.Elem().Interface(), Exactly); diff != "" {
		t.Errorf("%s came back otherwise:\n%s", data, diff)
	}
}

func fold[S any](events []domain.EventOf[S]) *S {
	state := new(S)
	for _, e := range events {
		e.Evolve(state, domain.Metadata{})
	}
	return state
}

// Declared answers the codes of the rejections in the sources of the package under test.
func Declared(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range declaration.FindAllSubmatch(source, -1) {
			codes = append(codes, string(m[1]))
		}
	}
	return codes
}

var declaration = regexp.MustCompile(`&(?:domain\.)?Rejection\{Kind: [^}]*Code: "([a-z_]+)"`)

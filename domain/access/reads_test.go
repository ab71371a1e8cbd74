package access_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/access"
)

func TestReadsStandWithWhomTheyAreOf(t *testing.T) {
	ann := uuid.MustParse("0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d11")
	for _, c := range []struct {
		read access.PersonalDataRead
		want string
	}{
		{access.PersonalDataRead{CustomerID: ann}, "access-0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d11"},
		{access.PersonalDataRead{Table: "customer_360"}, "access-all"},
	} {
		if got := c.read.Stream(); got != c.want {
			t.Errorf("%+v stands in %s, want %s", c.read, got, c.want)
		}
	}
}

func TestConditionsTellNoPersonalValues(t *testing.T) {
	many := make([]string, 25)
	for i := range many {
		many[i] = "client"
	}
	for _, c := range []struct {
		name     string
		values   []string
		personal bool
		want     access.Condition
	}{
		{"plain", []string{"a", "b"}, false, access.Condition{Values: []string{"a", "b"}}},
		{"personal", []string{"Ada", "Bob"}, true, access.Condition{Withheld: 2}},
		{"none asked for", nil, true, access.Condition{}},
		{"too many", many, false, access.Condition{Values: many[:20], Withheld: 5}},
		{"too long", []string{"a", strings.Repeat("b", 101)}, false, access.Condition{Values: []string{"a"}, Withheld: 1}},
	} {
		c.want.Column, c.want.Comparison = "stage", ">="
		if diff := cmp.Diff(c.want, access.NewCondition("stage", ">=", c.values, c.personal)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestPurposesAreCodes(t *testing.T) {
	for text, want := range map[string]bool{
		"complaint:4711": true, "T-4711": true, "support/ticket#12": true, "a": true, strings.Repeat("a", 100): true,
		"": false, "Ada Lovelace": false, "-": false, "a\n": false, "a\x00": false, "Zoë": false, strings.Repeat("a", 101): false,
	} {
		if got := access.IsPurpose(text); got != want {
			t.Errorf("%q is a purpose: %t", text, got)
		}
	}
}

package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// noun is what is to be added, in the forms in which code and documents speak of it.
type noun struct {
	Name   string // site_visit, as in JSON, event types and columns
	Plural string // site_visits, as tables and files are called
}

var nameForm = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

// newNoun checks a name. An empty plural is made of it.
func newNoun(name, plural string) (noun, error) {
	if plural == "" {
		plural = pluralOf(name)
	}
	n := noun{name, plural}
	switch {
	case !nameForm.MatchString(name) || !nameForm.MatchString(plural):
		return noun{}, errors.New("name the noun by words of small letters with _ between, such as site_visit")
	case name == plural:
		return noun{}, fmt.Errorf("%s needs another word for many: make noun NAME=%s PLURAL=…", name, name)
	}
	return n, nil
}

func pluralOf(name string) string {
	if stem, ok := strings.CutSuffix(name, "y"); ok && !strings.ContainsAny(stem[max(len(stem)-1, 0):], "aeiou") {
		return stem + "ies"
	}
	if strings.HasSuffix(name, "s") || strings.HasSuffix(name, "x") || strings.HasSuffix(name, "ch") {
		return name + "es"
	}
	return name + "s"
}

func (n noun) Type() string        { return camel(n.Name) }
func (n noun) Types() string       { return camel(n.Plural) }
func (n noun) One() string         { return small(n.Type()) }
func (n noun) Var() string         { return small(n.Types()) }
func (n noun) Words() string       { return strings.ReplaceAll(n.Name, "_", " ") }
func (n noun) WordsPlural() string { return strings.ReplaceAll(n.Plural, "_", " ") }
func (n noun) Path() string        { return strings.ReplaceAll(n.Plural, "_", "-") }

// A returns the article.
func (n noun) A() string {
	if strings.ContainsRune("aeiou", rune(n.Name[0])) {
		return "an"
	}
	return "a"
}

func camel(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func small(name string) string { return strings.ToLower(name[:1]) + name[1:] }

package customer

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// A profile is what the customer is called, what kind of party they are, where they live and which language they speak. It
// begins with the registration, and changes. What holds is what was so last, however late it is told.

// ChangeProfile asks to remember that something of the profile is otherwise from then on. What is absent stays.
type ChangeProfile struct {
	Kind    Kind   `json:"kind,omitempty"`
	Name    string `json:"name,omitempty"`
	Country string `json:"country,omitempty"` // ISO 3166-1 name or code
	Locale  string `json:"locale,omitempty"`  // BCP 47
}

func (ChangeProfile) Needs() Needs { return Needs{} }

// Decide yields nothing where all of it is so at that time.
func (c ChangeProfile) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c == ChangeProfile{}:
		return nil, ErrProfileEmpty
	case c.Kind != "" && c.Kind != Person && c.Kind != Organisation:
		return nil, ErrKind
	}
	if err := cmp.Or(checkText(c.Name, 300, "name"), checkText(c.Country, 100, "country"),
		checkText(c.Locale, 35, "locale"), checkPlace(c.Country, c.Locale)); err != nil {
		return nil, err
	}
	known := s.profiles[g.Of]
	if len(known) > 0 && early(known[0].from, g) {
		return nil, ErrBeforeBegan.Because("the registration was at %s", known[0].from.Format(time.RFC3339))
	}
	e, was := ProfileChanged(c), known.at(g.When)
	if was.over(e.digests()) == was {
		return nil, nil
	}
	if len(known) >= maxProfileChanges {
		return nil, ErrProfileChanges
	}
	return []Event{e}, nil
}

// ProfileChanged is the fact that something of the profile is otherwise from then on.
type ProfileChanged struct {
	Kind    Kind   `json:"kind,omitempty"` // person or organisation; absent, as the others: as before
	Name    string `json:"name,omitempty" personal:"true"`
	Country string `json:"country,omitempty"` // ISO 3166-1 name or code, as the source has it
	Locale  string `json:"locale,omitempty"`  // BCP 47
}

func (ProfileChanged) EventType() string { return "customer.profile_changed.v1" }

func (e ProfileChanged) Evolve(s *State, m domain.Metadata) { s.profile(m.Of, m.OccurredAt, e) }

// Summary implements Told.
func (e ProfileChanged) Summary() string { return "the profile changed" }

// profileDigests are those of the members; zero where nothing is said of one.
type profileDigests struct{ kind, name, country, locale domain.Digest }

func (e ProfileChanged) digests() profileDigests {
	sum := func(text string) (d domain.Digest) {
		if text != "" {
			d = domain.NewDigest().Text(text)
		}
		return d
	}
	return profileDigests{sum(string(e.Kind)), sum(e.Name), sum(e.Country), sum(e.Locale)}
}

// over returns what holds once something else is said of some of it.
func (p profileDigests) over(said profileDigests) profileDigests {
	return profileDigests{cmp.Or(said.kind, p.kind), cmp.Or(said.name, p.name), cmp.Or(said.country, p.country),
		cmp.Or(said.locale, p.locale)}
}

// profileState is what was said of a profile, in the order in which it was so.
type profileState []profileSaid

type profileSaid struct {
	from time.Time
	profileDigests
}

// at returns what held at a moment.
func (p profileState) at(when time.Time) (held profileDigests) {
	for _, said := range p {
		if !said.from.After(when) {
			held = held.over(said.profileDigests)
		}
	}
	return held
}

// profile notes what is said of the profile of the customer, or of an absorbed one.
func (s *State) profile(of uuid.UUID, from time.Time, e ProfileChanged) {
	said := s.profiles[of]
	i, _ := slices.BinarySearchFunc(said, from, func(one profileSaid, from time.Time) int {
		if one.from.After(from) {
			return 1
		}
		return -1 // what is told later of the same moment comes behind
	})
	remember(&s.profiles, of, slices.Insert(said, i, profileSaid{from, e.digests()}))
}

// maxProfileChanges bounds how often a profile changes.
const maxProfileChanges = 500

var (
	ErrProfileEmpty = &domain.Rejection{Kind: domain.Invalid, Code: "profile_empty", Field: "name",
		Reason: "say what is otherwise: kind, name, country or locale"}
	ErrProfileChanges = &domain.Rejection{Kind: domain.Refused, Code: "profile_changes_too_many", Field: "name",
		Reason: "a profile changes at most 500 times"}
)

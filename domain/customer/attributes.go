package customer

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
)

// An attribute is something that a department holds to be so of the customer: income, hair colour, house owner.
// Each department says one value of an attribute at a time. Where departments differ, all that they say stands
// until somebody settles it: then the values that lost are overruled, and stay so until those departments say
// something else.

// AttributeKey names what a department says of an attribute.
type AttributeKey struct {
	Name       string `json:"name"`                 // of the attribute: income, owns_house, …
	Department string `json:"department,omitempty"` // who holds it to be so; absent where nobody was named
}

// String implements fmt.Stringer.
func (k AttributeKey) String() string { return k.Name + "/" + k.Department }

// SetAttribute asks to remember that a department holds something to be so of the customer.
type SetAttribute struct {
	Name       string           `json:"name"`
	Value      string           `json:"value"`
	Confidence *decimal.Decimal `json:"confidence,omitempty"` // from 0 to 1; absent: 1
	ValidFrom  *domain.Day      `json:"valid_from,omitempty"` // absent: the day on which it is said
	ExpiresOn  *domain.Day      `json:"expires_on,omitempty"` // the last day on which it holds
}

func (SetAttribute) Needs() Needs { return Needs{} }

// Decide yields nothing when the department says so already, even where it was overruled: repeating oneself
// settles nothing, as long as anything else stands.
func (c SetAttribute) Decide(s *State, g Given) ([]Event, error) {
	e, err := c.checked(g)
	if err != nil {
		return nil, err
	}
	said := s.attributes[c.Name]
	known := said.by(g.By.Department)
	switch {
	case known == nil && said == nil && len(s.attributes) >= maxAttributes,
		known == nil && len(said) >= maxAttributeDepartments:
		return nil, ErrAttributes
	case known == nil:
		return []Event{e}, nil
	case known.terms == e.terms() && (c.ValidFrom == nil || *c.ValidFrom == known.validFrom) &&
		(!known.overruled || said.stands()):
		return nil, nil
	case e.ValidFrom < known.validFrom:
		return nil, ErrAttributeEarlier
	}
	return []Event{e}, nil
}

func (c SetAttribute) checked(g Given) (AttributeSet, error) {
	e := AttributeSet{AttributeKey: AttributeKey{c.Name, g.By.Department}, Value: c.Value, Source: g.By.Source,
		Confidence: decimal.One, ValidFrom: g.On, ExpiresOn: c.ExpiresOn}
	if c.Confidence != nil {
		e.Confidence = c.Confidence.Trim(0)
	}
	if c.ValidFrom != nil {
		e.ValidFrom = *c.ValidFrom
	}
	switch {
	case !attributeName.MatchString(c.Name):
		return e, ErrAttributeName
	case c.Value == "":
		return e, ErrAttributeEmpty
	case !probable(e.Confidence):
		return e, ErrConfidence
	case e.ValidFrom > g.On || e.ValidFrom < g.On-maxAttributeDays:
		return e, ErrAttributeValidFrom
	case c.ExpiresOn != nil && (*c.ExpiresOn < g.On || *c.ExpiresOn > g.On+maxAttributeDays):
		return e, ErrAttributeExpiresOn
	}
	return e, checkText(c.Value, 1000, "value")
}

// probable tells whether a number says how sure somebody is.
func probable(confidence decimal.Decimal) bool {
	return !confidence.IsNeg() && confidence.Cmp(decimal.One) <= 0 && confidence.Scale() <= maxConfidenceScale
}

var attributeName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,49}$`)

// AttributeSet is the fact that a department holds something to be so of the customer.
type AttributeSet struct {
	AttributeKey
	Value      string          `json:"value" personal:"true"`
	Source     string          `json:"source,omitempty"`     // the system that it came through
	Confidence decimal.Decimal `json:"confidence"`           // how sure they are, from 0 to 1
	ValidFrom  domain.Day      `json:"valid_from"`           // first business day on which it held
	ExpiresOn  *domain.Day     `json:"expires_on,omitempty"` // last business day on which it holds; absent: until they say otherwise
}

func (AttributeSet) EventType() string { return "customer.attribute_set.v1" }

func (e AttributeSet) Evolve(s *State, _ domain.Metadata) {
	if s.attributes == nil {
		s.attributes = attributesState{}
	}
	s.attributes[e.Name] = append(s.attributes[e.Name].without(e.Department), attributeState{
		department: e.Department, value: e.Value, validFrom: e.ValidFrom, expiresOn: e.ExpiresOn, terms: e.terms()})
}

// Summary implements Told.
func (e AttributeSet) Summary() string { return "an attribute was set: " + e.Name }

// terms sums up what is said, but for since when.
func (e AttributeSet) terms() domain.Digest {
	d := domain.NewDigest().Text(e.Value).Decimal(e.Confidence)
	if e.ExpiresOn == nil {
		return d
	}
	return d.Int(int64(*e.ExpiresOn))
}

// RemoveAttribute asks to remember that a department does not hold an attribute to be so any more.
type RemoveAttribute struct {
	Name string `json:"name"`
}

func (RemoveAttribute) Needs() Needs { return Needs{} }

// Decide yields nothing where the department says nothing of the attribute.
func (c RemoveAttribute) Decide(s *State, g Given) ([]Event, error) {
	if !attributeName.MatchString(c.Name) {
		return nil, ErrAttributeName
	}
	switch known := s.attributes[c.Name].by(g.By.Department); {
	case known == nil:
		return nil, nil
	case g.On < known.validFrom:
		return nil, ErrAttributeEarlier.At("occurred_at")
	}
	return []Event{AttributeRemoved{AttributeKey: AttributeKey{c.Name, g.By.Department}, RemovedOn: g.On}}, nil
}

// AttributeRemoved is the fact that a department took back what it said of an attribute.
type AttributeRemoved struct {
	AttributeKey
	RemovedOn domain.Day `json:"removed_on"` // first business day on which it did not hold any more
}

func (AttributeRemoved) EventType() string { return "customer.attribute_removed.v1" }

func (e AttributeRemoved) Evolve(s *State, _ domain.Metadata) { s.attributes.end(e.AttributeKey) }

// Summary implements Told.
func (e AttributeRemoved) Summary() string { return "an attribute was taken back: " + e.Name }

// AttributeExpired is the fact that the last day of what a department said of an attribute was over.
type AttributeExpired struct {
	AttributeKey
	ExpiredOn domain.Day `json:"expired_on"` // last business day on which it held
}

func (AttributeExpired) EventType() string { return "customer.attribute_expired.v1" }

func (e AttributeExpired) Evolve(s *State, _ domain.Metadata) { s.attributes.end(e.AttributeKey) }

// Summary implements Told.
func (e AttributeExpired) Summary() string { return "an attribute expired: " + e.Name }

// attributesState is, by the attribute's name, what departments say.
type attributesState map[string]saidState

// saidState is what departments say of one attribute, in the order in which they said it.
type saidState []attributeState

type attributeState struct {
	department, value string
	validFrom         domain.Day
	expiresOn         *domain.Day
	overruled         bool
	terms             domain.Digest
}

func (s saidState) by(department string) *attributeState {
	for i := range s {
		if s[i].department == department {
			return &s[i]
		}
	}
	return nil
}

func (s saidState) without(department string) saidState {
	return slices.DeleteFunc(s, func(a attributeState) bool { return a.department == department })
}

// stands tells whether anything was not overruled.
func (s saidState) stands() bool {
	return slices.ContainsFunc(s, func(a attributeState) bool { return !a.overruled })
}

func (s attributesState) end(key AttributeKey) {
	if left := s[key.Name].without(key.Department); len(left) > 0 {
		s[key.Name] = left
	} else {
		delete(s, key.Name)
	}
}

func (s attributesState) next() (due domain.Day, ok bool) {
	for _, said := range s {
		for _, a := range said {
			if a.expiresOn != nil && (!ok || *a.expiresOn < due) {
				due, ok = *a.expiresOn, true
			}
		}
	}
	return due, ok
}

func (s attributesState) fall(day domain.Day) []Event {
	var over []AttributeExpired
	for name, said := range s {
		for _, a := range said {
			if a.expiresOn != nil && *a.expiresOn <= day {
				over = append(over, AttributeExpired{AttributeKey{name, a.department}, *a.expiresOn})
			}
		}
	}
	slices.SortFunc(over, func(a, b AttributeExpired) int { return cmp.Compare(a.String(), b.String()) })
	facts := make([]Event, len(over))
	for i := range over {
		facts[i] = over[i]
	}
	return facts
}

const (
	maxAttributes           = 100
	maxAttributeDepartments = 20
	maxAttributeDays        = 36525 // a hundred years
	maxConfidenceScale      = 4
)

var (
	ErrAttributeName = &domain.Rejection{Kind: domain.Invalid, Code: "attribute_name_malformed", Field: "name",
		Reason: "an attribute's name is 1 to 50 of a-z, 0-9 and _, and begins with a letter"}
	ErrAttributeEmpty = &domain.Rejection{Kind: domain.Invalid, Code: "attribute_empty", Field: "value",
		Reason: "say what is so; what is not any more is removed"}
	ErrConfidence = &domain.Rejection{Kind: domain.Invalid, Code: "confidence_out_of_range", Field: "confidence",
		Reason: "a confidence is from 0 to 1, with up to 4 decimals"}
	ErrAttributeValidFrom = &domain.Rejection{Kind: domain.Invalid, Code: "attribute_valid_from_out_of_range",
		Field: "valid_from", Reason: "an attribute holds from the day on which it is said, or from up to a hundred years before"}
	ErrAttributeExpiresOn = &domain.Rejection{Kind: domain.Invalid, Code: "attribute_expires_on_out_of_range",
		Field: "expires_on", Reason: "an attribute holds at least on the day on which it is said, and at most a hundred years"}
	ErrAttributes = &domain.Rejection{Kind: domain.Refused, Code: "attributes_too_many", Field: "name",
		Reason: "at most 100 attributes of a customer are kept, each of 20 departments"}
	ErrAttributeEarlier = &domain.Rejection{Kind: domain.Refused, Code: "attribute_changed_later",
		Field: "valid_from", Reason: "the department says something from a later day on already: tell its history in order"}
)

package customer

import (
	"cmp"
	"regexp"
	"slices"
	"time"

	"github.com/rapport-crm/rapport/domain"
)

// A consent says that the customer may be addressed for a purpose through a channel, on what legal ground and
// by which text they were asked. It ends when it is withdrawn, and by itself when its last day is over. A
// consent's history is told in the order of its days, so that what held on a day can be proved.

// ConsentKey names a consent: one purpose through one channel.
type ConsentKey struct {
	Purpose string `json:"purpose"` // what for: marketing, profiling, research, …
	Channel string `json:"channel"` // through which: email, sms, phone, post, …
}

// String answers purpose/channel, as rules compare it.
func (k ConsentKey) String() string { return k.Purpose + "/" + k.Channel }

func (k ConsentKey) check() error {
	if !consentName.MatchString(k.Purpose) {
		return ErrConsentName.At("purpose")
	}
	if !consentName.MatchString(k.Channel) {
		return ErrConsentName.At("through")
	}
	return nil
}

var consentName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,30}$`)

// LegalBasis is the ground on which a consent rests (GDPR, article 6).
type LegalBasis string

// LegalBases are those that exist.
var LegalBases = []LegalBasis{"consent", "contract", "legal_obligation", "vital_interests", "public_task",
	"legitimate_interests"}

// GrantConsent asks to remember that the customer may be addressed.
type GrantConsent struct {
	Purpose     string      `json:"purpose"`
	Through     string      `json:"through"` // the channel that it is for; by which channel it was given is circumstance
	LegalBasis  LegalBasis  `json:"legal_basis"`
	TextVersion string      `json:"text_version"`
	ExpiresOn   *domain.Day `json:"expires_on,omitempty"` // the last day on which it holds
}

func (GrantConsent) Needs() Needs { return Needs{} }

// Decide yields nothing when a consent on the same terms is in force; on other terms, they replace those.
func (c GrantConsent) Decide(s *State, g Given) ([]Event, error) {
	key := ConsentKey{c.Purpose, c.Through}
	if err := cmp.Or(key.check(), checkText(c.TextVersion, 100, "text_version")); err != nil {
		return nil, err
	}
	switch {
	case !slices.Contains(LegalBases, c.LegalBasis):
		return nil, ErrLegalBasis
	case c.TextVersion == "":
		return nil, ErrConsentText
	case c.ExpiresOn != nil && (*c.ExpiresOn < g.On || *c.ExpiresOn > g.On+maxConsentDays):
		return nil, ErrConsentExpiresOn
	}
	e := ConsentGranted{ConsentKey: key, LegalBasis: c.LegalBasis, TextVersion: c.TextVersion,
		ExpiresOn: c.ExpiresOn, GrantedOn: g.On}
	if known, ok := s.consents[key]; ok {
		if known.inForce && known.terms == e.terms() {
			return nil, nil
		}
		if known.later(g) {
			return nil, ErrConsentEarlier
		}
	}
	return []Event{e}, nil
}

// ConsentGranted is the fact that the customer may be addressed for a purpose through a channel.
type ConsentGranted struct {
	ConsentKey
	LegalBasis  LegalBasis  `json:"legal_basis"`          // on what ground: consent, contract, …
	TextVersion string      `json:"text_version"`         // of the text by which they were asked
	ExpiresOn   *domain.Day `json:"expires_on,omitempty"` // last business day on which it holds; absent: until withdrawn
	GrantedOn   domain.Day  `json:"granted_on"`           // business day
}

func (ConsentGranted) EventType() string { return "customer.consent_granted.v1" }

func (e ConsentGranted) Evolve(s *State, m domain.Metadata) {
	s.consents.set(e.ConsentKey, consentState{inForce: true, changedOn: e.GrantedOn, changedAt: m.OccurredAt, expiresOn: e.ExpiresOn,
		terms: e.terms()})
}

// Summary implements Told.
func (e ConsentGranted) Summary() string { return "consented: " + e.String() }

func (e ConsentGranted) terms() domain.Digest {
	d := domain.NewDigest().Text(string(e.LegalBasis)).Text(e.TextVersion)
	if e.ExpiresOn == nil {
		return d
	}
	return d.Int(int64(*e.ExpiresOn))
}

// WithdrawConsent asks to remember that the customer may not be addressed any more.
type WithdrawConsent struct {
	Purpose string `json:"purpose"`
	Through string `json:"through"` // the channel that it was for
}

func (WithdrawConsent) Needs() Needs { return Needs{} }

// Decide yields nothing when no such consent is in force.
func (c WithdrawConsent) Decide(s *State, g Given) ([]Event, error) {
	key := ConsentKey{c.Purpose, c.Through}
	if err := key.check(); err != nil {
		return nil, err
	}
	known := s.consents[key]
	switch {
	case !known.inForce:
		return nil, nil
	case known.later(g):
		return nil, ErrConsentEarlier
	}
	return []Event{ConsentWithdrawn{ConsentKey: key, WithdrawnOn: g.On}}, nil
}

// ConsentWithdrawn is the fact that the customer took a consent back.
type ConsentWithdrawn struct {
	ConsentKey
	WithdrawnOn domain.Day `json:"withdrawn_on"` // business day
}

func (ConsentWithdrawn) EventType() string { return "customer.consent_withdrawn.v1" }

func (e ConsentWithdrawn) Evolve(s *State, m domain.Metadata) {
	s.consents.end(e.ConsentKey, e.WithdrawnOn, m.OccurredAt)
}

// Summary implements Told.
func (e ConsentWithdrawn) Summary() string { return "withdrew the consent: " + e.String() }

// ConsentExpired is the fact that the last day of a consent was over.
type ConsentExpired struct {
	ConsentKey
	ExpiredOn domain.Day `json:"expired_on"` // last business day on which it held
}

func (ConsentExpired) EventType() string { return "customer.consent_expired.v1" }

func (e ConsentExpired) Evolve(s *State, _ domain.Metadata) {
	s.consents.end(e.ConsentKey, e.ExpiredOn, time.Time{}) // with its day, whenever that was noticed
}

// Summary implements Told.
func (e ConsentExpired) Summary() string { return "a consent expired: " + e.String() }

// consentsState is the latest of each consent that ever was.
type consentsState map[ConsentKey]consentState

type consentState struct {
	inForce   bool
	changedOn domain.Day
	changedAt time.Time // zero where the day alone is known
	expiresOn *domain.Day
	terms     domain.Digest
}

// hold tells whether a consent holds on a day.
func (s consentsState) hold(key ConsentKey, on domain.Day) bool {
	known := s[key]
	return known.inForce && on >= known.changedOn && (known.expiresOn == nil || on <= *known.expiresOn)
}

func (s *consentsState) set(key ConsentKey, to consentState) {
	if *s == nil {
		*s = consentsState{}
	}
	(*s)[key] = to
}

func (s *consentsState) end(key ConsentKey, on domain.Day, at time.Time) {
	s.set(key, consentState{changedOn: on, changedAt: at})
}

// later reports whether the consent changed after what is told now.
func (c consentState) later(g Given) bool { return g.On < c.changedOn || early(c.changedAt, g) }

func (s consentsState) next() (due domain.Day, ok bool) {
	for _, c := range s {
		if c.expiresOn != nil && (!ok || *c.expiresOn < due) {
			due, ok = *c.expiresOn, true
		}
	}
	return due, ok
}

func (s consentsState) fall(day domain.Day) []Event {
	var over []ConsentExpired
	for key, c := range s {
		if c.expiresOn != nil && *c.expiresOn <= day {
			over = append(over, ConsentExpired{ConsentKey: key, ExpiredOn: *c.expiresOn})
		}
	}
	slices.SortFunc(over, func(a, b ConsentExpired) int { return cmp.Compare(a.String(), b.String()) })
	facts := make([]Event, len(over))
	for i := range over {
		facts[i] = over[i]
	}
	return facts
}

// maxConsentDays bounds how far ahead a consent reaches: a hundred years.
const maxConsentDays = 36525

var (
	ErrConsentName = &domain.Rejection{Kind: domain.Invalid, Code: "consent_name_malformed",
		Reason: "purposes and channels are 1 to 31 of a-z, 0-9 and _, and begin with a letter"}
	ErrLegalBasis = &domain.Rejection{Kind: domain.Invalid, Code: "legal_basis_unknown", Field: "legal_basis",
		Reason: "the legal basis is one of consent, contract, legal_obligation, vital_interests, public_task, " +
			"legitimate_interests"}
	ErrConsentText = &domain.Rejection{Kind: domain.Invalid, Code: "consent_text_missing", Field: "text_version",
		Reason: "say which version of the text the customer was asked by"}
	ErrConsentExpiresOn = &domain.Rejection{Kind: domain.Invalid, Code: "consent_expires_on_out_of_range",
		Field: "expires_on", Reason: "a consent holds at least on the day that it is given, and at most a hundred years"}
	ErrConsentEarlier = &domain.Rejection{Kind: domain.Refused, Code: "consent_changed_later", Field: "occurred_at",
		Reason: "this consent changed later already: tell its history in order"}
)

package policy

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/identity"
)

// PhonesName is the policy that says of which region phone numbers are that name no country.
const PhonesName = "phones"

// Phones is how phone numbers are read.
type Phones struct {
	Region string `json:"region"` // ISO 3166-1 alpha-2, such as DE; empty: numbers have to be international
}

// PublishPhones asks that phone numbers be read so from now on. What was recorded stays as it was read.
type PublishPhones struct {
	Phones Phones `json:"phones"`
}

func (PublishPhones) Needs() Needs { return founding() }

// Decide yields a new version unless numbers are read so already.
func (c PublishPhones) Decide(s *State, g Given) ([]Event, error) {
	switch {
	case c.Phones.Region != "" && !identity.KnownRegion(c.Phones.Region):
		return nil, ErrPhoneRegion
	case c.Phones == s.phones:
		return nil, nil
	}
	return []Event{Published{Policy: PhonesName, Version: s.version + 1, Phones: &c.Phones}}, nil
}

// PhoneRegion returns the region of phone numbers that name no country; empty where they have to be international.
func (s *State) PhoneRegion() string { return s.phones.Region }

// ErrPhoneRegion refuses what is no region.
var ErrPhoneRegion = &domain.Rejection{Kind: domain.Invalid, Code: "phone_region_unknown", Field: "phones.region",
	Reason: "a region is a code of ISO 3166-1 with two capital letters, such as DE, or empty"}

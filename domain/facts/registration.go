package facts

import (
	"cmp"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Profile is who the customer is. Its Kind is empty before registration.
type Profile struct {
	Kind         customer.Kind         `json:"kind,omitempty"`
	Name         string                `json:"name,omitempty"`
	Country      string                `json:"country,omitempty"`
	Locale       string                `json:"locale,omitempty"`
	ExternalIDs  []customer.ExternalID `json:"external_ids,omitempty"` // sorted by system and id
	Acquired     *customer.Acquisition `json:"acquired,omitempty"`
	RegisteredOn domain.Day            `json:"registered_on,omitzero"`
}

// Registered answers the day of registration; false before it.
func (p *Profile) Registered() (domain.Day, bool) { return p.RegisteredOn, p.Kind != "" }

// Systems answers the names of the other systems that know the customer, sorted, each once.
func (p *Profile) Systems() []string {
	systems := make([]string, 0, len(p.ExternalIDs))
	for i, x := range p.ExternalIDs {
		if i == 0 || x.System != p.ExternalIDs[i-1].System {
			systems = append(systems, x.System)
		}
	}
	return systems
}

func (p *Profile) registered(e customer.Registered, day domain.Day) {
	*p = Profile{Kind: e.Kind, Name: e.Name, Country: e.Country, Locale: e.Locale, Acquired: e.Acquired,
		RegisteredOn: day}
	if len(e.ExternalIDs) > 0 {
		p.ExternalIDs = e.ExternalIDs
	}
}

func (p *Profile) changed(e customer.ProfileChanged) {
	p.Kind, p.Name = cmp.Or(e.Kind, p.Kind), cmp.Or(e.Name, p.Name)
	p.Country, p.Locale = cmp.Or(e.Country, p.Country), cmp.Or(e.Locale, p.Locale)
}

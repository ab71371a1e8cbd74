package facts

import "github.com/rapport-crm/rapport/domain"

// Contacts is how often we were in contact with the customer, transactions apart.
type Contacts struct {
	Interactions int64 `json:"interactions,omitempty"`
	// LastContactOn means something once Interactions > 0.
	LastContactOn domain.Day  `json:"last_contact_on,omitzero"`
	Days          ContactDays `json:"days,omitempty"`
}

// LastContact answers the day of the latest contact; false where there was none.
func (c *Contacts) LastContact() (domain.Day, bool) { return c.LastContactOn, c.Interactions > 0 }

func (c *Contacts) interacted(day domain.Day) {
	at(&c.Days, day, ContactDay{On: day}).Interactions++
	if c.Interactions == 0 || day > c.LastContactOn {
		c.LastContactOn = day
	}
	c.Interactions++
}

package customer

import (
	"cmp"
	"strings"

	"github.com/rapport-crm/rapport/domain"
)

// Address is a place that post goes to, by its parts.
type Address struct {
	Street     string `json:"street,omitempty" personal:"true"` // and number, or a box
	More       string `json:"more,omitempty" personal:"true"`   // such as c/o, the floor, the department
	PostalCode string `json:"postal_code,omitempty" personal:"true"`
	City       string `json:"city" personal:"true"`
	Region     string `json:"region,omitempty" personal:"true"` // such as a state or a province
	Country    string `json:"country"`                          // ISO 3166-1 name or code
}

// String returns the address in one line.
func (a Address) String() string {
	var parts []string
	for _, part := range []string{a.Street, a.More, strings.TrimSpace(a.PostalCode + " " + a.City), a.Region, a.Country} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ", ")
}

func (a *Address) check(kind ContactKind) error {
	switch {
	case a == nil:
		return nil
	case kind != "post":
		return ErrAddressKind
	case a.City == "" || a.Country == "":
		return ErrAddress
	}
	if err := cmp.Or(checkText(a.Street, 200, "address.street"), checkText(a.More, 200, "address.more"),
		checkText(a.PostalCode, 20, "address.postal_code"), checkText(a.City, 100, "address.city"),
		checkText(a.Region, 100, "address.region"), checkText(a.Country, 100, "address.country")); err != nil {
		return err
	}
	if !domain.KnownCountry(a.Country) {
		return ErrCountry.At("address.country")
	}
	return nil
}

func (a *Address) digest(d domain.Digest) domain.Digest {
	if a == nil {
		return d
	}
	return d.Text(a.Street).Text(a.More).Text(a.PostalCode).Text(a.City).Text(a.Region).Text(a.Country)
}

var (
	ErrAddressKind = &domain.Rejection{Kind: domain.Invalid, Code: "address_not_postal", Field: "address",
		Reason: "an address belongs to a contact point of kind post"}
	ErrAddress = &domain.Rejection{Kind: domain.Invalid, Code: "address_incomplete", Field: "address",
		Reason: "an address has a city and a country at least"}
)

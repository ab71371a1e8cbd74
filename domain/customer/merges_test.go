package customer_test

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func merges() []story {
	self, other, third := id(1), id(2), id(3)
	absorb := by(customer.Absorb{AbsorbedID: other, Reason: "same address"}, self)
	separate := by(customer.Separate{AbsorbedID: other}, self)
	absorbed := customer.Absorbed{AbsorbedID: other, SurvivorID: self, Reason: "same address"}
	separated := customer.Separated{AbsorbedID: other, SurvivorID: self}
	merged, split := customer.Merged{Into: self}, customer.SplitOff{From: self}
	many := ann()
	for i := range 1499 {
		many = append(many, customer.Absorbed{AbsorbedID: uuid.UUID{1, byte(i >> 8), byte(i)}, SurvivorID: self})
	}
	return []story{
		{Name: "absorbing", Given: ann(), When: absorb, Then: []customer.Event{absorbed}},
		{Name: "absorbing again", Given: ann(absorbed), When: absorb},
		{Name: "absorbing one more than many", Given: many, When: absorb, Then: []customer.Event{absorbed}},
		{Name: "absorbing one of many again", Given: many, When: by(customer.Absorb{AbsorbedID: uuid.UUID{1, 0, 7}}, self)},
		{Name: "absorbing by nobody", When: absorb, Refused: customer.ErrUnknown},
		{Name: "absorbing oneself", Given: ann(), When: by(customer.Absorb{AbsorbedID: self}, self), Refused: customer.ErrAbsorbedID},
		{Name: "absorbing nobody", Given: ann(), When: by(customer.Absorb{}, self), Refused: customer.ErrAbsorbedID},
		{Name: "absorbing while absorbed", Given: ann(customer.Merged{Into: third}), When: absorb, Refused: customer.ErrMerged},
		{Name: "a reason with NUL", Given: ann(), When: by(customer.Absorb{AbsorbedID: other, Reason: "\x00"}, self),
			Refused: domain.ErrText.At("reason")},
		{Name: "being merged", Given: ann(), When: customer.Merge{Into: self}, Then: []customer.Event{merged}},
		{Name: "being merged again", Given: ann(merged), When: customer.Merge{Into: self}},
		{Name: "being merged into two", Given: ann(merged), When: customer.Merge{Into: third}, Refused: customer.ErrMerged},
		{Name: "nobody being merged", When: customer.Merge{Into: self}, Refused: customer.ErrUnknown.At("absorbed_id")},
		{Name: "being merged while standing for others", Given: ann(customer.Absorbed{AbsorbedID: third, SurvivorID: other}),
			When: customer.Merge{Into: self}, Refused: customer.ErrStandsForOthers},
		{Name: "separating", Given: ann(absorbed), When: separate, Then: []customer.Event{separated}},
		{Name: "separating again", Given: ann(absorbed, separated), When: separate},
		{Name: "separating by nobody", When: separate, Refused: customer.ErrUnknown},
		{Name: "a separation for NUL", Given: ann(absorbed), When: by(customer.Separate{AbsorbedID: other, Reason: "\x00"}, self),
			Refused: domain.ErrText.At("reason")},
		{Name: "being split off", Given: ann(merged), When: customer.Split{From: self}, Then: []customer.Event{split}},
		{Name: "being split off from another", Given: ann(merged), When: customer.Split{From: third}},
		{Name: "absorbing again after a split", Given: ann(absorbed, separated), When: absorb, Then: []customer.Event{absorbed}},
		{Name: "merging again after a split", Given: ann(merged, split), When: customer.Merge{Into: third},
			Then: []customer.Event{customer.Merged{Into: third}}},
	}
}

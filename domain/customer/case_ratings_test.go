package customer_test

import "github.com/rapport-crm/rapport/domain/customer"

func caseRatings() []story {
	noise := opened(40, customer.Complaint, "noise")
	settled := customer.CaseResolved{CaseID: id(40), Type: customer.Complaint, RootCause: "rust", Action: customer.CorrectiveAction}
	reopened := customer.CaseReopened{CaseID: id(40), Type: customer.Complaint}
	rate := func(distributive, procedural, interactional int) customer.Command {
		return customer.RateComplaint{CaseID: id(40), Distributive: distributive, Procedural: procedural, Interactional: interactional}
	}
	rated := customer.ComplaintRated{CaseID: id(40), Distributive: 1, Procedural: 4, Interactional: 7}
	return []story{
		{Name: "rating", Given: ann(noise, settled), When: rate(1, 4, 7), Then: []customer.Event{rated}},
		{Name: "rating again", Given: ann(noise, settled, rated), When: rate(1, 4, 7)},
		{Name: "rating otherwise", Given: ann(noise, settled, rated), When: rate(7, 4, 1), Refused: customer.ErrRatedOtherwise},
		{Name: "rating a second resolution", Given: ann(noise, settled, rated, reopened, settled), When: rate(7, 4, 1),
			Then: []customer.Event{customer.ComplaintRated{CaseID: id(40), Distributive: 7, Procedural: 4, Interactional: 1}}},
		{Name: "rating what is open", Given: ann(noise), When: rate(1, 4, 7), Refused: customer.ErrCaseUnresolved},
		{Name: "rating what was no complaint", Given: ann(asked, solved), When: rate(1, 4, 7), Refused: customer.ErrNoComplaint},
		{Name: "rating no case", Given: ann(), When: rate(1, 4, 7), Refused: customer.ErrCaseUnknown},
		{Name: "off the scale below", Given: ann(noise, settled), When: rate(0, 4, 7), Refused: customer.ErrRating.At("distributive")},
		{Name: "off the scale above", Given: ann(noise, settled), When: rate(1, 8, 7), Refused: customer.ErrRating.At("procedural")},
		{Name: "no word of how they were treated", Given: ann(noise, settled), When: rate(1, 4, 0),
			Refused: customer.ErrRating.At("interactional")},
	}
}

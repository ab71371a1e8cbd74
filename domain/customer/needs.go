package customer

import (
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

// Needs names what a command has to know of others than the customer. Whoever handles the command looks up what is
// named, and fills it in.
type Needs struct {
	domain.Needs
	Campaign      CampaignNeed
	Questionnaire QuestionnaireNeed
	Customer      CustomerNeed
	Service       ServiceNeed
	Phones        PhonesNeed
	Told          ToldNeed
}

// ToldNeed is all that was told of the customer, in all streams that ever belonged together.
type ToldNeed struct {
	Asked  bool
	Events []domain.Recorded
}

// PhonesNeed is how phone numbers are read.
type PhonesNeed struct {
	Asked  bool
	Region string // of numbers that name no country; empty where they have to be international
}

// CampaignNeed is a campaign by its name.
type CampaignNeed struct {
	Name    string
	Running *campaign.Terms // nil where no such campaign runs
}

// QuestionnaireNeed is a version of a questionnaire.
type QuestionnaireNeed struct {
	ID       string
	Version  int
	Template *questionnaire.Template // nil where there is no such version
}

// CustomerNeed is another customer.
type CustomerNeed struct {
	ID    uuid.UUID
	Known bool // there is such a customer
}

// ServiceNeed is the terms of service.
type ServiceNeed struct {
	Asked   bool
	Version int           // in force; 0 while none are published
	Terms   *ServiceTerms // nil while none are published
}

func (n ServiceNeed) terms() *ServiceTerms {
	if n.Terms != nil {
		return n.Terms
	}
	terms := DefaultServiceTerms()
	return &terms
}

// toldNeed is what a command declares that goes by what was told before.
func toldNeed() Needs { return Needs{Told: ToldNeed{Asked: true}} }

// founding is what a command declares that begins a customer's history, priced one whose amounts go into the books.
func founding() Needs                  { return Needs{Needs: domain.Needs{Founds: true}} }
func priced(in domain.Currency) Needs  { return Needs{Needs: domain.Needs{Priced: in}} }
func needsCustomer(id uuid.UUID) Needs { return Needs{Customer: CustomerNeed{ID: id}} }
func needsCampaign(name string) Needs  { return Needs{Campaign: CampaignNeed{Name: name}} }
func needsPhones(kind identity.Kind) Needs {
	return Needs{Phones: PhonesNeed{Asked: kind == identity.Phone}}
}
func needsTerms() Needs { return Needs{Service: ServiceNeed{Asked: true}} }

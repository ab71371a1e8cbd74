package commands

import (
	"context"
	"sync"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
)

// templates are versions of questionnaires as far as they were needed. A published version never changes.
type templates struct {
	byVersion sync.Map // version to *questionnaire.Template
}

type version struct {
	questionnaire string
	number        int
}

// ofOthers fills in what other streams know that a customer's command depends on.
func (s *Service) ofOthers(ctx context.Context, n *customer.Needs) error {
	if err := s.asked(ctx, &n.Questionnaire); err != nil {
		return err
	}
	if err := s.inCampaign(ctx, &n.Campaign); err != nil {
		return err
	}
	if err := s.introduced(ctx, &n.Customer); err != nil {
		return err
	}
	if err := s.inRegion(ctx, &n.Phones); err != nil {
		return err
	}
	return s.underTerms(ctx, &n.Service)
}

// asked fills in what was asked of the customer; nothing where there is no such version.
func (s *Service) asked(ctx context.Context, n *customer.QuestionnaireNeed) error {
	if !domain.Nameable(n.ID) {
		return nil
	}
	v := version{n.ID, n.Version}
	if known, ok := s.templates.byVersion.Load(v); ok {
		n.Template = known.(*questionnaire.Template)
		return nil
	}
	if err := s.Questionnaires.view(ctx, questionnaire.Stream(n.ID), func(q *questionnaire.State) {
		if published := q.Version(n.Version); published != nil {
			one := *published
			n.Template = &one
		}
	}); err != nil {
		return err
	}
	if n.Template != nil {
		s.templates.byVersion.Store(v, n.Template)
	}
	return nil
}

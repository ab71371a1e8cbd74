// Package misfit declares a command that needs what its noun does not know of. It must not compile.
package misfit

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

type wave struct{}

func (wave) Needs() domain.Needs { return domain.Needs{} }

func (wave) Decide(*customer.State, customer.Given) ([]customer.Event, error) { return nil, nil }

var _ customer.Command = wave{}

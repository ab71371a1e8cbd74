// Package access decides who may use Rapport, and for what. It must not know how somebody proves who they are.
package access

import (
	"slices"
	"strings"
)

// Role is what somebody may use Rapport for. An admin may do what all others may.
type Role string

const (
	App     Role = "app"     // submits commands about customers, and sees them at a glance
	Analyst Role = "analyst" // reads the tables, and says which segments there are
	Auditor Role = "auditor" // reads what happened, and who looked at it
	Admin   Role = "admin"   // decides how Rapport works, and who may use it
)

// AllRoles are the roles that there are.
var AllRoles = []Role{App, Analyst, Auditor, Admin}

// Known tells whether there is such a role.
func (r Role) Known() bool { return slices.Contains(AllRoles, r) }

// Roles is a set of roles. An admin is in every one.
type Roles uint8

const (
	Apps Roles = 1 << iota
	Analysts
	Auditors
	Admins

	// Everyone is whoever has a role.
	Everyone = Apps | Analysts | Auditors | Admins
	// Public is whoever asks, with a role or without one.
	Public Roles = 1 << 7
)

// Include tells whether a role is in the set.
func (r Roles) Include(role Role) bool {
	i := slices.Index(AllRoles, role)
	return i >= 0 && (r|Admins)&(1<<i) != 0
}

// IncludeAny tells whether one of the roles is in the set.
func (r Roles) IncludeAny(roles []Role) bool { return slices.ContainsFunc(roles, r.Include) }

// List answers the roles that are in the set.
func (r Roles) List() []Role {
	return slices.DeleteFunc(slices.Clone(AllRoles), func(one Role) bool { return !r.Include(one) })
}

// String names them: "app, auditor, admin".
func (r Roles) String() string {
	if r == Public {
		return "everybody"
	}
	names := make([]string, 0, len(AllRoles))
	for _, one := range r.List() {
		names = append(names, string(one))
	}
	return strings.Join(names, ", ")
}

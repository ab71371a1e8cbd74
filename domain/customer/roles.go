package customer

import (
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain"
)

// A role is what the customer is to us: not only who uses what we sell, but also who pays for it, supplies us or
// recommends us. A customer may have several at once, each from one day to another.

// Role is what a customer can be to us.
type Role string

// Roles are those that exist.
var Roles = []Role{"buyer", "payer", "end_user", "partner", "supplier", "referrer", "influencer", "employee", "recruit"}

// AssignRole asks to remember that the customer has a role.
type AssignRole struct {
	Role Role `json:"role"`
}

func (AssignRole) Needs() Needs { return Needs{} }

// Decide yields nothing for a role that they have.
func (c AssignRole) Decide(s *State, g Given) ([]Event, error) {
	known, err := s.role(c.Role)
	switch {
	case err != nil || known.inForce:
		return nil, err
	case known.changed && g.On < known.changedOn:
		return nil, ErrRoleEarlier
	}
	return []Event{RoleAssigned{Role: c.Role, AssignedOn: g.On}}, nil
}

// RoleAssigned is the fact that the customer has a role.
type RoleAssigned struct {
	Role       Role       `json:"role"`
	AssignedOn domain.Day `json:"assigned_on"` // first business day on which they have it
}

func (RoleAssigned) EventType() string { return "customer.role_assigned.v1" }

func (e RoleAssigned) Evolve(s *State, _ domain.Metadata) {
	s.roles.set(e.Role, roleState{inForce: true, changed: true, changedOn: e.AssignedOn})
}

// Summary implements Told.
func (e RoleAssigned) Summary() string { return "became " + e.Role.told() }

// EndRole asks to remember that the customer does not have a role any more.
type EndRole struct {
	Role   Role   `json:"role"`
	Reason string `json:"reason,omitempty"`
}

func (EndRole) Needs() Needs { return Needs{} }

// Decide yields nothing for a role that they do not have.
func (c EndRole) Decide(s *State, g Given) ([]Event, error) {
	known, err := s.role(c.Role)
	if err != nil {
		return nil, err
	}
	if err := checkText(c.Reason, 1000, "reason"); err != nil {
		return nil, err
	}
	switch {
	case !known.inForce:
		return nil, nil
	case g.On < known.changedOn:
		return nil, ErrRoleEarlier
	}
	return []Event{RoleEnded{Role: c.Role, AssignedOn: known.changedOn, EndedOn: g.On, Reason: c.Reason}}, nil
}

// RoleEnded is the fact that the customer does not have a role any more.
type RoleEnded struct {
	Role       Role       `json:"role"`
	AssignedOn domain.Day `json:"assigned_on"` // first business day on which they had it
	EndedOn    domain.Day `json:"ended_on"`    // first business day on which they did not
	Reason     string     `json:"reason,omitempty" personal:"true"`
}

func (RoleEnded) EventType() string { return "customer.role_ended.v1" }

func (e RoleEnded) Evolve(s *State, _ domain.Metadata) {
	s.roles.set(e.Role, roleState{changed: true, changedOn: e.EndedOn})
}

// Summary implements Told.
func (e RoleEnded) Summary() string { return "is no more " + e.Role.told() }

// told answers the role as people say it: an end user.
func (r Role) told() string {
	words := strings.ReplaceAll(string(r), "_", " ")
	if strings.ContainsAny(words[:1], "aeiou") {
		return "an " + words
	}
	return "a " + words
}

// rolesState is the latest of each role that the customer ever had.
type rolesState map[Role]roleState

type roleState struct {
	inForce, changed bool
	changedOn        domain.Day
}

func (r *rolesState) set(role Role, to roleState) {
	if *r == nil {
		*r = rolesState{}
	}
	(*r)[role] = to
}

func (s *State) role(r Role) (roleState, error) {
	if !slices.Contains(Roles, r) {
		return roleState{}, ErrRole
	}
	return s.roles[r], nil
}

var (
	ErrRole = &domain.Rejection{Kind: domain.Invalid, Code: "role_unknown", Field: "role",
		Reason: "a role is one of buyer, payer, end_user, partner, supplier, referrer, influencer, employee, recruit"}
	ErrRoleEarlier = &domain.Rejection{Kind: domain.Refused, Code: "role_changed_later", Field: "occurred_at",
		Reason: "this role changed on a later day already: tell its history in order"}
)

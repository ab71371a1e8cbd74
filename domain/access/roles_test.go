package access_test

import (
	"slices"
	"testing"

	"github.com/rapport-crm/rapport/domain/access"
)

func TestAnAdminMayWhatAllOthersMay(t *testing.T) {
	for _, test := range []struct {
		roles access.Roles
		want  []access.Role
		says  string
	}{
		{access.Apps, []access.Role{access.App, access.Admin}, "app, admin"},
		{access.Admins, []access.Role{access.Admin}, "admin"},
		{access.Analysts | access.Auditors, []access.Role{access.Analyst, access.Auditor, access.Admin}, "analyst, auditor, admin"},
		{access.Everyone, access.AllRoles, "app, analyst, auditor, admin"},
	} {
		if got := test.roles.List(); !slices.Equal(got, test.want) {
			t.Errorf("%08b lists %v, want %v", test.roles, got, test.want)
		}
		if got := test.roles.String(); got != test.says {
			t.Errorf("%08b says %q, want %q", test.roles, got, test.says)
		}
		for _, role := range append(slices.Clone(access.AllRoles), "", "owner") {
			if got := test.roles.Include(role); got != slices.Contains(test.want, role) {
				t.Errorf("%08b includes %q: %t", test.roles, role, got)
			}
		}
	}
	if got := access.Public.String(); got != "everybody" {
		t.Errorf("the public is %q", got)
	}
}

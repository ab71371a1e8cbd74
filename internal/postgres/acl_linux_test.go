package postgres

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPassageChangesNothingForOthers(t *testing.T) {
	const ours = 101
	plain := func(tag, perm uint16) aclEntry { return aclEntry{tag, perm, aclNoID} }
	for name, test := range map[string]struct{ before, after []aclEntry }{
		"a folder closed to all but its owner": {
			modeACL(0o700),
			[]aclEntry{plain(aclOwner, 7), {aclUser, 1, ours}, plain(aclOwnerGroup, 0), plain(aclMask, 1), plain(aclOther, 0)},
		},
		"its group may list it": {
			modeACL(0o740),
			[]aclEntry{plain(aclOwner, 7), {aclUser, 1, ours}, plain(aclOwnerGroup, 4), plain(aclMask, 5), plain(aclOther, 0)},
		},
		"a mask had kept others out": {
			[]aclEntry{plain(aclOwner, 7), {aclUser, 7, 5}, {aclUser, 4, ours}, plain(aclOwnerGroup, 5), {aclGroup, 1, 9},
				plain(aclMask, 6), plain(aclOther, 0)},
			[]aclEntry{plain(aclOwner, 7), {aclUser, 6, 5}, {aclUser, 5, ours}, plain(aclOwnerGroup, 4), {aclGroup, 0, 9},
				plain(aclMask, 7), plain(aclOther, 0)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			after := withPassage(test.before, ours)
			if diff := cmp.Diff(test.after, after); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(after, withPassage(after, ours)); diff != "" {
				t.Errorf("the second time it changes something:\n%s", diff)
			}
			read, err := decodeACL(encodeACL(after))
			if diff := cmp.Diff(after, read); diff != "" || err != nil {
				t.Errorf("it reads back otherwise: %v\n%s", err, diff)
			}
		})
	}
}

func TestUnknownACLIsRefused(t *testing.T) {
	for _, raw := range []string{"", "\x02\x00", "\x03\x00\x00\x00", "\x02\x00\x00\x00half"} {
		if acl, err := decodeACL([]byte(raw)); err == nil {
			t.Errorf("%q is read as %v", raw, acl)
		}
	}
}

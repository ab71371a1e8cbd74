package postgres

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// aclEntry is one line of a POSIX access control list as Linux keeps it in an extended attribute: a
// version, then tag, permissions and id of each entry, little-endian, sorted by tag and id
// (include/uapi/linux/posix_acl_xattr.h).
type aclEntry struct {
	Tag, Perm uint16
	ID        uint32
}

const (
	aclAttribute = "system.posix_acl_access"
	aclVersion   = 2
	aclNoID      = 0xffffffff

	aclOwner      = 0x01
	aclUser       = 0x02
	aclOwnerGroup = 0x04
	aclGroup      = 0x08
	aclMask       = 0x10
	aclOther      = 0x20

	aclPass = 1 // x: to pass through a folder, neither to list nor to change it
)

// grantPassage lets one user pass through a folder and changes nothing for anybody else.
func grantPassage(folder string, uid uint32) error {
	acl, err := readACL(folder)
	if err != nil {
		return err
	}
	if err := syscall.Setxattr(folder, aclAttribute, encodeACL(withPassage(acl, uid)), 0); err != nil {
		return fmt.Errorf("set an access control list: %w", err)
	}
	return nil
}

// withPassage adds the right to pass for a user. The mask bounds what entries of users and groups give:
// where it must grow for ours, theirs are cut back to what they gave before.
func withPassage(acl []aclEntry, uid uint32) []aclEntry {
	acl = slices.Clone(acl)
	isMask := func(e aclEntry) bool { return e.Tag == aclMask }
	if !slices.ContainsFunc(acl, isMask) {
		group := acl[slices.IndexFunc(acl, func(e aclEntry) bool { return e.Tag == aclOwnerGroup })]
		acl = append(acl, aclEntry{Tag: aclMask, Perm: group.Perm, ID: aclNoID})
	}
	mask := &acl[slices.IndexFunc(acl, isMask)]
	for i, e := range acl {
		if e.Tag == aclUser || e.Tag == aclOwnerGroup || e.Tag == aclGroup {
			acl[i].Perm &= mask.Perm | ^uint16(aclPass)
		}
	}
	mask.Perm |= aclPass
	at := slices.IndexFunc(acl, func(e aclEntry) bool { return e.Tag == aclUser && e.ID == uid })
	if at < 0 {
		acl = append(acl, aclEntry{Tag: aclUser, Perm: aclPass, ID: uid})
	} else {
		acl[at].Perm |= aclPass
	}
	slices.SortFunc(acl, func(a, b aclEntry) int {
		return cmp.Or(cmp.Compare(a.Tag, b.Tag), cmp.Compare(a.ID, b.ID))
	})
	return acl
}

// readACL answers a folder's list; one without answers what its mode says.
func readACL(folder string) ([]aclEntry, error) {
	raw := make([]byte, 64<<10) // the most that an attribute holds
	n, err := syscall.Getxattr(folder, aclAttribute, raw)
	if errors.Is(err, syscall.ENODATA) {
		info, err := os.Stat(folder)
		if err != nil {
			return nil, err
		}
		return modeACL(info.Mode()), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the access control list: %w", err)
	}
	return decodeACL(raw[:n])
}

func modeACL(mode fs.FileMode) []aclEntry {
	bits := uint16(mode.Perm())
	return []aclEntry{
		{Tag: aclOwner, Perm: bits >> 6 & 7, ID: aclNoID},
		{Tag: aclOwnerGroup, Perm: bits >> 3 & 7, ID: aclNoID},
		{Tag: aclOther, Perm: bits & 7, ID: aclNoID},
	}
}

func decodeACL(raw []byte) ([]aclEntry, error) {
	const header, entry = 4, 8
	if len(raw) < header || (len(raw)-header)%entry != 0 || binary.LittleEndian.Uint32(raw) != aclVersion {
		return nil, errors.New("the access control list has an unknown form")
	}
	acl := make([]aclEntry, (len(raw)-header)/entry)
	_, err := binary.Decode(raw[header:], binary.LittleEndian, acl)
	return acl, err
}

func encodeACL(acl []aclEntry) []byte {
	raw := binary.LittleEndian.AppendUint32(nil, aclVersion)
	raw, err := binary.Append(raw, binary.LittleEndian, acl)
	if err != nil {
		panic(err) // only for a type without a fixed size
	}
	return raw
}

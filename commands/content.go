package commands

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"sync"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
)

// Who tells of the same thing again says nothing new, and with other content is refused. What content is follows from the
// command's declaration: all its members, and when, for whom and by what way it happened. Who says so, and through what
// system, is none. A digest of it stands in the metadata of what was recorded, so that nobody need compare it by hand.

// content is of what a command tells, and all that it says of it; zero for a command that names nothing.
type content struct{ of, said uint64 }

func (c content) String() string {
	if c == (content{}) {
		return ""
	}
	return hex.EncodeToString(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, c.of), c.said))
}

// contents remembers what was told. Of each content it has what it is of, and that together with what was said.
type contents map[uint64]struct{}

func (c *contents) add(text string) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != 16 {
		return
	}
	if *c == nil {
		*c = contents{}
	}
	of := binary.BigEndian.Uint64(b)
	(*c)[of], (*c)[of^binary.BigEndian.Uint64(b[8:])] = struct{}{}, struct{}{}
}

// differ reports whether the same was told before, and never so.
func (c contents) differ(now content) bool {
	if _, told := c[now.of]; !told || now == (content{}) {
		return false
	}
	_, so := c[now.of^now.said]
	return !so
}

// contentOf sums up what a command tells.
func (l *log) contentOf(ctx context.Context, command any, m *domain.Metadata) (c content, err error) {
	named := namesOf(command)
	if len(named) == 0 {
		return c, nil
	}
	text, err := json.Marshal(command)
	if err != nil {
		return c, fmt.Errorf("sum up a %T: %w", command, err)
	}
	secret, err := l.pseudonyms(ctx)
	if err != nil {
		return c, fmt.Errorf("sum up a %T: %w", command, err)
	}
	hash := hmac.New(sha256.New, secret)
	fmt.Fprintf(hash, "%T\x00%s", command, named)
	c.of = binary.BigEndian.Uint64(hash.Sum(nil))
	fmt.Fprintf(hash, "\x00%s\x00%s\x00%s", m.Department, m.Channel, text)
	if !m.OccurredAt.IsZero() {
		fmt.Fprintf(hash, "\x00%d", m.OccurredAt.UnixNano())
	}
	c.said = binary.BigEndian.Uint64(hash.Sum(nil))
	return c, nil
}

// namesOf returns the ids of the things that a command names, one after the other.
func namesOf(command any) (named []byte) {
	v := reflect.ValueOf(command)
	for _, at := range idsOf(v.Type()) {
		if id := v.FieldByIndex(at).Interface().(uuid.UUID); id != uuid.Nil {
			named = append(named, id[:]...)
		}
	}
	return named
}

var idMembers sync.Map // from a command's type to the places of its ids

func idsOf(t reflect.Type) [][]int {
	if known, ok := idMembers.Load(t); ok {
		return known.([][]int)
	}
	var at [][]int
	for _, f := range reflect.VisibleFields(t) {
		if f.Type == reflect.TypeFor[uuid.UUID]() && f.IsExported() {
			at = append(at, f.Index)
		}
	}
	idMembers.Store(t, at)
	return at
}

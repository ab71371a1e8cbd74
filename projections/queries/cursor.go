package queries

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// cursor is where a page ended: the key of its last item, and the value by which it was sorted.
type cursor struct {
	Bound string   `json:"b"`
	Key   []string `json:"k"`
	Value *string  `json:"v,omitempty"` // nil where the item has none, or the list is sorted by its key
}

// none stands for the value of an item that has none there. No text of PostgreSQL's has it.
const none = "\x00"

// bind says what the question's cursors belong to: the list, whose it is, its filters and its order. A cursor of another list
// would leave items out without a word.
func (q *Question) bind() {
	var b strings.Builder
	b.WriteString(q.list.Name + "\n" + q.order + "\n")
	if q.down {
		b.WriteString("-")
	}
	if q.customer != nil {
		b.WriteString(q.customer.String())
	}
	for _, c := range q.where {
		values := slices.Clone(c.values)
		slices.Sort(values)
		b.WriteString("\n" + c.filter.Name + "." + c.name + "=" + strings.Join(values, "\x00"))
	}
	sum := sha256.Sum256([]byte(b.String()))
	q.bound = base64.RawURLEncoding.EncodeToString(sum[:9])
}

func (q *Question) writeCursor(row []string) string {
	n := len(q.list.keys())
	c := cursor{Bound: q.bound, Key: row[:n]}
	if q.order != "" && row[n] != none {
		c.Value = &row[n]
	}
	text, _ := json.Marshal(c) // texts always can be
	return base64.RawURLEncoding.EncodeToString(text)
}

func (q *Question) readCursor(text string) (*cursor, error) {
	var c cursor
	plain, err := base64.RawURLEncoding.DecodeString(text)
	if err == nil {
		err = json.Unmarshal(plain, &c)
	}
	if err != nil {
		return nil, fault("cursor", "cursor_malformed", "a cursor is the next_cursor of the page before")
	}
	if c.Bound != q.bound || len(c.Key) != len(q.list.keys()) {
		return nil, fault("cursor", "cursor_foreign", "the cursor is of another list, or of other filters or another order")
	}
	columns, values := q.list.keys(), c.Key
	if c.Value != nil && q.order != "" {
		columns, values = append(clip(columns), q.order), append(clip(values), *c.Value)
	}
	for i, name := range columns {
		kind := q.list.column(name).Type
		read := forms[kind].read
		if kind == "timestamp with time zone" {
			read = func(s string) error { _, err := time.Parse(timeText, s); return err }
		}
		if strings.ContainsRune(values[i], 0) || !utf8.ValidString(values[i]) || read != nil && read(values[i]) != nil {
			return nil, fault("cursor", "cursor_malformed", "a cursor is the next_cursor of the page before")
		}
	}
	return &c, nil
}

// timeText is how PostgreSQL writes a moment.
const timeText = "2006-01-02 15:04:05.999999-07"

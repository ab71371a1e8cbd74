package domain

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// ErrText refuses a text that cannot be kept as it is.
var ErrText = &Rejection{Kind: Invalid, Code: "text_malformed",
	Reason: "the text has to be valid UTF-8 without the NUL character"}

// PlainText tells whether a text can be kept as it is everywhere: valid UTF-8 without NUL, which databases
// do not take.
func PlainText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// CheckText refuses a text that is longer than so many bytes, or not plain.
func CheckText(s string, bytes int) *Rejection {
	if len(s) > bytes {
		return ErrText.Because("the text has %d bytes, at most %d fit here", len(s), bytes)
	}
	if !PlainText(s) {
		return ErrText
	}
	return nil
}

var nameable = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)

// Nameable tells whether a text may name something for good, such as a segment: 1 to 63 of a-z, 0-9, _ and -, beginning
// with a letter.
func Nameable(name string) bool { return nameable.MatchString(name) }

package domain

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrText refuses a text that cannot be kept as it is.
var ErrText = &Rejection{Kind: Invalid, Code: "text_malformed",
	Reason: "the text has to be valid UTF-8 without the NUL character"}

// PlainText tells whether a text can be kept as it is everywhere: valid UTF-8 without NUL, which databases
// do not take.
func PlainText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// ErrBlank refuses a text that says nothing.
var ErrBlank = &Rejection{Kind: Invalid, Code: "text_blank", Reason: "the text has nothing in it but blanks"}

// Blank reports whether nothing of a text can be seen. An empty one is blank.
func Blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector) &&
			r != '\u034f' && r != '\u115f' && r != '\u1160' && r != '\u2800' && r != '\u3164' && r != '\uffa0'
	})
}

// CheckText refuses a text that is longer than so many bytes, not plain, or of blanks. An empty one is none.
func CheckText(s string, bytes int) *Rejection {
	if len(s) > bytes {
		return ErrText.Because("the text has %d bytes, at most %d fit here", len(s), bytes)
	}
	if !PlainText(s) {
		return ErrText
	}
	if s != "" && Blank(s) {
		return ErrBlank
	}
	return nil
}

var nameable = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)

// Nameable tells whether a text may name something for good, such as a segment: 1 to 63 of a-z, 0-9, _ and -, beginning
// with a letter.
func Nameable(name string) bool { return nameable.MatchString(name) }

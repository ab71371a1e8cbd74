package charts

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// safe returns text that can stand in XML, as text or in an attribute. What XML does not allow becomes U+FFFD.
func safe(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&#34;")
		case r == '\'':
			b.WriteString("&#39;")
		case r == '\t', r == '\n', r == '\r':
			b.WriteByte(' ')
		case r < ' ', r == 0x7f, r == 0xfffe, r == 0xffff, r >= 0x80 && r <= 0x9f:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isolated keeps a name that is written from right to left from turning around what stands beside it.
func isolated(name string) string {
	for _, r := range name {
		if unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) ||
			r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return "\u2068" + name + "\u2069"
		}
	}
	return name
}

const zeroWidthJoiner = '\u200d'

// width estimates how wide a text is, in units of a font of that size. There is no font here to ask.
func width(text string, size float64) float64 {
	w, joined := 0.0, false
	for _, r := range text {
		after := joined
		joined = r == zeroWidthJoiner
		switch {
		case joins(r) || after:
		case r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xd7ff || r >= 0xf900 && r <= 0xfaff ||
			r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0x1f000):
			w += 1.1
		case strings.ContainsRune("iljI.,:;|!' ", r):
			w += 0.32
		case unicode.IsUpper(r) || r == 'm' || r == 'w' || r == '%':
			w += 0.75
		default:
			w += 0.57
		}
	}
	return w * size
}

// joins reports whether a rune belongs to the one before it, or holds two together.
func joins(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || r >= 0x1f3fb && r <= 0x1f3ff
}

// fit shortens a text to a width, by an ellipsis. It does not cut through what is one sign to the reader.
func fit(text string, most, size float64) string {
	text = strings.Join(strings.Fields(text), " ")
	if width(text, size) <= most {
		return text
	}
	end, w, joined := 0, size, false // the ellipsis
	for i, r := range text {
		next := 0.0
		if !joins(r) && !joined {
			end, next = i, width(string(r), size)
		}
		if w += next; w > most {
			break
		}
		joined = r == zeroWidthJoiner
	}
	return strings.TrimSpace(text[:end]) + "…"
}

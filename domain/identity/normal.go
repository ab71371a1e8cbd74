package identity

import (
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"

	"github.com/rapport-crm/rapport/domain"
)

// Identities are compared in one normal form, so that two spellings of one address are one identity. What was recorded
// before this form stands in the log in an older one: OlderForms returns under which.

// Normal returns the normal form of an identity: an e-mail address in lower case and NFC, its domain in ASCII, without
// invisible characters, "mailto:" and a final point; a phone number in E.164. Without a default region, phone numbers have
// to be international.
func Normal(k Key) (Key, error) { return NormalIn(k, "") }

// NormalIn is Normal where phone numbers without a country are of a region (ISO 3166-1 alpha-2).
func NormalIn(k Key, region string) (Key, error) {
	if err := domain.CheckText(k.Value, 320); err != nil {
		return k, err.At("value")
	}
	if err := domain.CheckText(k.System, 128); err != nil {
		return k, err.At("system")
	}
	var ok bool
	switch k.Kind {
	case Email:
		if k.Value, ok = normalEmail(k.Value); !ok || k.System != "" {
			return k, ErrEmail
		}
	case Phone:
		if k.Value, ok = normalPhone(k.Value, region); !ok || k.System != "" {
			return k, ErrPhone
		}
	case External:
		if k.System == "" || k.Value == "" {
			return k, ErrExternal
		}
	default:
		return k, ErrKind
	}
	return k, nil
}

// hosts maps domain names as browsers do.
var hosts = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.VerifyDNSLength(true))

func normalEmail(s string) (string, bool) {
	s = norm.NFC.String(visible(s))
	if len(s) > len(mailto) && strings.EqualFold(s[:len(mailto)], mailto) {
		s = s[len(mailto):]
	}
	at := strings.LastIndexByte(s, '@')
	if at < 1 || strings.ContainsFunc(s, unicode.IsSpace) || strings.Contains(s[:at], "@") {
		return s, false
	}
	host, err := hosts.ToASCII(strings.TrimSuffix(s[at+1:], "."))
	if err != nil || !strings.Contains(host, ".") || strings.HasPrefix(host, ".") {
		return s, false
	}
	return norm.NFC.String(strings.ToLower(s[:at])) + "@" + host, true
}

const mailto = "mailto:"

// visible takes off what cannot be seen: spaces around, and characters without a form of their own, which come along
// when an address is copied from elsewhere.
func visible(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Variation_Selector) || r == '\u034f' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// shortestPhone bounds, in bytes, what may be an international number: less is a code for an area or a service.
const shortestPhone = len("+4412345")

func normalPhone(s, region string) (string, bool) {
	if region == "" {
		region = phonenumbers.UNKNOWN_REGION
	}
	number, err := phonenumbers.Parse(visible(s), region)
	if err != nil || !phonenumbers.IsPossibleNumber(number) {
		return s, false
	}
	e164 := phonenumbers.Format(number, phonenumbers.E164)
	if len(e164) < shortestPhone {
		return s, false
	}
	if number.GetExtension() != "" {
		e164 += ";ext=" + number.GetExtension()
	}
	return e164, true
}

// KnownRegion reports whether phone numbers have a form of their own in a region.
func KnownRegion(region string) bool { return phonenumbers.GetSupportedRegions()[region] }

// OlderForms returns the forms under which an identity may have been recorded before it had this normal form.
func OlderForms(k Key) []Key {
	var values []string
	switch k.Kind {
	case Email:
		values = olderEmails(k.Value)
	case Phone:
		values = olderPhones(k.Value)
	}
	forms := make([]Key, 0, len(values))
	for _, value := range values {
		if value != k.Value {
			forms = append(forms, Key{Kind: k.Kind, Value: value})
		}
	}
	return forms
}

func olderEmails(s string) []string {
	forms := []string{mailto + s, s + ".", "\u200b" + s, s + "\u200b", "\ufeff" + s, s + "\ufeff", norm.NFD.String(s)}
	at := strings.LastIndexByte(s, '@')
	if host, err := idna.ToUnicode(s[at+1:]); err == nil && host != s[at+1:] {
		forms = append(forms, s[:at+1]+host, norm.NFD.String(s[:at+1]+host))
	}
	return forms
}

// olderPhones are those with the zero that is dialled within a country, written as (0).
func olderPhones(s string) []string {
	number, err := phonenumbers.Parse(s, phonenumbers.UNKNOWN_REGION)
	if err != nil {
		return nil
	}
	code, _, _ := strings.Cut(phonenumbers.Format(number, phonenumbers.RFC3966), "-")
	code = strings.TrimPrefix(code, "tel:")
	national := strings.ReplaceAll(strings.TrimPrefix(s, code), ";ext="+number.GetExtension(), "")
	return []string{code + "0" + national}
}

package domain_test

import (
	"testing"

	"github.com/rapport-crm/rapport/domain"
)

func TestKnownCountries(t *testing.T) {
	for _, name := range []string{"DE", "de", "DEU", "GB", "Germany", "United Kingdom", "UNITED KINGDOM", "EIRE", "RSA", "USA",
		"Czech Republic", "Hong Kong", "Côte d’Ivoire", "Korea", "Türkiye", "Turkey", "Viet Nam", "Kosovo"} {
		if !domain.KnownCountry(name) {
			t.Errorf("%s is not known", name)
		}
	}
	for _, name := range []string{"Narnia", "", " ", "ZZ", "XX", "EU", "001", "276", "European Community", "Unspecified", "Europe", "QO"} {
		if domain.KnownCountry(name) {
			t.Errorf("%q is known", name)
		}
	}
}

func TestKnownLocales(t *testing.T) {
	for _, tag := range []string{"de", "de-DE", "en-GB", "zh-Hant-TW", "sr-Latn", "de_AT", "de-CH-1996"} {
		if !domain.KnownLocale(tag) {
			t.Errorf("%s is not known", tag)
		}
	}
	for _, tag := range []string{"", "und", "german", "xx-YY-ZZZZZZZZZ", "de-Narnia", "-", "  ", "qx"} {
		if domain.KnownLocale(tag) {
			t.Errorf("%q is known", tag)
		}
	}
}

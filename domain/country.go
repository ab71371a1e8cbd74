package domain

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// KnownCountry reports whether a text is a country of ISO 3166-1: a code of two or three letters, or a name in English.
func KnownCountry(s string) bool {
	if len(s) == 2 || len(s) == 3 {
		if region, err := language.ParseRegion(s); err == nil && isLetters(s) {
			return region.IsCountry()
		}
	}
	return countryNames()[strings.ToLower(s)]
}

func isLetters(s string) bool {
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// countryNames are those of Unicode in English, in lower case, with names that business software has beside them.
var countryNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	english := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			region, err := language.ParseRegion(string([]rune{a, b}))
			if err == nil && region.IsCountry() && region.Canonicalize() == region {
				if name := english.Name(region); name != "" {
					names[strings.ToLower(name)] = true
				}
			}
		}
	}
	for _, name := range otherNames {
		names[name] = true
	}
	return names
})

var otherNames = []string{"bolivarian republic of venezuela", "brunei darussalam", "burma", "cabo verde", "congo", "czech republic",
	"côte d'ivoire", "democratic republic of the congo", "eire", "great britain", "holland", "hong kong", "iran, islamic republic of",
	"ivory coast", "korea", "korea, republic of", "lao people's democratic republic", "macao", "macau", "macedonia",
	"moldova, republic of", "myanmar", "palestine", "republic of ireland", "republic of korea", "russian federation", "rsa",
	"swaziland", "syrian arab republic", "taiwan, province of china", "tanzania, united republic of", "the netherlands", "turkey", "türkiye",
	"uae", "uk", "united states of america", "usa", "vatican", "viet nam"}

// KnownLocale reports whether a text is a language tag of BCP 47 whose parts are registered.
func KnownLocale(s string) bool {
	tag, err := language.Parse(s)
	return err == nil && tag != language.Und
}

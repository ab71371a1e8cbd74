package api_test

import "testing"

// One address or number is one identity, however it is spelt.
func TestSpellingsOfOneIdentity(t *testing.T) {
	w := newWorld(t)
	bob := numbered(0xb0b)
	w.must(201, "POST", "/v1/customers", registration)
	w.must(201, "POST", "/v1/customers", `{"kind":"person","customer_id":"`+bob+`"}`)
	for _, c := range []struct{ kind, one, other string }{
		{"phone", "+49 30 1234567", "+49 (0)30 1234567"},
		{"email", "mia@example.org", "mia@example.org\u200b"},
		{"email", "mio@example.org", "mailto:Mio@Example.Org."},
		{"email", "mie@bücher.example", "mie@xn--bcher-kva.example"},
	} {
		link := func(value string) string { return `{"kind":"` + c.kind + `","value":"` + value + `"}` }
		w.must(201, "POST", "/v1/customers/"+alice+"/identities", link(c.one))
		w.must(200, "POST", "/v1/customers/"+alice+"/identities", link(c.other))
		taken := w.do("POST", "/v1/customers/"+bob+"/identities", link(c.other))
		if got := told(t, taken); got != "409 identity_taken body.value" || taken.json(t)["existing"] != alice {
			t.Errorf("%q: %s of %v", c.other, got, taken.json(t)["existing"])
		}
	}
	w.must(201, "POST", "/v1/customers/"+alice+"/identities/unlinked", `{"kind":"phone","value":"+49 (0)30/1234567"}`)
	w.must(201, "POST", "/v1/customers/"+bob+"/identities", `{"kind":"phone","value":"+49 30 1234567"}`)
}

func TestCountriesAndLanguagesAreKnown(t *testing.T) {
	w := newWorld(t)
	for body, want := range map[string]string{
		`{"kind":"person","country":"Narnia"}`:         "422 country_unknown body.country",
		`{"kind":"person","locale":"narnian"}`:         "422 locale_unknown body.locale",
		`{"kind":"person","name":"  "}`:                "422 text_blank body.name",
		`{"kind":"person","country":"\u3164"}`:         "422 text_blank body.country",
		`{"kind":"organisation","country":"Atlantis"}`: "422 country_unknown body.country",
	} {
		if got := told(t, w.do("POST", "/v1/customers", body)); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
	w.must(201, "POST", "/v1/customers", `{"kind":"person","country":"Germany","locale":"de-DE"}`)
}

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

// A phone number that names no country is of the region that the policy says, and one identity with the international one.
func TestPhonesOfARegion(t *testing.T) {
	w := newWorld(t)
	w.must(201, "POST", "/v1/customers", registration)
	link := func(value string) string { return `{"kind":"phone","value":"` + value + `"}` }
	identities, points := "/v1/customers/"+alice+"/identities", "/v1/customers/"+alice+"/contact-points"
	w.unchanged(func() {
		for _, path := range []string{identities, points} {
			if got := told(t, w.do("POST", path, link("030 1234567"))); got != "422 phone_malformed body.value" {
				t.Errorf("%s: %s", path, got)
			}
		}
	})
	w.must(201, "PUT", "/v1/policies/phones", `{"phones":{"region":"DE"}}`)
	if p := w.must(200, "GET", "/v1/policies/phones", "").json(t); p["version"] != 1.0 || p["phones"].(map[string]any)["region"] != "DE" {
		t.Errorf("in force: %v", p)
	}
	w.must(201, "POST", identities, link("030 1234567"))
	w.must(200, "POST", identities, link("+49 30 1234567"))
	w.must(201, "POST", points, link("030 1234567"))
	if got := told(t, w.do("POST", points, link("+49 (0)30 1234567"))); got != "409 contact_point_added_already body.value" {
		t.Error(got)
	}
	w.must(201, "POST", identities+"/unlinked", link("030/1234567"))
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

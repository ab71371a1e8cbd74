package identity_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/identity"
)

type story = domaintest.Story[identity.State, identity.Needs]

var ann, bob = uuid.UUID{1}, uuid.UUID{2}

// normal asks for the normal form of a key, as a command so that a story can tell of it.
type normal identity.Key

func (normal) Needs() identity.Needs { return identity.Needs{Founds: true} }

func (n normal) Decide(*identity.State, identity.Given) ([]identity.Event, error) {
	_, err := identity.Normal(identity.Key(n))
	return nil, err
}

func TestIdentity(t *testing.T) {
	anns := []identity.Event{identity.Claimed{CustomerID: ann}}
	domaintest.Tell(t, []story{
		{Name: "claiming what is nobody's", When: identity.Claim{CustomerID: ann}, Then: anns},
		{Name: "claiming it again", Given: anns, When: identity.Claim{CustomerID: ann}},
		{Name: "claiming what is another's", Given: anns, When: identity.Claim{CustomerID: bob},
			Refused: identity.ErrTaken, Because: "it is customer " + ann.String() + "'s"},
		{Name: "claiming what another gave up", Given: anns, When: identity.Claim{CustomerID: bob, Instead: ann},
			Then: []identity.Event{identity.Claimed{CustomerID: bob}}},
		{Name: "releasing", Given: anns, When: identity.Release{CustomerID: ann},
			Then: []identity.Event{identity.Released{CustomerID: ann}}},
		{Name: "releasing what is another's", Given: anns, When: identity.Release{CustomerID: bob}},
		{Name: "releasing what is nobody's", When: identity.Release{CustomerID: ann}},
		{Name: "no kind", When: normal{Value: "x"}, Refused: identity.ErrKind},
		{Name: "an e-mail address without a host", When: normal{Kind: identity.Email, Value: "ann"}, Refused: identity.ErrEmail},
		{Name: "an e-mail address of a system", When: normal{Kind: identity.Email, System: "shop", Value: "a@b.org"},
			Refused: identity.ErrEmail},
		{Name: "a phone number without a country", When: normal{Kind: identity.Phone, Value: "01632 960961"},
			Refused: identity.ErrPhone},
		{Name: "an external id without a system", When: normal{Kind: identity.External, Value: "1"}, Refused: identity.ErrExternal},
		{Name: "NUL", When: normal{Kind: identity.External, System: "s", Value: "\x00"}, Refused: domain.ErrText.At("value")},
	})
}

// Apps claim identities by linking them to customers.
func TestRefusalsOverHTTP(t *testing.T) {
	const a, b = "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01", "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d02"
	register := func(id string) apitest.Ask {
		return apitest.Ask{Method: "POST", Path: "/v1/customers", Body: `{"kind":"person","customer_id":"` + id + `"}`}
	}
	link := func(id, key string) apitest.Ask {
		return apitest.Ask{Method: "POST", Path: "/v1/customers/" + id + "/identities", Body: key}
	}
	const mail = `{"kind":"email","value":"ann@example.org"}`
	apitest.Suite[identity.State, identity.Needs]{Asked: map[string][]apitest.Ask{
		"identity_taken":               {register(a), register(b), link(a, mail), link(b, mail)},
		"identity_kind_unknown":        {register(a), link(a, `{"kind":"fax","value":"1"}`)},
		"email_malformed":              {register(a), link(a, `{"kind":"email","value":"ann"}`)},
		"phone_malformed":              {register(a), link(a, `{"kind":"phone","value":"01632 960961"}`)},
		"external_identity_incomplete": {register(a), link(a, `{"kind":"external","value":"1"}`)},
	}}.Refusals(t)
}

func TestNormal(t *testing.T) {
	for _, spelling := range []string{"Ann@Example.ORG", " ann@example.org "} {
		k, err := identity.Normal(identity.Key{Kind: identity.Email, Value: spelling})
		if err != nil || k.Value != "ann@example.org" {
			t.Errorf("%q: %v, %v", spelling, k, err)
		}
	}
	k, err := identity.Normal(identity.Key{Kind: identity.Phone, Value: "+44 (1632) 960-961"})
	if err != nil || k.Value != "+441632960961" {
		t.Errorf("%v, %v", k, err)
	}
	mail := identity.Key{Kind: identity.Email, Value: "1"}
	if other := (identity.Key{Kind: identity.External, System: "email", Value: "1"}); mail.Stream(nil) == other.Stream(nil) {
		t.Error("two identities share a stream")
	}
	if mail.Stream([]byte("one")) == mail.Stream([]byte("another")) {
		t.Error("the name of an identity's stream can be told without the secret")
	}
	if _, err := identity.Normal(identity.Key{Kind: "fax", Value: "1"}); !errors.Is(err, identity.ErrKind) {
		t.Error(err)
	}
}

func TestNormalForms(t *testing.T) {
	for _, c := range []struct{ kind, region, normal, spellings string }{
		{"email", "", "mia@example.org", "mia@example.org|Mia@Example.Org.|mailto:mia@example.org|mia@example.org\u200b|\ufeffmia@exam\u00adple.org|MAILTO:mia@EXAMPLE.org| mia@example.org\u2060"},
		{"email", "", "mia@xn--bcher-kva.example", "mia@bücher.example|mia@bu\u0308cher.example|MIA@BÜCHER.EXAMPLE|mia@xn--bcher-kva.example"},
		{"email", "", "zoé@example.org", "zoé@example.org|zoe\u0301@example.org|ZOÉ@example.org"},
		{"phone", "", "+49301234567", "+49 30 1234567|+49 (0)30 1234567|+49(0)301234567|+49-30-123 45 67|+49 30 1234567\u200b"},
		{"phone", "DE", "+49301234567", "030 1234567|0049 30 1234567|+49 30 1234567"},
		{"phone", "", "+441632960961", "+44 (1632) 960-961|+44 (0)1632 960961|tel:+44-1632-960961"},
		{"phone", "GB", "+441632960961;ext=12", "01632 960961 ext. 12|+44 1632 960961 x12"},
		{"phone", "IT", "+390612345678", "06 12345678|+39 06 12345678"},
	} {
		for spelling := range strings.SplitSeq(c.spellings, "|") {
			k, err := identity.NormalIn(identity.Key{Kind: identity.Kind(c.kind), Value: spelling}, c.region)
			if err != nil || k.Value != c.normal {
				t.Errorf("%q: %q, %v; want %q", spelling, k.Value, err, c.normal)
			}
			again, err := identity.NormalIn(k, c.region)
			if err != nil || again != k {
				t.Errorf("%q once more: %q, %v", k.Value, again.Value, err)
			}
		}
	}
	for _, wrong := range []identity.Key{{Kind: identity.Email, Value: "mia@example"}, {Kind: identity.Email, Value: "mia@ex ample.org"},
		{Kind: identity.Email, Value: "@example.org"}, {Kind: identity.Email, Value: "mia@exam\u00a0ple.org"}, {Kind: identity.Email, Value: "a@b@example.org"},
		{Kind: identity.Email, Value: "mia@.org"}, {Kind: identity.Phone, Value: "+49 30"}, {Kind: identity.Phone, Value: "030 1234567"}} {
		if k, err := identity.Normal(wrong); err == nil {
			t.Errorf("%q became %q", wrong.Value, k.Value)
		}
	}
}

func TestOlderForms(t *testing.T) {
	for _, c := range []struct{ kind, normal, older string }{
		{"email", "mia@example.org", "mia@example.org."}, {"email", "mia@example.org", "mailto:mia@example.org"},
		{"email", "mia@example.org", "mia@example.org\u200b"}, {"email", "mia@xn--bcher-kva.example", "mia@bücher.example"},
		{"phone", "+49301234567", "+490301234567"}, {"phone", "+441632960961", "+4401632960961"},
	} {
		forms := identity.OlderForms(identity.Key{Kind: identity.Kind(c.kind), Value: c.normal})
		if older := (identity.Key{Kind: identity.Kind(c.kind), Value: c.older}); !slices.Contains(forms, older) {
			t.Errorf("%q is not among %v", c.older, forms)
		}
	}
}

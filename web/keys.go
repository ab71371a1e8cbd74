package web

import (
	"cmp"
	"slices"
	"time"
)

// VaultStatus is which keys the vault has, and how old they are.
type VaultStatus struct {
	Customers, Destroyed int64 // with a key, and whose key was destroyed
	OldestKey            *time.Time
	FoundedAt            time.Time
	RotatedAt            *time.Time // the vault's own key
	Master               string     // by what name the server has it
	MasterRotatedAt      *time.Time
}

// keys are which keys there are, how old they are, and how they are renewed. No secret is on the page: the server does not tell
// any.
func (v *visit) keys() (*Page, error) {
	p := &Page{Lead: "Which keys there are, how old they are, and how to renew them. Keys themselves are shown nowhere."}
	p.Title, p.Section, p.Tabs = "Keys", "operations", v.operationTabs("keys")
	p.add(v.vaultPanels())
	p.add(v.tokensInForce())
	p.add(v.proofKey())
	p.add(v.secretsPanel())
	return p, nil
}

func (v *visit) since(t *time.Time) Cell {
	if t == nil {
		return Cell{Text: "never", Tone: "dim"}
	}
	days := int64(v.now().Sub(*t) / (24 * time.Hour))
	return Cell{Text: unbroken(v.Time(t.Format(time.RFC3339))) + ", " + v.Int(days) + " days ago"}
}

// commandLine shows what to type.
func commandLine(text string) Cell { return Cell{Text: text, Tone: "code"} }

func (v *visit) vaultPanels() (Panel, error) {
	p := Panel{Title: "Customers' keys", Wide: 6, Note: "What is personal in the log is sealed by a key for each customer. Erasing a customer destroys it."}
	if v.vault == nil {
		p.Empty = "This server seals nothing, so there is no vault."
		return p, nil
	}
	s, err := v.vault(v.r.Context())
	if err != nil {
		v.logger.Error("ask the vault", "error", err)
		return p, &Problem{Status: 503, Title: "The vault does not answer", Detail: "It is in the database; the server's log says more."}
	}
	p.Facts = []Fact{{Name: "Customers with a key", Value: Cell{Text: v.Int(s.Customers)}}, {Name: "Destroyed", Value: Cell{Text: v.Int(s.Destroyed)}},
		{Name: "Oldest key", Value: v.since(s.OldestKey)}, {Name: "Vault founded", Value: v.since(&s.FoundedAt)}, {Name: "Vault's key renewed", Value: v.since(s.RotatedAt)},
		{Name: "Renew them", Value: commandLine("rapport keys rotate --all")}, {Name: "Master key", Value: Cell{Text: s.Master, Tone: "code"}},
		{Name: "Master key changed", Value: v.since(s.MasterRotatedAt)}, {Name: "Change it", Value: commandLine("rapport keys rotate --master NEW")}}
	return p, nil
}

// tokensInForce counts the tokens, by what they may do.
func (v *visit) tokensInForce() (Panel, error) {
	p := Panel{Title: "API tokens", Wide: 6, Note: "A token is told once, when it is issued; the log keeps a hash of it. To renew one, issue another, then revoke it.", Links: []Link{{Text: "All tokens", Href: "/audit/tokens"}, {Text: "Issue a token", Href: "/do/issueToken"}}}
	rows, err := v.allTokens()
	if err != nil {
		return p, err
	}
	rows = slices.DeleteFunc(rows, func(r row) bool { return r["state"] != "in_force" })
	var roles []row
	for _, role := range distinct(rows, "role") {
		of := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r["role"] != role })
		slices.SortFunc(of, up("issued_at"))
		lasting := 0
		for _, r := range of {
			if !r.has("expires_at") {
				lasting++
			}
		}
		roles = append(roles, row{"role": role, "tokens": v.Int(int64(len(of))), "oldest": of[0]["issued_at"], "lasting": v.Int(int64(lasting))})
	}
	return listed(p, roles, "No token was issued yet: whoever uses this machine may do everything. Issue one; the first is an admin's.",
		v.nameds("Role", "role"), v.counts("In force", "tokens"), v.times("The oldest is of", "oldest"), v.counts("Without an end", "lasting")), nil
}

// proofKey is the public key by which heads are signed.
func (v *visit) proofKey() (Panel, error) {
	p := Panel{Title: "Proof key", Wide: 6, Note: "Heads of the log are signed by it. Its public half verifies them; keep a copy elsewhere."}
	var out struct {
		Verifier string
		Changes  []string
	}
	if err := v.get("/v1/proof/key", &out); err != nil {
		return p, err
	}
	p.Facts = []Fact{{Name: "Public key", Value: Cell{Text: out.Verifier, Tone: "code"}}, {Name: "Changed", Value: Cell{Text: v.Int(int64(len(out.Changes))) + " times"}},
		{Name: "Change it, while no server runs", Value: commandLine("rapport proof rotate")}}
	if heads, _, err := v.list("/v1/proof/heads", "heads", 1, nil); err == nil && len(heads) == 1 {
		p.Facts = append(p.Facts, Fact{Name: "Signed last", Value: v.time(heads[0], "signed_at")})
	}
	return p, nil
}

// secretsPanel are the secrets that are shared with other systems, by their names.
func (v *visit) secretsPanel() (Panel, error) {
	p := Panel{Title: "Secrets of other systems", Wide: 6, Note: "Subscriptions sign what they send; webhooks check who sends. The secrets are files of the server's."}
	subscriptions, _, err := v.list("/v1/subscriptions", "subscriptions", 200, nil)
	if err != nil {
		return p, err
	}
	webhooks, _, err := v.list("/v1/webhooks", "webhooks", 200, nil)
	if err != nil {
		return p, err
	}
	rows := append(subscriptions, webhooks...)
	return listed(p, rows, "No other system is told of anything, and none tells this one. Publish a subscription or a webhook under Actions, Integration.",
		left("Of", func(r row) Cell {
			return Cell{Text: cmp.Or(r["title"], words(cmp.Or(r["subscription"], r["webhook"])))}
		}),
		left("Secret", func(r row) Cell {
			if r.has("subscription") {
				return Cell{Text: "number " + r["secret"]}
			}
			return commandLine(r["secret"])
		}), v.days("Since", "published_on"), v.times("The one before signs until", "previous_secret_until"),
		left("", func(r row) Cell {
			if !r.has("subscription") || r.has("retired_on") || !v.may("rotate_subscription_secret") {
				return Cell{}
			}
			return Cell{Text: "Renew…", Href: doing("rotate_subscription_secret", "subscription", r["subscription"], "_next", "/operations/keys")}
		})), nil
}

package webhook_test

import (
	"errors"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/domain/webhook"
)

// The signatures are those of openssl dgst -sha256 -hmac.
func TestSignature(t *testing.T) {
	const (
		alone   = "564c88996eca094e86962bc8c3ca28f6868b19f1646c542d29b5132b84f93dc3"
		alone64 = "VkyImW7KCU6GlivIw8oo9oaLGfFkbFQtKbUTK4T5PcM="
		timed   = "99bc91354a9a2991211c608926deb80e8de27bfb29d1ddbc5e52329385aa8d5a"
	)
	body := []byte(`{"id":1}`)
	now := time.Unix(1_700_000_000, 0)
	secrets := []string{"an older secret, retired soon", "0123456789abcdef"}
	hex := webhook.Signature{Header: "X-Signature", Prefix: "sha256=", Encoding: "hex"}
	dated := webhook.Signature{Header: "X-Signature", Encoding: "hex", TimestampHeader: "X-Time", ToleranceS: 300}
	type headers map[string]string
	for name, c := range map[string]struct {
		signature webhook.Signature
		headers   headers
		secrets   []string
		want      error
	}{
		"hex":              {hex, headers{"X-Signature": "sha256=" + alone}, secrets, nil},
		"base64":           {webhook.Signature{Header: "X-Signature", Encoding: "base64"}, headers{"X-Signature": alone64}, secrets, nil},
		"none":             {hex, headers{}, secrets, webhook.ErrUnsigned},
		"prefix only":      {hex, headers{"X-Signature": "sha256="}, secrets, webhook.ErrUnsigned},
		"no prefix":        {hex, headers{"X-Signature": alone}, secrets, webhook.ErrUnsigned},
		"not hex":          {hex, headers{"X-Signature": "sha256=zz"}, secrets, webhook.ErrSignature},
		"cut":              {hex, headers{"X-Signature": "sha256=" + alone[:62]}, secrets, webhook.ErrSignature},
		"of another body":  {hex, headers{"X-Signature": "sha256=" + timed}, secrets, webhook.ErrSignature},
		"of another":       {hex, headers{"X-Signature": "sha256=" + alone}, secrets[:1], webhook.ErrSignature},
		"without a secret": {hex, headers{"X-Signature": "sha256=" + alone}, nil, webhook.ErrSignature},
		"in time":          {dated, headers{"X-Signature": timed, "X-Time": "1699999700"}, secrets, nil},
		"a time changed":   {dated, headers{"X-Signature": timed, "X-Time": "1700000000"}, secrets, webhook.ErrSignature},
		"no time":          {dated, headers{"X-Signature": alone}, secrets, webhook.ErrSignature},
	} {
		err := c.signature.Check(c.secrets, func(name string) string { return c.headers[name] }, body, now)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v; want %v", name, err, c.want)
		}
	}
	for _, late := range []time.Duration{time.Second, -601 * time.Second} {
		err := dated.Check(secrets, func(name string) string {
			return headers{"X-Signature": timed, "X-Time": "1699999700"}[name]
		}, body, now.Add(late))
		if !errors.Is(err, webhook.ErrSignatureTime) {
			t.Errorf("%v off: %v", late, err)
		}
	}
}

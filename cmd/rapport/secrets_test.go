package main

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSecretsOfWebhooks(t *testing.T) {
	const old, new = "0123456789abcdef", "fedcba9876543210"
	t.Setenv("RAPPORT_WEBHOOK_SECRET_SHOP", old)
	t.Setenv("RAPPORT_WEBHOOK_SECRET_TILL", "short")
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "SHOP"), []byte(new+"\n"+old+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	logger := slog.New(slog.NewTextHandler(io.Discard, nil))
	for name, c := range map[string]struct {
		folder, secret string
		want           []string
	}{
		"of the environment":   {"", "SHOP", []string{old}},
		"too short":            {"", "TILL", nil},
		"not there":            {"", "BANK", nil},
		"of a file, being two": {folder, "SHOP", []string{new, old}},
		"no such file":         {folder, "TILL", nil},
	} {
		got := serveCmd{WebhookSecrets: c.folder}.secretsOf(logger)(c.secret)
		if len(got)+len(c.want) > 0 && !cmp.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

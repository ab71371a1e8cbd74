package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rapport-crm/rapport/domain/webhook"
)

// secretPrefix begins the environment variables that hold secrets of webhooks, by their names.
const secretPrefix = "RAPPORT_WEBHOOK_SECRET_"

// secretsOf answers the secrets of a name, as they are now: the words of a file in the folder of secrets, or of an
// environment variable where there is no such folder. While a sender changes its secret, the old and the new one
// both stand there. Words that are too short to protect anything are none.
func (c serveCmd) secretsOf(logger *slog.Logger) func(name string) []string {
	return func(name string) []string {
		text := os.Getenv(secretPrefix + name)
		if c.WebhookSecrets != "" {
			held, err := os.ReadFile(filepath.Join(c.WebhookSecrets, name))
			if err != nil {
				logger.Error("a webhook's secret cannot be read", "error", err)
			}
			text = string(held)
		}
		return slices.DeleteFunc(strings.Fields(text), func(word string) bool { return len(word) < webhook.MinSecretBytes })
	}
}

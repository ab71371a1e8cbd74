package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// Rows that somebody changed in the database are named, with an exit status that says so, until a rebuild mends them.
func TestVerifyTheReadModels(t *testing.T) {
	p := serve(t, t.TempDir())
	var ann struct {
		ID string `json:"customer_id"`
	}
	p.must("POST", "/v1/customers", `{"kind":"person","name":"Ann","occurred_at":"2020-01-01T00:00:00Z"}`, &ann)
	p.settled()
	if code, text := p.http("GET", "/v1/projections/verification", ""); code != 404 {
		t.Errorf("a verification that never was: %d %s", code, text)
	}
	const same = " are what the log makes, at position "
	if out := p.rapport("projections", "verify"); !strings.Contains(out, same) {
		t.Errorf("untouched: %s", out)
	}
	if rows := p.sql("UPDATE crm.customer_summary SET country = 'FR' RETURNING 1"); len(rows) != 1 {
		t.Fatalf("changed %v", rows)
	}
	out, err := p.try(context.Background(), "projections", "verify")
	var exit *exec.ExitError
	want := fmt.Sprintf("customer_summary 1 rows, the log makes 1 1 differ {\"customer_id\":%q} other country", ann.ID)
	if words := strings.Join(strings.Fields(out), " "); !errors.As(err, &exit) || exit.ExitCode() != 3 ||
		!strings.Contains(words, want) || !strings.Contains(words, "rapport projections rebuild") {
		t.Errorf("a changed row: %v\n%s", err, out)
	}
	p.rapport("projections", "rebuild")
	if out := p.rapport("projections", "verify"); !strings.Contains(out, same) {
		t.Errorf("rebuilt: %s", out)
	}
	p.end(syscall.SIGTERM)
}

package domaintest_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/product"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/webhook"
)

// On an empty stream, only commands that say so are accepted; the others are refused as of something that there is not,
// whatever they say.
func TestOnlyFoundingCommandsFound(t *testing.T) {
	for _, command := range domaintest.Commands {
		switch c := command.(type) {
		case customer.Command:
			checkFounding(t, &customer.State{}, c)
		case campaign.Command:
			checkFounding(t, &campaign.State{}, c)
		case product.Command:
			checkFounding(t, &product.State{}, c)
		case segment.Command:
			checkFounding(t, &segment.State{}, c)
		case guidance.Command:
			checkFounding(t, &guidance.State{}, c)
		case subscription.Command:
			checkFounding(t, &subscription.State{}, c)
		case webhook.Command:
			checkFounding(t, &webhook.State{}, c)
		}
	}
}

func checkFounding[P domain.StateOf[S], S any, N domain.Needing](t *testing.T, nothing P, c domain.CommandOf[S, N]) {
	t.Helper()
	if c.Needs().Common().Founds {
		return
	}
	events, err := domaintest.Decide(nothing, c)
	var refused *domain.Rejection
	if !errors.As(err, &refused) || refused.Kind != domain.Unknown || len(events) > 0 {
		t.Errorf("%T of nothing: %v, %v, want that there is no such thing", c, events, err)
	}
}

// What was erased is gone for every command but the one that erases.
func TestWhatIsErasedIsGone(t *testing.T) {
	for _, command := range domaintest.Commands {
		c, ok := command.(customer.Command)
		if !ok || c.Needs().Outlasts {
			continue
		}
		erased := &customer.State{}
		customer.Erased{Reason: "asked"}.Evolve(erased, domain.Metadata{})
		if _, err := domaintest.Decide(erased, c); !errors.Is(err, customer.ErrErased) {
			t.Errorf("%T of one who was erased: %v", c, err)
		}
	}
}

// A command whose needs do not fit its noun does not compile.
func TestNeedsThatDoNotFitDoNotCompile(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "vet", "./testdata/misfit").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "wrong type for method Needs") {
		t.Errorf("go vet said: %v\n%s", err, out)
	}
}

// Package customer decides everything that concerns one customer. One customer is one stream: every rule
// that spans a customer is decided here, in one consistent place. A file is a noun: its commands with
// Decide, its events with Evolve, the part of the state that they own, and its rejections.
package customer

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/identity"
)

// StreamPrefix begins the name of every customer's stream.
const StreamPrefix = "customer-"

// Stream names a customer's stream.
func Stream(id uuid.UUID) string { return StreamPrefix + id.String() }

// IDOf answers whose stream it is; false where it is no customer's.
func IDOf(stream string) (uuid.UUID, bool) {
	text, ok := strings.CutPrefix(stream, StreamPrefix)
	if !ok {
		return uuid.Nil, false
	}
	id, err := uuid.Parse(text)
	return id, err == nil
}

// Event is a fact about one customer, Command asks for one.
type (
	Event   = domain.EventOf[State]
	Command = domain.CommandOf[State, Needs]
	Given   = domain.Given[Needs]
)

// Condition is a command of another customer that is carried out together with a fact. Where the store cannot record
// both at once it is carried out before the fact, or after it.
type Condition struct {
	CustomerID uuid.UUID
	Command    Command
	After      bool
}

// Told is an event that says in one line what happened, for timelines. The line speaks of no person: no
// names, no free text.
type Told interface {
	domain.Event
	Summary() string
}

// State is what decisions about a customer need to know, and nothing more. Its zero value is a customer
// of whom nothing is known.
type State struct {
	registration    registrationState
	absorbed        map[uuid.UUID]domain.Digest // registrations of those for whom the customer stands
	profiles        map[uuid.UUID]profileState  // of the customer, by zero, and of those
	joint           bool                        // somebody is or was absorbed: whose each thing is counts
	owners          map[uuid.UUID]uuid.UUID     // of all things then, by the thing; zero where the customer does
	archived        bool
	attributes      attributesState
	contactPoints   contactPointsState
	roles           rolesState
	relationships   map[uuid.UUID]*relationshipState
	insights        map[uuid.UUID]*insightState
	shares          map[uuid.UUID]domain.Digest
	identities      map[identity.Key]uuid.UUID // whose each is; zero for the survivor's
	merges          mergesState
	purchases       map[uuid.UUID]*purchaseState
	payments        map[uuid.UUID]domain.Digest
	returns         map[uuid.UUID]domain.Digest
	interactions    map[uuid.UUID]domain.Digest
	interviews      map[uuid.UUID]domain.Digest
	surveys         map[uuid.UUID]domain.Digest
	campaigns       campaignsState
	promises        promisesState
	leads           map[uuid.UUID]*leadState
	pipeline        map[uuid.UUID]*opportunityState
	offers          offersState
	assets          assetsState
	cases           casesState
	consents        consentsState
	points          pointsState
	referrals       referralsState
	agreements      agreementsState
	recommendations recommendationsState
	handovers       handoversState
	began           beginnings
	fell            time.Time // when the latest fell due of what the calendar recorded
	erased          bool
}

// Guard implements domain.StateOf: nothing is asked of a customer who was never registered, or was erased.
func (s *State) Guard(n domain.Needs) error {
	switch {
	case s.erased && !n.Outlasts:
		return ErrErased
	case !s.erased && !s.registration.done && !n.Founds:
		return ErrUnknown
	}
	return nil
}

// ErrUnknown refuses what is asked of a customer who was never registered.
var ErrUnknown = &domain.Rejection{Kind: domain.Unknown, Code: "customer_unknown", Field: "customer_id",
	Reason: "no such customer: register them first"}

// checkText refuses what cannot be kept in a field that people or systems write freely.
func checkText(s string, bytes int, field string, args ...any) error {
	if err := domain.CheckText(s, bytes); err != nil {
		return err.At(field, args...)
	}
	return nil
}

// counted says how many: "1 line", "2 lines".
func counted(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}

// referred adds the number of a document, if there is one.
func referred(document, reference string) string {
	if reference == "" {
		return ""
	}
	return fmt.Sprintf(" (%s %s)", document, reference)
}

func remember[V any](m *map[uuid.UUID]V, id uuid.UUID, v V) {
	if *m == nil {
		*m = map[uuid.UUID]V{}
	}
	(*m)[id] = v
}

// Package commands carries out what is asked of the domain: it loads the stream, lets the command decide over
// the state, appends what it decided from the revision that it knew, and answers. It must not know HTTP or
// the read models.
package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/product"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/domain/webhook"
	"github.com/rapport-crm/rapport/eventstore"
)

// Options are what may be left at its zero value.
type Options struct {
	// Now answers the time; time.Now.
	Now func() time.Time
	// MemoryBytes bounds the folded states that are in memory, of all streams together: 128 MiB.
	MemoryBytes int64
	// Snapshots keeps customers' states that leave the memory; nil: they are folded from the log again.
	Snapshots *Snapshots
	// MaxAttempts bounds how often a command is decided when others write to its stream meanwhile: 16.
	MaxAttempts int
	// Purchases answers what customers bought, for a model of value to be fitted to; without it none can be.
	Purchases func(context.Context, value.Fit) (value.Base, error)
	// Erased is told of each customer who was erased, once that is durable; whoever asked for it waits.
	Erased func(context.Context, uuid.UUID)
	// Halted returns why no command is carried out now, such as a log that is not the one that was written down. The
	// error should be an ErrHalted.
	Halted func(context.Context) error
	// Pseudonyms answers the secret that goes into all that is derived from what is personal and stands in the log
	// for everybody to read: the names of identities' streams, and commands' digests. It must not change; without it,
	// what was personal can be found by trying.
	Pseudonyms func(context.Context) ([]byte, error)
}

func (o *Options) setDefaults() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MemoryBytes <= 0 {
		o.MemoryBytes = 128 << 20
	}
	if o.MaxAttempts <= 0 {
		o.MaxAttempts = 16
	}
	if o.Erased == nil {
		o.Erased = func(context.Context, uuid.UUID) {}
	}
	if o.Halted == nil {
		o.Halted = func(context.Context) error { return nil }
	}
	if o.Pseudonyms == nil {
		o.Pseudonyms = func(context.Context) ([]byte, error) { return nil, nil }
	}
}

// Service holds a handler for each kind of stream. It is safe for concurrent use.
type Service struct {
	Customers      *Handler[customer.State, customer.Needs]
	Segments       *Handler[segment.State, segment.Needs]
	Guidance       *Handler[guidance.State, guidance.Needs]
	Campaigns      *Handler[campaign.State, campaign.Needs]
	Questionnaires *Handler[questionnaire.State, questionnaire.Needs]
	Policies       *Handler[policy.State, policy.Needs]
	Products       *Handler[product.State, product.Needs]
	ValueModel     *Handler[value.State, value.Needs]
	Webhooks       *Handler[webhook.State, webhook.Needs]
	Subscriptions  *Handler[subscription.State, subscription.Needs]
	Access         *Handler[access.State, access.Needs]
	Calendar       *Handler[calendar.State, calendar.Needs]
	Business       *Handler[business.State, business.Needs]
	Custody        *Handler[custody.State, custody.Needs]
	// Identities are claimed and released along with what is recorded of customers.
	Identities *Handler[identity.State, identity.Needs]

	log       *log
	memory    *memory
	settings  settings
	deadlines deadlines
	templates templates
	purchases func(context.Context, value.Fit) (value.Base, error)
	told      func(ctx context.Context, erased uuid.UUID)
}

// New answers a service over a log.
func New(store eventstore.Store, codec *eventstore.Codec, o Options) *Service {
	o.setDefaults()
	l := &log{store: store, codec: codec, now: o.Now, maxAttempts: o.MaxAttempts, pseudonyms: o.Pseudonyms,
		halted: o.Halted}
	s := &Service{log: l, purchases: o.Purchases, told: o.Erased, memory: newMemory(o.MemoryBytes)}
	s.Customers = newHandler[*customer.State, customer.State, customer.Needs](s)
	s.Segments = newHandler[*segment.State, segment.State, segment.Needs](s)
	s.Guidance = newHandler[*guidance.State, guidance.State, guidance.Needs](s)
	s.Campaigns = newHandler[*campaign.State, campaign.State, campaign.Needs](s)
	s.Questionnaires = newHandler[*questionnaire.State, questionnaire.State, questionnaire.Needs](s)
	s.Policies = newHandler[*policy.State, policy.State, policy.Needs](s)
	s.ValueModel = newHandler[*value.State, value.State, value.Needs](s)
	s.ValueModel.lookUp = s.based
	s.Webhooks = newHandler[*webhook.State, webhook.State, webhook.Needs](s)
	s.Subscriptions = newHandler[*subscription.State, subscription.State, subscription.Needs](s)
	s.Products = newHandler[*product.State, product.State, product.Needs](s)
	s.Access = newHandler[*access.State, access.State, access.Needs](s)
	s.Calendar = newHandler[*calendar.State, calendar.State, calendar.Needs](s)
	s.Business = newHandler[*business.State, business.State, business.Needs](s)
	s.Custody = newHandler[*custody.State, custody.State, custody.Needs](s)
	s.Custody.lookUp = s.missing
	s.Identities = newHandler[*identity.State, identity.State, identity.Needs](s)
	if o.Snapshots != nil {
		s.Customers.cache.behind = o.Snapshots
	}
	s.Customers.claims = s
	s.Customers.persons = s.persons()
	s.Customers.known = s.deadlines.note
	s.Customers.lookUp = s.ofOthers
	s.Guidance.lookUp = s.segmentInForce
	s.Policies.lookUp = s.segmentsInForce
	s.Calendar.after = s.dayClosed
	return s
}

// Close saves what is in memory for the next process, where there are snapshots. No command may be under way.
func (s *Service) Close() { s.memory.flush() }

// Newest answers the newest fact of a stream; false when the stream is empty.
func (s *Service) Newest(ctx context.Context, stream string) (domain.Recorded, bool, error) {
	for record, err := range s.log.store.ReadStreamBackwards(ctx, stream, eventstore.End) {
		if err != nil {
			return domain.Recorded{}, false, fmt.Errorf("read %s: %w", stream, err)
		}
		recorded, err := s.log.codec.Decode(ctx, record)
		if errors.Is(err, eventstore.ErrForeignType) {
			continue
		}
		return recorded, err == nil, err
	}
	return domain.Recorded{}, false, ctx.Err()
}

// Facts answers those of a stream, from a revision on.
func (s *Service) Facts(ctx context.Context, stream string, from uint64) (facts []domain.Recorded, err error) {
	for record, err := range eventstore.ReadWhole(ctx, s.log.store, stream, from) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", stream, err)
		}
		fact, err := s.log.codec.Decode(ctx, record)
		if errors.Is(err, eventstore.ErrForeignType) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", stream, err)
		}
		facts = append(facts, fact)
	}
	return facts, nil
}

// log is where the handlers read and write, and the clock that they go by.
type log struct {
	store       eventstore.Store
	codec       *eventstore.Codec
	now         func() time.Time
	maxAttempts int
	pseudonyms  func(context.Context) ([]byte, error)
	halted      func(context.Context) error
}

// ErrHalted: the log is not the one that was written down, so nothing more is decided on it.
var ErrHalted = errors.New("no commands are carried out: the log is not the one that was written down")

// system is the metadata of what the service does on its own account.
func system() domain.Metadata { return domain.Metadata{Source: "rapport", Actor: "system"} }

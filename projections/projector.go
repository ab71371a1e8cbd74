package projections

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Projector keeps some tables: their definition, and which facts become what rows.
type Projector struct {
	Name string
	// Schema is the DDL of the tables and views; notes in it become COMMENTs.
	Schema string
	On     []Handler
}

// Handler turns facts of one type into rows.
type Handler struct {
	eventType string // empty: every fact of a customer's stream
	handle    func(domain.Recorded, *page) error
}

// On handles one type of event. An error is the event's fault, not the database's, unless it wraps one.
func On[E domain.Event](handle func(E, domain.Recorded, *page) error) Handler {
	var e E
	return Handler{eventType: e.EventType(), handle: func(r domain.Recorded, p *page) error {
		return handle(r.Event.(E), r, p)
	}}
}

// OnCustomer handles every fact of a customer's stream.
func OnCustomer(handle func(domain.Recorded, *page) error) Handler { return Handler{handle: handle} }

// Projectors lists what the read models consist of. A new noun is a line here.
var Projectors = []Projector{
	Demand, // first, since it asks which day was closed before
	PriceBands,
	Calendar,
	Customers,
	Timeline,
	Attributes,
	ContactPoints,
	Roles,
	Relationships,
	Insights,
	Sharing,
	Purchases,
	Categories,
	Orders,
	Returns,
	Interactions,
	Interviews,
	Identities,
	Promises,
	Leads,
	Opportunities,
	Pipeline,
	Offers,
	Products,
	Consents,
	Questionnaires,
	Surveys,
	CampaignMessages,
	Campaigns,
	Webhooks,
	AccessTokens,
	DataQuality,
	Points,
	Referrals,
	Agreements,
	Work,
	Assets,
	Maintenance,
	Cases,
	ServicePolicy,
	Loyalty,
	Tiers,
	Profitability,
	Equity,
	Maturity,
	Segments,
	Archiving,
	Retention,
	Guidance,
	GuidanceOutcome,
	RFM,
	Cohorts,
	Scorecards,
	Threats,
	Value,
	Reads,
	Erasures,
	Merges, // last, since a split writes anew what the others wrote
}

// handlers arranges the handlers of projectors by event type.
type handlers struct {
	byType   map[string][]Handler
	customer []Handler
}

func arrange(projectors []Projector) handlers {
	h := handlers{byType: map[string][]Handler{}}
	for _, p := range projectors {
		for _, on := range p.On {
			if on.eventType == "" {
				h.customer = append(h.customer, on)
				continue
			}
			h.byType[on.eventType] = append(h.byType[on.eventType], on)
		}
	}
	return h
}

// page is the work on consecutive events within one transaction: the memory of the read models, and the
// rows that wait to be written.
type page struct {
	*models
	ctx      context.Context
	tx       pgx.Tx
	handlers handlers

	sets  map[any]set
	order []set

	// id, customer and day are of the event being applied, when it is a customer's.
	id       uuid.UUID
	customer *relation
	day      domain.Day
	position uint64 // of the event being applied

	// replaying tells that customers are written anew: rows that are nobody's stand already. overruled are
	// the positions of merges and splits that count for nothing then.
	replaying bool
	overruled map[uint64]bool

	// stirred are the customers of whom something changed since they were last judged; stale are those
	// whose rows must be written.
	stirred map[uuid.UUID]*relation
	stale   map[uuid.UUID]*relation

	// erased are the customers who were erased by the last events. closed are those of whom nothing personal may be
	// read while customers are written anew.
	erased []uuid.UUID
	closed map[uuid.UUID]bool

	announces bool // whether other systems are told who enters a segment and leaves it
}

// set is the rows of one table, whatever their type.
type set interface {
	write(context.Context, pgx.Tx, *pgx.Batch) error
}

func newPage(ctx context.Context, tx pgx.Tx, m *models) *page {
	return &page{models: m, ctx: ctx, tx: tx, sets: map[any]set{},
		stirred: map[uuid.UUID]*relation{}, stale: map[uuid.UUID]*relation{}}
}

// add writes a row at the end of the page.
func add[R any](p *page, t *table[R], r R) {
	s := setOf(p, t, func() *rowSet[R] { return &rowSet[R]{table: t} })
	s.rows = append(s.rows, r)
}

// setOf answers the page's set under a key, made where it is missing.
func setOf[S set](p *page, key any, make func() S) S {
	s, ok := p.sets[key]
	if !ok {
		s = make()
		p.sets[key] = s
		p.order = append(p.order, s)
	}
	return s.(S)
}

// apply takes one event.
func (p *page) apply(r domain.Recorded) error {
	if len(p.erased) > 0 && p.concerns(r) {
		if err := p.flush(nil); err != nil {
			return err
		}
	}
	p.customer, p.position = nil, r.Position
	if id, ok := customer.IDOf(r.Stream); ok {
		if err := p.touch(id, r); err != nil {
			return err
		}
		for _, on := range p.handlers.customer {
			if err := on.handle(r, p); err != nil {
				return err
			}
		}
	}
	for _, on := range p.handlers.byType[r.Event.EventType()] {
		if err := on.handle(r, p); err != nil {
			return err
		}
	}
	return nil
}

// touch folds an event of a customer into what is remembered of them.
func (p *page) touch(id uuid.UUID, r domain.Recorded) error {
	p.id, p.day = id, domain.DayOf(r.Metadata.OccurredAt, p.clock.zone)
	if err := p.observe(p.day, r); err != nil {
		return err
	}
	c, err := p.relation(id)
	if err != nil {
		return err
	}
	stands, standing := id, c
	if c.Into != nil {
		stands = *c.Into
		if standing, err = p.relation(stands); err != nil {
			return err
		}
	}
	if p.day > standing.Effective(&standing.Facts, p.clock.on) {
		// The customer's days are judged at their end: a later day begins, so the one before is over.
		if err := p.judgeStirred(stands, standing); err != nil {
			return err
		}
	}
	if changesValue(r.Event) {
		p.revalue(stands, standing)
	}
	c.Facts.Apply(r, p.day)
	c.Revision = int64(r.Revision)
	if standing != c {
		standing.Facts.Apply(r, p.day)
	}
	p.customer = c
	p.stale[id], p.stale[stands] = c, standing
	p.stirred[stands] = standing
	return nil
}

// flush judges whoever was stirred and writes all rows that wait, with more statements if given. Whoever was erased is
// written anew.
func (p *page) flush(more func(*pgx.Batch)) error {
	if err := p.writeAll(more); err != nil || len(p.erased) == 0 {
		return err
	}
	return p.rewriteErased()
}

func (p *page) writeAll(more func(*pgx.Batch)) error {
	if err := p.judgeAllStirred(); err != nil {
		return err
	}
	if err := p.writeRelations(); err != nil {
		return err
	}
	b := &pgx.Batch{}
	for _, s := range p.order {
		if err := s.write(p.ctx, p.tx, b); err != nil {
			return err
		}
	}
	if more != nil {
		more(b)
	}
	if b.Len() == 0 {
		return nil
	}
	if err := p.tx.SendBatch(p.ctx, b).Close(); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

package commandstest

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// A person is one, under however many ids: what a command decides on several streams is what it would decide if all that
// was told of the person had been told in one.

// LivePersons lives as Live does, with more merges and splits, voids, corrections and late facts. What is asked of somebody
// who is or was merged is asked of their facts in one stream, too, and must be decided alike.
func (l *Life) LivePersons(t *rapid.T) {
	l.late = 5
	l.oneStream = &oneStream{told: map[place]customer.Command{}}
	for _, id := range domaintest.Customers[1:] {
		l.ask(t, request{stream: customer.Stream(id), command: customer.Register{Kind: customer.Person}})
	}
	t.Repeat(map[string]func(*rapid.T){"step": func(t *rapid.T) {
		switch rapid.IntRange(0, 7).Draw(t, "kind of step") {
		case 7:
			l.mergeOrSplit(t)
		case 6:
			l.mend(t)
		default:
			l.step(t)
		}
	}})
}

// Compared returns how many decisions were held against those on one stream, and how many of them were refusals.
func (l *Life) Compared() (all, refused int) { return l.oneStream.compared, l.oneStream.refused }

// oneStream is what is known of a life whose decisions are held against those on one stream.
type oneStream struct {
	told              map[place]customer.Command // by the fact that it left
	compared, refused int
}

// place is where a fact stands.
type place struct {
	stream   string
	revision uint64
}

func (l *Life) drawCustomer(t *rapid.T, what string) uuid.UUID {
	return rapid.SampledFrom(domaintest.Customers).Draw(t, what)
}

func (l *Life) mergeOrSplit(t *rapid.T) {
	survivor, absorbed := l.drawCustomer(t, "survivor"), l.drawCustomer(t, "absorbed")
	var c customer.Command = customer.Absorb{AbsorbedID: absorbed}
	if rapid.IntRange(0, 3).Draw(t, "split") == 3 {
		c = customer.Separate{AbsorbedID: absorbed}
	}
	l.ask(t, request{stream: customer.Stream(survivor), command: c, metadata: domain.Metadata{OccurredAt: l.now, Actor: "ann"}})
}

// mend voids a fact, or says that it happened at another time.
func (l *Life) mend(t *rapid.T) {
	stream := customer.Stream(l.drawCustomer(t, "whose fact"))
	n := l.log.revisions[stream]
	if n == 0 {
		return
	}
	at := place{stream, uint64(rapid.IntRange(0, int(n)-1).Draw(t, "which fact"))}
	m := domain.Metadata{OccurredAt: l.now, Actor: "ann"}
	var c customer.Command = customer.VoidFact{Revision: at.revision}
	if told := l.oneStream.told[at]; told != nil && rapid.Bool().Draw(t, "correct") {
		c = customer.CorrectFact{Revision: at.revision, As: told}
		m.OccurredAt = l.now.AddDate(0, 0, -rapid.IntRange(0, 40).Draw(t, "days ago"))
	}
	l.ask(t, request{stream: stream, command: c, metadata: m})
}

// verdict is what a command decides: the facts that follow, or why it is refused.
type verdict struct {
	Code  string
	Facts []fact
}

type fact struct{ Type, Data, OccurredAt string }

// foreseen is what is decided on a person's facts in one stream, and where those stand.
type foreseen struct {
	verdict
	survivor uuid.UUID
	at       map[place]uint64
	err      error
}

// foresee asks a command of the person's facts in one stream; nil where that says nothing.
func (l *Life) foresee(t *rapid.T, r request) *foreseen {
	c, ok := r.command.(customer.Command)
	if l.oneStream == nil || !ok || !personal(c) {
		return nil
	}
	asked, _ := customer.IDOf(r.stream)
	one := alone(asked, l.log.all)
	if one == nil || rapid.IntRange(0, 2).Draw(t, "compare") > 0 {
		return nil
	}
	if named := idsOf(c); slices.ContainsFunc(named, func(id uuid.UUID) bool { return one.members[id] && id != one.survivor }) {
		return nil // it names one of their own ids, which are none in one stream
	}
	switch named := c.(type) {
	case customer.VoidFact:
		if named.Revision, ok = one.at[place{r.stream, named.Revision}]; !ok {
			return nil
		}
		c = named
	case customer.CorrectFact:
		if named.Revision, ok = one.at[place{r.stream, named.Revision}]; !ok {
			return nil
		}
		c = named
	}
	store := one.write(t, l.log.codec)
	defer store.Close()
	other := log{store: store, codec: l.log.codec, revisions: map[string]uint64{}}
	other.grown(t)
	r.stream, r.command, r.key = customer.Stream(one.survivor), c, ""
	_, err := handle(t, commands.New(store, l.log.codec, commands.Options{Now: Now}), r)
	f := &foreseen{survivor: one.survivor, at: one.at, err: err}
	f.verdict = f.of(t, other.grown(t), err, nil)
	return f
}

// compare holds what was decided against what was foreseen.
func (l *Life) compare(t *rapid.T, r request, f *foreseen, left []domain.Recorded, err error) {
	if l.oneStream != nil {
		l.remember(r, left)
	}
	if f == nil {
		return
	}
	got := f.of(t, left, err, f.at)
	if l.oneStream.compared++; got.Code != "" {
		l.oneStream.refused++
	}
	if diff := cmp.Diff(f.verdict, got); diff != "" {
		t.Fatalf("%T %+v, asked of %s, is decided otherwise (%v) than on one stream (%v) (-one +several):\n%s", r.command, r.command,
			r.stream, err, f.err, diff)
	}
}

// remember notes by which command a fact was told.
func (l *Life) remember(r request, left []domain.Recorded) {
	c, ok := r.command.(customer.Command)
	if !ok || c.Needs().Common().Itself {
		return
	}
	if again, ok := c.(customer.CorrectFact); ok {
		c = again.As
	}
	for _, e := range left {
		if _, void := e.Event.(customer.FactVoided); !void {
			l.oneStream.told[place{e.Stream, e.Revision}] = c
		}
	}
}

// of returns what was decided, with revisions as they are in one stream.
func (f *foreseen) of(t *rapid.T, left []domain.Recorded, err error, at map[place]uint64) (v verdict) {
	var refusal *domain.Rejection
	if errors.As(err, &refusal) {
		return verdict{Code: refusal.Code}
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range left {
		if e.Stream != customer.Stream(f.survivor) {
			continue
		}
		if void, ok := e.Event.(customer.FactVoided); ok && at != nil {
			revision, told := at[voidedBy(&e)]
			if !told {
				continue // it was recorded under a second id again, and is corrected with the first
			}
			e.Event = customer.FactVoided{Revision: revision, Reason: void.Reason}
		}
		data, err := json.Marshal(e.Event)
		if err != nil {
			t.Fatal(err)
		}
		v.Facts = append(v.Facts, fact{e.Event.EventType(), string(data), e.Metadata.OccurredAt.String()})
	}
	return v
}

// personal reports whether a command is decided by a person's facts alone, whoever of them is asked. What says who
// somebody is, is asked of that id; evidence is named by revisions of one of the streams.
func personal(c customer.Command) bool {
	if c.Needs().Common().Itself {
		return false
	}
	switch c := c.(type) {
	case customer.Register, customer.ChangeProfile:
		return false
	case customer.RecordInsight:
		return len(c.Evidence) == 0
	case customer.CorrectFact:
		return c.As == nil || personal(c.As)
	}
	return true
}

// person is what was told of one, to be told in one stream.
type person struct {
	survivor uuid.UUID
	members  map[uuid.UUID]bool
	facts    []domain.Recorded // theirs
	others   []domain.Recorded
	at       map[place]uint64 // the revisions that their facts have in one stream
}

// alone returns what is told of the person of an id; nil where it stands in one stream anyway.
func alone(id uuid.UUID, all []domain.Recorded) *person {
	var told []domain.Recorded // of customers
	merges := false
	for _, e := range all {
		if _, ok := customer.IDOf(e.Stream); ok {
			told = append(told, e)
			merges = merges || len(customer.Relatives(e)) > 0
		}
	}
	if !merges {
		return nil
	}
	p := &person{survivor: customer.Survivor(id, told), members: map[uuid.UUID]bool{}, at: map[place]uint64{}}
	for _, one := range domaintest.Customers {
		p.members[one] = customer.Survivor(one, told) == p.survivor
	}
	counts := map[uint64]bool{}
	for _, e := range customer.Facts(p.survivor, told) {
		counts[e.Position] = true
	}
	struck := customer.Strikes(domain.Each(told))
	streams := map[string]bool{}
	for _, e := range all {
		stream, is := customer.IDOf(e.Stream)
		owner, _ := customer.OwnerOf(&e)
		_, told := p.at[voidedBy(&e)]
		switch {
		case told: // a void counts for whoever has the fact, whoever told it
			owner = p.survivor
		case is && !p.members[owner] && p.members[stream]: // of somebody who was split off, and has it back
			e.Stream, e.Metadata.Of = customer.Stream(owner), uuid.Nil
			p.others = append(p.others, e)
			continue
		case !is, !p.members[owner]:
			p.others = append(p.others, e)
			continue
		}
		streams[e.Stream] = true
		if p.take(&e, owner, counts[e.Position], struck) {
			p.at[place{e.Stream, e.Revision}] = uint64(len(p.facts))
			p.facts = append(p.facts, e)
		}
	}
	if len(streams) < 2 {
		return nil
	}
	p.renumber()
	return p
}

// take reports whether an event of the person is told in one stream too: not that they were merged, nor who the others
// were, nor what was recorded under a second id again.
func (p *person) take(e *domain.Recorded, owner uuid.UUID, counts bool, struck map[uint64]customer.Strike) bool {
	switch e.Event.(type) {
	case customer.MergeBegun, customer.Absorbed, customer.Separated, customer.Merged, customer.SplitOff:
		return false
	case customer.Registered, customer.ProfileChanged:
		return owner == p.survivor
	case customer.FactVoided:
		_, told := p.at[voidedBy(e)]
		return told
	}
	_, voided := struck[e.Position]
	return counts || voided
}

// voidedBy returns the place of the fact that an event voids; no place for any other event.
func voidedBy(e *domain.Recorded) place {
	void, ok := e.Event.(customer.FactVoided)
	switch {
	case !ok:
		return place{}
	case void.In != uuid.Nil:
		return place{customer.Stream(void.In), void.Revision}
	}
	return place{e.Stream, void.Revision}
}

// renumber names facts by the revisions that they have in one stream.
func (p *person) renumber() {
	for i := range p.facts {
		e := &p.facts[i]
		e.Metadata.Of = uuid.Nil
		switch fact := e.Event.(type) {
		case customer.FactVoided:
			fact.Revision, fact.In = p.at[voidedBy(e)], uuid.Nil
			e.Event = fact
		case customer.InsightRecorded:
			var evidence []int64
			for _, revision := range fact.Evidence {
				if now, ok := p.at[place{e.Stream, uint64(revision)}]; ok {
					evidence = append(evidence, int64(now))
				}
			}
			fact.Evidence = evidence
			e.Event = fact
		}
	}
}

// write tells it all in a log of its own.
func (p *person) write(t *rapid.T, codec *eventstore.Codec) eventstore.Store {
	store, err := embedded.Open("log", embedded.Options{FS: vfs.NewMem()})
	if err != nil {
		t.Fatal(err)
	}
	byStream := map[string][]eventstore.Proposed{}
	var streams []string
	tell := func(stream string, e *domain.Recorded) {
		event, err := codec.Encode(context.Background(), stream, e.ID, e.Event, e.Metadata)
		if err != nil {
			t.Fatal(err)
		}
		if byStream[stream] == nil {
			streams = append(streams, stream)
		}
		byStream[stream] = append(byStream[stream], event)
	}
	for i := range p.others {
		e := &p.others[i]
		if claimed, ok := e.Event.(identity.Claimed); ok && p.members[claimed.CustomerID] {
			e.Event = identity.Claimed{CustomerID: p.survivor}
		}
		if released, ok := e.Event.(identity.Released); ok && p.members[released.CustomerID] {
			e.Event = identity.Released{CustomerID: p.survivor}
		}
		tell(e.Stream, e)
	}
	for i := range p.facts {
		tell(customer.Stream(p.survivor), &p.facts[i])
	}
	var writes []eventstore.Write
	for _, stream := range streams {
		writes = append(writes, eventstore.Write{Stream: stream, Expected: eventstore.NoStream, Events: byStream[stream]})
	}
	if _, err := store.AppendAll(context.Background(), writes); err != nil {
		t.Fatal(err)
	}
	return store
}

// idsOf returns all ids in a command.
func idsOf(c customer.Command) (ids []uuid.UUID) {
	var visit func(reflect.Value)
	visit = func(v reflect.Value) {
		if id, ok := reflect.TypeAssert[uuid.UUID](v); ok {
			ids = append(ids, id)
			return
		}
		switch v.Kind() {
		case reflect.Interface, reflect.Pointer:
			if !v.IsNil() {
				visit(v.Elem())
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					visit(v.Field(i))
				}
			}
		}
	}
	visit(reflect.ValueOf(c))
	return ids
}

package commands

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/eventstore"
)

// couple is two customers who are one person.
type couple struct {
	t        *testing.T
	s        *Service
	ann, bob string
}

func newCouple(t *testing.T) *couple {
	s := newService(newLog(t))
	return &couple{t, s, registered(t, s, 1), registered(t, s, 2)}
}

func (c *couple) tell(stream string, command customer.Command) Answer {
	c.t.Helper()
	return handle(c.t, c.s, request{Stream: stream, Command: command})
}

func (c *couple) refuse(stream string, command customer.Command, want *domain.Rejection) {
	c.t.Helper()
	refused(c.t, c.s, request{Stream: stream, Command: command}, want)
}

func (c *couple) merge() {
	c.t.Helper()
	bob, _ := customer.IDOf(c.bob)
	c.tell(c.ann, customer.Absorb{AbsorbedID: bob})
}

func (c *couple) split() {
	c.t.Helper()
	bob, _ := customer.IDOf(c.bob)
	c.tell(c.ann, customer.Separate{AbsorbedID: bob})
}

// campaign launches one that needs consent to marketing by e-mail.
func (c *couple) campaign() {
	c.t.Helper()
	for _, command := range []campaign.Command{
		campaign.Plan{Campaign: "spring", Purpose: "marketing", Through: "email", WindowDays: 14, Cells: []campaign.Cell{{Cell: "mail"}}},
		campaign.Launch{Campaign: "spring"},
	} {
		if _, err := c.s.Campaigns.Handle(c.t.Context(), Request[campaign.State, campaign.Needs]{
			Stream: campaign.Stream("spring"), Command: command}); err != nil {
			c.t.Fatal(err)
		}
	}
}

var (
	consent  = customer.GrantConsent{Purpose: "marketing", Through: "email", LegalBasis: "consent", TextVersion: "1"}
	withdraw = customer.WithdrawConsent{Purpose: "marketing", Through: "email"}
	join     = customer.AssignToCampaign{Campaign: "spring", Cell: "mail"}
	message  = customer.SendCampaignMessage{MessageID: uuid.UUID{9}, Campaign: "spring"}
)

func TestAWithdrawalBeforeAMergeCounts(t *testing.T) {
	c := newCouple(t)
	c.campaign()
	c.tell(c.ann, join)
	c.tell(c.ann, consent)
	c.tell(c.bob, consent)
	c.tell(c.bob, withdraw)
	c.merge()
	c.refuse(c.ann, message, customer.ErrNoConsent)
}

func TestAWithdrawalCountsForThePerson(t *testing.T) {
	c := newCouple(t)
	c.campaign()
	c.tell(c.bob, consent)
	c.tell(c.bob, join)
	c.merge()
	if a := c.tell(c.ann, withdraw); a.Appended != 1 {
		t.Errorf("the withdrawal is nothing new: %+v", a)
	}
	c.refuse(c.bob, message, customer.ErrNoConsent)
	c.refuse(c.ann, message, customer.ErrNoConsent)
}

func TestPointsOfAPersonAreSpentTogether(t *testing.T) {
	c := newCouple(t)
	c.tell(c.ann, customer.EarnPoints{LotID: uuid.UUID{1}, Points: 40})
	c.tell(c.bob, customer.EarnPoints{LotID: uuid.UUID{2}, Points: 80})
	c.merge()
	c.tell(c.ann, customer.SpendPoints{SpendID: uuid.UUID{3}, Points: 100})
	c.refuse(c.bob, customer.SpendPoints{SpendID: uuid.UUID{4}, Points: 21}, customer.ErrTooFewPoints)
}

func TestWhatIsTheAbsorbedOnesIsToldOfTheSurvivor(t *testing.T) {
	c := newCouple(t)
	bought := purchase(1)
	offer := customer.ProposeOffer{OfferID: uuid.UUID{5}, OfferTerms: customer.OfferTerms{SKU: "tea", Reason: "drinks tea",
		DiscountPercent: new(decimal.Ten), ValidUntil: domain.DayOf(noon, time.UTC)}}
	c.tell(c.bob, bought)
	c.tell(c.bob, offer)
	c.tell(c.bob, customer.OpenCase{CaseID: uuid.UUID{6}, Type: customer.Question})
	c.merge()
	if a := c.tell(c.ann, bought); a.Appended > 0 {
		t.Errorf("the absorbed customer's purchase counts twice: %+v", a)
	}
	back := customer.RecordReturn{ReturnID: uuid.UUID{7}, PurchaseID: &bought.PurchaseID, Currency: "EUR",
		Lines: []customer.ReturnLine{{SKU: "tea", Quantity: decimal.Two, UnitPrice: decimal.MustParse("3.50")}}}
	c.tell(c.ann, back)
	c.tell(c.ann, customer.AcceptOffer{OfferID: offer.OfferID})
	c.tell(c.ann, customer.RespondToCase{CaseID: uuid.UUID{6}, ResponseID: uuid.UUID{8}})
	c.tell(c.ann, purchase(2))
	c.tell(c.bob, purchase(3))

	bob, _ := customer.IDOf(c.bob)
	var of []uuid.UUID
	for _, e := range recorded(t, c.s.log.store, c.ann)[2:] {
		of = append(of, e.Metadata.Of)
	}
	if len(of) != 5 || of[0] != bob || of[1] != bob || of[2] != bob || of[3] != uuid.Nil || of[4] != bob {
		t.Errorf("what is told is of %v", of)
	}
	if n := len(recorded(t, c.s.log.store, c.bob)); n != 5 {
		t.Errorf("the absorbed customer's stream has %d events, want 5", n)
	}

	c.split()
	for _, s := range []*Service{c.s, newService(c.s.log.store)} {
		c.s = s
		back.ReturnID = uuid.UUID{70}
		c.refuse(c.bob, back, customer.ErrMoreThanBought)
		c.refuse(c.ann, back, customer.ErrPurchaseUnknown)
		for n, owner := range []string{c.bob, c.ann, c.bob} {
			if a := c.tell(owner, purchase(byte(n+1))); a.Appended > 0 {
				t.Errorf("purchase %d was not given back: %+v", n+1, a)
			}
		}
	}
}

// Two processes: what one knows of a merge, the other learns in time.
func TestAMergeElsewhereIsNoticed(t *testing.T) {
	c := newCouple(t)
	other := newService(c.s.log.store)
	handle(t, other, request{Stream: c.bob, Command: purchase(1)})
	handle(t, other, request{Stream: c.ann, Command: purchase(2)})
	c.merge()
	if a := handle(t, other, request{Stream: c.bob, Command: purchase(3)}); a.Stream != c.ann {
		t.Errorf("recorded in %s", a.Stream)
	}
	if a := handle(t, other, request{Stream: c.ann, Command: purchase(1)}); a.Appended > 0 {
		t.Errorf("the absorbed customer's purchase counts twice: %+v", a)
	}
	c.split()
	if a := handle(t, other, request{Stream: c.bob, Command: purchase(4)}); a.Stream != c.bob {
		t.Errorf("recorded in %s", a.Stream)
	}
	if a := handle(t, other, request{Stream: c.bob, Command: purchase(3)}); a.Appended > 0 {
		t.Errorf("what was told of the absorbed customer was not given back: %+v", a)
	}
}

// dying is a store that takes events for one stream at a time, and whose process is killed after so many of them.
type dying struct {
	eventstore.Store
	left int
}

var errKilled = errors.New("the process was killed")

func (d *dying) Limits() eventstore.Limits {
	l := d.Store.Limits()
	l.Joint = false
	return l
}

func (d *dying) Append(ctx context.Context, stream string, expected eventstore.Expected, events []eventstore.Proposed) (
	eventstore.Appended, error) {
	if d.left--; d.left < 0 {
		return eventstore.Appended{}, errKilled
	}
	return d.Store.Append(ctx, stream, expected, events)
}

func (d *dying) AppendAll(ctx context.Context, writes []eventstore.Write) (all []eventstore.Appended, err error) {
	for _, w := range writes {
		a, err := d.Append(ctx, w.Stream, w.Expected, w.Events)
		if err != nil {
			return all, err
		}
		all = append(all, a)
	}
	return all, nil
}

// Wherever a process is killed, a merge is whole or not there for the next one, and so is a split; nobody is lost, and
// everybody can be merged, split and erased.
func TestAMergeIsWholeOrNotThere(t *testing.T) {
	for left := range 3 {
		for name, seen := range map[string]func(*Service, *couple){
			"the absorbed one is seen": func(s *Service, c *couple) { handle(c.t, s, request{Stream: c.bob, Command: purchase(7)}) },
			"the survivor is seen":     func(s *Service, c *couple) { handle(c.t, s, request{Stream: c.ann, Command: purchase(7)}) },
			"at the start": func(s *Service, c *couple) {
				if n, err := s.Heal(c.t.Context(), []uuid.UUID{mustID(c.ann), mustID(c.bob)}); err != nil || n > 1 {
					c.t.Error(n, err)
				}
			},
		} {
			for _, splitting := range []bool{false, true} {
				if splitting && left == 2 {
					continue // which is all that there is to record
				}
				t.Run(fmt.Sprintf("%s, %d appended, splitting %v", name, left, splitting), func(t *testing.T) {
					testHalf(t, left, splitting, seen)
				})
			}
		}
	}
}

func testHalf(t *testing.T, left int, splitting bool, seen func(*Service, *couple)) {
	c := newCouple(t)
	store := c.s.log.store
	c.tell(c.bob, purchase(1))
	if splitting {
		c.merge()
	}
	c.s = New(&dying{store, left}, codec, Options{})
	command := customer.Command(customer.Absorb{AbsorbedID: mustID(c.bob)})
	if splitting {
		command = customer.Separate{AbsorbedID: mustID(c.bob)}
	}
	_, err := c.s.Customers.Handle(t.Context(), request{Stream: c.ann, Command: command})
	if told := splitting && left > 0; told != (err == nil) { // once the survivor's stream says so, it is done
		t.Errorf("the command was answered %v", err)
	}
	one := splitting && left == 0 || !splitting && left == 2 // a merge is announced first
	next := New(&dying{store, 1000}, codec, Options{Now: func() time.Time { return time.Now().Add(time.Hour) }})
	seen(next, c)
	c.s = next
	if a := c.tell(c.bob, purchase(9)); (a.Stream == c.ann) != one {
		t.Errorf("recorded in %s", a.Stream)
	}
	if a := c.tell(c.ann, purchase(1)); (a.Appended == 0) != one {
		t.Errorf("of the survivor: %+v", a)
	}
	for _, s := range []*Service{next, newService(store)} {
		if err := checkFolds(next.Customers, s.Customers, c.ann, c.bob); err != nil {
			t.Error(err)
		}
	}
	if one {
		c.split()
	}
	third := registered(t, next, 3)
	handle(t, next, request{Stream: third, Command: customer.Absorb{AbsorbedID: mustID(c.bob)}})
	handle(t, next, request{Stream: c.ann, Command: customer.Erase{Reason: "asked"}})
	handle(t, next, request{Stream: third, Command: customer.Erase{Reason: "asked"}})
	for _, stream := range []string{c.ann, c.bob, third} {
		c.refuse(stream, purchase(5), customer.ErrErased)
	}
}

// A half that another process left, or is about to complete, shows from both sides to a process that knew both customers
// before: to the next command, and to a merge of the survivor. A merge that was only announced is none.
func TestAHalfShowsFromBothSides(t *testing.T) {
	for left := range 3 {
		for _, asked := range []string{"ann", "bob", "ann, by a third"} {
			t.Run(fmt.Sprintf("%d recorded, %s is asked", left, asked), func(t *testing.T) {
				c := newCouple(t)
				store, half := c.s.log.store, left == 2
				c.s = New(&dying{store, 1000}, codec, Options{})
				third := registered(t, c.s, 3)
				c.tell(c.ann, purchase(1))
				known := c.tell(c.bob, purchase(2))
				dying := New(&dying{store, left}, codec, Options{})
				if _, err := dying.Customers.Handle(t.Context(), request{Stream: c.ann, Command: customer.Absorb{AbsorbedID: mustID(c.bob)}}); err == nil {
					t.Error("half a merge was acknowledged")
				}
				switch asked {
				case "ann":
					if a := c.tell(c.ann, purchase(2)); (a.Appended == 0) != half {
						t.Errorf("what the other bought, told of her: %+v", a)
					}
				case "bob":
					if a := c.tell(c.bob, purchase(3)); (a.Stream == c.ann) != half {
						t.Errorf("recorded in %s", a.Stream)
					}
				default:
					absorb := request{Stream: third, Command: customer.Absorb{AbsorbedID: mustID(c.ann)}}
					_, err := c.s.Customers.Handle(t.Context(), absorb)
					if half != errors.Is(err, customer.ErrStandsForOthers) {
						t.Errorf("the survivor of a half is absorbed: %v", err)
					}
					handle(t, c.s, request{Stream: third, Command: customer.Separate{AbsorbedID: mustID(c.ann)}})
				}
				newest, _, err := c.s.Newest(t.Context(), c.ann)
				if err != nil {
					t.Fatal(err)
				}
				a, err := c.s.Customers.Handle(t.Context(), request{Stream: c.ann, Command: customer.Absorb{AbsorbedID: mustID(c.bob)},
					IfRevision: &newest.Revision})
				if err != nil || a.Appended == 0 && !half {
					t.Errorf("merged in the end: %+v, %v", a, err)
				}
				if again := c.tell(c.bob, purchase(2)); again.Appended > 0 || again.Stream != c.ann || known.Stream != c.bob {
					t.Errorf("what he bought, told again: %+v", again)
				}
				if err := checkFolds(c.s.Customers, newService(store).Customers, c.ann, c.bob, third); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func mustID(stream string) uuid.UUID {
	id, _ := customer.IDOf(stream)
	return id
}

// An identity that was told of the absorbed customer and taken off while they were one is nobody's, also after a split.
func TestAnIdentityIsTakenOffWhileTheyAreOne(t *testing.T) {
	c := newCouple(t)
	third := registered(t, c.s, 3)
	c.tell(c.bob, customer.LinkIdentity{Key: mail})
	c.merge()
	c.tell(c.ann, customer.UnlinkIdentity{Key: mail})
	c.tell(third, customer.LinkIdentity{Key: mail})
	c.split()
	c.refuse(c.bob, customer.LinkIdentity{Key: mail}, identity.ErrTaken)
}

// A command is carried out once under its key, also where it was asked of who was absorbed, about a thing of the
// survivor's, and they were split since.
func TestAKeyIsKnownAfterASplit(t *testing.T) {
	c := newCouple(t)
	c.tell(c.ann, purchase(1))
	c.tell(c.bob, purchase(1))
	c.tell(c.ann, customer.PlaceOrder{PurchaseID: purchase(1).PurchaseID})
	c.tell(c.bob, customer.PlaceOrder{PurchaseID: purchase(1).PurchaseID})
	c.merge()
	pay := request{Stream: c.bob, IdempotencyKey: "once", Command: customer.PayOrder{PaymentID: uuid.UUID{1},
		PurchaseID: purchase(1).PurchaseID, Amount: decimal.One}}
	first := handle(t, c.s, pay)
	c.split()
	for _, s := range []*Service{c.s, newService(c.s.log.store)} {
		if again := handle(t, s, pay); again.Revision != first.Revision || again.Position != first.Position {
			t.Errorf("%+v, at first %+v", again, first)
		}
	}
}

// A void goes with the fact that it voids: whose that is has both back after a split.
func TestAVoidIsWhoseFactItVoids(t *testing.T) {
	c := newCouple(t)
	c.merge()
	call := customer.RecordInteraction{InteractionID: uuid.UUID{1}, Kind: "call", Direction: "inbound"}
	told := c.tell(c.bob, call)
	voided := c.tell(c.ann, customer.VoidFact{Revision: told.Revision})
	c.split()
	for r, err := range c.s.log.store.ReadStream(t.Context(), c.ann, voided.Revision) {
		if err != nil {
			t.Fatal(err)
		}
		void, err := codec.Decode(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if owner, _ := customer.OwnerOf(&void); customer.Stream(owner) != c.bob {
			t.Errorf("%s of %s", void.Event.EventType(), owner)
		}
		break
	}
	call.Direction = "outbound"
	c.tell(c.bob, call)
}

// What was recorded under two ids before they were one is one fact, and is corrected as one.
func TestACorrectionIsOfWhatWasToldAgainToo(t *testing.T) {
	c := newCouple(t)
	call := customer.RecordInteraction{InteractionID: uuid.UUID{1}, Kind: "call", Direction: "inbound"}
	told := c.tell(c.ann, call)
	c.tell(c.bob, call)
	c.merge()
	call.Direction = "outbound"
	if a := c.tell(c.ann, customer.CorrectFact{Revision: told.Revision, As: call}); a.Appended != 3 {
		t.Errorf("%d facts, not two voids and what is so", a.Appended)
	}
	if a := c.tell(c.bob, customer.CorrectFact{Revision: told.Revision, As: call}); a.Appended != 0 {
		t.Errorf("what the other told is not corrected yet: %+v", a)
	}
}

// What followed by itself from a thing that was recorded under two ids is voided once when that is corrected.
func TestWhatFollowedOfTwoIsVoidedOnce(t *testing.T) {
	c := newCouple(t)
	yesterday := domain.DayOf(noon, time.UTC) - 1
	promise := customer.MakePromise{PromiseID: uuid.UUID{1}, What: "a call", DueOn: yesterday}
	tell := func(stream string) Answer {
		r := request{Stream: stream, Command: promise}
		r.Metadata.OccurredAt = noon.AddDate(0, 0, -3)
		return handle(t, c.s, r)
	}
	told := tell(c.ann)
	tell(c.bob)
	c.merge()
	if _, err := c.s.Calendar.Handle(t.Context(), closing(yesterday)); err != nil {
		t.Fatal(err)
	}
	promise.What = "a visit"
	c.tell(c.ann, customer.CorrectFact{Revision: told.Revision, As: promise})
	var voided []customer.FactVoided
	for _, r := range recorded(t, c.s.log.store, c.ann) {
		if void, ok := r.Event.(customer.FactVoided); ok {
			voided = append(voided, void)
		}
	}
	want := []customer.FactVoided{{Revision: 3}, {Revision: 1, In: mustID(c.bob)}, {Revision: told.Revision}}
	if diff := cmp.Diff(want, voided); diff != "" { // what rests on a promise goes before it
		t.Errorf("voided (-want +got):\n%s", diff)
	}
}

// A merge of which only the absorbed customer's stream knows, and whose survivor was erased meanwhile, is not completed: the
// person is erased whole, by whoever sees the other half first.
func TestAHalfMergeWithAnErasedSurvivorIsErasedWhole(t *testing.T) {
	for name, seen := range map[string]func(*Service, *couple) error{
		"the absorbed one is seen": func(s *Service, c *couple) error {
			_, err := s.Customers.Handle(c.t.Context(), request{Stream: c.bob, Command: purchase(7)})
			return err
		},
		"at the start": func(s *Service, c *couple) error {
			if n, err := s.Heal(c.t.Context(), []uuid.UUID{mustID(c.bob)}); n != 1 || err != nil {
				c.t.Errorf("%d healed, %v", n, err)
			}
			return customer.ErrErased
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCouple(t)
			store := c.s.log.store
			var erased []uuid.UUID
			next := New(&dying{store, 1000}, codec, Options{Erased: func(_ context.Context, id uuid.UUID) { erased = append(erased, id) }})
			handle(t, next, request{Stream: c.ann, Command: customer.Erase{Reason: "asked"}})
			merged, err := codec.Encode(t.Context(), c.bob, uuid.New(), customer.Merged{Into: mustID(c.ann)}, domain.Metadata{OccurredAt: noon})
			if err != nil {
				t.Fatal(err)
			}
			append1(t, store, c.bob, merged)
			if err := seen(next, c); !errors.Is(err, customer.ErrErased) {
				t.Errorf("of the other half: %v", err)
			}
			for _, stream := range []string{c.ann, c.bob} {
				c.s = newService(store)
				c.refuse(stream, purchase(5), customer.ErrErased)
				last := recorded(t, store, stream)
				if e, ok := last[len(last)-1].Event.(customer.Erased); !ok || e.Reason != "asked" {
					t.Errorf("%s ends with %+v", stream, last[len(last)-1].Event)
				}
			}
			if len(erased) != 2 {
				t.Errorf("the keys of %v were destroyed", erased)
			}
		})
	}
}

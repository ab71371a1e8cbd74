package client_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/client"
)

// day is what somebody does with a server, step by step. Nothing else is asked than what the client can ask.
type day struct {
	*client.Client
	t     *testing.T
	ctx   context.Context
	token string
	steps int
}

// did counts a step, which must have been carried out. It returns the position behind which it can be read.
func (d *day) did(what string, position int64, err error) int64 {
	d.t.Helper()
	if d.steps++; err != nil {
		d.t.Fatalf("step %d, %s: %v", d.steps, what, err)
	}
	return position
}

// read counts a step that reads something, which must be as wanted.
func (d *day) read(what string, err error, ok bool, got any) {
	d.t.Helper()
	if d.steps++; err != nil || !ok {
		d.t.Fatalf("step %d, %s: %v, %+v", d.steps, what, err, got)
	}
}

// place is where a server is, and where the app of a day finds it.
type place struct{ server, app string }

func alone(server string) place { return place{server, server} }

// opened gives a server, which has no tokens yet, tokens: of the role that a day is for, and of an admin who prepares it.
func opened(t *testing.T, at place, role string) (*day, *client.Client) {
	t.Helper()
	ctx := t.Context()
	nobody := client.New(client.Config{URL: at.server})
	admin, err := nobody.IssueToken(ctx, client.IssueInputBody{Name: "root", Role: "admin"})
	if err != nil {
		t.Fatal(err)
	}
	root := client.New(client.Config{URL: at.server, Token: admin.Token})
	own, err := root.IssueToken(ctx, client.IssueInputBody{Name: "day", Role: role})
	if err != nil {
		t.Fatal(err)
	}
	return &day{Client: client.New(client.Config{URL: at.app, Token: own.Token}), t: t, ctx: ctx, token: own.Token}, root
}

// program builds the server once for all days.
var program = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "rapport-client-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "rapport")
	if out, err := exec.Command("go", "build", "-o", path, "../cmd/rapport").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

var address = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)`)

// serve builds and starts a server, with a database of its own.
func serve(t *testing.T) string {
	t.Helper()
	program, err := program()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "serve", "--listen", "127.0.0.1:0", "--drain", "0s", "--data", filepath.Join(t.TempDir(), "data"))
	return "http://" + started(t, cmd, address)
}

// started runs a program until the test ends, and returns what it says first in a pattern's group.
func started(t *testing.T, cmd *exec.Cmd, says *regexp.Regexp) string {
	t.Helper()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM) // it may have ended already
		_ = cmd.Wait()
	})
	said := bufio.NewReader(stdout)
	for {
		line, err := said.ReadString('\n')
		if m := says.FindStringSubmatch(line); m != nil {
			go func() { _, _ = io.Copy(io.Discard, said) }() // so that it is never stopped by what it prints
			return m[1]
		}
		if err != nil {
			t.Fatalf("%s ended: %v", cmd.Path, err)
		}
	}
}

func on(days int) string { return time.Now().AddDate(0, 0, days).Format(time.DateOnly) }

// The day of a web shop: whom they serve, what these buy, pay and send back, what they may be sent, their points and coupons.
func TestTheShopsDay(t *testing.T) {
	d, _ := opened(t, alone(serve(t)), "app")
	d.ofAShop()
}

func (d *day) ofAShop() {
	ctx := d.ctx
	me, err := d.GetCaller(ctx)
	d.read("who am I", err, me.Name == "day", me)

	ann, err := d.RegisterCustomerBy(ctx, "shop", "4711", client.RegisterCustomerBy{Kind: "person", Name: "Ann Archer", Country: "GB", Locale: "en-GB"})
	d.did("Ann signs up", ann.Position, err)
	again, err := d.RegisterCustomerBy(ctx, "shop", "4711", client.RegisterCustomerBy{Kind: "person", Name: "Ann Archer", Country: "GB", Locale: "en-GB"})
	d.read("Ann signs up once", err, again.CustomerID == ann.CustomerID, again)
	id := ann.CustomerID
	bob, err := d.RegisterCustomer(ctx, client.RegisterCustomer{Kind: "person", Name: "Bob Bell"}, client.IdempotencyKey("bob"))
	d.did("Bob signs up", bob.Position, err)
	mail, err := d.AddContactPoint(ctx, id, client.AddContactPoint{Kind: "email", Value: "ann@example.com"})
	d.did("her address", mail.Position, err)
	verified, err := d.VerifyContactPoint(ctx, id, client.VerifyContactPoint{ContactPointID: mail.ContactPointID, Method: "link"})
	d.did("she clicks the link", verified.Position, err)
	phone, err := d.AddContactPoint(ctx, id, client.AddContactPoint{Kind: "phone", Value: "+44 20 7946 0958"})
	at := d.did("her number", phone.Position, err)

	for _, q := range []client.ListCustomersQuery{{Email: "ANN@example.com"}, {Phone: "+442079460958"}, {ExternalID: "shop:4711"}, {Name: "ann a"}} {
		q.After = at
		found, err := d.ListCustomers(ctx, q)
		d.read("find Ann", err, len(found.Customers) == 1 && found.Customers[0].CustomerID == id, found)
	}
	nobody, err := d.ListCustomers(ctx, client.ListCustomersQuery{Email: "nobody@example.com"})
	d.read("find nobody", err, len(nobody.Customers) == 0, nobody)
	points, err := d.ListCustomerContactPoints(ctx, id, client.ListCustomerContactPointsQuery{})
	d.read("how to reach her", err, len(points.ContactPoints) == 2, points)

	for _, through := range []string{"email", "sms"} {
		c, err := d.GrantConsent(ctx, id, client.GrantConsent{Purpose: "marketing", Through: through, LegalBasis: "consent", TextVersion: "2026-1"})
		d.did("she agrees", c.Position, err)
	}
	no, err := d.WithdrawConsent(ctx, id, client.WithdrawConsent{Purpose: "marketing", Through: "sms"})
	at = d.did("but not by text message", no.Position, err)
	consents, err := d.ListCustomerConsents(ctx, id, client.ListCustomerConsentsQuery{After: at})
	d.read("her preferences", err, len(consents.Consents) == 2, consents)
	one, err := d.GetCustomerConsent(ctx, id, "marketing", "email", client.GetCustomerConsentQuery{})
	d.read("may we mail her", err, one.Allowed, one)

	basket := []client.CustomerLine{{SKU: "kettle", Name: "Kettle", Category: "kitchen", Quantity: "1", UnitPrice: "29.90"},
		{SKU: "cup", Name: "Cup", Category: "kitchen", Quantity: "4", UnitPrice: "3.50"}}
	bought, err := d.RecordPurchase(ctx, id, client.RecordPurchase{Currency: "EUR", Lines: basket, Reference: "A-1", Channel: "web"}, client.IdempotencyKey("A-1"))
	d.did("she buys a basket", bought.Position, err)
	twice, err := d.RecordPurchase(ctx, id, client.RecordPurchase{Currency: "EUR", Lines: basket, Reference: "A-1", Channel: "web"}, client.IdempotencyKey("A-1"))
	d.read("once", err, twice.PurchaseID == bought.PurchaseID, twice)
	order := bought.PurchaseID
	placed, err := d.PlaceOrder(ctx, id, client.PlaceOrder{PurchaseID: order, PaymentDueOn: on(14)})
	at = d.did("as an order", placed.Position, err)
	owed, err := d.GetCustomerReceivable(ctx, id, order, client.GetCustomerReceivableQuery{After: at})
	d.read("what she owes", err, owed.OpenMinor == 4390, owed)
	paid, err := d.PayOrder(ctx, id, client.PayOrder{PurchaseID: order, Amount: "43.90", Method: "card"})
	d.did("she pays", paid.Position, err)
	shipped, err := d.ShipOrder(ctx, id, client.ShipOrder{PurchaseID: order, Carrier: "Parcels Ltd"})
	d.did("it is sent", shipped.Position, err)
	delivered, err := d.DeliverOrder(ctx, id, client.DeliverOrder{PurchaseID: order})
	at = d.did("it arrives", delivered.Position, err)
	o, err := d.GetCustomerOrder(ctx, id, order, client.GetCustomerOrderQuery{After: at})
	d.read("her order", err, o.State == "delivered" && o.PaidMinor == 4390, o)
	orders, err := d.ListOrders(ctx, client.ListOrdersQuery{})
	d.read("all orders", err, len(orders.Orders) == 1, orders)
	purchases, err := d.ListCustomerPurchases(ctx, id, client.ListCustomerPurchasesQuery{Fields: []string{"total_minor", "lines"}})
	d.read("her purchases", err, len(purchases.Purchases) == 1 && len(purchases.Purchases[0].Lines) == 2, purchases)

	earned, err := d.EarnPoints(ctx, id, client.EarnPoints{Points: 120, PurchaseID: order, For: "order A-1"})
	d.did("points for it", earned.Position, err)
	spent, err := d.SpendPoints(ctx, id, client.SpendPoints{Points: 50, For: "a mug"})
	at = d.did("she spends some", spent.Position, err)
	account, err := d.GetCustomerPointsAccount(ctx, id, client.GetCustomerPointsAccountQuery{After: at})
	d.read("her balance", err, account.Balance == 70, account)
	_, err = d.SpendPoints(ctx, id, client.SpendPoints{Points: 500, For: "a car"})
	d.read("not more than that", nil, client.Refused(err) != "", err)
	lots, err := d.ListCustomerPointsLots(ctx, id, client.ListCustomerPointsLotsQuery{})
	d.read("her lots", err, len(lots.PointsLots) == 1, lots)
	moves, err := d.ListCustomerPointsMovements(ctx, id, client.ListCustomerPointsMovementsQuery{})
	d.read("where they went", err, len(moves.PointsMovements) == 2, moves)

	coupon, err := d.ProposeOffer(ctx, id, client.ProposeOffer{Title: "10 % off", DiscountPercent: "10", Category: "kitchen", Reason: "thanks", ValidUntil: on(30)})
	d.did("a coupon", coupon.Position, err)
	accepted, err := d.AcceptOffer(ctx, id, client.AcceptOffer{OfferID: coupon.OfferID})
	d.did("she takes it", accepted.Position, err)
	second, err := d.RecordPurchase(ctx, id, client.RecordPurchase{Currency: "EUR", Lines: []client.CustomerLine{
		{SKU: "pan", Name: "Pan", Category: "kitchen", Quantity: "1", UnitPrice: "18.00", ListPrice: "20.00"}}, Reference: "A-2"})
	d.did("she buys a pan", second.Position, err)
	redeemed, err := d.RedeemOffer(ctx, id, client.RedeemOffer{OfferID: coupon.OfferID, PurchaseID: second.PurchaseID})
	at = d.did("with the coupon", redeemed.Position, err)
	offer, err := d.GetCustomerOffer(ctx, id, coupon.OfferID, client.GetCustomerOfferQuery{After: at})
	d.read("the coupon is used", err, offer.State == "redeemed", offer)

	back, err := d.RecordReturn(ctx, id, client.RecordReturn{PurchaseID: order, Currency: "EUR", Reason: "broken", Reference: "R-1",
		Lines: []client.CustomerReturnLine{{SKU: "cup", Quantity: "1", UnitPrice: "3.50"}}})
	at = d.did("a cup comes back", back.Position, err)
	returns, err := d.ListCustomerReturns(ctx, id, client.ListCustomerReturnsQuery{After: at})
	d.read("her returns", err, len(returns.Returns) == 1 && returns.Returns[0].TotalMinor == 350, returns)
	_, err = d.RecordReturn(ctx, id, client.RecordReturn{PurchaseID: order, Currency: "EUR", Reason: "broken", Reference: "R-2",
		Lines: []client.CustomerReturnLine{{SKU: "cup", Quantity: "9", UnitPrice: "3.50"}}})
	d.read("no more than she bought", nil, client.Refused(err) != "", err)

	visits := make([]client.Line, 10)
	for i := range visits {
		visits[i] = client.Line{Command: "record_interaction", CustomerID: id, Body: client.RecordInteraction{Kind: "web_visit", Direction: "inbound"}}
	}
	answers, err := d.Batch(ctx, visits)
	d.read("ten visits", err, len(answers) == 10 && !slices.ContainsFunc(answers, func(a client.BatchAnswer) bool { return a.Status != 201 }), answers)
	at = answers[9].Position
	seen, err := d.ListCustomerInteractions(ctx, id, client.ListCustomerInteractionsQuery{After: at, Limit: 4})
	d.read("the first page of them", err, len(seen.Interactions) == 4 && seen.NextCursor != "", seen)
	rest, err := d.ListCustomerInteractions(ctx, id, client.ListCustomerInteractionsQuery{Limit: 10, Cursor: seen.NextCursor})
	d.read("the rest", err, len(rest.Interactions) == 6 && rest.NextCursor == "", rest)

	whole, err := d.GetCustomer(ctx, id, client.GetCustomerQuery{Expand: []string{"consents", "orders"}})
	d.read("Ann at a glance", err, whole.Orders == 2 && whole.Returns == 1 && whole.NetRevenueMinor == 4390+1800-350, whole)
	line, err := d.GetTimeline(ctx, id, client.GetTimelineQuery{Limit: 5})
	d.read("what happened last", err, len(line.Entries) == 5 && line.NextCursor != "", line)
	events, err := d.FollowEvents(ctx, client.FollowEventsQuery{CustomerID: []string{id}, Types: "customer.order_*"})
	d.read("what became of orders", err, len(events.Events) == 4, events)
	_, err = d.RecordPurchase(ctx, id, client.RecordPurchase{Currency: "EUR"})
	d.read("nothing is no purchase", nil, client.Refused(err) != "", err)
	_, err = d.ListSegments(ctx, client.ListSegmentsQuery{})
	d.read("segments", err, true, nil)
	_, err = d.DefineSegment(ctx, "mine", client.DefineSegment{Rule: "orders >= 1"})
	d.read("which are not for a shop to define", nil, client.Refused(err) == "role_missing" || err != nil, err)
	attribute, err := d.SetAttribute(ctx, id, client.SetAttribute{Name: "size", Value: "M"})
	at = d.did("her size", attribute.Position, err)
	sized, err := d.ListCustomers(ctx, client.ListCustomersQuery{Attributes: map[string]string{"attribute.size": "M"}, After: at})
	d.read("who wears that", err, len(sized.Customers) == 1 && sized.Customers[0].CustomerID == id, sized)
	ruled, err := d.ListCustomers(ctx, client.ListCustomersQuery{Rule: "orders >= 2"})
	d.read("who bought twice", err, len(ruled.Customers) == 1, ruled)
	linked, err := d.LinkIdentity(ctx, id, client.LinkIdentity{Kind: "email", Value: "ann@example.com"})
	d.did("her sign-in", linked.Position, err)
	_, err = d.LinkIdentity(ctx, bob.CustomerID, client.LinkIdentity{Kind: "email", Value: "ann@example.com"})
	d.read("which is hers alone", nil, client.Refused(err) != "", err)
	stale, err := d.SetAttribute(ctx, id, client.SetAttribute{Name: "size", Value: "L"}, client.IfRevision(1))
	d.read("nothing on what is no more", nil, client.Refused(err) != "", stale)
	d.enough()
}

// enough fails unless it was a whole day.
func (d *day) enough() {
	d.t.Helper()
	if d.t.Logf("%d steps", d.steps); d.steps < 55 {
		d.t.Error("that was no day")
	}
}

// The day of a help desk: its queue by due time, threads of cases, promises, hand-overs, and a campaign to a segment.
func TestTheDesksDay(t *testing.T) {
	d, root := opened(t, alone(serve(t)), "app")
	d.ofADesk(root)
}

func (d *day) ofADesk(root *client.Client) {
	t := d.t
	ctx := d.ctx
	// Before the day: a segment and a campaign, by somebody who may.
	segment := "callers" + time.Now().Format("150405000")
	if _, err := root.DefineSegment(ctx, segment, client.DefineSegment{Rule: `interactions >= 1 && kind == "person"`}); err != nil {
		t.Fatal(err)
	}
	campaign := "thanks" + time.Now().Format("150405000")
	if _, err := root.PlanCampaign(ctx, campaign, client.PlanCampaign{Purpose: "marketing", Through: "email", WindowDays: 14,
		Cells: []client.CampaignCell{{Cell: "mail"}}}); err != nil {
		t.Fatal(err)
	}
	if _, err := root.LaunchCampaign(ctx, campaign, client.LaunchCampaign{}); err != nil {
		t.Fatal(err)
	}

	var ids []string
	at := int64(0)
	for i, name := range []string{"Cleo Carter", "Dan Dyer", "Eve Ellis"} {
		c, err := d.RegisterCustomerBy(ctx, "phone"+segment, fmt.Sprint(i), client.RegisterCustomerBy{Kind: "person", Name: name})
		d.did("a caller", c.Position, err)
		ids = append(ids, c.CustomerID)
		mail, err := d.AddContactPoint(ctx, c.CustomerID, client.AddContactPoint{Kind: "email", Value: fmt.Sprintf("caller%d@%s.example.com", i, segment)})
		d.did("their address", mail.Position, err)
		call, err := d.RecordInteraction(ctx, c.CustomerID, client.RecordInteraction{Kind: "call", Direction: "inbound", Subject: "it leaks", Department: "service"})
		d.did("they call", call.Position, err)
		consent, err := d.GrantConsent(ctx, c.CustomerID, client.GrantConsent{Purpose: "marketing", Through: "email", LegalBasis: "consent", TextVersion: "2026-1"})
		at = d.did("and may be mailed", consent.Position, err)
	}
	cleo, dan, eve := ids[0], ids[1], ids[2]
	found, err := d.ListCustomers(ctx, client.ListCustomersQuery{Email: fmt.Sprintf("caller0@%s.example.com", segment), After: at})
	d.read("who calls", err, len(found.Customers) == 1 && found.Customers[0].CustomerID == cleo, found)

	var cases []string
	queue := "q" + segment
	for i, priority := range []string{"low", "urgent", "high"} {
		kind := "incident"
		if priority == "urgent" {
			kind = "complaint"
		}
		opened, err := d.OpenCase(ctx, ids[i], client.OpenCase{Type: kind, Category: "leak", Priority: priority, Subject: "it leaks", Queue: queue, Department: "service"})
		at = d.did("a case", opened.Position, err)
		cases = append(cases, opened.CaseID)
	}
	work, err := d.ListCases(ctx, client.ListCasesQuery{Queue: []string{queue}, State: []string{"open"}, Sort: "due_at", After: at})
	d.read("the queue by due time", err, len(work.Cases) == 3 && work.Cases[0].CaseID == cases[1] && work.Cases[2].CaseID == cases[0], work)
	first, err := d.ListCases(ctx, client.ListCasesQuery{Queue: []string{queue}, Sort: "due_at", Limit: 1})
	d.read("its first page", err, len(first.Cases) == 1 && first.NextCursor != "", first)
	next, err := d.ListCases(ctx, client.ListCasesQuery{Queue: []string{queue}, Sort: "due_at", Limit: 1, Cursor: first.NextCursor})
	d.read("and the next", err, len(next.Cases) == 1 && next.Cases[0].CaseID == cases[2], next)
	soon, err := d.ListCases(ctx, client.ListCasesQuery{Queue: []string{queue}, DueBefore: work.Cases[1].DueAt.Format(time.RFC3339Nano)})
	d.read("what is due before the second", err, len(soon.Cases) == 1, soon)

	urgent := cases[1]
	taken, err := d.AssignCase(ctx, dan, client.AssignCase{CaseID: urgent, Assignee: "zoe"})
	at = d.did("Zoe takes it", taken.Position, err)
	mine, err := d.ListCases(ctx, client.ListCasesQuery{Assignee: []string{"zoe"}, Queue: []string{queue}, After: at})
	d.read("what is hers", err, len(mine.Cases) == 1, mine)
	responded, err := d.RespondToCase(ctx, dan, client.RespondToCase{CaseID: urgent, Channel: "phone"})
	d.did("she calls back", responded.Position, err)
	replied, err := d.ReplyToCase(ctx, dan, client.ReplyToCase{CaseID: urgent, Channel: "email"})
	d.did("Dan answers", replied.Position, err)
	responded, err = d.RespondToCase(ctx, dan, client.RespondToCase{CaseID: urgent, Channel: "email"})
	d.did("she writes", responded.Position, err)
	paused, err := d.PauseCase(ctx, dan, client.PauseCase{CaseID: urgent, Reason: "waiting for a photo"})
	at = d.did("and waits", paused.Position, err)
	waiting, err := d.GetCustomerCase(ctx, dan, urgent, client.GetCustomerCaseQuery{After: at})
	d.read("the case waits", err, waiting.State == "paused", waiting)
	resumed, err := d.ResumeCase(ctx, dan, client.ResumeCase{CaseID: urgent})
	d.did("the photo comes", resumed.Position, err)
	escalated, err := d.EscalateCase(ctx, dan, client.EscalateCase{CaseID: urgent, To: "head of service", Reason: "it leaks again"})
	d.did("it goes up", escalated.Position, err)
	promised, err := d.MakePromise(ctx, dan, client.MakePromise{What: "a new tap by tomorrow", DueOn: on(1)})
	at = d.did("a promise", promised.Position, err)
	promises, err := d.ListCustomerPromises(ctx, dan, client.ListCustomerPromisesQuery{After: at})
	d.read("what was promised", err, len(promises.Promises) == 1, promises)
	kept, err := d.KeepPromise(ctx, dan, client.KeepPromise{PromiseID: promised.PromiseID})
	d.did("it is kept", kept.Position, err)
	resolved, err := d.ResolveCase(ctx, dan, client.ResolveCase{CaseID: urgent, Action: "corrective", RootCause: "worn seal",
		Compensation: &client.CustomerCompensation{Amount: "10.00", Currency: "EUR"}})
	d.did("it is resolved", resolved.Position, err)
	rated, err := d.RateComplaint(ctx, dan, client.RateComplaint{CaseID: urgent, Distributive: 5, Procedural: 4, Interactional: 6})
	d.did("Dan rates that", rated.Position, err)
	closed, err := d.CloseCase(ctx, dan, client.CloseCase{CaseID: urgent})
	at = d.did("and it is closed", closed.Position, err)
	thread, err := d.GetCustomerCase(ctx, dan, urgent, client.GetCustomerCaseQuery{After: at})
	d.read("its thread", err, thread.State == "closed" && thread.Responses == 2 && thread.Replies == 1 && len(thread.Resolutions) == 1 && len(thread.Clocks) > 1, thread)
	told, err := d.FollowEvents(ctx, client.FollowEventsQuery{CustomerID: []string{dan}, Types: "customer.case_*"})
	d.read("word for word", err, len(told.Events) == 10, told.Events)
	_, err = d.ResolveCase(ctx, dan, client.ResolveCase{CaseID: urgent, Action: "corrective"})
	d.read("what is closed stays closed", nil, client.Refused(err) != "", err)
	reopened, err := d.ReopenCase(ctx, dan, client.ReopenCase{CaseID: urgent, Reason: "it leaks again"})
	at = d.did("unless it leaks again", reopened.Position, err)
	open, err := d.ListCases(ctx, client.ListCasesQuery{Queue: []string{queue}, State: []string{"open"}, After: at})
	d.read("it is in the queue again", err, len(open.Cases) == 3, open)
	_, err = d.SendCampaignMessage(ctx, dan, client.SendCampaignMessage{Campaign: campaign})
	d.read("no advertising meanwhile", nil, client.Refused(err) != "", err)
	resolved, err = d.ResolveCase(ctx, dan, client.ResolveCase{CaseID: urgent, Action: "preventive", RootCause: "worn pipe"})
	d.did("for good", resolved.Position, err)
	closed, err = d.CloseCase(ctx, dan, client.CloseCase{CaseID: urgent})
	d.did("and closed", closed.Position, err)

	handed, err := d.HandOver(ctx, eve, client.HandOver{From: "service", To: "sales", What: "wants a second tap"})
	at = d.did("to sales", handed.Position, err)
	inbox, err := d.ListHandovers(ctx, client.ListHandoversQuery{After: at})
	d.read("their inbox", err, slices.ContainsFunc(inbox.Handovers, func(h client.Handover) bool { return h.HandoverID == handed.HandoverID && h.AcceptedAt == nil }), inbox)
	acceptedHandover, err := d.AcceptHandover(ctx, eve, client.AcceptHandover{HandoverID: handed.HandoverID})
	at = d.did("sales takes it", acceptedHandover.Position, err)
	handover, err := d.GetCustomerHandover(ctx, eve, handed.HandoverID, client.GetCustomerHandoverQuery{After: at})
	d.read("it was taken", err, handover.AcceptedAt != nil, handover)

	members, err := d.ListMembers(ctx, segment, client.ListMembersQuery{After: at})
	d.read("who belongs to the segment", err, len(members.Members) == 3, members)
	for _, m := range members.Members {
		assigned, err := d.AssignToCampaign(ctx, m.CustomerID, client.AssignToCampaign{Campaign: campaign, Cell: "mail"})
		d.did("into the campaign", assigned.Position, err)
		sent, err := d.SendCampaignMessage(ctx, m.CustomerID, client.SendCampaignMessage{Campaign: campaign})
		at = d.did("their mail", sent.Position, err)
	}
	messages, err := d.ListMessages(ctx, client.ListMessagesQuery{Campaign: []string{campaign}, After: at})
	d.read("what was sent", err, len(messages.Messages) == 3, messages)
	_, err = d.AssignToCampaign(ctx, cleo, client.AssignToCampaign{Campaign: "nowhere", Cell: "mail"})
	d.read("not into what is not there", nil, client.Refused(err) != "", err)
	glance, err := d.GetCustomer(ctx, dan, client.GetCustomerQuery{Expand: []string{"cases", "promises"}})
	d.read("Dan at a glance", err, glance.Interactions == 1 && slices.Contains(glance.Segments, segment), glance)
	line, err := d.GetTimeline(ctx, dan, client.GetTimelineQuery{})
	d.read("and what happened", err, len(line.Entries) > 15, line)
	d.enough()
}

package importer

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/internal/client"
)

// olist is the Olist data set on the way to its story: sheets by the ids that tie them together.
type olist struct {
	*story
	people     map[string]string // by the id that an order gives its customer
	categories map[string]string // by product
	items      map[string][]customer.Line
	freight    map[string]decimal.Decimal
	payments   map[string][]olistPayment
	orders     map[string]*party
	broken     map[string]bool // orders with an item or a payment that cannot be read
	counts     olistCounts
}

type olistCounts struct{ orders, cancelled, unsaid, bare, moved, payments, reviews int }

type olistPayment struct {
	place
	number string
	method string
	amount decimal.Decimal
}

// readOlist takes in the sheets of the Olist data set.
func readOlist(ctx context.Context, s *story) error {
	o := &olist{story: s, people: map[string]string{}, categories: map[string]string{}, items: map[string][]customer.Line{},
		freight: map[string]decimal.Decimal{}, payments: map[string][]olistPayment{}, orders: map[string]*party{},
		broken: map[string]bool{}}
	for _, sheet := range []struct {
		name    string
		columns []string
		take    func(line) error
	}{
		{"customers", []string{"customer_id", "customer_unique_id"}, o.person},
		{"products", []string{"product_id", "product_category_name"}, o.product},
		{"order_items", []string{"order_id", "product_id", "price", "freight_value"}, o.part(o.item)},
		{"order_payments", []string{"order_id", "payment_sequential", "payment_type", "payment_value"}, o.part(o.payment)},
		{"orders", []string{"order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
			"order_delivered_carrier_date", "order_delivered_customer_date", "order_estimated_delivery_date"}, o.order},
		{"order_reviews", []string{"review_id", "order_id", "review_score", "review_comment_title",
			"review_comment_message", "review_answer_timestamp"}, o.review},
	} {
		if err := s.sheet(ctx, "olist_"+sheet.name+"_dataset.csv", sheet.columns, sheet.take); err != nil {
			return err
		}
	}
	if len(s.facts) > 0 {
		first := slices.MinFunc(s.facts, func(a, b fact) int { return a.at.Compare(b.at) })
		s.publish(first.at, questionnaire.Publish{ID: olistReview, Template: questionnaire.Template{
			Kind: questionnaire.CSAT, Title: "Review of an order", Items: []questionnaire.Item{{Item: "score", Min: 1, Max: 5}}}})
	}
	s.hold("orders", o.counts.orders)
	s.hold("of them cancelled or unavailable, told when they were last heard of: no day is given", o.counts.cancelled)
	s.hold("of them said to be cancelled after they were shipped, told as shipped", o.counts.unsaid)
	s.hold("of them without items, told as one unspecified line at what was paid", o.counts.bare)
	s.hold("of them shipped before they were placed or after they were delivered, told within", o.counts.moved)
	s.hold("payments", o.counts.payments)
	s.hold("reviews, told as customer satisfaction", o.counts.reviews)
	return nil
}

const olistReview = "olist-review"

func (o *olist) person(l line) error {
	o.people[l.text("customer_id")] = l.text("customer_unique_id")
	return nil
}

func (o *olist) product(l line) error {
	o.categories[l.text("product_id")] = l.text("product_category_name")
	return nil
}

// part takes a line that is a part of an order. With one that cannot be read, nothing of the order is told.
func (o *olist) part(take func(line) error) func(line) error {
	return func(l line) error {
		err := take(l)
		if err != nil {
			o.broken[l.text("order_id")] = true
		}
		return err
	}
}

func (o *olist) item(l line) error {
	price, err := l.number("price")
	if err != nil {
		return err
	}
	freight, err := l.number("freight_value")
	if err != nil {
		return err
	}
	order, sku := l.text("order_id"), l.text("product_id")
	o.items[order] = append(o.items[order], customer.Line{SKU: sku, Category: o.categories[sku], Quantity: decimal.One,
		UnitPrice: price})
	sum, err := o.freight[order].Add(freight)
	o.freight[order] = sum
	return err
}

func (o *olist) payment(l line) error {
	amount, err := l.number("payment_value")
	if err != nil {
		return err
	}
	order := l.text("order_id")
	o.payments[order] = append(o.payments[order], olistPayment{l.place, l.text("payment_sequential"),
		l.text("payment_type"), amount})
	return nil
}

// moments are when things happened to an order; zero where the source does not say.
type moments struct{ placed, approved, shipped, delivered, promised time.Time }

func (o *olist) moments(l line) (m moments, err error) {
	for _, x := range []struct {
		at     *time.Time
		column string
	}{
		{&m.placed, "order_purchase_timestamp"}, {&m.approved, "order_approved_at"},
		{&m.shipped, "order_delivered_carrier_date"}, {&m.delivered, "order_delivered_customer_date"},
		{&m.promised, "order_estimated_delivery_date"},
	} {
		if l.field(x.column) == "" && x.at != &m.placed {
			continue
		}
		if *x.at, err = l.time(o.story, x.column, time.DateTime); err != nil {
			return m, err
		}
	}
	return m, nil
}

// within brings the moments of an order into the order in which they can have been.
func (m *moments) within() (moved bool) {
	m.approved = later(m.placed, m.approved)
	if m.shipped.IsZero() {
		return false
	}
	said := m.shipped
	if !m.delivered.IsZero() && m.shipped.After(m.delivered) {
		m.shipped = m.delivered
	}
	m.shipped = later(m.placed, m.shipped)
	return !m.shipped.Equal(said)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (o *olist) order(l line) error {
	number, status := l.text("order_id"), l.text("order_status")
	person := o.people[l.field("customer_id")]
	if person == "" {
		return l.fault("customer_unknown", l.field("customer_id"))
	}
	if o.broken[number] {
		return l.fault("order_incomplete", number)
	}
	m, err := o.moments(l)
	if err != nil {
		return err
	}
	lines, err := o.bought(number)
	if err != nil {
		return err
	}
	if lines == nil {
		return l.fault("order_empty", number)
	}
	o.counts.orders++
	if m.within() {
		o.counts.moved++
	}
	p := o.party(person)
	p.register.Country = "Brazil"
	o.orders[number] = p
	o.tellOrder(l.place, p, number, status, m, lines)
	return nil
}

// bought returns the lines of an order, with the freight of them all; nil where there is neither an item nor a
// payment.
func (o *olist) bought(number string) ([]customer.Line, error) {
	if lines := o.items[number]; len(lines) > 0 {
		return append(lines, customer.Line{SKU: "freight", Category: "freight", Quantity: decimal.One,
			UnitPrice: o.freight[number]}), nil
	}
	payments := o.payments[number]
	if len(payments) == 0 {
		return nil, nil
	}
	o.counts.bare++
	paid := decimal.Zero
	for _, p := range payments {
		var err error
		if paid, err = paid.Add(p.amount); err != nil {
			return nil, err
		}
	}
	return []customer.Line{{SKU: "unspecified", Quantity: decimal.One, UnitPrice: paid}}, nil
}

func (o *olist) tellOrder(from place, p *party, number, status string, m moments, lines []customer.Line) {
	id := o.id("purchase", number)
	say := func(at time.Time, from place, worth worth, name string, command any) {
		o.tell(fact{at: at, place: from, party: p, worth: worth, command: func(how client.Circumstances) client.Line {
			how.Channel = "web"
			return client.Command(name, p.id, command, how)
		}})
	}
	amounts := make([]decimal.Decimal, len(lines))
	for i, l := range lines {
		amounts[i] = l.UnitPrice
	}
	say(m.placed, from, worthOf("purchases", "BRL", amounts...), "record_purchase",
		customer.RecordPurchase{PurchaseID: id, Reference: number, Currency: "BRL", Lines: lines})
	order := customer.PlaceOrder{PurchaseID: id}
	if !m.promised.IsZero() {
		by := domain.DayOf(m.promised, o.Zone)
		order.DeliverBy = &by
	}
	say(m.placed, from, worth{}, "place_order", order)
	for _, paid := range o.payments[number] {
		o.counts.payments++
		say(m.approved, paid.place, worthOf("payments", "BRL", paid.amount), "pay_order", customer.PayOrder{PaymentID: o.id("payment", number+"\x00"+paid.number),
			PurchaseID: id, Amount: paid.amount, Method: paid.method})
	}
	if !m.shipped.IsZero() {
		say(m.shipped, from, worth{}, "ship_order", customer.ShipOrder{PurchaseID: id})
	}
	if !m.delivered.IsZero() {
		say(m.delivered, from, worth{}, "deliver_order", customer.DeliverOrder{PurchaseID: id})
	}
	switch {
	case status != "canceled" && status != "unavailable":
	case m.shipped.IsZero() && m.delivered.IsZero():
		o.counts.cancelled++
		say(m.approved, from, worth{}, "cancel_order", customer.CancelOrder{PurchaseID: id, Reason: status})
	default:
		o.counts.unsaid++
	}
}

func (o *olist) review(l line) error {
	number := l.text("order_id")
	p := o.orders[number]
	if p == nil {
		return l.fault("order_unknown", number)
	}
	score, err := l.whole("review_score")
	if err != nil {
		return err
	}
	at, err := l.time(o.story, "review_answer_timestamp", time.DateTime)
	if err != nil {
		return err
	}
	o.counts.reviews++
	c := customer.AnswerSurvey{SurveyID: o.id("review", number+"\x00"+l.field("review_id")), Questionnaire: olistReview,
		Version: 1, Answers: []questionnaire.Answer{{Item: "score", Value: int(score)}},
		Comment: strings.TrimSpace(l.field("review_comment_title") + "\n" + l.field("review_comment_message"))}
	o.tell(fact{at: at, place: l.place, party: p, command: func(how client.Circumstances) client.Line {
		how.Channel = "web"
		return client.Command("answer_survey", p.id, c, how)
	}})
	return nil
}

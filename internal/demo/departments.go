package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
)

// members are those of a command's body.
type members = map[string]any

// dealings is what the departments have to do with a customer, beside what they buy. It follows from dice of its own, so
// that purchases are the same with and without it.
type dealings struct {
	*shopper
	own     dice
	joined  time.Time
	bought  []touchpoint // purchases
	counted map[string]int
	upset   [][2]time.Time // from a complaint until it is settled
}

var staff = map[string][]string{"service": {"Mira", "Jo", "Tariq", "Eva"}, "sales": {"Ines", "Karl", "Noor"}, "marketing": {"Pia"}}

// deal adds what departments do to what the customer did.
func (s *shopper) deal() {
	d := &dealings{shopper: s, own: newDice(s.Seed^0xdea1, uint64(s.number)), joined: s.told[0].at, counted: map[string]int{}}
	for _, t := range s.told {
		if t.line.Command == "record_purchase" {
			d.bought = append(d.bought, t)
		}
	}
	consented := d.reach()
	for _, t := range d.bought {
		d.afterPurchase(t)
	}
	if consented {
		d.campaigns()
	}
	d.ask()
	if s.organisation || d.own.chance(.04) {
		d.sell()
	}
	if len(d.bought) > 4 {
		d.befriend()
	}
}

// do records something, if it is not over by then.
func (d *dealings) do(at time.Time, command, department, channel string, m members) bool {
	if d.over(at) {
		return false
	}
	who := ""
	if department != "" && channel != "web" {
		who = pick(d.own, staff[department])
	}
	d.tell(at, client.Command(command, d.id, m, d.how(at, department, channel, who)))
	return true
}

func (d *dealings) next(kind string) uuid.UUID {
	d.counted[kind]++
	return d.nth(kind, d.counted[kind])
}

// later is a moment some hours after another.
func (d *dealings) later(at time.Time, low, high float64) time.Time {
	return at.Add(time.Duration((low + d.own.Float64()*(high-low)) * float64(time.Hour))).Truncate(time.Second)
}

// reach is by what the customer can be reached, and whether they may be written to.
func (d *dealings) reach() (consented bool) {
	at := d.later(d.joined, .01, .1)
	name := strings.ToLower(strings.ReplaceAll(ascii(d.called), " ", "."))
	d.do(at, "add_contact_point", "marketing", "web", members{"contact_point_id": d.next("contact"), "kind": "email",
		"value": fmt.Sprintf("%s.%d@example.com", name, d.number), "preferred": true})
	if d.own.chance(.35) {
		d.do(at, "add_contact_point", "sales", "web", members{"contact_point_id": d.next("contact"), "kind": "phone",
			"value": fmt.Sprintf("+44 7700 900%03d", d.number%1000)})
	}
	if !d.own.chance(.62) {
		return false
	}
	d.do(at, "grant_consent", "marketing", "web", members{"purpose": "marketing", "through": "email", "legal_basis": "consent", "text_version": "2025-1"})
	if d.own.chance(.08) {
		d.do(d.later(at, 24*90, 24*400), "withdraw_consent", "marketing", "web", members{"purpose": "marketing", "through": "email"})
		return false
	}
	return true
}

var accents = strings.NewReplacer("é", "e", "è", "e", "ë", "e", "í", "i", "ó", "o", "ò", "o", "á", "a", "ú", "u", "ö", "o", "ü", "u", "ñ", "n", "ï", "i")

func ascii(name string) string { return accents.Replace(name) }

// afterPurchase is what may follow from one: points, a trouble, equipment at the customer's.
func (d *dealings) afterPurchase(t touchpoint) {
	p, ok := t.line.Body.(interface{ Told() any })
	if !ok {
		return
	}
	purchase, ok := p.Told().(customer.RecordPurchase)
	if !ok {
		return
	}
	if d.number%3 == 0 {
		d.do(d.later(t.at, .01, .02), "earn_points", "marketing", "web", members{"lot_id": d.next("lot"), "points": 10 * len(purchase.Lines),
			"purchase_id": purchase.PurchaseID, "expires_on": domain.DayOf(t.at, time.UTC) + 365})
	}
	if d.own.chance(.055) {
		d.trouble(d.later(t.at, 30, 200), purchase.PurchaseID)
	}
	for _, l := range purchase.Lines {
		if l.Category == "machines" {
			d.machine(d.later(t.at, 48, 120), l.Name)
		}
	}
}

var troubles = []struct{ kind, category, subject string }{
	{"complaint", "delivery", "The parcel came late"}, {"complaint", "damage", "A cup arrived broken"}, {"complaint", "quality", "The roast tastes burnt"},
	{"question", "brewing", "Which grind for a moka pot?"}, {"question", "order", "Can the order be changed?"}, {"incident", "invoice", "The invoice has another amount"},
	{"complaint", "billing", "Charged twice"}, {"question", "stock", "When is the grinder back?"},
}

// trouble is a case from its opening to its end, as far as the shop's days go.
func (d *dealings) trouble(at time.Time, purchase uuid.UUID) {
	id, what, opened := d.next("case"), pick(d.own, troubles), at
	priority := weighted(d.own, []string{"normal", "high", "urgent", "low"}, func(p string) int { return map[string]int{"normal": 60, "high": 22, "urgent": 8, "low": 10}[p] })
	if !d.do(at, "open_case", "service", "web", members{"case_id": id, "type": what.kind, "category": what.category, "subject": what.subject,
		"priority": priority, "queue": "desk", "purchase_id": purchase}) {
		return
	}
	complains := func(until time.Time) {
		if what.kind == "complaint" {
			d.upset = append(d.upset, [2]time.Time{opened, until})
		}
	}
	who := pick(d.own, staff["service"])
	about := members{"case_id": id}
	d.do(d.later(at, .1, .4), "assign_case", "service", "phone", members{"case_id": id, "assignee": who})
	at = d.later(at, .5, 30)
	d.do(at, "respond_to_case", "service", "email", about)
	if d.own.chance(.4) {
		at = d.later(at, 1, 20)
		d.do(at, "reply_to_case", "", "web", about)
		at = d.later(at, .5, 12)
		d.do(at, "respond_to_case", "service", "email", members{"case_id": id, "response_id": d.next("response")})
	}
	at = d.later(at, 2, 110)
	end := members{"case_id": id, "action": pick(d.own, []string{"corrective", "corrective", "preventive"}), "root_cause": pick(d.own, []string{"carrier", "packing", "roasting", "wording"})}
	if what.kind == "complaint" && d.own.chance(.4) {
		end["compensation"] = members{"amount": fmt.Sprintf("%d.00", d.own.between(3, 20)), "currency": d.Currency}
	}
	complains(at)
	if !d.do(at, "resolve_case", "service", "email", end) {
		return
	}
	if what.kind == "complaint" && d.own.chance(.6) {
		d.do(d.later(at, 2, 40), "rate_complaint", "", "web", members{"case_id": id, "distributive": d.own.between(3, 7), "procedural": d.own.between(2, 7), "interactional": d.own.between(4, 7)})
	}
	d.do(d.later(at, 48, 72), "close_case", "service", "email", about)
}

// machine is equipment at the customer's, with its wear and its maintenance.
func (d *dealings) machine(at time.Time, model string) {
	id, day := d.next("asset"), domain.DayOf(at, time.UTC)
	if !d.do(at, "install_asset", "service", "store", members{"asset_id": id, "model": model, "serial": fmt.Sprintf("P%05d-%d", d.number, d.counted["asset"]), "installed_on": day}) {
		return
	}
	wear := 0
	for n := 1; ; n++ {
		due := day + domain.Day(120*n)
		plan, work := d.later(at, 1, 2), d.next("maintenance")
		if !d.do(plan, "schedule_maintenance", "service", "phone", members{"asset_id": id, "maintenance_id": work, "component": "group head", "due_on": due}) {
			return
		}
		wear = min(95, wear+d.own.between(12, 30))
		at = due.Time().Add(-time.Duration(d.own.between(12, 200)) * time.Hour)
		d.do(d.later(at, -30, -2), "measure_wear", "service", "phone", members{"asset_id": id, "measurement_id": d.next("wear"), "component": "group head", "wear": fmt.Sprintf("0.%02d", wear)})
		if d.own.chance(.2) {
			d.do(d.later(at, -400, -300), "report_breakdown", "service", "phone", members{"asset_id": id, "breakdown_id": d.next("breakdown"), "component": "pump"})
		}
		if !d.own.chance(.85) {
			at = due.Time().Add(50 * time.Hour)
			continue // it is missed
		}
		if !d.do(at, "perform_maintenance", "service", "store", members{"asset_id": id, "maintenance_id": work, "component": "group head"}) {
			return
		}
	}
}

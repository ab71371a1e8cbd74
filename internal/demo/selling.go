package demo

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/internal/client"
)

// asked are the shop's questionnaires, and what they ask.
var asked = []struct {
	name, kind, title string
	items             []members
}{
	{"shop-nps", "nps", "Would you recommend us?", []members{{"item": "recommend", "text": "How likely are you to recommend us to a friend?", "min": 0, "max": 10}}},
	{"shop-csat", "csat", "How was it?", []members{{"item": "satisfied", "text": "How satisfied are you with us?", "min": 1, "max": 5}}},
	{"service-quality", "servqual", "Service quality", []members{
		{"item": "on-time", "text": "They deliver when they say so", "dimension": "reliability", "min": 1, "max": 7},
		{"item": "prompt", "text": "They answer promptly", "dimension": "responsiveness", "min": 1, "max": 7},
		{"item": "knows", "text": "They know what they sell", "dimension": "assurance", "min": 1, "max": 7},
		{"item": "cares", "text": "They understand what I need", "dimension": "empathy", "min": 1, "max": 7},
		{"item": "looks", "text": "Shop and parcels look good", "dimension": "tangibles", "min": 1, "max": 7}}},
	{"features", "kano", "What would you like?", []members{
		{"item": "grind", "text": "We grind to order", "min": 1, "max": 5}, {"item": "same-day", "text": "We deliver the same day", "min": 1, "max": 5},
		{"item": "tracking", "text": "You can follow the parcel", "min": 1, "max": 5}, {"item": "wrap", "text": "We wrap gifts", "min": 1, "max": 5}}},
	{"ecsi", "ecsi", "Customer satisfaction index", []members{
		{"item": "image", "text": "A shop that one can trust", "dimension": "image", "min": 1, "max": 10},
		{"item": "expected", "text": "What you expected", "dimension": "expectations", "min": 1, "max": 10},
		{"item": "quality", "text": "Quality of the goods", "dimension": "quality", "min": 1, "max": 10},
		{"item": "value", "text": "Value for money", "dimension": "value", "min": 1, "max": 10},
		{"item": "satisfied", "text": "Satisfied on the whole", "dimension": "satisfaction", "min": 1, "max": 10},
		{"item": "again", "text": "Would buy again", "dimension": "loyalty", "min": 1, "max": 10}}},
}

// drives are the shop's campaigns, each in a part of its days.
var drives = []struct {
	name, title string
	at          float64
}{{"spring-roast", "Spring roast", .55}, {"tea-time", "Tea time", .75}, {"advent", "Advent calendar", .93}}

func (o Options) driveDay(at float64) domain.Day { return o.first() + domain.Day(at*float64(o.Days)) }

// publish are the commands of no customer, before all others: what is asked, and which campaigns there are.
func (o Options) publish() (all []touchpoint) {
	at := o.first().Time().Add(7 * time.Hour)
	say := func(at time.Time, command string, m members) {
		all = append(all, touchpoint{at, client.Line{Command: command, Body: m}})
	}
	when := func(at time.Time, m members) members {
		m["occurred_at"], m["source"], m["department"], m["actor"] = at, "demo", "marketing", "Pia"
		return m
	}
	for _, q := range asked {
		say(at, "publish_questionnaire", when(at, members{"questionnaire": q.name, "kind": q.kind, "title": q.title, "items": q.items}))
	}
	for _, c := range drives {
		at := (o.driveDay(c.at) - 2).Time().Add(9 * time.Hour)
		say(at, "plan_campaign", when(at, members{"campaign": c.name, "title": c.title, "purpose": "marketing", "through": "email", "window_days": 21,
			"cells": []members{{"cell": "mail"}, {"cell": "none", "control": true}}}))
		say(at.Add(time.Hour), "launch_campaign", when(at.Add(time.Hour), members{"campaign": c.name}))
		say(at.Add(2*time.Hour), "record_campaign_cost", when(at.Add(2*time.Hour), members{"campaign": c.name, "cost_id": drivesID(c.name), "what": "copy and sending",
			"amount": fmt.Sprintf("%d.00", 90+len(c.name)*7), "currency": o.Currency}))
	}
	return all
}

func drivesID(name string) uuid.UUID { return uuid.NewSHA1(idSpace, []byte("cost\x00"+name)) }

// campaigns puts the customer into those that ran since they came.
func (d *dealings) campaigns() {
	for _, c := range drives {
		at := d.driveDay(c.at).Time().Add(10 * time.Hour)
		if at.Before(d.joined.Add(24*time.Hour)) || !d.own.chance(.7) {
			continue
		}
		cell := "mail"
		if d.own.chance(.33) {
			cell = "none"
		}
		if !d.do(at, "assign_to_campaign", "marketing", "web", members{"campaign": c.name, "cell": cell}) || cell == "none" {
			continue
		}
		if sent := at.Add(time.Hour); slices.ContainsFunc(d.upset, func(u [2]time.Time) bool { return !sent.Before(u[0]) && !sent.After(u[1]) }) {
			continue // whoever waits for a complaint to be settled gets no advertisement
		}
		id := d.next("message")
		d.do(at.Add(time.Hour), "send_campaign_message", "marketing", "email", members{"campaign": c.name, "message_id": id})
		for i, fate := range []string{"delivered", "opened", "clicked"} {
			if !d.own.chance([]float64{.97, .46, .35}[i]) {
				break
			}
			d.do(d.later(at, 1.1+float64(i)*10, 9+float64(i)*10), "tell_message_fate", "", "email", members{"message_id": id, "fate": fate})
		}
	}
}

// ask has the customer answer surveys after some of their purchases.
func (d *dealings) ask() {
	mood := d.own.beta(5, 2)
	for _, t := range d.bought {
		if !d.own.chance(.16) {
			continue
		}
		at := d.later(t.at, 70, 260)
		q := weighted(d.own, asked, func(q struct {
			name, kind, title string
			items             []members
		}) int {
			return map[string]int{"nps": 45, "csat": 35, "servqual": 8, "kano": 6, "ecsi": 6}[q.kind]
		})
		var answers []members
		for _, item := range q.items {
			low, high := item["min"].(int), item["max"].(int)
			score := func(m float64) int {
				return max(low, min(high, low+int(m*float64(high-low)+d.own.NormFloat64()*.9+.5)))
			}
			switch q.kind {
			case "servqual":
				answers = append(answers, members{"item": item["item"], "aspect": "expectation", "value": score(.88)},
					members{"item": item["item"], "aspect": "perception", "value": score(mood)})
			case "kano":
				answers = append(answers, members{"item": item["item"], "aspect": "functional", "value": d.own.between(1, 3)},
					members{"item": item["item"], "aspect": "dysfunctional", "value": d.own.between(2, 5)})
			default:
				answers = append(answers, members{"item": item["item"], "value": score(mood)})
			}
		}
		d.do(at, "answer_survey", "marketing", "web", members{"survey_id": d.next("survey"), "questionnaire": q.name, "version": 1, "answers": answers})
	}
}

var stages = []string{"qualifying", "proposing", "negotiating"}

// sell is a lead that may become an opportunity, which is won or lost.
func (d *dealings) sell() {
	at := d.later(d.joined, 100, 24*float64(d.Days)*.8)
	for !d.over(at) {
		lead := d.next("lead")
		interest := pick(d.own, []string{"beans for the whole house", "a machine on lease", "gifts for the staff", "a tea corner"})
		if !d.do(at, "capture_lead", "marketing", "web", members{"lead_id": lead, "lead_source": pick(d.own, []string{"form", "fair", "call"}), "interest": interest, "owner": "Ines"}) {
			return
		}
		at = d.later(at, 3, 60)
		if !d.own.chance(.75) {
			d.do(at, "reject_lead", "marketing", "phone", members{"lead_id": lead, "reason": "no budget"})
			return
		}
		if !d.do(at, "qualify_lead", "marketing", "phone", members{"lead_id": lead, "score": d.own.between(40, 95), "reason": "asked for a price"}) {
			return
		}
		at = d.pursue(d.later(at, 3, 70), interest)
		at = d.later(at, 24*40, 24*160)
	}
}

// pursue is an opportunity from its opening to its end, as far as the shop's days go.
func (d *dealings) pursue(at time.Time, what string) time.Time {
	id, owner := d.next("opportunity"), pick(d.own, staff["sales"])
	about := func(more members) members {
		m := members{"opportunity_id": id}
		for k, v := range more {
			m[k] = v
		}
		return m
	}
	if !d.do(at, "open_opportunity", "sales", "phone", about(members{"name": what, "product": "supply", "currency": d.Currency,
		"amount": fmt.Sprintf("%d.00", 100*d.own.between(4, 60)), "owner": owner, "expected_close_on": domain.DayOf(at, time.UTC) + domain.Day(d.own.between(30, 90))})) {
		return at
	}
	d.do(d.later(at, .1, .2), "accept_lead", "sales", "phone", members{"lead_id": d.nth("lead", d.counted["lead"]), "opportunity_id": id})
	for _, stage := range stages {
		at = d.later(at, 24*3, 24*22)
		if d.own.chance(.2) {
			d.do(at, "lose_opportunity", "sales", "phone", about(members{"reason": pick(d.own, []string{"price", "timing", "another supplier"}), "competitor": "Beans Ltd"}))
			return at
		}
		if !d.do(at, "move_opportunity", "sales", "phone", about(members{"stage": stage})) {
			return at
		}
	}
	at = d.later(at, 24*2, 24*20)
	d.do(at, "win_opportunity", "sales", "phone", about(nil))
	return at
}

// befriend is what comes about with those who buy often: promises, offers, work between departments, recommendations.
func (d *dealings) befriend() {
	last := d.bought[len(d.bought)-1].at
	if d.own.chance(.25) {
		at, id := d.later(last, 5, 90), d.next("promise")
		d.do(at, "make_promise", "service", "phone", members{"promise_id": id, "what": pick(d.own, []string{"call back about the grinder", "send a sample of the new roast", "look for the lost parcel"}),
			"due_on": domain.DayOf(at, time.UTC) + domain.Day(d.own.between(2, 6))})
		if d.own.chance(.75) {
			d.do(d.later(at, 20, 44), "keep_promise", "service", "phone", members{"promise_id": id})
		}
	}
	if d.own.chance(.3) {
		at, id := d.later(last, 30, 200), d.next("offer")
		d.do(at, "propose_offer", "sales", "email", members{"offer_id": id, "category": pick(d.own, []string{"coffee", "tea", "brewing"}), "discount_percent": "10",
			"reason": "bought it often", "valid_until": domain.DayOf(at, time.UTC) + 30})
		switch {
		case d.own.chance(.35):
			d.do(d.later(at, 10, 200), "accept_offer", "", "web", members{"offer_id": id})
		case d.own.chance(.3):
			d.do(d.later(at, 10, 200), "reject_offer", "", "web", members{"offer_id": id, "reason": "not now"})
		}
	}
	if d.own.chance(.12) {
		at, id := d.later(last, 10, 300), d.next("handover")
		d.do(at, "hand_over", "sales", "phone", members{"handover_id": id, "from": "sales", "to": "service", "what": "show how to descale the machine"})
		if d.own.chance(.6) {
			d.do(d.later(at, 5, 60), "accept_handover", "service", "phone", members{"handover_id": id})
		}
	}
	if d.own.chance(.08) {
		d.do(d.later(last, 100, 400), "give_testimonial", "", "web", members{"testimonial_id": d.next("testimonial"), "where": "a review site", "text": "Always fresh, always on time"})
	}
	if d.organisation && d.own.chance(.4) {
		at := d.later(last, 20, 60)
		d.do(at, "sign_agreement", "sales", "store", members{"agreement_id": d.next("agreement"), "kind": "framework", "starts_on": domain.DayOf(at, time.UTC) + 1})
	}
}

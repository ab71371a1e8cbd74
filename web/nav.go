package web

import (
	"net/url"

	"github.com/rapport-crm/rapport/domain/access"
)

// pages are all that there are but those for signing in and those of actions.
var pages = []pageOf{
	{"GET /{$}", access.Everyone, (*visit).overview},
	{"GET /live", access.Everyone, (*visit).live},
	{"GET /live/events", access.Apps | access.Auditors, (*visit).follow},
	{"GET /customers", access.Everyone, (*visit).customers},
	{"GET /customers.csv", access.Apps | access.Auditors, (*visit).customersCSV},
	{"GET /customers/{id}", access.Apps | access.Auditors, (*visit).customer},
	{"GET /customers/{id}/timeline", access.Apps | access.Auditors, (*visit).timeline},
	{"GET /customers/{id}/looks", access.Auditors, (*visit).looks},
	{"GET /customers/{id}/bundle", access.Auditors, (*visit).bundle},
	{"GET /customers/{id}/asof", access.Auditors, (*visit).lookBack},
	{"GET /customers/{id}/merge", access.Apps, (*visit).mergePage},
	{"GET /customers/{id}/split", access.Apps, (*visit).splitPage},
	{"GET /customers/{id}/erase", access.Admins, (*visit).erasePage},
	{"GET /work", access.Apps, (*visit).work},
	{"GET /service", access.Apps | access.Analysts, (*visit).service},
	{"GET /service/{id}/{case}", access.Apps | access.Analysts, (*visit).serviceCase},
	{"GET /sales", access.Apps | access.Analysts, (*visit).sales},
	{"GET /sales/demand", access.Analysts, (*visit).demand},
	{"GET /marketing", access.Analysts, (*visit).marketing},
	{"GET /marketing/surveys", access.Analysts, (*visit).surveys},
	{"GET /segments", access.Everyone, (*visit).segments},
	{"GET /segments/ladder", access.Analysts, (*visit).ladderEditor},
	{"GET /segments/{name}", access.Everyone, (*visit).segment},
	{"GET /value", access.Analysts, (*visit).value},
	{"GET /audit", access.Auditors, (*visit).audit},
	{"GET /audit/log", access.Auditors, (*visit).log},
	{"GET /audit/verify", access.Auditors, (*visit).verify},
	{"POST /audit/verify", access.Auditors, (*visit).verify},
	{"GET /audit/reads", access.Analysts, (*visit).reads},
	{"GET /audit/tokens", access.Admins, (*visit).tokens},
	{"GET /operations", access.Everyone, (*visit).operations},
	{"GET /operations/quality", access.Analysts, (*visit).quality},
	{"GET /operations/maturity", access.Analysts, (*visit).maturity},
	{"GET /operations/keys", access.Admins, (*visit).keys},
	{"GET /tables", access.Analysts | access.Auditors, (*visit).tables},
	{"GET /tables/{file}", access.Analysts | access.Auditors, (*visit).table1},
}

// place is an entry of the navigation.
type place struct {
	section, text, href, key string
	roles                    access.Roles
}

var places = []struct {
	title string
	all   []place
}{
	{"", []place{
		{"overview", "Overview", "/", "o", access.Everyone},
		{"customers", "Customers", "/customers", "c", access.Everyone},
		{"work", "My work", "/work", "w", access.Apps},
	}},
	{"Departments", []place{
		{"sales", "Sales", "/sales", "s", access.Apps | access.Analysts},
		{"service", "Service", "/service", "e", access.Apps | access.Analysts},
		{"marketing", "Marketing", "/marketing", "m", access.Analysts},
	}},
	{"Understand", []place{
		{"segments", "Segments and ladder", "/segments", "l", access.Everyone},
		{"value", "Value", "/value", "v", access.Analysts},
		{"tables", "Tables", "/tables", "t", access.Analysts | access.Auditors},
	}},
	{"Control", []place{
		{"do", "Actions", "/do", "a", access.Everyone},
		{"audit", "Audit", "/audit", "u", access.Auditors},
		{"operations", "Operations", "/operations", "p", access.Everyone},
	}},
}

// nav is the navigation for the visitor, who sees what they may use.
func (v *visit) nav(section string) (groups []NavGroup) {
	for _, g := range places {
		group := NavGroup{Title: g.title}
		for _, p := range g.all {
			if v.is(p.roles) {
				group.Links = append(group.Links, Link{Text: p.text, Href: p.href, Key: p.key, Current: p.section == section})
			}
		}
		if len(group.Links) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

// tableCSVURL is where a table can be had as a file; "" for those who may not.
func (v *visit) csv(table string, conditions ...string) string {
	if !v.is(access.Analysts) {
		return ""
	}
	q := url.Values{}
	for _, c := range conditions {
		for i := range c {
			if c[i] == '=' {
				q.Add(c[:i], c[i+1:])
				break
			}
		}
	}
	if len(q) == 0 {
		return "/tables/" + table + ".csv"
	}
	return "/tables/" + table + ".csv?" + q.Encode()
}

package api

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/rapport-crm/rapport/domain/customer"
)

var voidFact = declare(customers, ofFact(declaration[customer.VoidFact]{
	Name: "void_fact", Method: http.MethodPost, Path: "/v1/customers/{customer_id}/facts/{revision}/voided",
	Summary: "Void a fact that was recorded by mistake",
	Description: "The fact stays in the log, struck out: from then on all is as if it had not been. What followed from it by " +
		"itself goes with it; one on which other facts rest is refused, with their revisions in existing.",
	Fields: map[string]string{
		"revision": "Of the fact in the stream of the customer whom the path names, as timeline and history have it",
		"reason":   "Why",
	},
	Example: `{"reason":"typed twice"}`, Bodiless: true,
}, func(c *customer.VoidFact) *uint64 { return &c.Revision }))

// ofFact addresses a command to a fact of a customer, by the revision that it holds.
func ofFact[C any](d declaration[C], revision func(*C) *uint64) declaration[C] {
	d = ofCustomer(d)
	d.Second = "revision"
	bind := d.Bind
	d.Bind = func(in *body[C], value string) error {
		id, text, _ := strings.Cut(value, "/")
		named, err := strconv.ParseUint(text, 10, 63)
		if err != nil {
			return malformed("path.revision", "revision_malformed", "a revision is a whole number")
		}
		said := revision(&in.Command)
		if *said != 0 && *said != named {
			return malformed("body.revision", "revision_differs", "the body names another revision than the path")
		}
		*said = named
		return bind(in, id)
	}
	return d
}

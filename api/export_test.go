package api

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"github.com/rapport-crm/rapport/domain/access"
)

// ServedRoute is a route that the router has, and who may use it: nobody, where it came into being some other way.
type ServedRoute struct {
	Method, Path string
	Roles        access.Roles
	Discloses    bool // personal data
}

// RoutesOf walks the router of a handler that New answered.
func RoutesOf(h http.Handler) (all []ServedRoute, err error) {
	s := h.(*server)
	err = chi.Walk(s.router, func(method, path string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		all = append(all, ServedRoute{method, path, s.roles[method+" "+path], s.discloses[method+" "+path]})
		return nil
	})
	return all, err
}

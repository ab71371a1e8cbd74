package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/domain/access"
)

// public is all that may be asked without saying who one is.
var public = []string{
	"GET /docs",
	"GET /healthz",
	"GET /openapi-3.0.json",
	"GET /openapi-3.0.yaml",
	"GET /openapi.json",
	"GET /openapi.yaml",
	"GET /readyz",
	"GET /v1/proof/key",
	"POST /v1/hooks/{webhook}",
}

func routesOf(t *testing.T, w *world) []api.ServedRoute {
	t.Helper()
	all, err := api.RoutesOf(w.server)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryRouteSaysWhoMayUseIt(t *testing.T) {
	var open []string
	for _, r := range routesOf(t, newWorld(t)) {
		switch r.Roles {
		case 0:
			t.Errorf("%s %s does not say who may use it", r.Method, r.Path)
		case access.Public:
			open = append(open, r.Method+" "+r.Path)
		}
	}
	slices.Sort(open)
	if diff := cmp.Diff(public, open); diff != "" {
		t.Errorf("what anybody may ask: %s", diff)
	}
}

func TestTheOpenAPIDocumentTellsWhoMayUseARoute(t *testing.T) {
	w := newWorld(t)
	paths := w.must(200, "GET", "/openapi.json", "").json(t)["paths"].(map[string]any)
	for _, r := range routesOf(t, w) {
		operations, ok := paths[r.Path].(map[string]any)
		if !ok {
			continue // such as the document itself
		}
		operation := operations[strings.ToLower(r.Method)].(map[string]any)
		said := []string{"map[]"} // no proof is asked for
		if r.Roles != access.Public {
			said = nil
			for _, role := range r.Roles.List() {
				said = append(said, fmt.Sprintf("map[bearer:[%s]]", role))
			}
		}
		var told []string
		alternatives, _ := operation["security"].([]any)
		for _, one := range alternatives {
			told = append(told, fmt.Sprint(one))
		}
		if !slices.Equal(said, told) {
			t.Errorf("%s %s is for %v, and the document says %v", r.Method, r.Path, said, told)
		}
	}
}

package tidy

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// layer is a folder, with everything below it, and what its packages may import beside each other and the
// standard library.
type layer struct {
	folder    string
	ours      []string // layers
	libraries []string // modules, or folders of them
	never     []string // of the standard library: what it must not know
}

// The architecture. The longest folder that fits a package is its layer.
var layers = []layer{
	{folder: "domain",
		libraries: []string{"github.com/google/uuid", "github.com/govalues/decimal"},
		never:     []string{"net/http", "database/sql", "os", "math/rand", "math/rand/v2", "crypto/rand", "log/slog"}},
	{folder: "domain/domaintest", ours: []string{"domain"}, // what the tests of other layers say stories with
		libraries: []string{"github.com/google/uuid", "github.com/govalues/decimal", "pgregory.net/rapid", "github.com/google/go-cmp"}},
	{folder: "eventstore", ours: []string{"domain"},
		libraries: []string{"github.com/google/uuid", "github.com/go-json-experiment/json"},
		never:     []string{"net/http", "database/sql"}},
	{folder: "eventstore/embedded", ours: []string{"eventstore"},
		libraries: []string{"github.com/google/uuid", "github.com/cockroachdb/pebble/v2", "github.com/hashicorp/golang-lru/v2"},
		never:     []string{"net/http", "database/sql"}},
	{folder: "eventstore/eventstoretest", ours: []string{"eventstore"}, // the contract that every engine's tests call
		libraries: []string{"github.com/google/uuid", "github.com/google/go-cmp"}},
	{folder: "eventstore/esdb", ours: []string{"eventstore"},
		libraries: []string{"github.com/google/uuid", "github.com/EventStore/EventStore-Client-Go/v4", "google.golang.org/grpc"},
		never:     []string{"net/http", "database/sql"}},
	{folder: "eventstore/esdb/esdbtest", // servers that cannot be had in tests
		libraries: []string{"github.com/EventStore/EventStore-Client-Go/v4/protos", "google.golang.org/grpc"}},
	{folder: "eventstore/face", ours: []string{"eventstore", "eventstore/embedded"},
		libraries: []string{"github.com/google/uuid", "github.com/EventStore/EventStore-Client-Go/v4/protos",
			"github.com/dlclark/regexp2", "google.golang.org/grpc", "google.golang.org/protobuf"},
		never: []string{"net/http", "database/sql"}},
	{folder: "commands", ours: []string{"domain", "eventstore"},
		libraries: []string{"github.com/google/uuid", "golang.org/x/sync"},
		never:     []string{"net/http", "database/sql"}},
	{folder: "commands/commandstest", ours: []string{"domain", "domain/domaintest", "eventstore", "eventstore/embedded", "commands"}, // lives at random
		libraries: []string{"pgregory.net/rapid", "github.com/google/uuid", "github.com/google/go-cmp", "github.com/cockroachdb/pebble/v2"}},
	{folder: "projections", ours: []string{"domain", "eventstore", "projections/lease", "internal/durable"},
		libraries: []string{"github.com/google/uuid", "github.com/govalues/decimal", "github.com/jackc/pgx/v5",
			"github.com/ThreeDotsLabs/watermill", "github.com/prometheus/client_golang", "golang.org/x/sync"},
		never: []string{"net/http"}},
	{folder: "projections/lease", // who writes, not what
		libraries: []string{"github.com/jackc/pgx/v5"},
		never:     []string{"net/http", "database/sql"}},
	{folder: "projections/queries", ours: []string{"domain", "projections"}, // which lists there are, and how they are asked for
		libraries: []string{"github.com/google/uuid"},
		never:     []string{"net/http", "database/sql"}},
	{folder: "api", ours: []string{"domain", "commands", "projections", "projections/queries", "internal/notary", "internal/tokenmark"},
		libraries: []string{"github.com/google/uuid", "github.com/govalues/decimal", "github.com/go-chi/chi/v5",
			"github.com/danielgtaylor/huma/v2", "github.com/prometheus/client_golang"},
		never: []string{"database/sql"}},
	{folder: "api/apitest", // tells the domain's stories over HTTP
		ours: []string{"domain", "domain/domaintest", "commands", "eventstore", "eventstore/embedded", "api"},
		libraries: []string{"github.com/google/uuid", "github.com/govalues/decimal", "github.com/cockroachdb/pebble/v2",
			"github.com/go-chi/chi/v5", "github.com/santhosh-tekuri/jsonschema/v6"}},
	{folder: "client", // an app like any other, that knows nothing but the document
		never: []string{"database/sql"}},
	{folder: "client/generate"},
	{folder: "internal/client", ours: []string{"domain"}, // an app like any other, so that what it shows is true
		libraries: []string{"github.com/google/uuid", "github.com/schollz/progressbar/v3", "golang.org/x/sync", "golang.org/x/term"}},
	{folder: "internal/importer", ours: []string{"domain", "internal/client"},
		libraries: []string{"github.com/google/uuid", "github.com/govalues/decimal", "golang.org/x/text"},
		never:     []string{"database/sql"}},
	{folder: "internal/demo", ours: []string{"domain", "internal/client"},
		libraries: []string{"github.com/google/uuid", "github.com/govalues/decimal", "golang.org/x/sync"},
		never:     []string{"database/sql"}},
	{folder: "internal/catalogue", ours: []string{"projections"}},
	{folder: "internal/bench", // measures everything against everything
		ours: []string{"domain", "eventstore", "eventstore/embedded", "eventstore/esdb", "eventstore/face", "commands",
			"projections", "internal/client", "internal/demo", "internal/notary", "internal/postgres"},
		libraries: []string{"github.com/google/uuid", "github.com/go-chi/chi/v5", "github.com/jackc/pgx/v5", "golang.org/x/sync",
			"github.com/govalues/decimal"}},
	{folder: "internal/conformance"}, // its tests are all it is
	{folder: "internal/integration", ours: []string{"domain", "eventstore", "projections", "projections/lease", "internal/files"},
		libraries: []string{"github.com/google/uuid", "github.com/jackc/pgx/v5", "github.com/ThreeDotsLabs/watermill",
			"github.com/ThreeDotsLabs/watermill-nats/v2", "github.com/nats-io/nats.go", "github.com/rabbitmq/amqp091-go"},
		never: []string{"database/sql"}},
	{folder: "internal/notary", ours: []string{"eventstore", "projections/lease", "internal/durable"},
		libraries: []string{"golang.org/x/mod/sumdb", "github.com/jackc/pgx/v5", "github.com/prometheus/client_golang"},
		never:     []string{"database/sql", "net/http"}},
	{folder: "internal/vault", ours: []string{"eventstore", "internal/files", "internal/durable"}, // knows keys, not what they seal
		libraries: []string{"github.com/google/uuid", "github.com/hashicorp/golang-lru/v2", "github.com/jackc/pgx/v5", "github.com/tink-crypto/tink-go/v2"},
		never:     []string{"database/sql"}},
	{folder: "internal/oidc", ours: []string{"domain"},
		libraries: []string{"github.com/coreos/go-oidc/v3", "golang.org/x/oauth2"},
		never:     []string{"database/sql"}},
	{folder: "internal/erasure", ours: []string{"internal/durable"}, // knows nothing of what is stored
		libraries: []string{"github.com/google/uuid", "github.com/jackc/pgx/v5"}},
	{folder: "internal/beacon", ours: []string{"eventstore", "internal/files"}, // knows heads, not what they are of
		never: []string{"database/sql"}},
	{folder: "internal/tokenmark", ours: []string{"internal/files", "internal/durable"}, // knows a number, not what it counts
		libraries: []string{"github.com/jackc/pgx/v5"}},
	{folder: "internal/files"},
	{folder: "internal/durable", // knows how tables change, not what they hold
		libraries: []string{"github.com/jackc/pgx/v5"},
		never:     []string{"database/sql"}},
	{folder: "internal/postgres", ours: []string{"internal/files"}, // knows nothing of what is stored
		libraries: []string{"github.com/jackc/pgx/v5"}},
	{folder: "internal/scaffold"}, // writes code, and uses none of it
	{folder: "internal/tidy"},
	{folder: "internal/uploads", ours: []string{"internal/client", "internal/importer"}, // knows files, not what their lines mean
		never: []string{"net/http", "database/sql"}},
	{folder: "web", ours: []string{"domain", "web/charts", "internal/client", "internal/importer", "internal/oidc", "internal/uploads"}, // an app like any other: it asks the API, and knows nothing behind it
		libraries: []string{"github.com/google/uuid", "github.com/govalues/decimal", "golang.org/x/text"},
		never:     []string{"database/sql", "os"}},
	{folder: "web/charts", // draws numbers, and knows nothing of what they mean
		never: []string{"net/http", "database/sql", "os", "html/template"}},
}

// anything are the layers that wire the rest together.
var anything = []string{"cmd"}

// exception lets one package import what its layer may not.
type exception struct {
	folder  string
	imports string // one of our layers, or a library
	reason  string
}

var exceptions = []exception{
	{"domain", "golang.org/x/text/currency", "how many digits a currency has after the point is a table of ISO 4217"},
	{"domain", "golang.org/x/text/language", "which countries and languages there are is a table of ISO 3166-1 and of IANA"},
	{"domain/identity", "github.com/nyaruka/phonenumbers", "how phone numbers are written and dialled in each country is a table of the ITU's that changes"},
	{"domain/identity", "golang.org/x/net/idna", "when two spellings of a host are one is settled by RFC 5891"},
	{"domain/identity", "golang.org/x/text/unicode/norm", "when two texts are the same characters is settled by Unicode"},
	{"domain/rules", "cel.dev/cel-go", "rules are data in CEL, and deciding whether one is valid belongs to the domain: ADR 0005"},
	{"domain/value", "gonum.org/v1/gonum", "the likelihood of what customers bought has no closed maximum: a model is fitted by a simplex"},
	{"domain/webhook", "cel.dev/cel-go", "the mapping of a webhook is data in CEL, valid before it is in force: ADR 0005"},
	{"api", "eventstore", "the log's refusals (unavailable, another revision) become problems"},
	{"api", "golang.org/x/mod/sumdb/tlog", "the hashes of the log are of its type"},
	{"api", "github.com/go-json-experiment/json", "it names the faulty place of a body, which encoding/json does not"},
	{"api", "github.com/klauspost/compress", "bodies come and go compressed by zstd too, which the standard library has not got"},
	{"eventstore/proof", "golang.org/x/mod/sumdb", "a Merkle tree and signed notes are not to be invented anew: ADR 0012"},
	{"eventstore/proof", "internal/files", "the key that signs is a file"},
}

func (e exception) covers(name string) bool {
	if own, ok := strings.CutPrefix(name, module); ok {
		of, _ := layerOf(own)
		return of.folder == e.imports
	}
	return within(name, e.imports)
}

func TestImports(t *testing.T) {
	used := map[exception]bool{}
	for _, f := range goFiles(t) {
		l, bound := layerOf(f.folder())
		if !bound || f.isTest() { // tests may build a world around what they test
			continue
		}
		if l.folder == "" {
			t.Errorf("%s: the folder %s has no place in the architecture: give it a row in layers", f.path, f.folder())
			continue
		}
		for _, name := range f.imports() {
			if l.allows(name) {
				continue
			}
			at := slices.IndexFunc(exceptions, func(e exception) bool {
				return e.folder == f.folder() && e.covers(name)
			})
			if at < 0 {
				t.Errorf("%s imports %s, which %s must not know", f.path, name, l.folder)
				continue
			}
			used[exceptions[at]] = true
		}
	}
	for _, e := range exceptions {
		if !used[e] {
			t.Errorf("the exception that %s imports %s is not needed any more", e.folder, e.imports)
		}
	}
}

// layerOf answers a package's layer, a nameless one if it has none; false for packages without bounds.
func layerOf(folder string) (layer, bool) {
	for _, a := range anything {
		if within(folder, a) {
			return layer{}, false
		}
	}
	var best layer
	for _, l := range layers {
		if within(folder, l.folder) && len(l.folder) > len(best.folder) {
			best = l
		}
	}
	return best, true
}

func (l layer) allows(name string) bool {
	if own, ok := strings.CutPrefix(name, module); ok {
		of, bound := layerOf(own)
		return bound && (of.folder == l.folder || slices.Contains(l.ours, of.folder))
	}
	if host, _, _ := strings.Cut(name, "/"); !strings.Contains(host, ".") {
		return !slices.Contains(l.never, name)
	}
	return slices.ContainsFunc(l.libraries, func(library string) bool { return within(name, library) })
}

// within tells whether a path is a folder or lies below it.
func within(name, folder string) bool { return name == folder || strings.HasPrefix(name, folder+"/") }

// The domain gets time, ids and chance from outside, so that the same input always gives the same answer.
func TestDomainIsPure(t *testing.T) {
	impure := map[string][]string{
		"time": {"Now", "Since", "Until", "After", "Tick", "Sleep", "NewTimer", "NewTicker", "Local"},
		"uuid": {"New", "NewString", "NewUUID", "NewRandom", "NewV6", "NewV7", "Must"},
	}
	for _, f := range goFiles(t) {
		if !within(f.folder(), "domain") || f.isTest() {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := s.X.(*ast.Ident); ok && slices.Contains(impure[pkg.Name], s.Sel.Name) {
					t.Errorf("%s: the domain must not ask %s.%s", where(n), pkg.Name, s.Sel.Name)
				}
			}
			return true
		})
	}
}

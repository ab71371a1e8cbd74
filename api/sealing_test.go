package api_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/rapport-crm/rapport/api"
	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/internal/vault"
)

// marker stands in every personal value that is planted, marked by itself or as a number is.
var marker = regexp.MustCompile(`(?i)zoeplanted|\+441632960977`)

// personalMembers are the members of requests about customers that hold something personal.
var personalMembers = regexp.MustCompile(`^(name|id|value|reason|text|subject|label|statement|links|topic|question|answer|` +
	`what|interest|title|comment|for|action|evidence|serial|street|more|postal_code|city|region)$`)

// plantMarker puts the marker into what is personal in a request.
func plantMarker(path, body string) string {
	var asked map[string]any
	if !strings.HasPrefix(path, "/v1/customers") || json.Unmarshal([]byte(body), &asked) != nil {
		return body
	}
	plantIn(path, asked)
	planted, _ := json.Marshal(asked) // it was JSON before
	return string(planted)
}

func plantIn(path string, asked map[string]any) {
	kind, _ := asked["kind"].(string)
	for name, value := range asked {
		switch value := value.(type) {
		case map[string]any:
			plantIn(path, value)
		case []any:
			for i, item := range value {
				switch item := item.(type) {
				case map[string]any:
					plantIn(path+"/"+name, item)
				case string:
					if personalMembers.MatchString(name) {
						value[i] = "zoeplanted " + item
					}
				}
			}
		case string:
			named := name == "name" && path != "/v1/customers" && !strings.HasSuffix(path, "/opportunities") && !strings.HasSuffix(path, "/profile")
			listed := name == "action" && strings.Contains(path, "/cases/") || strings.HasSuffix(path, "/erase")
			switch {
			case !personalMembers.MatchString(name) || named || listed || marker.MatchString(value):
			case kind == "email":
				asked[name] = "zoeplanted." + value
			case kind == "phone":
				asked[name] = "+441632960977"
			default:
				asked[name] = "zoeplanted " + value
			}
		}
	}
}

// TestNothingPersonalIsReadable plants values in every personal field of every fact of a customer, and looks for them
// wherever they could stand but in the tables: in what the log's files, records, names and types hold, in log lines,
// metrics and the API's description.
func TestNothingPersonalIsReadable(t *testing.T) {
	folder := t.TempDir()
	store, err := embedded.Open(filepath.Join(folder, "log"), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	keys, err := vault.Open(vault.Config{DatabaseURL: postgrestest.Database(t), Master: vault.Master{Key: filepath.Join(t.TempDir(), "master.key")}})
	if err != nil {
		t.Fatal(err)
	}
	defer keys.Close()
	codec, now, logged := eventstore.NewSealingCodec(keys), noon, &bytes.Buffer{}
	logger := slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w := newWorldOver(t, store, func(c *api.Config) {
		c.Commands = commands.New(store, codec, commands.Options{Now: func() time.Time { return now },
			Purchases: new(world).purchases, Pseudonyms: keys.Pseudonyms})
		c.Logger, c.Metrics = logger, prometheus.NewRegistry()
	})
	w.plant = plantMarker
	w.askEverything(&now)
	w.must(201, "POST", "/v1/customers/"+alice+"/cases", `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d99","type":"incident"}`)
	for path, body := range map[string]string{ // members that no example has
		"/interactions":    `{"kind":"call","direction":"inbound","text":"Where is it?"}`,
		"/contact-points":  `{"kind":"post","address":{"street":"High Street 1","more":"c/o Bob","postal_code":"AB1","city":"Anytown","region":"Kent","country":"GB"}}`,
		"/insights":        `{"statement":"in a hurry","confidence":"1","links":["https://example.org/1"]}`,
		"/offers":          `{"sku":"tea","title":"Tea for half","reason":"likes it","discount_percent":"50","valid_until":"2036-12-31"}`,
		"/surveys":         `{"questionnaire":"shop-nps","version":1,"answers":[{"item":"recommend","value":9}],"comment":"Fine"}`,
		"/cases/escalated": `{"case_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d99","to":"board","reason":"angry"}`,
	} {
		w.must(201, "POST", "/v1/customers/"+alice+path, body)
	}
	w.do("POST", "/v1/customers/"+alice+"/promises", `{"what":"zoeplanted","due_on":"the day after"}`)
	w.do("POST", "/v1/customers/"+alice+"/identities", `{"kind":"email","value":"zoeplanted"}`)

	clean := func(where string, text []byte) {
		t.Helper()
		if at := marker.FindIndex(text); at != nil {
			t.Errorf("%s: …%s…", where, text[max(at[0]-80, 0):min(at[1]+20, len(text))])
		}
	}
	var unplanted []string
	planted := map[string]bool{}
	for r, err := range store.ReadAll(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		clean("the data of "+r.Type, r.Data)
		clean("the metadata of "+r.Type, r.Metadata)
		clean("a stream's name", []byte(r.Stream))
		clean("a type", []byte(r.Type))
		read, err := codec.Decode(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		personalFields(reflect.ValueOf(read.Event), reflect.TypeOf(read.Event), r.Type, func(path, value string) {
			planted[path] = planted[path] || marker.MatchString(value)
		})
	}
	for _, e := range eventstore.Types {
		if _, ok := e.(customer.Event); ok {
			personalFields(reflect.Value{}, reflect.TypeOf(e), e.EventType(), func(path, _ string) {
				if !planted[path] {
					unplanted = append(unplanted, path)
				}
			})
		}
	}
	if len(unplanted) > 0 {
		t.Errorf("nothing was planted in %s", strings.Join(unplanted, ", "))
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	clean("the logger's lines", logged.Bytes())
	clean("the metrics", []byte(w.must(200, "GET", "/metrics", "").text))
	clean("the API's description", []byte(w.must(200, "GET", "/openapi.json", "").text))
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		clean(filepath.Base(path), text)
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// personalFields visits the personal fields of a type, with each of their texts if there is a value of it.
func personalFields(v reflect.Value, of reflect.Type, path string, visit func(path, value string)) {
	switch of.Kind() {
	case reflect.Pointer:
		if v.IsValid() && !v.IsNil() {
			personalFields(v.Elem(), of.Elem(), path, visit)
		} else {
			personalFields(reflect.Value{}, of.Elem(), path, visit)
		}
	case reflect.Slice:
		if !v.IsValid() || v.Len() == 0 {
			personalFields(reflect.Value{}, of.Elem(), path, visit)
			return
		}
		for i := range v.Len() {
			personalFields(v.Index(i), of.Elem(), path, visit)
		}
	case reflect.Struct:
		for i := range of.NumField() {
			var within reflect.Value
			if v.IsValid() {
				within = v.Field(i)
			}
			f := of.Field(i)
			if f.Tag.Get("personal") == "true" {
				text := ""
				if v.IsValid() {
					text = toText(within)
				}
				visit(path+"."+f.Name, text)
			} else if f.IsExported() {
				personalFields(within, f.Type, path+"."+f.Name, visit)
			}
		}
	}
}

func toText(v reflect.Value) string {
	text, _ := json.Marshal(v.Interface()) // of strings
	return string(text)
}

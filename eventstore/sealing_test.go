package eventstore_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/internal/postgres/postgrestest"
	"github.com/rapport-crm/rapport/internal/vault"
)

// sealed is a vault, and a codec that seals by it.
type sealed struct {
	*eventstore.Codec
	vault  *vault.Vault
	config vault.Config
}

func newSealed(t testing.TB) sealed {
	return sealedBy(t, vault.Config{DatabaseURL: postgrestest.Database(t),
		Master: vault.Master{Key: filepath.Join(t.TempDir(), "master.key")}})
}

func sealedBy(t testing.TB, c vault.Config) sealed {
	v, err := vault.Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.Close)
	return sealed{eventstore.NewSealingCodec(v), v, c}
}

// record is an event of a stream as the log would hold it.
func (s sealed) record(t *testing.T, stream string, e domain.Event) eventstore.Record {
	t.Helper()
	id := uuid.New()
	p, err := s.Encode(t.Context(), stream, id, e, metadata)
	if err != nil {
		t.Fatal(err)
	}
	return eventstore.Record{ID: id, Stream: stream, Type: p.Type, Data: p.Data, Metadata: p.Metadata, Position: 7}
}

func (s sealed) read(t *testing.T, r eventstore.Record) domain.Event {
	t.Helper()
	read, err := s.Decode(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return read.Event
}

// plant answers an event whose every personal text is one of a kind, and those texts.
func plant(t *testing.T, e domain.Event) (domain.Event, []string) {
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	v := reflect.New(reflect.TypeOf(e))
	if err := json.Unmarshal(text, v.Interface()); err != nil {
		t.Fatal(err)
	}
	var planted []string
	plantPersonal(v.Elem(), false, &planted)
	return v.Elem().Interface().(domain.Event), planted
}

func plantPersonal(v reflect.Value, personal bool, planted *[]string) {
	switch v.Kind() {
	case reflect.Pointer:
		plantPersonal(v.Elem(), personal, planted)
	case reflect.Slice:
		for i := range v.Len() {
			plantPersonal(v.Index(i), personal, planted)
		}
	case reflect.String:
		if personal {
			v.SetString(fmt.Sprintf("Zoë-%d \"of\" <%s>", len(*planted), uuid.New()))
			*planted = append(*planted, v.String())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				plantPersonal(v.Field(i), personal || v.Type().Field(i).Tag.Get("personal") == "true", planted)
			}
		}
	}
}

// TestSealing: what is personal in an event of any type is not in what is stored, and is there again when it is read.
func TestSealing(t *testing.T) {
	s := newSealed(t)
	for _, e := range examples {
		e, planted := plant(t, e)
		asked, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		r := s.record(t, stream, e)
		for _, text := range planted {
			inJSON, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(r.Data, []byte(text)) || bytes.Contains(r.Data, inJSON[1:len(inJSON)-1]) {
				t.Errorf("%s is stored with %q: %s", r.Type, text, r.Data)
			}
		}
		if got := bytes.Contains(r.Data, []byte(`"sealed":`)); got != (len(planted) > 0) {
			t.Errorf("%s has %d personal texts and is stored as %s", r.Type, len(planted), r.Data)
		}
		if diff := cmp.Diff(e, s.read(t, r), sameDecimal); diff != "" {
			t.Errorf("%s (-asked +read):\n%s", r.Type, diff)
		}
		if after, err := json.Marshal(e); err != nil || !bytes.Equal(after, asked) {
			t.Errorf("sealing %s changed the event to %s (%v)", r.Type, after, err)
		}
		closed, err := s.DecodeClosed(r)
		if err != nil {
			t.Fatal(err)
		}
		want := reflect.New(reflect.TypeOf(e))
		if err := json.Unmarshal(asked, want.Interface()); err != nil {
			t.Fatal(err)
		}
		emptyPersonal(want.Elem())
		if diff := cmp.Diff(want.Elem().Interface(), any(closed.Event), sameDecimal); diff != "" {
			t.Errorf("%s closed (-want +got):\n%s", r.Type, diff)
		}
	}
}

// TestBinding: a sealed part opens nowhere but where it belongs.
func TestBinding(t *testing.T) {
	s := newSealed(t)
	r := s.record(t, stream, customer.PromiseBroken{Reason: "forgot"})
	other := customer.Stream(uuid.New())
	s.record(t, other, customer.PromiseBroken{Reason: "ill"}) // so that they have a key
	for name, move := range map[string]func(*eventstore.Record){
		"to another stream": func(r *eventstore.Record) { r.Stream = other },
		"to another type":   func(r *eventstore.Record) { r.Type = "customer.role_ended.v1" },
		"to another event":  func(r *eventstore.Record) { r.ID = uuid.New() },
		"and altered": func(r *eventstore.Record) {
			r.Data = bytes.Replace(r.Data, []byte(`"sealed":"A`), []byte(`"sealed":"B`), 1)
		},
	} {
		moved := r
		move(&moved)
		if got, err := s.Decode(t.Context(), moved); err == nil || errors.Is(err, eventstore.ErrUnavailable) {
			t.Errorf("moved %s it reads %+v (%v)", name, got.Event, err)
		}
	}
	if got := s.read(t, r); got != (customer.PromiseBroken{Reason: "forgot"}) {
		t.Errorf("read %+v", got)
	}
}

// TestDestroyedKey: what it sealed is empty for good, alone and among others, and nothing more is sealed.
func TestDestroyedKey(t *testing.T) {
	s := newSealed(t)
	r := s.record(t, stream, customer.PromiseBroken{Reason: "forgot", Overdue: true})
	bob := s.record(t, customer.Stream(uuid.New()), customer.PromiseBroken{Reason: "ill"})
	id, _ := customer.IDOf(stream)
	for range 2 {
		if err := s.vault.Destroy(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}
	for name, s := range map[string]sealed{"the same": s, "another": sealedBy(t, s.config)} {
		if got := s.read(t, r); got != (customer.PromiseBroken{Overdue: true}) {
			t.Errorf("%s vault reads %+v", name, got)
		}
		all, err := s.DecodeAll(t.Context(), []eventstore.Record{r, bob})
		if err != nil || all[0].Err != nil || all[1].Err != nil {
			t.Fatal(err, all[0].Err, all[1].Err)
		}
		if got := all[0].Event; got != (customer.PromiseBroken{Overdue: true}) {
			t.Errorf("among others %s vault reads %+v", name, got)
		}
		if got := all[1].Event; got != (customer.PromiseBroken{Reason: "ill"}) {
			t.Errorf("%s vault reads %+v of another customer", name, got)
		}
		if _, err := s.Encode(t.Context(), stream, uuid.New(), customer.PromiseBroken{Reason: "again"}, metadata); !errors.Is(err,
			eventstore.ErrKeyDestroyed) {
			t.Errorf("%s vault seals: %v", name, err)
		}
	}
}

// TestLostKey: a key that is missing is never taken for one that was destroyed.
func TestLostKey(t *testing.T) {
	s := newSealed(t)
	r := s.record(t, stream, customer.PromiseBroken{Reason: "forgot"})
	exec(t, s.config.DatabaseURL, "DELETE FROM vault.keys")
	s = sealedBy(t, s.config)
	if _, err := s.Decode(t.Context(), r); !errors.Is(err, eventstore.ErrKeyLost) {
		t.Errorf("Decode: %v", err)
	}
	all, err := s.DecodeAll(t.Context(), []eventstore.Record{r})
	if err != nil || !errors.Is(all[0].Err, eventstore.ErrKeyLost) {
		t.Errorf("DecodeAll: %v, %v", err, all[0].Err)
	}
	if _, err := eventstore.NewCodec().Decode(t.Context(), r); err == nil {
		t.Error("a codec without a vault read what is sealed")
	}
}

// TestRenewedKey: what another process seals by a key that it renewed opens at once where the old one is remembered,
// and so does what was sealed before.
func TestRenewedKey(t *testing.T) {
	here := newSealed(t)
	before := here.record(t, stream, customer.PromiseBroken{Reason: "forgot"})
	there := sealedBy(t, here.config)
	id, _ := customer.IDOf(stream)
	if err := there.vault.Rotate(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	after := there.record(t, stream, customer.PromiseBroken{Reason: "ill"})
	for name, s := range map[string]sealed{"here": here, "there": there, "elsewhere": sealedBy(t, here.config)} {
		first, second := s.read(t, before), s.read(t, after)
		if first != (customer.PromiseBroken{Reason: "forgot"}) || second != (customer.PromiseBroken{Reason: "ill"}) {
			t.Errorf("%s: %+v, then %+v", name, first, second)
		}
	}
}

// TestNothingPersonal: an event that says nothing personal needs no key, and no vault.
func TestNothingPersonal(t *testing.T) {
	s := sealedBy(t, vault.Config{DatabaseURL: "postgres://nobody@127.0.0.1:1/none"})
	r := s.record(t, stream, customer.PromiseKept{PromiseID: uuid.UUID{1}})
	if got := s.read(t, r); got != (customer.PromiseKept{PromiseID: uuid.UUID{1}}) {
		t.Errorf("read %+v", got)
	}
	r = s.record(t, stream, customer.PromiseBroken{Overdue: true}) // it could have a reason
	if got := s.read(t, r); got != (customer.PromiseBroken{Overdue: true}) {
		t.Errorf("read %+v", got)
	}
	_, err := s.Encode(t.Context(), stream, uuid.New(), customer.PromiseBroken{Reason: "forgot"}, metadata)
	if !errors.Is(err, eventstore.ErrVaultUnavailable) || !errors.Is(err, eventstore.ErrUnavailable) {
		t.Errorf("sealed without a vault: %v", err)
	}
}

func exec(t *testing.T, url, sql string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// TestSealingAllOfIt: an event of which nothing stays readable is an event all the same.
func TestSealingAllOfIt(t *testing.T) {
	s := newSealed(t)
	e := customer.Archived{Reason: "moved away"}
	r := s.record(t, customer.Stream(uuid.New()), e)
	if got := s.read(t, r); got != domain.Event(e) {
		t.Errorf("%s became %+v", r.Data, got)
	}
	closed, err := s.DecodeClosed(r)
	if err != nil || closed.Event != domain.Event(customer.Archived{}) {
		t.Errorf("closed: %+v, %v", closed.Event, err)
	}
}

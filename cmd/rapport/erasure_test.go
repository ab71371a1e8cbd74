package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// planted begins whatever is personal in this test.
const planted = "zzplanted"

// plantPerson records something in what is personal of a customer, each with a word of its own.
func (p *process) plantPerson(id, mark string) {
	p.t.Helper()
	p.must("POST", "/v1/customers", `{"customer_id":"`+id+`","kind":"person","name":"`+mark+` name","external_ids":[{"system":"shop","id":"`+
		mark+`-id"}]}`, nil)
	for _, ask := range []struct{ path, body string }{
		{"identities", `{"kind":"email","value":"` + mark + `@example.org"}`},
		{"attributes", `{"name":"income","value":"` + mark + ` income","department":"sales"}`},
		{"contact-points", `{"kind":"post","value":"` + mark + ` street","label":"` + mark + ` label"}`},
		{"interactions", `{"kind":"call","direction":"inbound","subject":"` + mark + ` subject","text":"` + mark + ` text"}`},
		{"insights", `{"statement":"` + mark + ` insight","evidence":[0]}`},
		{"cases", `{"type":"complaint","category":"noise","subject":"` + mark + ` case"}`},
		{"assets", `{"model":"L4","serial":"` + mark + ` serial","installed_on":"2024-01-31"}`},
		{"handovers", `{"from":"sales","to":"service","what":"` + mark + ` work"}`},
		{"leads", `{"lead_source":"fair","interest":"` + mark + ` interest"}`},
		{"purchases", `{"currency":"EUR","lines":[{"sku":"tea","quantity":1,"unit_price":"3.50"}]}`},
	} {
		if code, answer := p.http("POST", "/v1/customers/"+id+"/"+ask.path, ask.body); code != 201 {
			p.t.Fatalf("%s: %d %s", ask.path, code, answer)
		}
	}
}

// findPlanted answers the files under a directory that hold what was planted.
func findPlanted(t *testing.T, dir string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // a running server makes and removes files
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if bytes.Contains(text, []byte(planted)) {
			found = append(found, strings.TrimPrefix(path, dir))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Of a customer who was erased, and of one for whom they stood, nothing personal is left: in no file of the data
// directory, no answer, no log; not after a rebuild, nor a restart, nor where an old copy of the log is put back.
func TestErasureLeavesNothing(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	p := serve(t, data)
	const ann, anna = "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01", "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d02"
	p.must("PUT", "/v1/segments/known", `{"rule":"attributes[\"income\"] != \"\""}`, nil)
	p.plantPerson(ann, planted+"1")
	p.plantPerson(anna, planted+"2")
	p.must("POST", "/v1/customers/"+ann+"/merges", `{"absorbed_id":"`+anna+`","reason":"`+planted+` reason"}`, nil)
	p.settled()
	p.sql("ANALYZE")
	p.end(syscall.SIGTERM)
	if found := findPlanted(t, filepath.Join(data, "postgres")); len(found) < 5 {
		t.Fatalf("only %v hold what was planted: nothing is tested", found)
	}
	old := filepath.Join(t.TempDir(), "log")
	if err := os.CopyFS(old, os.DirFS(filepath.Join(data, "log"))); err != nil {
		t.Fatal(err)
	}

	p = serve(t, data)
	figures := p.sql("SELECT orders, net_revenue_minor FROM crm.customer_360")
	if code, answer := p.http("POST", "/v1/customers/"+anna+"/erase", `{"reason":"asked"}`); code != 409 {
		t.Errorf("erasing one who is absorbed: %d %s", code, answer)
	}
	p.rapport("erase", ann, "--reason", "asked")
	p.must("POST", "/v1/erasures/cleaned", "", nil)
	for _, id := range []string{ann, anna} {
		var e struct {
			Key   *string `json:"key_destroyed_at"`
			Files *string `json:"files_cleaned_at"`
		}
		p.must("GET", "/v1/customers/"+id+"/erasure", "", &e)
		if e.Key == nil || e.Files == nil {
			t.Errorf("%s: %+v", id, e)
		}
	}
	nothing := func(when string) {
		t.Helper()
		if found := findPlanted(t, data); len(found) > 0 {
			t.Errorf("%s, something stands in %v", when, found)
		}
		for _, id := range []string{ann, anna} {
			for _, path := range []string{"", "/history", "/timeline", "/export", "/reads"} {
				code, answer := p.http("GET", "/v1/customers/"+id+path, "")
				if code != 200 && !bytes.Contains(answer, []byte("stream_not_whole")) { // an old log is refused
					t.Errorf("%s, %s: %d %s", when, path, code, answer)
				}
				if _, after, found := bytes.Cut(answer, []byte(planted)); found {
					t.Errorf("%s, %s tells %s%.80s", when, path, planted, after)
				}
			}
		}
		if strings.Contains(p.log.String()+p.out.String(), planted) {
			t.Errorf("%s, something stands in the log", when)
		}
	}
	nothing("erased")
	if got := p.sql("SELECT orders, net_revenue_minor FROM crm.customer_360"); strings.Join(got, ";") != strings.Join(figures, ";") {
		t.Errorf("figures %v became %v", figures, got)
	}
	sums := p.settled()
	p.rapport("projections", "rebuild")
	if again := p.settled(); sums != again {
		t.Errorf("rebuilt:\n%s\nwas\n%s", again, sums)
	}
	nothing("rebuilt")
	if code, answer := p.http("POST", "/v1/customers", `{"customer_id":"`+ann+`","kind":"person"}`); code != 410 {
		t.Errorf("registered again: %d %s", code, answer)
	}
	p.end(syscall.SIGTERM)

	if err := os.RemoveAll(filepath.Join(data, "log")); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(data, "log"), os.DirFS(old)); err != nil {
		t.Fatal(err)
	}
	p = serve(t, data)
	// The proof is broken, which the server says, since the log ends before it; the tables stand still until a person has
	// them made of what there is.
	p.until("the tables stand still", func() (bool, string) {
		code, body := p.http("GET", "/v1/projections", "")
		return code == 200 && strings.Contains(string(body), `"log_changed"`), string(body)
	})
	p.rapport("projections", "rebuild")
	p.until("the tables hold the log of before", func() (bool, string) {
		var s struct{ State string }
		code, body := p.http("GET", "/v1/projections", "")
		return code == 200 && json.Unmarshal(body, &s) == nil && s.State == "live", string(body)
	})
	nothing("with the log of before")
}

// Everything that is held of a customer is in one document.
func TestExportTellsEverything(t *testing.T) {
	p := serve(t, filepath.Join(t.TempDir(), "data"))
	const ann, anna = "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01", "0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d02"
	p.plantPerson(ann, planted+"1")
	p.plantPerson(anna, planted+"2")
	p.must("POST", "/v1/customers/"+ann+"/merges", `{"absorbed_id":"`+anna+`"}`, nil)
	p.must("GET", "/v1/customers/"+ann+"/history", "", nil)
	var export struct {
		Family []string
		Events []struct {
			CustomerID string `json:"customer_id"`
			Type       string
		}
		Tables map[string][]map[string]any
	}
	everything := p.rapport("export", "--customer", anna, "--everything")
	if err := json.Unmarshal([]byte(everything), &export); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(export.Tables)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"name", "income", "street", "subject", "serial", "work", "interest"} {
		for _, mark := range []string{"1", "2"} {
			if word == "name" && mark == "2" { // while the merge lasts the tables have the survivor's name, and the log both
				if !strings.Contains(everything, planted+mark+" "+word) {
					t.Errorf("no %s%s %s in the log", planted, mark, word)
				}
				continue
			}
			if !bytes.Contains(text, []byte(planted+mark+" "+word)) {
				t.Errorf("no %s%s %s in the tables", planted, mark, word)
			}
		}
	}
	if len(export.Family) != 2 || export.Family[0] != ann || len(export.Events) < 20 || len(export.Tables["personal_data_reads"]) == 0 {
		t.Errorf("%v: %d events, %d reads", export.Family, len(export.Events), len(export.Tables["personal_data_reads"]))
	}
	if code, answer := p.http("GET", "/v1/customers/0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d0f/export", ""); code != 404 {
		t.Errorf("of nobody: %d %s", code, answer)
	}
}

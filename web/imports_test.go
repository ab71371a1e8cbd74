package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/domain/access"
)

// upload sends a file as a browser does.
func (p *person) upload(name, text string) shown {
	p.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		p.t.Fatal(err)
	}
	_, _ = part.Write([]byte(text)) // into memory
	form.Close()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.shop.url+"/imports", &b)
	if err != nil {
		p.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return p.do(r)
}

const aFile = "Customer ID;Order No.;Order date;SKU;Qty;Unit price\n" +
	"U-1;N-1;13.05.2024;tea;2;1.234,50\nU-1;N-1;13.05.2024;mug;1;5,00\nU-2;N-2;14.05.2024;tea;nine;3,00\nU-3;N-3;15.05.2024;tea;1;3,00\n"

// A file is uploaded, its columns are guessed, it is tried, imported, and what was refused is repaired.
func (s *shop) testImport(t *testing.T) {
	p := s.person(t, access.App)
	p.sees("/operations", "Upload a file")
	a := p.upload("../../sales May.csv", aFile)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("upload: %d %s", a.StatusCode, a.text)
	}
	path := a.Header.Get("Location")
	a = p.sees(path, "sales May.csv", `<option value="Customer ID" selected>`, `<option value="Unit price" selected>`, `<option value=";" selected>`,
		"day first (2.1.2006)", `name="decimal_comma" value="true" checked`, "1.234,50")
	form := url.Values{"do": {"try"}}
	for _, chosen := range regexp.MustCompile(`(?s)<select id="in-([^"]+)".*?</select>`).FindAllStringSubmatch(a.text, -1) {
		if value := regexp.MustCompile(`<option(?: value="([^"]*)")? selected>([^<]*)`).FindStringSubmatch(chosen[0]); value != nil {
			if value[1] == "" {
				value[1] = value[2]
			}
			form.Set(chosen[1], value[1])
		}
	}
	form.Set("decimal_comma", "true")
	if a = p.post(path, form); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.text, "name the system") || !strings.Contains(a.text, `<option value="Customer ID" selected>`) {
		t.Errorf("without a system: %d %s", a.StatusCode, a.text)
	}
	form.Set("system", "till")
	form.Set("currency", "eur")
	customers := len(s.rows(t, "customer_360", ""))
	for range 2 { // nothing is recorded by trying
		if a = p.post(path, form); a.StatusCode != http.StatusSeeOther {
			t.Fatalf("try: %d %s", a.StatusCode, a.text)
		}
		a = p.until(path, "What would be imported")
	}
	for _, text := range []string{"2,477.00 EUR", "Quantity malformed", "line 4", "rejects.csv"} {
		if !strings.Contains(a.text, text) {
			t.Errorf("the trial does not say %q: %s", text, a.text)
		}
	}
	if n := len(s.rows(t, "customer_360", "")); n != customers {
		t.Errorf("trying made %d customers", n-customers)
	}
	form.Set("do", "import")
	p.post(path, form)
	if a = p.until(path, "What was imported"); !strings.Contains(a.text, "imported in part") {
		t.Errorf("the import says %s", a.text)
	}
	s.caughtUp()
	if rows := s.rows(t, "customer_identity", "kind=external&system=till"); len(rows) != 2 {
		t.Errorf("%d customers came of two", len(rows))
	}
	rejects := p.get(path + "/rejects.csv").text
	if !strings.Contains(rejects, "U-2;N-2") {
		t.Fatalf("the rejects are %q", rejects)
	}
	a = p.upload("repaired.csv", strings.Replace(rejects, "nine", "9", 1))
	again := a.Header.Get("Location")
	p.post(again, form)
	if a = p.until(again, "What was imported"); !strings.Contains(a.text, "27.00 EUR") {
		t.Errorf("the repaired file: %s", a.text)
	}
	if other := s.person(t, access.Admin).get(path); other.StatusCode != http.StatusNotFound {
		t.Errorf("somebody else sees the file: %d", other.StatusCode)
	}
	form.Set("do", "discard")
	if a = p.post(path, form); a.Header.Get("Location") != "/imports" || p.get(path).StatusCode != http.StatusNotFound {
		t.Errorf("discard: %d", a.StatusCode)
	}
	for text, want := range map[string]string{"": "it is no CSV", "Dear Sir,\nno table.\n": "it is no CSV", "\xff\xfea": "UTF-16"} {
		if a = p.upload("x.csv", text); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.text, want) && text != "" {
			t.Errorf("%q: %d %s", text, a.StatusCode, a.text)
		}
	}
	if a = s.person(t, access.Analyst).get("/imports"); a.StatusCode != http.StatusForbidden {
		t.Errorf("an analyst: %d", a.StatusCode)
	}
}

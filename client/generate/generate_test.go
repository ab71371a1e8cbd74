package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/rapport-crm/rapport/api"
)

// The clients ask for what the document has: make clients writes them anew.
func TestTheClientsAreWhatTheDocumentSays(t *testing.T) {
	text, err := api.Document("", false)
	if err != nil {
		t.Fatal(err)
	}
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	for name, write := range files {
		want, err := write(&d)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil || string(got) != string(want) {
			t.Errorf("%s is not what the document says: make clients (%v)", name, err)
		}
	}
}

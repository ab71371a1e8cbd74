package importer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
)

// What differs is refused, each by its line, until it is to be corrected; then all is as if it had been imported so at first.
func TestWhatDiffersIsCorrected(t *testing.T) {
	path, purchases, returns := sales(t)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wrong := filepath.Join(filepath.Dir(path), "wrong.csv")
	if err := os.WriteFile(wrong, []byte(strings.ReplaceAll(string(text), ",2011-01-1", ",2011-02-1")), 0o600); err != nil {
		t.Fatal(err)
	}
	server, straight := serve(t), serve(t)
	run := func(s *testServer, path string, correct bool) importer.Report {
		t.Helper()
		r, err := importer.Run(t.Context(), importer.Options{Client: s.client(t, client.Options{}), Paths: []string{path},
			Preset: "online-retail", BatchLines: 70, Correct: correct})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	run(straight, path, false)
	run(server, wrong, false)
	before := server.counted(t)
	refused := run(server, path, false)
	differ := 0
	for _, c := range refused.Refused {
		differ += c.Count
	}
	if differ < 50 || !refused.AnyRefused() || len(refused.Refused[0].Examples) != refused.Refused[0].Count {
		t.Errorf("%d differ: %+v", differ, refused.Refused)
	}
	if diff := cmp.Diff(before, server.counted(t)); diff != "" {
		t.Errorf("what was refused changed something:\n%s", diff)
	}
	corrected := run(server, path, true)
	if corrected.AnyRefused() || corrected.Corrected != differ {
		t.Errorf("%d of %d are corrected: %+v", corrected.Corrected, differ, corrected.Refused)
	}
	again := run(server, path, true)
	if again.EventsAppended != 0 || again.Corrected != 0 || again.EventsKnown < purchases+returns {
		t.Errorf("once more: %+v", again)
	}
	if diff := cmp.Diff(straight.counted(t), server.counted(t)); diff != "" {
		t.Errorf("what counts is not what was imported at once:\n%s", diff)
	}
}

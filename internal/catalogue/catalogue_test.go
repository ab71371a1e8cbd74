package catalogue_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rapport-crm/rapport/internal/catalogue"
	"github.com/rapport-crm/rapport/projections"
)

var tables = []projections.Table{
	{Name: "visits", Kind: "table", Comment: "Every visit.", Columns: []projections.TableColumn{
		{Name: "customer_id", Type: "uuid", Comment: "who came"},
		{Name: "via", Type: "text", Nullable: true, Comment: "web | store"}},
		Indexes: []projections.TableIndex{{On: "(via)", Comment: "who came which way"}}},
	{Name: "visitors", Kind: "view", Comment: "Who ever came.", Columns: []projections.TableColumn{
		{Name: "visits", Type: "bigint", Nullable: true, Comment: "how often"}}},
}

func TestMarkdown(t *testing.T) {
	var b strings.Builder
	if err := catalogue.Markdown(&b, tables); err != nil {
		t.Fatal(err)
	}
	const want = "| | |\n|---|---|\n| [`visits`](#visits) | Every visit. |\n| [`visitors`](#visitors) | Who ever came. |\n" +
		"\n## visits\n\nEvery visit. A table.\n\n| column | type | | |\n|---|---|---|---|\n" +
		"| `customer_id` | uuid | not null | who came |\n| `via` | text | or null | web \\| store |\n" +
		"\nIndexes:\n\n- `(via)`: who came which way\n" +
		"\n## visitors\n\nWho ever came. A view.\n\n| column | type | | |\n|---|---|---|---|\n" +
		"| `visits` | bigint |  | how often |\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

func TestText(t *testing.T) {
	var b strings.Builder
	if err := catalogue.Text(&b, tables); err != nil {
		t.Fatal(err)
	}
	const want = `visits (table)
  Every visit.
    customer_id  uuid: who came
    via          text: web | store
    index (via): who came which way

visitors (view)
  Who ever came.
    visits  bigint: how often
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

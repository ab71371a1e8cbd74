package projections

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Defined is a table or view as this program defines it, whatever a database has.
type Defined struct {
	Name    string
	Comment string
	Columns []DefinedColumn
	Key     []string // the primary key's columns; none of a view
}

// DefinedColumn is a column of a definition. Of a view's columns only name, comment and whether they are personal are known.
type DefinedColumn struct {
	TableColumn
	Among []string // the texts that it may hold; none where that is open
}

// Column returns a column by its name; false where there is none.
func (d Defined) Column(name string) (DefinedColumn, bool) {
	i := slices.IndexFunc(d.Columns, func(c DefinedColumn) bool { return c.Name == name })
	if i < 0 {
		return DefinedColumn{}, false
	}
	return d.Columns[i], true
}

// Definition returns a table or view of Projectors; false where there is none.
func Definition(name string) (Defined, bool) {
	d, ok := definitions()[name]
	return d, ok
}

var definitions = sync.OnceValue(func() map[string]Defined {
	all := map[string]Defined{}
	for _, p := range Projectors {
		readDefinitions(p.Schema, all)
	}
	return all
})

var (
	definedColumn = regexp.MustCompile(`^\s+(\w+) (double precision|[\w\[\]]+)([^,]*.*?),? -- (.+)$`)
	definedAmong  = regexp.MustCompile(`CHECK \(\w+ IN \(([^)]*)\)\)`)
	definedKey    = regexp.MustCompile(`^\s+PRIMARY KEY \(([^)]*)\)`)
)

// typeNames are PostgreSQL's own names of the types that definitions abbreviate.
var typeNames = map[string]string{"timestamptz": "timestamp with time zone"}

// readDefinitions reads the tables and views of a schema, by the same notes that become their comments.
func readDefinitions(schema string, into map[string]Defined) {
	var above []string
	var one Defined
	var kind string
	for line := range strings.Lines(schema) {
		line = strings.TrimRight(line, "\n")
		if m := aboveLine.FindStringSubmatch(line); m != nil {
			above = append(above, m[1])
			continue
		}
		if m := createLine.FindStringSubmatch(line); m != nil {
			kind, one = m[1], Defined{Name: m[2], Comment: strings.Join(above, " ")}
		}
		above = nil
		switch m := definedKey.FindStringSubmatch(line); {
		case one.Name == "":
		case m != nil:
			one.Key = strings.Split(m[1], ", ")
		case kind == "TABLE":
			one.addColumn(line)
		case kind == "VIEW":
			if m := viewColumn.FindStringSubmatch(line); m != nil {
				one.Columns = append(one.Columns, DefinedColumn{TableColumn: described(m[1], m[2], true)})
			}
		}
		if strings.HasSuffix(line, ";") && one.Name != "" {
			if kind != "FUNCTION" {
				into[one.Name] = one
			}
			one = Defined{}
		}
	}
}

func (d *Defined) addColumn(line string) {
	m := definedColumn.FindStringSubmatch(line)
	if m == nil {
		return
	}
	key := strings.Contains(m[3], "PRIMARY KEY")
	if key {
		d.Key = []string{m[1]}
	}
	c := DefinedColumn{TableColumn: described(m[1], m[4], !key && !strings.Contains(m[3], "NOT NULL"))}
	if c.Type = m[2]; typeNames[c.Type] != "" {
		c.Type = typeNames[c.Type]
	}
	if among := definedAmong.FindStringSubmatch(m[3]); among != nil {
		for one := range strings.SplitSeq(among[1], ", ") {
			c.Among = append(c.Among, strings.Trim(one, "'"))
		}
	}
	d.Columns = append(d.Columns, c)
}

func described(name, comment string, nullable bool) TableColumn {
	return TableColumn{Name: name, Comment: comment, Nullable: nullable, Personal: strings.HasPrefix(comment, "Personal: ")}
}

package projections

import (
	"slices"

	"github.com/google/uuid"
)

// groups joins ids that belong together.
type groups struct{ parent map[uuid.UUID]uuid.UUID }

func newGroups() *groups { return &groups{map[uuid.UUID]uuid.UUID{}} }

func (g *groups) root(id uuid.UUID) uuid.UUID {
	parent, known := g.parent[id]
	if !known {
		g.parent[id] = id
		return id
	}
	if parent == id {
		return id
	}
	root := g.root(parent)
	g.parent[id] = root
	return root
}

func (g *groups) join(a, b uuid.UUID) { g.parent[g.root(a)] = g.root(b) }

// all returns the ids that are known, sorted.
func (g *groups) all() []uuid.UUID {
	ids := make([]uuid.UUID, 0, len(g.parent))
	for id := range g.parent {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, compareIDs)
	return ids
}

// groups returns the ids by group, sorted.
func (g *groups) groups() [][]uuid.UUID {
	var out [][]uuid.UUID
	at := map[uuid.UUID]int{}
	for _, id := range g.all() {
		root := g.root(id)
		i, known := at[root]
		if !known {
			i = len(out)
			at[root], out = i, append(out, nil)
		}
		out[i] = append(out[i], id)
	}
	return out
}

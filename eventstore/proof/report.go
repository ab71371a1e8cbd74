package proof

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/rapport-crm/rapport/eventstore"
)

// What can be wrong.
const (
	Altered    = "altered"    // the event is another than it was
	Removed    = "removed"    // the event is gone
	Added      = "added"      // an event that was not there stands between others
	Moved      = "moved"      // the event stood elsewhere
	Unreadable = "unreadable" // the event's bytes are damaged
	Rewritten  = "rewritten"  // events, and what was kept of them, are not what a head says
	Unkept     = "unkept"     // the log is as the heads say, but what was kept of it is not
	Forged     = "forged"     // a head is not signed by the key
	Gap        = "gap"        // a stream lacks events that no event of the log can be
	Repeated   = "repeated"   // a stream has a revision twice
	Misindexed = "misindexed" // what the engine keeps to find a stream's events by is not what the events say
	Hidden     = "hidden"     // a stream does not show events that the log has
	Accepted   = "accepted"   // a stream lacks events, and a person accepted that: a warning
	Backwards  = "backwards"  // an event was recorded earlier than those before it: a warning
)

// Finding is something that is not as it was. Position is that of the first event that it concerns, and Until that
// of the last where it is a run of them, among which it cannot be told.
type Finding struct {
	Kind     string              `json:"kind" enum:"altered,removed,added,moved,unreadable,rewritten,unkept,forged,gap,repeated,misindexed,hidden,accepted,backwards"`
	Position eventstore.Position `json:"position,omitempty" doc:"Log position of the event, where it is about one"`
	Until    eventstore.Position `json:"until,omitempty" doc:"Log position of the last event that may be concerned, where it is a run of them"`
	Detail   string              `json:"detail"`
}

func (f Finding) String() string {
	switch {
	case f.Until > f.Position:
		return fmt.Sprintf("positions %d to %d %s: %s", f.Position, f.Until, f.Kind, f.Detail)
	case f.Position > 0:
		return fmt.Sprintf("position %d %s: %s", f.Position, f.Kind, f.Detail)
	}
	return f.Kind + ": " + f.Detail
}

// Report is what Verify found out.
type Report struct {
	Events      int64               `json:"events" doc:"Events that were read"`
	Position    eventstore.Position `json:"position" doc:"Log position of the newest of them"`
	Kept        int64               `json:"kept" doc:"Events whose hashes were kept"`
	Heads       int64               `json:"heads" doc:"Signed heads that the log was held against"`
	Signed      int64               `json:"signed" doc:"Events under the newest head that holds"`
	Differences int64               `json:"differences" doc:"How many things are not as they were; 0: nothing was altered"`
	Findings    []Finding           `json:"findings" doc:"The first of them, in the order of the log"`
	Warnings    []Finding           `json:"warnings,omitempty" doc:"What is as it was written down, and odd all the same: times of recording that step back, missing revisions that a person accepted"`
}

// Intact tells whether everything is as it was.
func (r Report) Intact() bool { return r.Differences == 0 }

const (
	findingsMost = 100
	movedMost    = 64 // events that are looked for in each other's places
)

// judge goes through the pairs in order and holds them against the heads.
type judge struct {
	v       Verification
	report  Report
	heads   []Head // not reached yet
	written Head   // what was written down of the tree beside its tiles; not signed
	holds   Head   // the newest that holds
	kept    *Tree  // over the leaves
	own     *Tree  // over the events; nil once one is missing or too many
	ordinal int64
	since   int  // the first finding after the newest head
	lost    bool // a head did not hold: those after it cannot
	upper   map[tlog.Tile][]tlog.Hash
	odd     []oddity
	streams streams
	gaps    eventstore.Gaps

	counted    int64 // events that the counts of streams that were kept are of
	countsRoot tlog.Hash
}

// oddity is an altered, missing or added event, with what is needed to find out whether it was moved.
type oddity struct {
	finding int
	ordinal int64
	pair
}

func newJudge(v Verification, written Head) *judge {
	j := &judge{v: v, written: written, kept: &Tree{}, own: &Tree{}, upper: map[tlog.Tile][]tlog.Hash{},
		streams: streams{at: map[string]place{}}}
	j.report.Findings = []Finding{}
	heads, forged := openHeads(v)
	j.heads, j.report.Heads = heads, int64(len(heads))
	for _, why := range forged {
		j.find(Finding{Kind: Forged, Detail: why})
	}
	j.since = len(j.report.Findings)
	j.reached()
	return j
}

func (j *judge) find(f Finding) {
	j.report.Differences++
	if len(j.report.Findings) < findingsMost {
		j.report.Findings = append(j.report.Findings, f)
	}
}

// accepted warns of missing revisions that a person accepted.
func (j *judge) accepted(at eventstore.Position, hole *eventstore.HoleError) {
	if len(j.report.Warnings) < findingsMost {
		j.report.Warnings = append(j.report.Warnings, Finding{Kind: Accepted, Position: at, Detail: fmt.Sprintf("%s, %s", hole, j.gaps.Why(hole))})
	}
}

// take judges a chunk whose leaves are made.
func (j *judge) take(c *chunk) {
	for _, p := range c.pairs {
		if p.record != nil {
			j.report.Events++
			j.report.Position = p.at
		}
		if p.kept != nil {
			j.report.Kept++
			j.kept.Add(p.kept.Hash, j.note)
			if j.kept.Size() == j.written.Size && !j.kept.says(j.written) {
				j.find(Finding{Kind: Unkept, Detail: "the root that was written down is not that of the tree"})
			}
		}
		if p.record == nil || !p.counts() {
			j.own = nil
		} else if j.own != nil {
			j.own.Add(p.hash, ignore)
		}
		j.differs(p)
		j.streams.follow(j, p)
		if p.counts() {
			j.ordinal++
			j.keptCounts()
			j.reached()
		}
	}
}

// note remembers the tiles above the leaves, which must be kept just so.
func (j *judge) note(t tlog.Tile, hashes []tlog.Hash) {
	if t.L > 0 {
		j.upper[t] = slices.Clone(hashes)
	}
}

func ignore(tlog.Tile, []tlog.Hash) {}

// differs finds what is wrong with one pair.
func (j *judge) differs(p pair) {
	var f Finding
	switch {
	case errors.Is(p.fault, eventstore.ErrMissing), p.record == nil && p.fault == nil:
		f = Finding{Kind: Removed, Detail: "the event that stood here is gone"}
	case p.fault != nil:
		f = Finding{Kind: Unreadable, Detail: p.fault.Error()}
	case p.kept == nil && !p.beyond:
		f = Finding{Kind: Added, Detail: describe(p.record) + " was not here"}
	case p.kept != nil && p.kept.Hash != p.hash:
		f = Finding{Kind: Altered, Detail: describe(p.record) + " is not the event that stood here"}
	default:
		return
	}
	f.Position = p.at
	if len(j.odd) < movedMost && len(j.report.Findings) < findingsMost {
		j.odd = append(j.odd, oddity{len(j.report.Findings), j.ordinal, p})
	}
	j.find(f)
}

// describe names an event without telling what is in it.
func describe(r *eventstore.Record) string {
	return fmt.Sprintf("%s %s, revision %d of %s,", r.Type, r.ID, r.Revision, r.Stream)
}

// reached holds what was read against the heads that tell of just so many events.
func (j *judge) reached() {
	for ; len(j.heads) > 0 && j.heads[0].Size == j.ordinal; j.heads = j.heads[1:] {
		h := j.heads[0]
		j.counts(h)
		switch {
		case j.lost:
		case j.kept.says(h): // so what differs from it was changed in the log
			j.own = j.kept.clone()
			j.hold(h)
		case j.own.says(h): // so what was kept was changed, not the log
			for i := j.since; i < len(j.report.Findings); i++ {
				f := &j.report.Findings[i]
				f.Kind, f.Detail = Unkept, "the event is as the heads say, but what was kept of it is not"
			}
			if j.kept.Size() == h.Size {
				j.kept = j.own.clone()
			}
			j.hold(h)
		default:
			j.lost = true
			j.find(Finding{Kind: Rewritten, Position: j.holds.Position + 1, Until: h.Position, Detail: fmt.Sprintf(
				"the first %d events are those that were signed, the first %d are not, whatever was kept of them",
				j.holds.Size, h.Size)})
		}
	}
}

func (j *judge) hold(h Head) {
	j.holds, j.report.Signed = h, h.Size
	j.since = len(j.report.Findings)
}

// says tells whether this is the tree that a head tells of.
func (t *Tree) says(h Head) bool { return t != nil && t.size == h.Size && t.Root() == h.Root }

func (t *Tree) clone() *Tree {
	c := &Tree{size: t.size}
	for _, hashes := range t.edge {
		c.edge = append(c.edge, append(make([]tlog.Hash, 0, TileWidth), hashes...))
	}
	return c
}

// end finds what shows only when everything was read.
func (j *judge) end(ctx context.Context, gap error) (Report, error) {
	if gap != nil {
		j.find(Finding{Kind: Unkept, Detail: gap.Error()})
	} else if known := max(j.written.Size, j.report.Signed); j.report.Kept < known && j.v.Kept != nil {
		j.find(Finding{Kind: Unkept, Detail: fmt.Sprintf("of the hashes of %d events, %d are there", known, j.report.Kept)})
	}
	if len(j.heads) > 0 {
		h := j.heads[len(j.heads)-1]
		j.find(Finding{Kind: Removed, Position: j.report.Position + 1, Until: h.Position,
			Detail: fmt.Sprintf("a signed head tells of %d events, and there are %d", h.Size, j.ordinal)})
	}
	j.moved()
	if j.v.Kept != nil {
		if err := j.tiles(ctx); err != nil {
			return Report{}, err
		}
	}
	if err := j.index(ctx); err != nil {
		return Report{}, err
	}
	if err := j.hidden(ctx); err != nil {
		return Report{}, err
	}
	slices.SortStableFunc(j.report.Findings, func(a, b Finding) int { return int(a.Position) - int(b.Position) })
	return j.report, nil
}

// moved looks for events that stand in each other's places.
func (j *judge) moved() {
	var h Hasher
	for _, here := range j.odd {
		if here.record == nil || here.kept != nil && here.kept.Hash == here.hash {
			continue
		}
		for _, there := range j.odd {
			if there.kept == nil || there.finding == here.finding {
				continue
			}
			r := *here.record
			r.Position = there.at
			if f := &j.report.Findings[here.finding]; h.Leaf(there.ordinal, r) == there.kept.Hash && f.Kind != Unkept {
				f.Kind, f.Detail = Moved, fmt.Sprintf("%s stood at position %d", describe(here.record), there.at)
			}
		}
	}
}

// tiles holds the tiles above the leaves against what follows from the leaves.
func (j *judge) tiles(ctx context.Context) error {
	j.kept.Edge(j.note)
	tiles := make([]tlog.Tile, 0, len(j.upper))
	for t := range j.upper {
		tiles = append(tiles, t)
	}
	slices.SortFunc(tiles, func(a, b tlog.Tile) int {
		if a.L != b.L {
			return a.L - b.L
		}
		return int(a.N - b.N)
	})
	data, err := j.v.Kept.ReadTiles(ctx, tiles)
	if err != nil && !errors.Is(err, ErrBroken) {
		return err
	}
	if err != nil {
		j.find(Finding{Kind: Unkept, Detail: err.Error()})
		return nil
	}
	for i, t := range tiles {
		for w, h := range j.upper[t] {
			if at := w * tlog.HashSize; len(data[i]) < at+tlog.HashSize || tlog.Hash(data[i][at:]) != h {
				j.find(Finding{Kind: Unkept, Detail: fmt.Sprintf("hash %d of %s does not follow from those below it", w, t.Path())})
			}
		}
	}
	return nil
}

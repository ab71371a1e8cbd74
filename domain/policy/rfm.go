package policy

import (
	"slices"

	"github.com/rapport-crm/rapport/domain"
)

// RFMName is the policy that says into how many groups RFM divides customers, and what it calls them.
const RFMName = "rfm"

// RFM is a scheme of scores for recency, frequency and monetary value. Groups is the highest score: 5 divides
// customers into fifths (quintiles), 4 into quarters. Segments names each cell: a list for each recency score from
// 1, in it a name for each fm score from 1, which is the mean of the other two scores, rounded up.
type RFM struct {
	Groups   int        `json:"groups"`
	Segments [][]string `json:"segments,omitempty"`
}

// The names are those of the field. Down: who bought long ago to who bought of late; across: who buys seldom and
// little to who buys often and much.
var standardRFM = map[int][][]string{
	5: {
		{"lost", "hibernating", "at_risk", "cannot_lose", "cannot_lose"},
		{"about_to_sleep", "about_to_sleep", "need_attention", "at_risk", "at_risk"},
		{"promising", "need_attention", "potential_loyalist", "loyal", "loyal"},
		{"promising", "potential_loyalist", "potential_loyalist", "loyal", "champions"},
		{"new", "potential_loyalist", "loyal", "champions", "champions"},
	},
	4: {
		{"lost", "hibernating", "at_risk", "cannot_lose"},
		{"about_to_sleep", "need_attention", "need_attention", "at_risk"},
		{"promising", "potential_loyalist", "loyal", "loyal"},
		{"new", "potential_loyalist", "champions", "champions"},
	},
}

// DefaultRFM is the scheme in force until one is published.
func DefaultRFM() RFM { return RFM{Groups: 5, Segments: standardRFM[5]} }

// PublishRFM asks that an RFM scheme be in force from now on; without segments, with the standard names.
type PublishRFM struct {
	RFM RFM `json:"rfm"`
}

func (PublishRFM) Needs() Needs { return founding() }

// Decide yields a new version unless the very same scheme is in force. Every cell must have a name.
func (c PublishRFM) Decide(s *State, g Given) ([]Event, error) {
	scheme := c.RFM
	standard, ok := standardRFM[scheme.Groups]
	switch {
	case !ok:
		return nil, ErrGroups
	case scheme.Segments == nil:
		scheme.Segments = standard
	case len(scheme.Segments) != scheme.Groups:
		return nil, ErrCells
	}
	for r, row := range scheme.Segments {
		if len(row) != scheme.Groups {
			return nil, ErrCells.At("rfm.segments[%d]", r)
		}
		for fm, name := range row {
			if !stageName.MatchString(name) {
				return nil, ErrSegmentName.At("rfm.segments[%d][%d]", r, fm)
			}
		}
	}
	if s.version > 0 && s.rfm.equal(scheme) {
		return nil, nil
	}
	return []Event{Published{Policy: RFMName, Version: s.version + 1, RFM: &scheme}}, nil
}

func (s RFM) equal(o RFM) bool {
	return s.Groups == o.Groups && slices.EqualFunc(s.Segments, o.Segments, slices.Equal)
}

var (
	ErrGroups = &domain.Rejection{Kind: domain.Invalid, Code: "rfm_groups", Field: "rfm.groups",
		Reason: "RFM has 5 groups (quintiles) or 4 (quartiles)"}
	ErrCells = &domain.Rejection{Kind: domain.Invalid, Code: "rfm_cells", Field: "rfm.segments",
		Reason: "there is a list for each recency score, and in it a name for each fm score: as many as groups"}
	ErrSegmentName = &domain.Rejection{Kind: domain.Invalid, Code: "rfm_segment_name", Field: "rfm.segments",
		Reason: "the name of an RFM segment is 1 to 32 of a-z, 0-9 and _, beginning with a letter"}
)

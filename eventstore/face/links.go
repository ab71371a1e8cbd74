package face

import (
	"context"
	"strconv"
	"strings"

	"github.com/rapport-crm/rapport/eventstore"
)

// linkType is that of the events that stand for another one, which their data names: 7@customer-1.
const linkType = "$>"

// target answers the event that a link leads to, nil where there is none to be seen.
func (s *streamsService) target(ctx context.Context, link eventstore.Record) (*eventstore.Record, error) {
	number, stream, _ := strings.Cut(string(link.Data), "@")
	revision, err := strconv.ParseUint(number, 10, 63)
	if err != nil || stream == "" {
		return nil, nil
	}
	for r, err := range s.log.ScanStream(ctx, stream, revision, false) {
		if err != nil {
			return nil, err
		}
		if r.Revision == revision {
			return &r, nil
		}
		break
	}
	return nil, nil
}

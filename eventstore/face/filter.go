package face

import (
	"regexp"
	"strings"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"github.com/dlclark/regexp2"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore"
)

// defaultWindow is how many events a filter looks at between two checkpoints, times the interval that the
// client asked for, when it asked for no window.
const defaultWindow = 32

// matchTime bounds how long an expression with lookaround, which may go back and forth for ever, looks at one text.
const matchTime = 100 * time.Millisecond

// filter tells which events of the log a client wants. The zero filter wants all.
type filter struct {
	on       func(eventstore.Record) string // nil: wants all
	prefixes []string
	pattern  matcher // nil: the prefixes count
	// checkpointEvery is how many events, wanted or not, lie between two checkpoints.
	checkpointEvery uint64
}

func newFilter(o *streams.ReadReq_Options_FilterOptions) (filter, error) {
	if o == nil {
		return filter{}, nil
	}
	var f filter
	var expression *streams.ReadReq_Options_FilterOptions_Expression
	switch kind := o.GetFilter().(type) {
	case *streams.ReadReq_Options_FilterOptions_StreamIdentifier:
		f.on = func(r eventstore.Record) string { return r.Stream }
		expression = kind.StreamIdentifier
	case *streams.ReadReq_Options_FilterOptions_EventType:
		f.on = func(r eventstore.Record) string { return r.Type }
		expression = kind.EventType
	}
	f.prefixes = expression.GetPrefix()
	if expression.GetRegex() == "" && len(f.prefixes) == 0 {
		return filter{}, status.Error(codes.InvalidArgument, "a filter needs a regular expression or prefixes")
	}
	if expression.GetRegex() != "" {
		var err error
		if f.pattern, err = compile(expression.GetRegex()); err != nil {
			return filter{}, status.Errorf(codes.InvalidArgument, "the filter's regular expression: %v", err)
		}
	}
	window := uint64(defaultWindow)
	if max, given := o.GetWindow().(*streams.ReadReq_Options_FilterOptions_Max); given {
		window = uint64(max.Max)
	}
	f.checkpointEvery = window * uint64(o.GetCheckpointIntervalMultiplier())
	if f.checkpointEvery == 0 {
		return filter{}, status.Error(codes.InvalidArgument, "a filter's window and checkpoint interval begin at 1")
	}
	return f, nil
}

// matcher is a compiled regular expression.
type matcher interface{ MatchString(text string) bool }

// compile takes EventStoreDB's expressions, which are .NET's. What Go's own library takes it does, in time that
// grows with the text alone.
func compile(expression string) (matcher, error) {
	if simple, err := regexp.Compile(expression); err == nil {
		return simple, nil
	}
	full, err := regexp2.Compile(expression, regexp2.None)
	if err != nil {
		return nil, err
	}
	full.MatchTimeout = matchTime
	return backtracking{full}, nil
}

// backtracking is an expression with lookaround or references back. What takes it too long does not match.
type backtracking struct{ *regexp2.Regexp }

func (b backtracking) MatchString(text string) bool {
	found, err := b.Regexp.MatchString(text)
	return err == nil && found
}

// all tells that no event is left out.
func (f filter) all() bool { return f.on == nil }

// has tells whether an event is wanted.
func (f filter) has(r eventstore.Record) bool {
	if f.all() {
		return true
	}
	text := f.on(r)
	if f.pattern != nil {
		return f.pattern.MatchString(text)
	}
	for _, p := range f.prefixes {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return false
}

// Package esdb is the log on EventStoreDB, through its official client. It decides nothing about events:
// it puts guards around the client, whose calls can outlive their context, whose connections do not mend
// and whose subscriptions do not resume, so that what comes out keeps the contract of eventstore.Store.
//
// A position is the commit position of EventStoreDB (the prepare position is the same for everything that
// is written through gRPC). Position 0 may stand for "before everything": a server's log begins with an
// epoch record and its own system events, and the log behind our face counts from 1, so no event that
// anybody appended is ever at 0.
//
// Servers of version 23.10 or newer are needed: older ones give no positions when a stream is read, and
// never tell a subscriber that it has caught up. A server refuses an append beyond its MaxAppendSize, which is
// 1 MiB unless configured: Limits says so, and learns from refusals.
//
// A server may be put back to an older copy of its database while the store is open. So the newest event that the
// store saw is looked for whenever it connects anew: where it is gone, appends are refused and followers end, with
// eventstore.ErrChanged, until the log that had it is back or the store is opened again.
//
// What the guards cost: a call that the client does not let go of keeps a goroutine, and one of
// Options.MaxInFlight places, until the server can be reached again; so does a search for the server that
// began while it was there. They are the only things that can outlive a Store that was closed. The client
// also never closes the connection that such a call replaces: one for each outage that catches calls so.
package esdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	client "github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"github.com/rapport-crm/rapport/eventstore"
)

// Options tune a Store. Their zero value takes the defaults.
type Options struct {
	// CallTimeout bounds every append, and every page of a read, whatever the caller's context: 5 s.
	CallTimeout time.Duration
	// MaxInFlight bounds the calls that are with the client at one time; others wait for their turn: 512.
	MaxInFlight int
	// BackoffMin and BackoffMax bound the pause before a subscription that ended is resumed: 100 ms, 5 s.
	BackoffMin, BackoffMax time.Duration
	// ReadPatience is for how long a read that has begun waits for a server that went away: 1 min.
	ReadPatience time.Duration
	// Logger hears of outages, once a minute, and at debug level of what the client does: slog.Default().
	Logger *slog.Logger
}

func (o *Options) setDefaults() {
	if o.CallTimeout == 0 {
		o.CallTimeout = 5 * time.Second
	}
	if o.MaxInFlight == 0 {
		o.MaxInFlight = 512
	}
	if o.BackoffMin == 0 {
		o.BackoffMin = 100 * time.Millisecond
	}
	if o.BackoffMax == 0 {
		o.BackoffMax = max(5*time.Second, o.BackoffMin)
	}
	if o.ReadPatience == 0 {
		o.ReadPatience = time.Minute
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
}

// Validate tells all that is wrong with the options at once.
func (o *Options) Validate() error {
	var faults []error
	if o.CallTimeout < 0 {
		faults = append(faults, fmt.Errorf("CallTimeout is %s, it cannot be negative", o.CallTimeout))
	}
	if o.ReadPatience < 0 {
		faults = append(faults, fmt.Errorf("ReadPatience is %s, it cannot be negative", o.ReadPatience))
	}
	if o.MaxInFlight < 0 {
		faults = append(faults, fmt.Errorf("MaxInFlight is %d, it cannot be negative", o.MaxInFlight))
	}
	if o.BackoffMin < 0 || o.BackoffMax < 0 {
		faults = append(faults, fmt.Errorf("backoff from %s to %s, it cannot be negative", o.BackoffMin, o.BackoffMax))
	}
	if o.BackoffMax != 0 && o.BackoffMax < o.BackoffMin {
		faults = append(faults, fmt.Errorf("BackoffMax is %s, less than BackoffMin of %s", o.BackoffMax, o.BackoffMin))
	}
	return errors.Join(faults...)
}

// Store is the log on EventStoreDB.
type Store struct {
	options Options
	config  client.Configuration
	slots   chan struct{} // a place for each call that is with the client

	life context.Context // ends when the store is closed
	end  context.CancelFunc

	appendBytes atomic.Int64 // what the server takes in one append, as far as known
	seen        seen
	outage      outage
	unwatched   bool // in tests of what happens before a loss is noticed

	mu      sync.Mutex
	current *connection // nil while there is none
	dialing *attempt    // the one attempt to connect that is under way, if any
}

var _ eventstore.Store = (*Store)(nil)

// Open answers the log at a connection string: esdb://host:2113?tls=false, esdb+discover://… for a cluster.
// It fails only when the string or the options make no sense: the server need not be up, and is looked for
// when it is first called. The adapter decides how often to look, whatever maxDiscoverAttempts says.
func Open(connectionString string, o Options) (*Store, error) {
	config, err := parse(connectionString)
	if err != nil {
		return nil, fmt.Errorf("read the connection string of the event store: %w", err)
	}
	if err := errors.Join(config.Validate(), o.Validate()); err != nil {
		return nil, fmt.Errorf("configure the event store: %w", err)
	}
	o.setDefaults()
	config.Logger = func(level, format string, args ...any) {
		if o.Logger.Enabled(context.Background(), slog.LevelDebug) {
			o.Logger.Debug("event store client", "said", fmt.Sprintf(format, args...), "severity", level)
		}
	}
	s := &Store{options: o, config: *config, slots: make(chan struct{}, o.MaxInFlight)}
	s.appendBytes.Store(defaultAppendBytes)
	s.seen = seen{logger: o.Logger, patience: 2 * time.Second, lookEvery: 5 * time.Second}
	s.outage = outage{logger: o.Logger, now: time.Now}
	s.life, s.end = context.WithCancel(context.Background())
	return s, nil
}

// errCredentials stands for what is wrong with a user or a password: the library's own words would repeat them.
var errCredentials = errors.New("its user, password or host cannot be told apart: in a user and a password, write letters other " +
	"than a-z, A-Z, 0-9, - . _ ~ as %XX, such as %40 for @")

// parse reads a connection string. No error repeats a password.
func parse(connectionString string) (*client.Configuration, error) {
	config, err := client.ParseConnectionString(connectionString)
	scheme, rest, _ := strings.Cut(connectionString, "://")
	at := strings.LastIndex(rest, "@")
	if at < 0 || err == nil && config.Username != "" {
		return config, err
	}
	if _, other := client.ParseConnectionString(scheme + "://" + rest[at+1:]); other != nil {
		return nil, other // it is not about who connects
	}
	return nil, errCredentials
}

// Close ends all calls under way with eventstore.ErrClosed. It waits until the client has let go of them,
// for at most Options.CallTimeout. Closing twice is harmless.
func (s *Store) Close() error {
	s.mu.Lock()
	s.end()
	c := s.current
	s.mu.Unlock()
	if c == nil {
		return nil
	}
	s.retire(c)
	patience := time.NewTimer(s.options.CallTimeout)
	defer patience.Stop()
	select {
	case <-c.closed:
	case <-patience.C:
		s.options.Logger.Warn("the event store's client holds on to calls; its connection stays open until it lets go")
	}
	return nil
}

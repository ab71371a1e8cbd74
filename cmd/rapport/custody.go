package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/custody"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/esdb"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/files"
	"github.com/rapport-crm/rapport/internal/notary"
	"github.com/rapport-crm/rapport/internal/tokenmark"
)

// errKeyLost: heads were signed, and the key that did is gone.
var errKeyLost = errors.New("heads of this log were signed, and the key that signs them is missing")

// signingKey returns the key that signs heads. It is made for a new log alone: for another, the one that signed before
// must be there.
func signingKey(ctx context.Context, file string, store eventstore.Store) (*proof.Key, error) {
	if err := finishRotation(ctx, file, store); err != nil {
		return nil, err
	}
	// Of a log that is away nothing is known: the notary signs no old one by a new key without a person's word.
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) && errors.Is(young(ctx, store), notary.ErrUnadopted) {
		return nil, fmt.Errorf("%w: put the copy of %s back, or, if there is none, let a new key sign by rapport proof adopt --reason WHY",
			errKeyLost, file)
	}
	return proof.LoadKey(file)
}

// young returns nil where a log has just begun: it holds nothing but what settles the books, and who may use Rapport.
func young(ctx context.Context, store eventstore.Store) error {
	for r, err := range store.ReadAll(ctx, 0) {
		if err != nil {
			return err
		}
		if s := r.Stream; eventstore.Owned(s) && s != access.Stream && s != business.Stream && s != policy.Stream("ladder") {
			return notary.ErrUnadopted
		}
	}
	return ctx.Err()
}

// streamReader is a log of which a stream can be read.
type streamReader interface {
	ReadStream(ctx context.Context, stream string, from uint64) iter.Seq2[eventstore.Record, error]
}

// keyChanges returns the statements about changes of the key that the log has.
func keyChanges(ctx context.Context, log streamReader) (statements []string, err error) {
	codec := eventstore.NewCodec()
	for r, err := range log.ReadStream(ctx, custody.Stream, 0) {
		if err != nil {
			return nil, fmt.Errorf("read which keys sign heads: %w", err)
		}
		if r.Type != (custody.KeyChanged{}).EventType() {
			continue
		}
		fact, err := codec.Decode(ctx, r)
		if err != nil {
			return nil, err
		}
		statements = append(statements, fact.Event.(custody.KeyChanged).Statement)
	}
	return statements, ctx.Err()
}

// custodyFlags say what a change of custody is about: what the server works on.
type custodyFlags struct {
	Data       string `help:"The server's data directory." default:"./rapport-data" type:"path"`
	Eventstore string `help:"The server's EventStoreDB, if it does not use the embedded log." placeholder:"esdb://HOST:2113"`
	Postgres   string `help:"The server's PostgreSQL, if it is not the private one." placeholder:"postgres://…"`
	ProofKey   string `help:"File with the key that signs heads. By default in the data directory." type:"path" placeholder:"FILE"`
}

func (c custodyFlags) keyFile() string { return cmp.Or(c.ProofKey, proofKey(c.Data)) }

// use opens the log and the database of a server that does not run.
func (c custodyFlags) use(ctx context.Context, logger *slog.Logger, f func(store eventstore.Store, databaseURL string) error) (err error) {
	var store eventstore.Store
	if c.Eventstore != "" {
		store, err = esdb.Open(c.Eventstore, esdb.Options{Logger: logger})
	} else if _, err = os.Stat(filepath.Join(c.Data, "log")); err == nil {
		store, err = openLog(c.Data, logger)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var closers []func() error
	defer func() {
		for i := len(closers) - 1; i >= 0; i-- {
			err = errors.Join(err, closers[i]())
		}
	}()
	url, err := serveCmd{Data: c.Data, Postgres: c.Postgres}.openPostgres(ctx, &server{}, logger,
		func(f func() error) { closers = append(closers, f) })
	if err != nil {
		return err
	}
	return f(store, url)
}

func (c custodyFlags) notary(ctx context.Context, store eventstore.Store, url string, key *proof.Key, logger *slog.Logger) (*notary.Notary, error) {
	return notary.New(ctx, notary.Config{Store: store, DatabaseURL: url, Key: key, Logger: logger,
		Changes: func(ctx context.Context) ([]string, error) { return keyChanges(ctx, store) }})
}

// record appends a fact about custody.
func record(ctx context.Context, store eventstore.Store, e domain.Event) error {
	id, err := uuid.NewV7()
	if err != nil {
		return err
	}
	proposed, err := eventstore.NewCodec().Encode(ctx, custody.Stream, id, e, domain.Metadata{CommandID: id, CorrelationID: id,
		Actor: account(), Source: "command line"})
	if err == nil {
		_, err = store.Append(ctx, custody.Stream, eventstore.Any, []eventstore.Proposed{proposed})
	}
	if err != nil {
		return fmt.Errorf("record who vouches for the log: %w", err)
	}
	return nil
}

// account names the operating system's user.
func account() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}

type proofAdoptCmd struct {
	custodyFlags
	Reason string `help:"Why the log is accepted as it is: it stands in the log." required:"" placeholder:"WHY"`
}

func (c proofAdoptCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	if err := domain.CheckText(c.Reason, 1000); err != nil || c.Reason == "" {
		return errors.New("--reason: say in up to 1,000 characters why the log is accepted as it is")
	}
	return c.use(ctx, logger, func(store eventstore.Store, url string) error {
		key, err := proof.LoadKey(c.keyFile())
		if err != nil {
			return err
		}
		n, err := c.notary(ctx, store, url, key, logger)
		if err != nil {
			return err
		}
		defer n.Close()
		head, err := n.Adopt(ctx, func(h proof.Head, before string) error {
			return record(ctx, store, custody.LogAdopted{Reason: c.Reason, By: account(), Head: h.Note, Before: before})
		})
		if err != nil {
			return err
		}
		var known uint64
		for r, err := range store.ReadStream(ctx, access.Stream, 0) {
			if err != nil {
				return err
			}
			if !eventstore.Foreign(r.Type) {
				known++
			}
		}
		if err := tokenmark.New(c.Data, url, logger).Reset(ctx, known); err != nil {
			return err
		}
		fmt.Fprintf(std.out, "The log of %d events is accepted as it is, and that is an event of it. What was written down of it before is kept in the\n"+
			"database under a schema proof_until_…; hold the log against heads that were kept elsewhere: rapport verify --head FILE\n", head.Size)
		return nil
	})
}

type proofRotateCmd struct{ custodyFlags }

func (c proofRotateCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	return c.use(ctx, logger, func(store eventstore.Store, url string) error {
		if err := finishRotation(ctx, c.keyFile(), store); err != nil {
			return err
		}
		key, err := proof.ReadKey(c.keyFile())
		if err != nil {
			return err
		}
		text, next, err := key.Successor()
		if err != nil {
			return err
		}
		if err := files.Replace(nextKey(c.keyFile()), text, 0o600); err != nil {
			return err
		}
		n, err := c.notary(ctx, store, url, key, logger)
		if err != nil {
			return err
		}
		defer n.Close()
		if _, err := n.Rotate(ctx, next, func(statement string) error {
			return record(ctx, store, custody.KeyChanged{Statement: statement})
		}); err != nil {
			return err
		}
		if err := finishRotation(ctx, c.keyFile(), store); err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%s\n", next.Verifier)
		fmt.Fprintf(std.err, "This key signs from now on; keep a copy of %s elsewhere, and destroy those of the old one. Both signed the change,\n"+
			"which is an event: whoever has the old public key can go on with it (rapport verify --changes FILE, as rapport proof key --changes prints it).\n",
			c.keyFile())
		return nil
	})
}

func nextKey(file string) string { return file + ".next" }

// finishRotation puts the next key in its place once the log says that it signs: a rotation may have been cut off there.
func finishRotation(ctx context.Context, file string, store eventstore.Store) error {
	next, err := proof.ReadKey(nextKey(file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	key, err := proof.ReadKey(file)
	if err != nil {
		return err
	}
	changes, err := keyChanges(ctx, store)
	if err != nil || !proof.Trust(key.Check(), changes...).Contains(next.Check()) {
		return err
	}
	return files.Rename(nextKey(file), file)
}

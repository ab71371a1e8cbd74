package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/notary"
)

type verifyCmd struct {
	remote
	outside
	Bundle    string   `arg:"" optional:"" help:"A file that rapport export wrote. Without it, the log of a server is verified: of the one that runs, or by --data of one that does not." type:"existingfile"`
	Data      string   `help:"Verify the log in this directory, which no server uses now. It may be read-only." type:"existingdir" placeholder:"DIR"`
	Postgres  string   `help:"With --data or --eventstore: the PostgreSQL that the server used." placeholder:"postgres://…"`
	HeadsOnly bool     `help:"With --data: hold the log against the heads that --head names alone, without PostgreSQL; so it is where there is none."`
	Key       string   `help:"The public key, or a file with it. With --data, that of the directory unless told; without it, a server's own word is taken." placeholder:"KEY"`
	Changes   []string `help:"A file with statements about changes of the key, as rapport proof key --changes prints them; may be repeated." type:"existingfile" placeholder:"FILE"`
	Head      []string `help:"A file with a signed head that was kept elsewhere, or a folder of such files; may be repeated." type:"path" placeholder:"FILE"`
	Leaves    bool     `help:"Of a server that runs: also read the hash of every event, and find the root of the newest head from them."`
	JSON      bool     `help:"Answer as JSON."`
}

// errDiffers: what is verified is not what it was. The program ends with 3.
var errDiffers = errors.New("this is not what it was")

func (c verifyCmd) Run(ctx context.Context, std streams, logger *slog.Logger) error {
	heads, err := c.heads()
	if err != nil {
		return err
	}
	var report proof.Report
	switch {
	case c.Bundle != "":
		return c.bundle(std)
	case c.Eventstore != "":
		report, err = c.log(ctx, std, logger, heads)
	case c.Data != "":
		report, err = c.directory(ctx, std, logger, heads)
	default:
		report, err = c.running(ctx, std, heads)
	}
	if err != nil {
		return err
	}
	return c.tell(std, report)
}

// heads reads the heads that were kept elsewhere.
func (c verifyCmd) heads() (notes []string, err error) {
	for _, name := range c.Head {
		names := []string{name}
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			if names, err = filepath.Glob(filepath.Join(name, "[^.]*")); err != nil || len(names) == 0 {
				return nil, fmt.Errorf("the folder %s holds no heads", name)
			}
		}
		for _, file := range names {
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			notes = append(notes, string(text))
		}
	}
	return notes, nil
}

// changes reads the statements about changes of the key that were given.
func (c verifyCmd) changes() (statements []string, err error) {
	for _, file := range c.Changes {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, statement := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), proof.ChangeTag+"\n")[1:] {
			statements = append(statements, proof.ChangeTag+"\n"+statement)
		}
	}
	return statements, nil
}

// key reads the public key: as it is given, or from a file of that name.
func (c verifyCmd) key(otherwise string) (note.Verifier, error) {
	named := cmp.Or(c.Key, otherwise)
	if named == "" {
		return nil, errors.New("give the public key by --key: rapport proof key prints it")
	}
	text, err := os.ReadFile(named)
	if errors.Is(err, fs.ErrNotExist) && c.Key != "" {
		text, err = []byte(c.Key), nil
	}
	if err != nil {
		return nil, err
	}
	return proof.ParseVerifier(string(text))
}

// bundle verifies a file, with nothing but the public key.
func (c verifyCmd) bundle(std streams) error {
	by, err := c.key("")
	if err != nil {
		return err
	}
	text, err := os.ReadFile(c.Bundle)
	if err != nil {
		return err
	}
	changes, err := c.changes()
	if err != nil {
		return err
	}
	b, err := proof.Trust(by, changes...).OpenBundle(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w: %w", c.Bundle, errDiffers, err)
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(b)
	}
	all := ""
	if b.Counted != nil {
		all = ", all that the stream had,"
	}
	_, err = fmt.Fprintf(std.out, "%s: %d events%s just as they stand in the log %s, which had %d events on %s\n", b.Stream, len(b.Events), all,
		by.Name(), b.Head.Size, b.Head.SignedAt.Format(time.RFC3339))
	return err
}

// directory verifies the log of a server that does not run. The log's files stay as they are.
func (c verifyCmd) directory(ctx context.Context, std streams, logger *slog.Logger, heads []string) (report proof.Report, err error) {
	by, err := c.key(proofKey(c.Data))
	if err != nil {
		return report, err
	}
	var closers []func() error
	defer func() {
		for i := len(closers) - 1; i >= 0; i-- {
			err = errors.Join(err, closers[i]())
		}
	}()
	log, err := embedded.Open(filepath.Join(c.Data, "log"), embedded.Options{Logger: logger, ReadOnly: true})
	if errors.Is(err, embedded.ErrLocked) {
		return report, fmt.Errorf("a server uses %s: verify what it serves by --server, or end it first (%w)", c.Data, err)
	}
	if err != nil {
		return report, fmt.Errorf("%w: %w", errDiffers, err)
	}
	closers = append(closers, log.Close)
	v, end, err := c.verification(ctx, std, logger, log, by, heads)
	if err != nil {
		return report, err
	}
	defer end()
	if c.HeadsOnly || c.Postgres == "" && !startable(filepath.Join(c.Data, "postgres")) {
		if len(heads) == 0 {
			return report, fmt.Errorf("%s has no PostgreSQL that could be started: give heads that were kept elsewhere by --head", c.Data)
		}
		return proof.Verify(ctx, v)
	}
	serve := serveCmd{Data: c.Data, Postgres: c.Postgres}
	databaseURL, err := serve.openPostgres(ctx, &server{}, logger, func(f func() error) { closers = append(closers, f) })
	if err != nil {
		return report, err
	}
	return notary.Verify(ctx, databaseURL, v)
}

// verification says what is held against what, and how far that is.
func (c verifyCmd) verification(ctx context.Context, std streams, logger *slog.Logger, log eventstore.Store, by note.Verifier,
	heads []string) (v proof.Verification, end func(), err error) {
	changes, err := c.changes()
	if err != nil {
		return v, nil, err
	}
	written, err := keyChanges(ctx, log)
	if err != nil {
		logger.Warn("the log's own statements about changes of the key cannot be read", "error", err)
	}
	total, err := log.Distance(ctx, 0, math.MaxInt)
	if err != nil {
		return v, nil, err
	}
	advance, end := client.Progress(std.err, "verifying", total)
	read := int64(0)
	return proof.Verification{Log: log, Key: by, Changes: append(changes, written...), Elsewhere: heads, Progress: func(events int64) {
		advance(int(events - read))
		read = events
	}}, end, nil
}

// log verifies the log in an EventStoreDB, without a server: by the heads that were kept elsewhere, and by what was written
// down where a database is named.
func (c verifyCmd) log(ctx context.Context, std streams, logger *slog.Logger, heads []string) (report proof.Report, err error) {
	by, err := c.key("")
	if err != nil {
		return report, err
	}
	if len(heads) == 0 && c.Postgres == "" {
		return report, errors.New("give heads that were kept elsewhere by --head, or the server's database by --postgres: " +
			"without either, there is nothing to hold the log against")
	}
	store, err := openEventStore(ctx, c.Eventstore, true, logger)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	v, end, err := c.verification(ctx, std, logger, store, by, heads)
	if err != nil {
		return report, err
	}
	defer end()
	if c.Postgres == "" || c.HeadsOnly {
		return proof.Verify(ctx, v)
	}
	return notary.Verify(ctx, c.Postgres, v)
}

// startable reports whether a private PostgreSQL is kept in a folder, and may be started there.
func startable(folder string) bool {
	probe, err := os.CreateTemp(folder, ".probe-*")
	if err != nil {
		return false
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name())) == nil
}

// tell prints a report; a difference is an error.
func (c verifyCmd) tell(std streams, r proof.Report) error {
	if c.JSON {
		if err := json.NewEncoder(std.out).Encode(r); err != nil {
			return err
		}
	} else {
		for _, f := range r.Findings {
			fmt.Fprintln(std.out, f)
		}
		for _, f := range r.Warnings {
			fmt.Fprintf(std.out, "warning: %v\n", f)
		}
		if more := r.Differences - int64(len(r.Findings)); more > 0 {
			fmt.Fprintf(std.out, "and %d more\n", more)
		}
		fmt.Fprintf(std.out, "%d events read, up to position %d; %d of them were written down, %d stand under %d signed heads\n",
			r.Events, r.Position, r.Kept, r.Signed, r.Heads)
	}
	if !r.Intact() {
		return fmt.Errorf("%w: %d differences", errDiffers, r.Differences)
	}
	return nil
}

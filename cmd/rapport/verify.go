package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/rapport-crm/rapport/eventstore/embedded"
	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/notary"
)

type verifyCmd struct {
	remote
	Bundle   string   `arg:"" optional:"" help:"A file that rapport export wrote. Without it, the log of a server is verified: of the one that runs, or by --data of one that does not." type:"existingfile"`
	Data     string   `help:"Verify the log in this directory, which no server uses now." type:"existingdir" placeholder:"DIR"`
	Postgres string   `help:"With --data: the PostgreSQL that the server used instead of a private one." placeholder:"postgres://…"`
	Key      string   `help:"The public key, or a file with it. With --data, that of the directory unless told; a server uses its own." placeholder:"KEY"`
	Head     []string `help:"A file with a signed head that was kept elsewhere; may be repeated." type:"existingfile" placeholder:"FILE"`
	JSON     bool     `help:"Answer as JSON."`
}

// errDiffers: what is verified is not what it was.
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

func (c verifyCmd) heads() (notes []string, err error) {
	for _, file := range c.Head {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		notes = append(notes, string(text))
	}
	return notes, nil
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
	b, err := proof.OpenBundle(string(text), by)
	if err != nil {
		return fmt.Errorf("%s: %w: %w", c.Bundle, errDiffers, err)
	}
	if c.JSON {
		return json.NewEncoder(std.out).Encode(b)
	}
	_, err = fmt.Fprintf(std.out, "%s: %d events, just as they stand in the log %s, which had %d events on %s\n", b.Stream, len(b.Events), by.Name(),
		b.Head.Size, b.Head.SignedAt.Format(time.RFC3339))
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
	serve := serveCmd{Data: c.Data, Postgres: c.Postgres}
	databaseURL, err := serve.openPostgres(ctx, &server{}, logger, func(f func() error) { closers = append(closers, f) })
	if err != nil {
		return report, err
	}
	total, err := log.Distance(ctx, 0, math.MaxInt)
	if err != nil {
		return report, err
	}
	advance, end := client.Progress(std.err, "verifying", total)
	defer end()
	read := int64(0)
	return notary.Verify(ctx, databaseURL, log, by, heads, func(events int64) {
		advance(int(events - read))
		read = events
	})
}

// running lets a running server verify its log.
func (c verifyCmd) running(ctx context.Context, std streams, heads []string) (report proof.Report, err error) {
	api, err := c.client(std)
	if err != nil {
		return report, err
	}
	var total notary.Standing
	if err := api.Do(ctx, "GET", "/v1/proof", nil, &total); err != nil {
		return report, err
	}
	advance, end := client.Progress(std.err, "verifying", int(total.Size))
	defer end()
	err = api.Read(ctx, "POST", "/v1/proof/verify", map[string][]string{"heads": heads}, func(answer io.Reader) error {
		lines, read := json.NewDecoder(answer), int64(0)
		for {
			var line struct {
				Events   int64           `json:"events"`
				Report   *proof.Report   `json:"report"`
				Verifier string          `json:"verifier"`
				Problem  *client.Problem `json:"problem"`
			}
			if err := lines.Decode(&line); err != nil {
				return fmt.Errorf("the server broke off: %w", err)
			}
			switch {
			case line.Problem != nil:
				return line.Problem
			case line.Report != nil:
				report = *line.Report
				return c.signedBy(line.Verifier)
			}
			advance(int(line.Events - read))
			read = line.Events
		}
	})
	return report, err
}

// signedBy finds out whether a server's key is the one that was expected.
func (c verifyCmd) signedBy(verifier string) error {
	if c.Key == "" {
		return nil
	}
	want, err := c.key("")
	if err != nil {
		return err
	}
	used, err := proof.ParseVerifier(verifier)
	if err != nil {
		return err
	}
	if used.Name() != want.Name() || used.KeyHash() != want.KeyHash() {
		return fmt.Errorf("%w: the server signs by the key %s, not by %s", errDiffers, used.Name(), want.Name())
	}
	return nil
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

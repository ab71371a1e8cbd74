// Package uploads keeps files of sales that people upload to be imported, reads them, and imports them in the background. It decides how
// long a file stays; it must not know what a line means, nor how pages show it.
package uploads

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
)

// Config says where uploads stand, and what they may come to.
type Config struct {
	// Dir is made, and emptied when the server begins and ends: files of people's data do not outlive what they are for.
	Dir      string
	MaxBytes int64         // of a file (256 MiB)
	Most     int           // of one owner (20)
	Keep     time.Duration // how long a file stays that nothing is done with (24 hours)
	Now      func() time.Time
}

// Desk is where uploads stand. It is safe for concurrent use.
type Desk struct {
	c    Config
	turn chan struct{} // imports go one by one: each takes the whole of a file into memory
	mu   sync.Mutex
	all  []*Upload
}

// Upload is one file, and what is done with it.
type Upload struct {
	ID, Owner, Name string
	Bytes           int64
	At              time.Time
	Guess           importer.Guess
	GuessErr        error // why it is no file of sales

	desk *Desk
	mu   sync.Mutex
	run  Run
}

// Run is the newest import of a file, dry or not.
type Run struct {
	Options importer.Options
	Dry     bool
	Began   time.Time // zero: there was none
	Ended   time.Time // zero while it runs
	Doing   string
	Done    int
	Total   int
	Report  importer.Report
	Err     error
}

// Running reports whether it has begun and not ended.
func (r Run) Running() bool { return !r.Began.IsZero() && r.Ended.IsZero() }

// What a file is refused for.
var (
	ErrTooLarge = errors.New("the file is too large")
	ErrTooMany  = errors.New("too many files wait to be imported: discard some")
	ErrRunning  = errors.New("it is being read or imported")
)

// Open empties the folder, and returns a desk without uploads.
func Open(c Config) (*Desk, error) {
	if c.MaxBytes == 0 {
		c.MaxBytes = 256 << 20
	}
	if c.Most == 0 {
		c.Most = 20
	}
	if c.Keep == 0 {
		c.Keep = 24 * time.Hour
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	d := &Desk{c: c, turn: make(chan struct{}, 1)}
	if err := errors.Join(os.RemoveAll(c.Dir), os.MkdirAll(c.Dir, 0o700)); err != nil {
		return nil, fmt.Errorf("make room for uploads: %w", err)
	}
	return d, nil
}

// Close removes all files.
func (d *Desk) Close() error { return os.RemoveAll(d.c.Dir) }

// MaxBytes is how large a file may be.
func (d *Desk) MaxBytes() int64 { return d.c.MaxBytes }

// Take stores a file, and looks at what it seems to be.
func (d *Desk) Take(owner, name string, from io.Reader) (*Upload, error) {
	d.forget()
	if len(d.Of(owner)) >= d.c.Most {
		return nil, ErrTooMany
	}
	u := &Upload{ID: rand.Text(), Owner: owner, Name: plainName(name), At: d.c.Now(), desk: d}
	if err := os.Mkdir(u.dir(), 0o700); err != nil {
		return nil, err
	}
	if err := u.store(from); err != nil {
		return nil, errors.Join(err, os.RemoveAll(u.dir()))
	}
	u.Guess, u.GuessErr = importer.GuessLayout(u.path())
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, u)
	return u, nil
}

func (u *Upload) store(from io.Reader) error {
	file, err := os.OpenFile(u.path(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	u.Bytes, err = io.Copy(file, io.LimitReader(from, u.desk.c.MaxBytes+1))
	if err == nil && u.Bytes > u.desk.c.MaxBytes {
		err = ErrTooLarge
	}
	return errors.Join(err, file.Close())
}

// plainName is what a file is called in reports.
func plainName(name string) string {
	name = filepath.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), "\\", "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name)
	if len(name) > 100 {
		name = strings.ToValidUTF8(name[len(name)-100:], "")
	}
	if name == "" || name == "." || name == ".." || name == "/" || name == rejectsName {
		return "upload.csv"
	}
	return name
}

const rejectsName = "rejects.csv"

func (u *Upload) dir() string  { return filepath.Join(u.desk.c.Dir, u.ID) }
func (u *Upload) path() string { return filepath.Join(u.dir(), u.Name) }

// Of returns the uploads of an owner, the newest first.
func (d *Desk) Of(owner string) (all []*Upload) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, u := range slices.Backward(d.all) {
		if u.Owner == owner {
			all = append(all, u)
		}
	}
	return all
}

// Get returns an upload of an owner; nil where there is none.
func (d *Desk) Get(owner, id string) *Upload {
	for _, u := range d.Of(owner) {
		if u.ID == id {
			return u
		}
	}
	return nil
}

// Discard removes an upload, unless it is being imported.
func (d *Desk) Discard(u *Upload) error {
	if u.Run().Running() {
		return ErrRunning
	}
	d.mu.Lock()
	d.all = slices.DeleteFunc(d.all, func(one *Upload) bool { return one == u })
	d.mu.Unlock()
	return os.RemoveAll(u.dir())
}

// forget discards what stood too long.
func (d *Desk) forget() {
	d.mu.Lock()
	all := slices.Clone(d.all)
	d.mu.Unlock()
	for _, u := range all {
		if run := u.Run(); d.c.Now().Sub(u.At) > d.c.Keep && !run.Running() {
			_ = d.Discard(u) // the folder is emptied at the latest when the server ends
		}
	}
}

// Run returns the newest import.
func (u *Upload) Run() Run {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.run
}

// Begin reads the file as the options say, and imports it by a client; a dry run has none. It goes on until ctx ends.
func (u *Upload) Begin(ctx context.Context, o importer.Options, by *client.Client) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.run.Running() {
		return ErrRunning
	}
	rejects := filepath.Join(u.dir(), rejectsName)
	if err := os.Remove(rejects); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	o.Client, o.Paths, o.Rejects = by, []string{u.path()}, rejects
	o.OnProgress = u.progress
	u.run = Run{Options: o, Dry: by == nil, Began: u.desk.c.Now(), Doing: "waiting for its turn"}
	go u.carryOut(ctx, o)
	return nil
}

func (u *Upload) carryOut(ctx context.Context, o importer.Options) {
	var report importer.Report
	var err error
	select {
	case u.desk.turn <- struct{}{}:
		u.progress("reading", 0, 0)
		report, err = importer.Run(ctx, o)
		<-u.desk.turn
	case <-ctx.Done():
		err = context.Cause(ctx)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.run.Report, u.run.Err, u.run.Ended = report, err, u.desk.c.Now()
}

func (u *Upload) progress(doing string, done, total int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.run.Doing, u.run.Done, u.run.Total = doing, done, total
}

// Rejects opens the lines that the newest import refused; it fails with os.ErrNotExist where there are none.
func (u *Upload) Rejects() (io.ReadCloser, error) {
	if u.Run().Running() {
		return nil, ErrRunning
	}
	return os.Open(filepath.Join(u.dir(), rejectsName))
}

// Plain writes what an import says without the folder that the file stands in.
func (u *Upload) Plain(text string) string {
	return strings.ReplaceAll(text, u.dir()+string(filepath.Separator), "")
}

package postgres

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldest is the first major version that we run: it speaks scram-sha-256 by default and knows every setting.
const oldest = 14

// ErrNotInstalled: no fitting PostgreSQL server is on this machine. The error says what to do.
var ErrNotInstalled = errors.New("no fitting PostgreSQL server is installed")

// installation is a folder of server binaries of one version.
type installation struct {
	dir   string
	major int
}

func (i installation) path(name string) string { return filepath.Join(i.dir, name) }

// places lists the folders where server binaries are commonly found.
func places() []string {
	dirs := filepath.SplitList(os.Getenv("PATH"))
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",         // Debian, Ubuntu
		"/usr/pgsql-*/bin",                  // Red Hat, Fedora
		"/opt/homebrew/opt/postgresql*/bin", // Homebrew on Apple silicon
		"/usr/local/opt/postgresql*/bin",    // Homebrew on Intel
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			panic(err) // only a malformed pattern
		}
		dirs = append(dirs, found...)
	}
	return dirs
}

// installations answers the complete sets of server binaries in dirs, newest first.
func installations(ctx context.Context, dirs []string) []installation {
	var found []installation
	seen := map[string]bool{}
	for _, dir := range dirs {
		program, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres"))
		if err != nil || !filepath.IsAbs(program) || seen[program] {
			continue
		}
		seen[program] = true
		i := installation{dir: filepath.Dir(program)}
		if i.major, err = majorVersion(ctx, program); err == nil && i.complete() {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b installation) int { return b.major - a.major })
	return found
}

func (i installation) complete() bool {
	for _, name := range []string{"initdb", "pg_ctl"} {
		if _, err := os.Stat(i.path(name)); err != nil {
			return false
		}
	}
	return true
}

var versionText = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

func majorVersion(ctx context.Context, program string) (int, error) {
	out, err := exec.CommandContext(ctx, program, "--version").Output()
	if err != nil {
		return 0, err
	}
	m := versionText.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("%s tells no version: %q", program, out)
	}
	return strconv.Atoi(string(m[1]))
}

// choose takes the newest installation for a new cluster (wanted is 0), or the one whose version the
// existing cluster has: another one cannot read its files.
func choose(found []installation, wanted int) (installation, error) {
	if wanted == 0 {
		if len(found) == 0 || found[0].major < oldest {
			return installation{}, fmt.Errorf("%w (%s; version %d or newer is needed): "+
				"`make setup` installs one, as does `apt-get install postgresql` or `brew install postgresql@17`; "+
				"or name a running server by its URL", ErrNotInstalled, describe(found), oldest)
		}
		return found[0], nil
	}
	at := slices.IndexFunc(found, func(i installation) bool { return i.major == wanted })
	if at < 0 {
		return installation{}, fmt.Errorf("%w: the cluster was made by version %d (%s): "+
			"install postgresql-%d, or move the cluster to another version with pg_upgrade",
			ErrNotInstalled, wanted, describe(found), wanted)
	}
	return found[at], nil
}

func describe(found []installation) string {
	if len(found) == 0 {
		return "none found"
	}
	var list []string
	for _, i := range found {
		list = append(list, fmt.Sprintf("%d in %s", i.major, i.dir))
	}
	return "found " + strings.Join(list, ", ")
}

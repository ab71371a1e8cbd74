package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// account is the user of the operating system that the server runs as: our own, or, since PostgreSQL
// refuses root, an unprivileged one in its stead.
type account struct {
	uid, gid uint32
	foreign  bool // not our own: what it runs must change user, what it owns must be given to it
}

// serverAccount answers who runs the server whose cluster is, or is going to be, in data: the owner of
// what exists, else the user postgres, else nobody.
func serverAccount(data string) (account, error) {
	own := account{uid: uint32(os.Geteuid()), gid: uint32(os.Getegid())}
	info, err := os.Stat(data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return account{}, err
	}
	if err == nil {
		owner := info.Sys().(*syscall.Stat_t)
		switch {
		case owner.Uid == own.uid && own.uid != 0:
			return own, nil
		case own.uid != 0:
			return account{}, fmt.Errorf("%s belongs to the user %s: start as that user, or as root",
				data, userName(owner.Uid))
		case owner.Uid == 0:
			return account{}, fmt.Errorf("%s belongs to root, as whom PostgreSQL does not run: "+
				"give it to another user (chown -R)", data)
		}
		return account{uid: owner.Uid, gid: owner.Gid, foreign: true}, nil
	}
	if own.uid != 0 {
		return own, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if a, err := accountOf(name); err == nil {
			return a, nil
		}
	}
	return account{}, errors.New("PostgreSQL refuses to run as root, and neither a user postgres nor nobody " +
		"exists: start as another user")
}

func accountOf(name string) (account, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return account{}, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	return account{uid: uint32(uid), gid: uint32(gid), foreign: true}, err
}

func userName(uid uint32) string {
	id := strconv.FormatUint(uint64(uid), 10)
	if u, err := user.LookupId(id); err == nil {
		return u.Username
	}
	return id
}

// command prepares a program to run as the account, in an environment that is the same on every machine.
func (a account) command(ctx context.Context, name string, arg ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, arg...)
	cmd.Dir = "/"
	cmd.Env = []string{"LC_ALL=C", "PATH=/usr/bin:/bin"}
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	if a.foreign {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return cmd
}

// own gives a file to the account.
func (a account) own(path string) error {
	if !a.foreign {
		return nil
	}
	return os.Chown(path, int(a.uid), int(a.gid))
}

// reach makes sure that the account can enter dir. Root may have put it below folders that are closed to
// others (as mktemp -d makes them): of those alone, the account gets the right to pass through.
func (a account) reach(ctx context.Context, dir string, logger *slog.Logger) error {
	if entered, err := a.enters(ctx, dir); entered || err != nil {
		return err
	}
	for _, folder := range ancestry(dir) {
		entered, err := a.enters(ctx, folder)
		if err != nil {
			return err
		}
		if entered {
			continue
		}
		if err := grantPassage(folder, a.uid); err != nil {
			return fmt.Errorf("the user %s, as whom PostgreSQL runs since it refuses root, cannot enter %s, "+
				"and giving it passage failed: %w; allow it (chmod o+x), take another data directory, "+
				"or start as a user other than root", userName(a.uid), folder, err)
		}
		logger.Info("let PostgreSQL's user pass through a folder", "folder", folder, "user", userName(a.uid))
	}
	return nil
}

// ancestry lists the folders on the way from the root to dir, dir included.
func ancestry(dir string) []string {
	path := string(filepath.Separator)
	way := []string{path}
	for name := range strings.SplitSeq(strings.Trim(dir, path), path) {
		path = filepath.Join(path, name)
		way = append(way, path)
	}
	return way
}

// enters tries it, since mode bits alone do not tell.
func (a account) enters(ctx context.Context, dir string) (bool, error) {
	if !a.foreign {
		return true, nil
	}
	err := a.command(ctx, "/bin/sh", "-c", `cd "$1" 2>&-`, "sh", dir).Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && ctx.Err() == nil {
		return false, nil
	}
	return err == nil, err
}

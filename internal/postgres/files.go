package postgres

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// errLocked: another process holds the lock.
var errLocked = errors.New("locked")

// tryLock takes a lock that lasts until the file is closed, in every process that has inherited it, or
// until the last of these processes ends. It does not wait: errLocked.
func tryLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errLocked
	}
	return nil, fmt.Errorf("lock %s: %w", path, err)
}

// readText answers a file's content without the white space around it.
func readText(path string) (string, error) {
	raw, err := os.ReadFile(path)
	return strings.TrimSpace(string(raw)), err
}

// Package files writes files that are whole, whoever reads them and whenever the power goes.
package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// ErrNotPrivate: others than a secret's owner may read its file.
var ErrNotPrivate = errors.New("others may read or change this file, which holds a secret: chmod 600 it")

// Private reads a file that holds a secret. ErrNotPrivate where everybody may read it, or anybody but its owner change it.
func Private(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Mode().IsRegular() && info.Mode().Perm()&0o037 != 0 {
		return nil, fmt.Errorf("%s, mode %04o: %w", path, info.Mode().Perm(), ErrNotPrivate)
	}
	return os.ReadFile(path)
}

// Once answers what a file holds. Where it is missing, it is made first, with its folder, for its owner alone;
// of several processes that make it, one wins, and all answer the same.
func Once(path string, made func() ([]byte, error)) ([]byte, error) {
	text, err := Private(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	if text, err = made(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	name, err := beside(path, text, 0o600)
	defer os.Remove(name)
	if err != nil {
		return nil, err
	}
	if err := os.Link(name, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if err := keep(path); err != nil {
		return nil, err
	}
	return Private(path)
}

// Replace writes a file as a whole and makes that durable: whoever reads it finds the old content or the new.
func Replace(path, text string, mode fs.FileMode) error {
	name, err := beside(path, []byte(text), mode)
	defer os.Remove(name) // in vain once it is renamed
	if err != nil {
		return err
	}
	return Rename(name, path)
}

// Rename renames within a folder and makes that durable.
func Rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return keep(to)
}

// beside writes a file of another name into the same folder, durably, and answers its name.
func beside(path string, text []byte, mode fs.FileMode) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return "", err
	}
	_, err = f.Write(text)
	return f.Name(), errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
}

// keep makes the names in a file's folder durable.
func keep(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// Free returns how many bytes are free for this user on the disk of a folder.
func Free(dir string) (int64, error) {
	var disk syscall.Statfs_t
	if err := syscall.Statfs(dir, &disk); err != nil {
		return 0, fmt.Errorf("look how much room %s has: %w", dir, err)
	}
	return int64(disk.Bavail) * int64(disk.Bsize), nil
}

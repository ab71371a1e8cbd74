package files_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rapport-crm/rapport/internal/files"
)

func TestOnceIsMadeByOneAndReadByAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "key")
	texts := make([]string, 16)
	var all sync.WaitGroup
	for i := range texts {
		all.Go(func() {
			text, err := files.Once(path, func() ([]byte, error) { return fmt.Appendf(nil, "made by %d", i), nil })
			if err != nil {
				t.Error(err)
			}
			texts[i] = string(text)
		})
	}
	all.Wait()
	for _, text := range texts {
		if text != texts[0] || text == "" {
			t.Fatalf("one read %q, another %q", texts[0], text)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v %v", info.Mode(), err)
	}
	alone(t, path)
}

func TestOnceLeavesNothingOfWhatCouldNotBeMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	refused := errors.New("no dice")
	if _, err := files.Once(path, func() ([]byte, error) { return nil, refused }); !errors.Is(err, refused) {
		t.Errorf("answered %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file: %v", err)
	}
}

func TestReplace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings")
	for _, text := range []string{"a longer first", "second"} {
		if err := files.Replace(path, text, 0o640); err != nil {
			t.Fatal(err)
		}
		read, err := os.ReadFile(path)
		if err != nil || string(read) != text {
			t.Errorf("read %q %v", read, err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the file: %v %v", info.Mode(), err)
	}
	alone(t, path)
	if err := files.Replace(filepath.Join(path, "below"), "", 0o600); err == nil {
		t.Error("a file was written below a file")
	}
}

// alone looks for what was left beside a file.
func alone(t *testing.T, path string) {
	t.Helper()
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("beside the file: %v %v", left, err)
	}
}

package postgres

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLogStaysWithinBounds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "server.log")
	l, err := openLog(path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	line := strings.Repeat("x", 1<<20-1) + "\n"
	for range 3 * logBytesMax / len(line) {
		l.Write([]byte(line))
	}
	l.Write([]byte("the last words\n"))
	for _, p := range []string{path, path + ".1"} {
		if info, err := os.Stat(p); err != nil || info.Size() == 0 || info.Size() > logBytesMax {
			t.Errorf("%s: %v, %v", p, info.Size(), err)
		}
	}
	if last := l.last(); !strings.HasSuffix(last, "the last words") || len(last) > tailBytesMax {
		t.Errorf("the last words are %d bytes that end in %.20q", len(last), last[max(0, len(last)-20):])
	}
}

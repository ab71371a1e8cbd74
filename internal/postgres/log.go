package postgres

import (
	"errors"
	"os"
	"strings"
	"sync"
)

const (
	logBytesMax  = 8 << 20 // then the file is put aside, in place of the one before
	tailBytesMax = 2 << 10
)

// serverLog takes what the server writes to its standard error: into a file that does not grow beyond
// bounds, and the last words also into memory, for errors to quote.
type serverLog struct {
	path string

	mu   sync.Mutex
	file *os.File
	size int64
	tail []byte
}

func openLog(path string) (*serverLog, error) {
	l := &serverLog{path: path}
	return l, l.open()
}

func (l *serverLog) open() error {
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return errors.Join(err, f.Close())
	}
	l.file, l.size = f, info.Size()
	return nil
}

// Write never fails: a server must not block or end because its log cannot be written.
func (l *serverLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tail = append(l.tail, p...)
	l.tail = l.tail[max(0, len(l.tail)-tailBytesMax):]
	if l.size+int64(len(p)) > logBytesMax {
		l.rotate()
	}
	n, _ := l.file.Write(p)
	l.size += int64(n)
	return len(p), nil
}

func (l *serverLog) rotate() {
	if os.Rename(l.path, l.path+".1") != nil {
		return
	}
	full := l.file
	if l.open() == nil {
		full.Close()
	}
}

// last answers the last lines of this run.
func (l *serverLog) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.TrimSpace(string(l.tail))
}

func (l *serverLog) Close() error { return l.file.Close() }

package importer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// maxRecordBytes bounds one line of a file. A quote that is never closed makes all the rest one line.
const maxRecordBytes = 1 << 20

var (
	errEmpty   = errors.New("the file is empty")
	errUTF16   = errors.New("the file is UTF-16: save it as UTF-8")
	errTooLong = errors.New("it is longer than 1 MiB: perhaps a quote is never closed")
)

// input is the text of a file: unpacked, without a byte order mark, as UTF-8 if the encoding is named
// rightly.
type input struct {
	io.Reader
	name string // for those who are told of a line
	disk *os.File
	// since counts what was read since the last call of next.
	since int
}

// open opens a file, and names it by its path.
func open(path, coding string) (*input, error) {
	disk, err := os.Open(path)
	if err != nil {
		var fault *os.PathError
		if errors.As(err, &fault) {
			err = fault.Err // the caller names the path
		}
		return nil, err
	}
	s := &input{disk: disk, name: path}
	if s.Reader, err = text(disk, coding); err != nil {
		return nil, errors.Join(err, disk.Close())
	}
	return s, nil
}

func (s *input) Close() error { return s.disk.Close() }

// Read fails when a record grows beyond all measure. The reader above may be a buffer ahead.
func (s *input) Read(p []byte) (int, error) {
	if s.since > maxRecordBytes {
		return 0, errTooLong
	}
	n, err := s.Reader.Read(p)
	s.since += n
	return n, err
}

// next tells the source that a record has been read.
func (s *input) next() { s.since = 0 }

func text(disk io.Reader, name string) (io.Reader, error) {
	r := bufio.NewReaderSize(disk, 64<<10)
	if magic, _ := r.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unpacked, err := gzip.NewReader(r)
		if err != nil {
			return nil, packed{}.fault(err)
		}
		r = bufio.NewReaderSize(packed{unpacked}, 64<<10)
	}
	mark, err := r.Peek(3)
	switch {
	case len(mark) == 0 && errors.Is(err, io.EOF):
		return nil, errEmpty
	case len(mark) == 0:
		return nil, err
	case bytes.HasPrefix(mark, []byte{0xff, 0xfe}), bytes.HasPrefix(mark, []byte{0xfe, 0xff}):
		return nil, errUTF16
	case bytes.Equal(mark, []byte{0xef, 0xbb, 0xbf}):
		_, _ = r.Discard(len(mark)) // it was peeked, so it is there
	}
	known := encoders[strings.ToLower(name)]
	switch known {
	case nil:
		return nil, fmt.Errorf("encoding %q is not known: there are utf-8, latin1 and windows-1252", name)
	case encoding.Nop:
		return r, nil
	}
	return known.NewDecoder().Reader(r), nil
}

// encoders are the encodings of files, by their names in lower case.
var encoders = map[string]encoding.Encoding{"": encoding.Nop, "utf-8": encoding.Nop, "utf8": encoding.Nop,
	"latin1": charmap.ISO8859_1, "iso-8859-1": charmap.ISO8859_1,
	"windows-1252": charmap.Windows1252, "cp1252": charmap.Windows1252}

// packed says of every fault that it is one of the gzip file.
type packed struct{ *gzip.Reader }

func (p packed) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	return n, p.fault(err)
}

func (packed) fault(err error) error {
	switch {
	case err == nil, err == io.EOF:
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the gzip file is cut off: %w", err)
	}
	return fmt.Errorf("the gzip file is damaged: %w", err)
}

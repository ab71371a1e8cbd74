package api

import (
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// bodyEncoding is a way to compress bodies.
type bodyEncoding struct {
	name string
	// packers are what compresses answers: they are large, and used again.
	packers sync.Pool
	unpack  func(io.Reader) (io.ReadCloser, error)
}

type packer interface {
	io.WriteCloser
	Flush() error
	Reset(io.Writer)
}

// encodings are those that are taken and given, the preferred one first.
var encodings = []*bodyEncoding{
	{name: "zstd",
		packers: sync.Pool{New: func() any {
			e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(1<<18))
			if err != nil {
				panic(err) // the options are wrong
			}
			return e
		}},
		unpack: func(r io.Reader) (io.ReadCloser, error) {
			d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(mostWindow))
			if err != nil {
				return nil, err
			}
			return d.IOReadCloser(), nil
		}},
	{name: "gzip",
		packers: sync.Pool{New: func() any {
			e, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
			if err != nil {
				panic(err) // there is no such level
			}
			return e
		}},
		unpack: func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) }},
}

// mostWindow is how much of what was unpacked the sender may look back upon, as RFC 9659 recommends.
const mostWindow = 8 << 20

// encodingFor returns the encoding for an answer to who takes those; nil: it is sent as it is.
func encodingFor(h http.Header) (best *bodyEncoding) {
	most := 0.0
	for one := range strings.SplitSeq(strings.Join(h.Values("Accept-Encoding"), ","), ",") {
		name, weight, _ := strings.Cut(one, ";")
		quality, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
		if err != nil {
			quality = 1
		}
		for _, e := range encodings {
			if e.name == strings.TrimSpace(name) && (quality > most || quality == most && best != nil && e == encodings[0]) {
				best, most = e, quality
			}
		}
	}
	return best
}

// unpacked has a compressed body read as it was before; limits are on what comes out.
func (s *server) unpacked(w http.ResponseWriter, r *http.Request) error {
	name := strings.ToLower(strings.Join(r.Header.Values("Content-Encoding"), ", "))
	if name == "" || name == "identity" || r.ContentLength == 0 {
		return nil
	}
	i := slices.IndexFunc(encodings, func(e *bodyEncoding) bool { return e.name == name })
	if i < 0 {
		w.Header().Set("Accept-Encoding", encodings[0].name+", "+encodings[1].name)
		return problem(http.StatusUnsupportedMediaType, "encoding_unsupported", "send the body as it is, or compressed by %s or %s",
			encodings[0].name, encodings[1].name).at("header.Content-Encoding")
	}
	r.Body = &unpacking{packed: http.MaxBytesReader(w, r.Body, s.limits.Batch), by: encodings[i]}
	r.ContentLength = -1
	return nil
}

// unpacking is a body that was sent compressed. Nothing of it is read before somebody reads it.
type unpacking struct {
	packed io.ReadCloser
	by     *bodyEncoding
	plain  io.ReadCloser
}

var errNotPacked = errors.New("the body is not compressed as Content-Encoding says")

func (u *unpacking) Read(p []byte) (n int, err error) {
	if u.plain == nil {
		if u.plain, err = u.by.unpack(u.packed); err != nil {
			return 0, notPacked(err)
		}
	}
	n, err = u.plain.Read(p)
	return n, notPacked(err)
}

// notPacked says of an error that it is one of what was sent, unless it is one of sending it.
func notPacked(err error) error {
	var beyond *http.MaxBytesError
	if err == nil || err == io.EOF || errors.As(err, &beyond) || errors.Is(err, os.ErrDeadlineExceeded) {
		return err
	}
	return errors.Join(errNotPacked, err)
}

func (u *unpacking) Close() error {
	if u.plain != nil {
		_ = u.plain.Close() // what was read is read
	}
	return u.packed.Close()
}

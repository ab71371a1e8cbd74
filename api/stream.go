package api

import (
	"bufio"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rapport-crm/rapport/domain/access"
)

// stream is an answer that is sent while it is made: what is in memory of it is a buffer, which remembers what went
// wrong until it is flushed.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	limit   time.Duration // for the client to take a buffer
	buffer  *bufio.Writer // none before it has begun
}

// streaming serves an operation whose answer is a stream.
func (s *server) streaming(op *huma.Operation, who access.Roles, send func(context.Context, *http.Request, *stream) error) {
	s.documented(op, who, func(w http.ResponseWriter, r *http.Request) int {
		ctx, cancel := context.WithTimeout(r.Context(), s.limits.Export)
		defer cancel()
		out := &stream{w: w, control: http.NewResponseController(w), limit: s.limits.Stalled}
		err := send(ctx, r, out)
		switch {
		case err == nil:
			return http.StatusOK
		case out.begun():
			s.logger.Warn("an answer was sent in part", "operation", op.OperationID, "error", err)
			panic(http.ErrAbortHandler) // so that nobody takes a part for the whole
		default:
			return s.refuse(w, err, inQuery)
		}
	})
}

// begin says what the answer is: a file to be kept.
func (a *stream) begin(mediaType, file string) {
	h := a.w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", `attachment; filename="`+file+`"`)
	a.buffer = bufio.NewWriterSize(a, 64<<10)
}

func (a *stream) begun() bool { return a.buffer != nil }

// Write gives the client a limited time to take each buffer.
func (a *stream) Write(b []byte) (int, error) {
	// Not every writer can: then the server's own limits hold.
	_ = a.control.SetWriteDeadline(time.Now().Add(a.limit))
	return a.w.Write(b)
}

// takeTurn waits while as many streams as may be are under way. Whoever has a turn gives it back.
func (s *server) takeTurn(ctx context.Context) (back func(), err error) {
	ctx, cancel := context.WithTimeout(ctx, s.limits.Request)
	defer cancel()
	select {
	case s.exports <- struct{}{}:
		return func() { <-s.exports }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

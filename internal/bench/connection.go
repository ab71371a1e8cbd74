package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
)

// connection speaks HTTP/1.1 over one connection that is kept alive. It does as little as can be done, since
// it shares the cores with what it measures: net/http's client costs more than a whole command.
type connection struct {
	net.Conn
	in   *bufio.Reader
	body []byte // of the last answer
	end  func() bool
}

// dial connects; the connection ends with ctx.
func dial(ctx context.Context, address string) (*connection, error) {
	var dialer net.Dialer
	c, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &connection{Conn: c, in: bufio.NewReaderSize(c, 8<<10),
		end: context.AfterFunc(ctx, func() { c.Close() })}, nil
}

// dialAll connects n times.
func dialAll(ctx context.Context, address string, n int) ([]*connection, error) {
	all := make([]*connection, 0, n)
	for range n {
		c, err := dial(ctx, address)
		if err != nil {
			hangUp(all)
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

func hangUp(all []*connection) {
	for _, c := range all {
		c.end()
		c.Close()
	}
}

// exchange sends a request and answers the status. The answer's body stays readable until the next exchange.
func (c *connection) exchange(request []byte) (status int, err error) {
	if _, err := c.Write(request); err != nil {
		return 0, err
	}
	line, err := c.line()
	if err != nil {
		return 0, err
	}
	_, rest, _ := bytes.Cut(line, []byte(" "))
	if len(rest) < 3 {
		return 0, fmt.Errorf("not HTTP: %q", line)
	}
	if status, err = strconv.Atoi(string(rest[:3])); err != nil {
		return 0, fmt.Errorf("not HTTP: %w", err)
	}
	size := -1
	for {
		if line, err = c.line(); err != nil {
			return 0, err
		}
		if len(line) == 0 {
			break
		}
		if name, value, _ := bytes.Cut(line, []byte(": ")); bytes.EqualFold(name, contentLength) {
			if size, err = strconv.Atoi(string(value)); err != nil {
				return 0, fmt.Errorf("not HTTP: %w", err)
			}
		}
	}
	if size < 0 {
		return 0, errors.New("an answer without a Content-Length")
	}
	if cap(c.body) < size {
		c.body = make([]byte, size)
	}
	c.body = c.body[:size]
	_, err = io.ReadFull(c.in, c.body)
	return status, err
}

var contentLength = []byte("Content-Length")

func (c *connection) line() ([]byte, error) {
	line, err := c.in.ReadSlice('\n')
	return bytes.TrimRight(line, "\r\n"), err
}

// expect is exchange for a status that must be.
func (c *connection) expect(status int, request []byte) error {
	got, err := c.exchange(request)
	if err == nil && got != status {
		err = fmt.Errorf("answered %d, not %d: %s", got, status, c.body)
	}
	return err
}

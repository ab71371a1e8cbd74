package client

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Problem is a refusal by the server (RFC 9457). Code is what a program tests.
type Problem struct {
	Type   string       `json:"type,omitempty"`
	Title  string       `json:"title,omitempty"`
	Status int          `json:"status"`
	Detail string       `json:"detail,omitempty"`
	Code   string       `json:"code,omitempty"`
	Errors []FieldError `json:"errors,omitempty"`
	// Instance names an internal error in the server's log.
	Instance string `json:"instance,omitempty"`
	// RetryAfter is how long the server asks to wait before trying again, 0 if it does not say.
	RetryAfter time.Duration `json:"-"`
}

// FieldError says what is wrong with one field of the input.
type FieldError struct {
	Location string `json:"location"`
	Message  string `json:"message"`
}

func (p *Problem) Error() string {
	text := p.Detail
	if text == "" {
		text = p.Title
	}
	if text == "" {
		text = http.StatusText(p.Status)
	}
	for _, e := range p.Errors {
		if !strings.Contains(text, e.Message) {
			text += fmt.Sprintf("; %s: %s", e.Location, e.Message)
		}
	}
	if p.Code != "" {
		text += " (" + p.Code + ")"
	}
	if p.Instance != "" {
		text += " [" + p.Instance + "]"
	}
	return text
}

// temporary tells whether the same request may succeed a little later.
func (p *Problem) temporary() bool {
	switch p.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

const maxProblemBytes = 64 << 10

// readProblem makes a Problem of any answer that is no success, even of one by a proxy in between.
func readProblem(resp *http.Response) *Problem {
	text, _ := io.ReadAll(io.LimitReader(resp.Body, maxProblemBytes))
	p := &Problem{}
	if err := json.Unmarshal(text, p); err != nil {
		*p = Problem{Title: http.StatusText(resp.StatusCode), Detail: strings.TrimSpace(string(text[:min(len(text), 200)]))}
	}
	p.Status = resp.StatusCode
	p.RetryAfter = retryAfter(resp.Header.Get("Retry-After"))
	return p
}

// retryAfter reads both forms of the header (RFC 9110 §10.2.3): seconds, or a date.
func retryAfter(value string) time.Duration {
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return max(0, time.Until(at))
	}
	return 0
}

package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A table that breaks off within an answer is a problem of its panel, and leaves the page.
func TestAnAnswerThatBreaksOff(t *testing.T) {
	api := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("stage,count\nclient,"))
		panic(http.ErrAbortHandler)
	})
	a := &asker{api: api, r: httptest.NewRequest(http.MethodGet, "/", nil)}
	rows, err := a.table("customer_360", 10, "by=stage")
	if p := problemOf(err); err == nil || p.Status != http.StatusServiceUnavailable || !strings.Contains(p.Detail, "in time") || len(rows) > 0 {
		t.Errorf("%v, %v", rows, err)
	}
}

package esdb

import (
	"strings"
	"testing"
	"time"
)

func TestOpenRefusesWhatMakesNoSense(t *testing.T) {
	for _, c := range []struct {
		connection string
		options    Options
		says       []string
	}{
		{"postgres://localhost", Options{}, []string{"scheme"}},
		{"esdb://", Options{}, []string{"host"}},
		{"esdb://localhost?userCertFile=a.pem", Options{}, []string{"userKeyFile"}},
		{"esdb://localhost", Options{CallTimeout: -1, MaxInFlight: -1, BackoffMin: -1},
			[]string{"CallTimeout", "MaxInFlight", "backoff"}},
		{"esdb://localhost", Options{BackoffMin: time.Second, BackoffMax: time.Millisecond}, []string{"BackoffMax"}},
	} {
		s, err := Open(c.connection, c.options)
		if err == nil {
			s.Close()
			t.Errorf("%s with %+v was accepted", c.connection, c.options)
			continue
		}
		for _, word := range c.says {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %q does not speak of %s", c.connection, err, word)
			}
		}
	}
}

func TestDefaults(t *testing.T) {
	var o Options
	o.setDefaults()
	if o.CallTimeout != 5*time.Second || o.MaxInFlight != 512 || o.BackoffMin != 100*time.Millisecond ||
		o.BackoffMax != 5*time.Second || o.Logger == nil || o.Validate() != nil {
		t.Errorf("%+v", o)
	}
}

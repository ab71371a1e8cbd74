package esdb

import (
	"errors"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/esdb/esdbtest"
)

func TestCheckSaysWhatIsMissing(t *testing.T) {
	for name, c := range map[string]struct {
		rules    esdbtest.Rules
		readOnly bool
		want     error
		says     []string
	}{
		"all there":             {},
		"newer":                 {rules: esdbtest.Rules{Version: "24.10.4"}},
		"may not read $all":     {rules: esdbtest.Rules{MayNotReadAll: true}, want: eventstore.ErrUnusable, says: []string{"read $all", `"$acl":{"$r":["$admins"`}},
		"may not write":         {rules: esdbtest.Rules{MayNotWrite: true}, want: eventstore.ErrUnusable, says: []string{"write", "$settings"}},
		"may not write either":  {rules: esdbtest.Rules{MayNotWrite: true}, readOnly: true},
		"old":                   {rules: esdbtest.Rules{Version: "22.10.5"}, want: eventstore.ErrUnusable, says: []string{"22.10.5", "23.10 or newer"}},
		"a version in progress": {rules: esdbtest.Rules{Version: "24.10.4-prerelease"}, want: eventstore.ErrUnusable, says: []string{"suffix", "4-prerelease"}},
	} {
		t.Run(name, func(t *testing.T) {
			log, server := serve(t)
			s := open(t, esdbtest.Serve(t, server, c.rules).Address, Options{})
			err := s.Check(t.Context(), c.readOnly)
			if !errors.Is(err, c.want) || c.want != nil && errors.Is(err, eventstore.ErrUnavailable) {
				t.Errorf("%v, want %v", err, c.want)
			}
			for _, word := range c.says {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("%q does not say %q", err, word)
				}
			}
			if head, err := log.Head(t.Context()); head != 0 || err != nil {
				t.Errorf("the log ends at %d (%v): the check appended something", head, err)
			}
		})
	}
}

// A server that is not there yet is not one that cannot be used.
func TestCheckOfAServerThatIsAway(t *testing.T) {
	s := open(t, unused(t), Options{})
	if err := s.Check(t.Context(), false); !errors.Is(err, eventstore.ErrUnavailable) || errors.Is(err, eventstore.ErrUnusable) {
		t.Errorf("%v, want ErrUnavailable", err)
	}
}

// Rights that are taken away later are named by the calls that need them.
func TestMissingRightsAreNamed(t *testing.T) {
	_, server := serve(t)
	between := esdbtest.Serve(t, server, esdbtest.Rules{})
	s := open(t, between.Address, Options{})
	if err := s.Check(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	between.Change(esdbtest.Rules{MayNotWrite: true, MayNotReadAll: true})
	_, appending := s.Append(t.Context(), "customer-1", eventstore.Any, sold(1))
	for what, err := range map[string]error{
		"may not write to the stream customer-1": appending,
		"may not read $all":                      begin(s.ReadAll(t.Context(), 0)),
	} {
		if !errors.Is(err, eventstore.ErrUnusable) || !strings.Contains(err.Error(), what) {
			t.Errorf("%v, want that it %s", err, what)
		}
	}
}

func TestPasswordsAreNotRepeated(t *testing.T) {
	const secret = "s3cr3t"
	for _, connection := range []string{
		"esdb://admin:" + secret + "/x@localhost:2113",
		"esdb://admin:" + secret + "%zz@localhost:2113",
		"esdb://admin:" + secret + "#x@localhost:2113",
		"esdb://admin:12#" + secret + "@localhost:2113",
		"esdb://admin:12?" + secret + "@localhost:2113",
		"esdb://:" + secret + "@localhost:2113",
		"esdb://admin:" + secret + "@localhost:21x13",
		"esdb://admin:" + secret + "@a:1,b:x",
		"esdb://admin:" + secret + "/@a:1,b:2",
		"esdb://admin:" + secret + "@localhost:2113?tls=perhaps",
		"postgres://admin:" + secret + "@localhost:2113",
		"esdb:// admin:" + secret + "@localhost:2113",
	} {
		s, err := Open(connection, Options{Logger: silence})
		if err == nil {
			s.Close()
			t.Errorf("%s was accepted", connection)
			continue
		}
		if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "12") && strings.Contains(connection, ":12") {
			t.Errorf("%q repeats the password", err)
		}
	}
	s, err := Open("esdb://admin:"+secret+"@"+unused(t)+"?tls=true&gossipTimeout=1", Options{Logger: silence})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(t.Context(), false); err == nil || strings.Contains(err.Error(), secret) {
		t.Errorf("%v, want an outage that does not repeat the password", err)
	}
}

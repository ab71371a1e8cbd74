package embedded_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/eventstore/embedded"
)

// appendForEver is the process to be killed: it tells of every event that was acknowledged.
func appendForEver(dir string) error {
	log, err := embedded.Open(dir, embedded.Options{MemTableBytes: 256 << 10})
	if err != nil {
		return err
	}
	ended := make(chan error)
	for w := range 4 {
		go func() {
			for {
				events := facts(1+w, 1000)
				a, err := log.Append(context.Background(), fmt.Sprintf("customer-%d", w), eventstore.Any, events)
				if err != nil {
					ended <- err
					return
				}
				fmt.Printf("%d %s\n", a.Position, events[w].ID)
			}
		}()
	}
	return <-ended
}

// TestKilled kills a writing process at random moments, again and again in the same directory.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	var acknowledged []string
	for range 4 {
		acknowledged = append(acknowledged, killWhileAppending(t, dir, 1+rand.IntN(800))...)
		log := open(t, dir, embedded.Options{})
		records := everything(t, log)
		for _, line := range acknowledged {
			var position int
			var id string
			if _, err := fmt.Sscan(line, &position, &id); err != nil {
				t.Fatal(err)
			}
			if position > len(records) || records[position-1].ID.String() != id {
				t.Fatalf("of %d events, acknowledged %q is not there", len(records), line)
			}
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killWhileAppending answers what the process told before it was killed. Meanwhile the directory is its own.
func killWhileAppending(t *testing.T, dir string, after int) (lines []string) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childDir+"="+dir)
	var complaint strings.Builder
	child.Stderr = &complaint
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	reader := bufio.NewReader(out)
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			break // what it told in part, it did not tell
		}
		if lines = append(lines, line); len(lines) == 1 {
			if _, err := embedded.Open(dir, embedded.Options{}); !errors.Is(err, embedded.ErrLocked) {
				t.Errorf("open while another process writes: %v, want ErrLocked", err)
			}
		}
		if len(lines) == after {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait() // it was killed
	if len(lines) < after {
		t.Fatalf("the process ended by itself: %s", complaint.String())
	}
	return lines
}

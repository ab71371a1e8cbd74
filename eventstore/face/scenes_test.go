package face_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"
)

var update = flag.Bool("update", false, "write down what the server answers to the scenes, to be compared with EventStoreDB's answers")

// scenesFile has a scene a line: what a client does in turn, and what EventStoreDB 23.10 answers.
const scenesFile = "testdata/eventstoredb-23.10.txt"

// TestScenes plays short scenes to the face, or to the server that RAPPORT_TEST_ESDB names. Each is of streams s and t
// of its own. Events are letters: the same letter has the same id.
func TestScenes(t *testing.T) {
	text, err := os.ReadFile(scenesFile)
	if err != nil {
		t.Fatal(err)
	}
	var clock atomic.Int64
	server := os.Getenv("RAPPORT_TEST_ESDB")
	ours := server == ""
	if ours {
		now := func() time.Time { return time.Unix(1_800_000_000, clock.Load()) }
		server = "esdb://" + start(t, options{now: now}).address + "?tls=false"
	}
	client := connect(t, server)
	played := 0
	var said bytes.Buffer
	for line := range strings.Lines(string(text)) {
		acts, answers, isScene := strings.Cut(strings.TrimSuffix(line, "\n"), " => ")
		if !isScene || strings.HasPrefix(line, "#") {
			said.WriteString(line)
			continue
		}
		s := &scene{t: t, client: client, clock: &clock, run: uuid.NewString(), ids: map[rune]uuid.UUID{}}
		var got []string
		want := strings.Split(answers, "; ")
		for i, act := range strings.Split(acts, "; ") {
			began := time.Now()
			answer := s.play(strings.Fields(act))
			// EventStoreDB applies metadata a little later, and its clock is its own.
			for !ours && i > 0 && want[i-1] == waited && answer != want[i] && time.Since(began) < patience {
				answer = s.play(strings.Fields(act))
			}
			got = append(got, answer)
		}
		if strings.Join(got, "; ") != answers {
			t.Errorf("%s:\n  answered %s\n  not      %s", acts, strings.Join(got, "; "), answers)
		}
		fmt.Fprintf(&said, "%s => %s\n", acts, strings.Join(got, "; "))
		played++
	}
	if played < 50 {
		t.Errorf("only %d scenes", played)
	}
	if *update {
		if err := os.WriteFile(scenesFile, said.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// waited is the answer to a wait.
const waited = "-"

type scene struct {
	t      *testing.T
	client *esdb.Client
	clock  *atomic.Int64 // of our own server
	run    string
	ids    map[rune]uuid.UUID
}

// play does one thing, whose words are a verb, a stream and what the verb needs, and puts the answer in a few words.
func (s *scene) play(words []string) string {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	verb, stream, rest := words[0], words[1]+"-"+s.run, words[2:]
	if name, ok := strings.CutPrefix(words[1], "$$"); ok {
		stream = "$$" + name + "-" + s.run
	}
	expected := func(at int) esdb.ExpectedRevision {
		if len(rest) <= at {
			return esdb.Any{}
		}
		return s.expectation(rest[at])
	}
	switch verb {
	case "append":
		return s.written(s.client.AppendToStream(ctx, stream, esdb.AppendToStreamOptions{ExpectedRevision: expected(1)},
			s.events(rest[0])...))
	case "describe":
		return s.written(s.client.AppendToStream(ctx, "$$"+stream, esdb.AppendToStreamOptions{ExpectedRevision: expected(1)},
			esdb.EventData{EventType: "$metadata", ContentType: esdb.ContentTypeJson, Data: []byte(rest[0])}))
	case "delete":
		_, err := s.client.DeleteStream(ctx, stream, esdb.DeleteStreamOptions{ExpectedRevision: expected(0)})
		return cmp.Or(s.refusal(err), "done")
	case "tombstone":
		_, err := s.client.TombstoneStream(ctx, stream, esdb.TombstoneStreamOptions{ExpectedRevision: expected(0)})
		return cmp.Or(s.refusal(err), "done")
	case "read", "back":
		o := esdb.ReadStreamOptions{From: esdb.Start{}, ResolveLinkTos: len(rest) > 1 && rest[1] == "resolved"}
		if verb == "back" {
			o.From, o.Direction = esdb.End{}, esdb.Backwards
		}
		if len(rest) > 0 && rest[0] != "start" && rest[0] != "end" {
			o.From = esdb.Revision(s.number(rest[0]))
		}
		return s.read(ctx, stream, o)
	case "link":
		number, to, _ := strings.Cut(rest[0], "@")
		return s.written(s.client.AppendToStream(ctx, stream, esdb.AppendToStreamOptions{},
			esdb.EventData{EventType: "$>", Data: []byte(number + "@" + to + "-" + s.run)}))
	case "wait":
		s.clock.Add(int64(s.number(rest[0])) * int64(time.Millisecond))
		return waited
	}
	s.t.Fatalf("nobody knows how to %s", verb)
	return ""
}

func (s *scene) number(text string) uint64 {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (s *scene) expectation(text string) esdb.ExpectedRevision {
	switch text {
	case "any":
		return esdb.Any{}
	case "none":
		return esdb.NoStream{}
	case "exists":
		return esdb.StreamExists{}
	}
	return esdb.Revision(s.number(text))
}

func (s *scene) events(letters string) (out []esdb.EventData) {
	if letters == "-" {
		return nil
	}
	for _, letter := range letters {
		if s.ids[letter] == uuid.Nil {
			s.ids[letter] = uuid.New()
		}
		out = append(out, esdb.EventData{EventID: s.ids[letter], EventType: "said", ContentType: esdb.ContentTypeJson,
			Data: []byte(`"` + string(letter) + `"`)})
	}
	return out
}

func (s *scene) written(r *esdb.WriteResult, err error) string {
	if err != nil {
		return s.refusal(err)
	}
	return fmt.Sprint(r.NextExpectedVersion)
}

func (s *scene) refusal(err error) string {
	if err == nil {
		return ""
	}
	text, known := map[esdb.ErrorCode]string{esdb.ErrorCodeWrongExpectedVersion: "wrong",
		esdb.ErrorCodeUnknown:       "refused",
		esdb.ErrorCodeStreamDeleted: "gone", esdb.ErrorCodeResourceNotFound: "not-found"}[codeOf(err)]
	if !known {
		return fmt.Sprintf("error-%d", codeOf(err))
	}
	return text
}

// read puts what a stream shows as revisions and letters; a link that was followed also has its own revision.
func (s *scene) read(ctx context.Context, stream string, o esdb.ReadStreamOptions) string {
	read, err := s.client.ReadStream(ctx, stream, o, 100)
	if err != nil {
		return s.refusal(err)
	}
	defer read.Close()
	var shown []string
	for {
		e, err := read.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return s.refusal(err)
		}
		text := ""
		if e.Event != nil {
			text = strconv.FormatUint(e.Event.EventNumber, 10) + strings.Trim(strings.SplitN(string(e.Event.Data), "-", 2)[0], `"`)
		}
		if e.Link != nil {
			text += fmt.Sprintf("<%d", e.Link.EventNumber)
		}
		shown = append(shown, text)
	}
	return cmp.Or(strings.Join(shown, " "), "nothing")
}

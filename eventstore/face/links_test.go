package face_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
)

// ends answers what a resolved event is made of: the number of its event and of its link.
func ends(e *esdb.ResolvedEvent) string {
	text := ""
	for _, end := range []*esdb.RecordedEvent{e.Event, e.Link} {
		if end == nil {
			text += "-"
		} else {
			text += fmt.Sprint(end.EventNumber)
		}
	}
	return text
}

func TestLinksLeadToTheirEvents(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", events("a", "b", "c")...)
	n.append(t, "gone", event("d"))
	link := func(to string) esdb.EventData { return esdb.EventData{EventType: "$>", Data: []byte(to)} }
	n.append(t, "links", link("2@s"), link("1@s"), link("7@s"), link("0@gone"), link("s"), event("e"))
	if _, err := n.TombstoneStream(t.Context(), "gone", esdb.TombstoneStreamOptions{}); err != nil {
		t.Fatal(err)
	}
	var hidden esdb.StreamMetadata
	hidden.SetTruncateBefore(2)
	if _, err := n.SetStreamMetadata(t.Context(), "s", esdb.AppendToStreamOptions{}, hidden); err != nil {
		t.Fatal(err)
	}
	for resolve, want := range map[bool][]string{
		false: {"0-", "1-", "2-", "3-", "4-", "5-"},
		true:  {"20", "-1", "-2", "-3", "-4", "5-"},
	} {
		read, err := n.ReadStream(t.Context(), "links", esdb.ReadStreamOptions{ResolveLinkTos: resolve}, 100)
		if err != nil {
			t.Fatal(err)
		}
		defer read.Close()
		sub, err := n.SubscribeToStream(patient(t), "links",
			esdb.SubscribeToStreamOptions{From: esdb.Start{}, ResolveLinkTos: resolve})
		if err != nil {
			t.Fatal(err)
		}
		defer sub.Close()
		for _, ends0 := range want {
			e, err := read.Recv()
			if err != nil || ends(e) != ends0 {
				t.Errorf("resolving: %t, read %v, %v, want %s", resolve, e, err, ends0)
			}
			if told := sub.Recv(); told.EventAppeared == nil || ends(told.EventAppeared) != ends0 {
				t.Errorf("resolving: %t, heard %+v, want %s", resolve, told, ends0)
			}
		}
		if _, err := read.Recv(); !errors.Is(err, io.EOF) {
			t.Errorf("resolving: %t, the read goes on: %v", resolve, err)
		}
	}
}

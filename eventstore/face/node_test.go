package face_test

import (
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/streams"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/rapport-crm/rapport/eventstore/face"
)

func TestClientsSeeTheVersionOfTheProtocol(t *testing.T) {
	got, err := start(t, options{}).GetServerVersion()
	if err != nil {
		t.Fatal(err)
	}
	if want := (esdb.ServerVersion{Major: 23, Minor: 10}); *got != want {
		t.Errorf("version %v, want %v", *got, want)
	}
}

func TestClientsFindTheNodeByGossip(t *testing.T) {
	n := start(t, options{})
	n.append(t, "s", event("a"))
	found := connect(t, "esdb+discover://"+n.address+"?tls=false")
	got, err := all(found.ReadStream(t.Context(), "s", esdb.ReadStreamOptions{}, 1))
	if words(got) != "a" || err != nil {
		t.Errorf("the discovered node says %q, %v", words(got), err)
	}
}

func TestGossipAdvertisesWhatItIsTold(t *testing.T) {
	n := start(t, options{Options: face.Options{AdvertisedHost: "log.example", AdvertisedPort: 2113}})
	got, err := gossip.NewGossipClient(n.dial(t)).Read(t.Context(), &shared.Empty{})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.GetMembers()) != 1 {
		t.Fatalf("%d members", len(got.GetMembers()))
	}
	m := got.GetMembers()[0]
	if m.GetState() != gossip.MemberInfo_Leader || !m.GetIsAlive() {
		t.Errorf("the node is %v, alive: %v", m.GetState(), m.GetIsAlive())
	}
	if at := m.GetHttpEndPoint(); at.GetAddress() != "log.example" || at.GetPort() != 2113 {
		t.Errorf("the node is at %v", at)
	}
}

func TestWhatIsNotServedSaysSo(t *testing.T) {
	n := start(t, options{})
	ctx := t.Context()
	projections := esdb.NewProjectionClientFromExistingClient(n.Client)
	for name, err := range map[string]error{
		"a persistent subscription": n.CreatePersistentSubscription(ctx, "s", "g",
			esdb.PersistentStreamSubscriptionOptions{}),
		"a persistent subscription to all": n.CreatePersistentSubscriptionToAll(ctx, "g",
			esdb.PersistentAllSubscriptionOptions{}),
		"a projection": projections.Create(ctx, "p", "fromAll()", esdb.CreateProjectionOptions{}),
	} {
		// The client names the refusal itself, or hands on what the server said.
		if codeOf(err) != esdb.ErrorCodeUnsupportedFeature && status.Code(err) != codes.Unimplemented {
			t.Errorf("%s: %v", name, err)
		}
	}
	batch, err := streams.NewStreamsClient(n.dial(t)).BatchAppend(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := batch.Recv(); status.Code(err) != codes.Unimplemented {
		t.Errorf("a batch append: %v", err)
	}
}

package commands

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/domaintest"
	"github.com/rapport-crm/rapport/eventstore"
)

// CheckFolds fails unless every state that the service keeps, in memory or as a snapshot, is what its stream folds to
// in a new service.
func (s *Service) CheckFolds(store eventstore.Store, codec *eventstore.Codec) error {
	fresh := New(store, codec, Options{})
	for _, err := range []error{
		checkFolds(s.Customers, fresh.Customers, streamsOf(domaintest.Customers)...),
		checkFolds(s.Segments, fresh.Segments),
		checkFolds(s.Campaigns, fresh.Campaigns),
		checkFolds(s.Questionnaires, fresh.Questionnaires),
		checkFolds(s.Policies, fresh.Policies),
		checkFolds(s.Products, fresh.Products),
		checkFolds(s.ValueModel, fresh.ValueModel),
		checkFolds(s.Webhooks, fresh.Webhooks),
		checkFolds(s.Subscriptions, fresh.Subscriptions),
		checkFolds(s.Access, fresh.Access),
		checkFolds(s.Calendar, fresh.Calendar),
		checkFolds(s.Business, fresh.Business),
		checkFolds(s.Custody, fresh.Custody),
		checkFolds(s.Identities, fresh.Identities),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func streamsOf(customers []uuid.UUID) (streams []string) {
	for _, id := range customers {
		streams = append(streams, customer.Stream(id))
	}
	return streams
}

func checkFolds[S any, N domain.Needing](kept, fresh *Handler[S, N], more ...string) error {
	for _, stream := range append(slices.Collect(maps.Keys(kept.cache.entries)), more...) {
		cached, err := kept.fold(stream)
		if err != nil {
			return err
		}
		folded, err := fresh.fold(stream)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(cached, folded) {
			all := cmp.Exporter(func(reflect.Type) bool { return true })
			return fmt.Errorf("the cached state of %s is not the log's (-log +cached):\n%s", stream, cmp.Diff(folded, cached, all))
		}
	}
	return nil
}

// fold answers the stream's entry, without its bookkeeping, when it is as the log has it.
func (h *Handler[S, N]) fold(stream string) (out folded[S], err error) {
	e, err := h.cache.acquire(context.Background(), stream)
	if err != nil {
		return out, err
	}
	defer h.cache.release(e)
	if _, err := h.catchUp(context.Background(), e); err != nil {
		return out, err
	}
	if err := h.whole(context.Background(), e); err != nil {
		return out, err
	}
	out = e.folded
	out.measured = measured{}
	return out, nil
}

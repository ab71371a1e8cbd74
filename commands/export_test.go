package commands

import (
	"context"
	"fmt"
	"reflect"

	"github.com/rapport-crm/rapport/eventstore"
)

// CheckFolds fails unless every state that the service keeps is what its stream folds to in a new service.
func (s *Service) CheckFolds(store eventstore.Store, codec *eventstore.Codec) error {
	fresh := New(store, codec, Options{})
	for _, err := range []error{
		checkFolds(s.Customers, fresh.Customers),
		checkFolds(s.Segments, fresh.Segments),
		checkFolds(s.Campaigns, fresh.Campaigns),
		checkFolds(s.Questionnaires, fresh.Questionnaires),
		checkFolds(s.Policies, fresh.Policies),
		checkFolds(s.Products, fresh.Products),
		checkFolds(s.ValueModel, fresh.ValueModel),
		checkFolds(s.Webhooks, fresh.Webhooks),
		checkFolds(s.Access, fresh.Access),
		checkFolds(s.Calendar, fresh.Calendar),
		checkFolds(s.Business, fresh.Business),
		checkFolds(s.Identities, fresh.Identities),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func checkFolds[S any](kept, fresh *Handler[S]) error {
	for stream := range kept.cache.entries {
		cached, err := kept.fold(stream)
		if err != nil {
			return err
		}
		folded, err := fresh.fold(stream)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(cached, folded) {
			return fmt.Errorf("the cached state of %s\n%+v\nis not the log's\n%+v", stream, cached, folded)
		}
	}
	return nil
}

// fold answers the stream's entry, without its bookkeeping, when it is as the log has it.
func (h *Handler[S]) fold(stream string) (out entry[S], err error) {
	e, err := h.cache.acquire(context.Background(), stream)
	if err != nil {
		return out, err
	}
	defer h.cache.release(e)
	if _, err := h.catchUp(context.Background(), e); err != nil {
		return out, err
	}
	return entry[S]{next: e.next, position: e.position, state: e.state, recent: e.recent}, nil
}

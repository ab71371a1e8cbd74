package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/eventstore"
	"github.com/rapport-crm/rapport/projections"
)

const subscriptionPath = "/v1/subscriptions/{subscription}"

var publishSubscription = declare(subscriptions, ofSubscription(declaration[subscription.Publish]{
	Name: "publish_subscription", Method: http.MethodPut, Path: subscriptionPath,
	Summary: "Subscribe to events",
	Description: "Sends another system what happens from now on: events of the log, as docs/events.md describes them but without what is " +
		"personal, and what the read models find out (`rapport.segment.entered.v1`, `rapport.segment.left.v1`, `rapport.stage.changed.v1`, " +
		"`rapport.customer.erased.v1`). Each is a POST of a CloudEvents 1.0 event, signed as Standard Webhooks says, sent at least once, and in " +
		"order for each customer. docs/integration.md says how a receiver works.",
	Fields: map[string]string{
		"subscription": "1 to 63 of a-z, 0-9, _ and -, beginning with a letter",
		"url":          "Where events are posted: http or https. It is no secret",
		"types":        "Names of types of events; a star at the end stands for any ending: customer.case_*",
		"rule":         "CEL over the facts: only events of customers for whom it holds when they are sent; that somebody was erased is always sent",
	},
	Example: `{"title":"Help desk","url":"https://desk.example.com/rapport","types":["customer.case_*","rapport.segment.*"],"rule":"orders >= 2"}`,
}, func(c *subscription.Publish) *string { return &c.Subscription }, checkTypes))

var rotateSubscriptionSecret = declare(subscriptions, ofSubscription(declaration[subscription.RotateSecret]{
	Name: "rotate_subscription_secret", Method: http.MethodPost, Path: subscriptionPath + "/secret/rotated",
	Summary: "Replace the secret of a subscription", Description: "The old secret signs beside the new one for a day; asked again within it, there is no other.",
	Example: `{}`, Bodiless: true,
}, func(c *subscription.RotateSecret) *string { return &c.Subscription }, nil))

var retireSubscription = declare(subscriptions, ofSubscription(declaration[subscription.Retire]{
	Name: "retire_subscription", Method: http.MethodDelete, Path: subscriptionPath,
	Summary: "End a subscription", Description: "Sends nothing more; what waits is forgotten.", Example: `{}`, Bodiless: true,
}, func(c *subscription.Retire) *string { return &c.Subscription }, nil))

// ofSubscription addresses a command to the subscription whose name the path or the line has.
func ofSubscription[C any](d declaration[C], name func(*C) *string, check func(*C) error) declaration[C] {
	d.Tag, d.Roles, d.Param, d.Barrier = "subscriptions", access.Admins, "subscription", true
	d.Bind = func(in *body[C], value string) error {
		own := name(&in.Command)
		if *own != "" && *own != value {
			return malformed("body.subscription", "name_differs", "the body has another name than the path")
		}
		*own = value
		return nil
	}
	d.Subject = func(in *body[C], _ string) (subject, error) {
		own := *name(&in.Command)
		if !domain.Nameable(own) {
			return subject{}, subscription.ErrName
		}
		if check != nil {
			if err := check(&in.Command); err != nil {
				return subject{}, err
			}
		}
		return subject{subscription.Stream(own), "subscription", own}, noCustomer(in)
	}
	return d
}

// checkTypes refuses a name that no type of events has.
func checkTypes(c *subscription.Publish) error {
	for i, name := range c.Types {
		known := slices.ContainsFunc(subscription.Announced, func(t string) bool { return subscription.Matches([]string{name}, t) }) ||
			slices.ContainsFunc(eventstore.Types, func(e domain.Event) bool { return subscription.Matches([]string{name}, e.EventType()) })
		if !known && subscription.IsType(name) {
			return subscription.ErrTypes.At("types[%d]", i).Because("no type of events is named %s", name)
		}
	}
	return nil
}

// Subscriptions is what is known of subscriptions outside of the log and the read models: *integration.Service.
type Subscriptions interface {
	// WrittenSecrets returns the secrets that sign, the newest first; none where there is no such subscription.
	WrittenSecrets(ctx context.Context, name string) ([]string, error)
	// Test sends an event of the type rapport.test.v1, and returns why it was not taken; found reports whether there is such a
	// subscription.
	Test(ctx context.Context, name string) (found bool, refused error, err error)
}

type (
	subscriptionInput struct {
		Subscription string `path:"subscription" maxLength:"63"`
	}
	lettersInput struct {
		Subscription string `path:"subscription" maxLength:"63"`
		Limit        int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	}
	replayInput struct {
		Subscription string `path:"subscription" maxLength:"63"`
		Position     uint64 `query:"position" required:"true" doc:"Of the log: what stands behind it is sent again" maximum:"4611686018427387904"`
	}
	deliveryOutput struct{ Body projections.Delivery }
	lettersOutput  struct {
		Body struct {
			Letters []projections.Letter `json:"letters" maxItems:"1000" nullable:"false"`
		}
	}
	secretsOutput struct {
		Body struct {
			Secrets []string `json:"secrets" doc:"Those that sign, the newest first" nullable:"false"`
		}
	}
	testedOutput struct {
		Body struct {
			Delivered bool    `json:"delivered" doc:"The receiver took it"`
			Error     *string `json:"error" doc:"Why not"`
		}
	}
	retriedOutput struct {
		Body struct {
			Waiting int64 `json:"waiting" doc:"How many events are tried again"`
		}
	}
)

func (s *server) subscriptionRoutes() {
	of := func(method, id, path, summary string) huma.Operation {
		op := get(id, subscriptionPath+path, "subscriptions", summary)
		op.Method = method
		return op
	}
	query(s, access.Admins, of(http.MethodGet, "getSubscriptionDelivery", "/delivery", "See how far a subscription is"),
		func(ctx context.Context, in *subscriptionInput) (*deliveryOutput, error) {
			d, err := s.reader.Delivery(ctx, in.Subscription)
			return &deliveryOutput{d}, err
		})
	query(s, access.Admins, of(http.MethodGet, "listSubscriptionLetters", "/letters", "List the events that a subscription could not send"),
		func(ctx context.Context, in *lettersInput) (*lettersOutput, error) {
			if _, err := s.reader.Delivery(ctx, in.Subscription); err != nil {
				return nil, err
			}
			out := &lettersOutput{}
			var err error
			out.Body.Letters, err = s.reader.Letters(ctx, in.Subscription, in.Limit)
			return out, err
		})
	query(s, access.Admins, of(http.MethodGet, "getSubscriptionSecret", "/secret", "See the secrets that sign what a subscription sends"),
		func(ctx context.Context, in *subscriptionInput) (*secretsOutput, error) {
			out := &secretsOutput{}
			var err error
			if out.Body.Secrets, err = s.subscriptions.WrittenSecrets(ctx, in.Subscription); err == nil && len(out.Body.Secrets) == 0 {
				err = subscription.ErrUnknown
			}
			return out, err
		})
	query(s, access.Admins, of(http.MethodPost, "testSubscription", "/tested", "Send a subscription an event of the type rapport.test.v1"),
		func(ctx context.Context, in *subscriptionInput) (*testedOutput, error) {
			out := &testedOutput{}
			found, refused, err := s.subscriptions.Test(ctx, in.Subscription)
			if err == nil && !found {
				err = subscription.ErrUnknown
			}
			if out.Body.Delivered = refused == nil; refused != nil {
				text := fmt.Sprint(refused)
				out.Body.Error = &text
			}
			return out, err
		})
	replay := of(http.MethodPost, "replaySubscription", "/replayed", "Send what stands behind a position again")
	replay.Errors = append(replay.Errors, http.StatusUnprocessableEntity)
	query(s, access.Admins, replay,
		func(ctx context.Context, in *replayInput) (*deliveryOutput, error) {
			if err := s.reader.Replay(ctx, in.Subscription, eventstore.Position(in.Position)); err != nil {
				return nil, err
			}
			d, err := s.reader.Delivery(ctx, in.Subscription)
			return &deliveryOutput{d}, err
		})
	query(s, access.Admins, of(http.MethodPost, "retrySubscription", "/retried", "Try the events again that a subscription gave up"),
		func(ctx context.Context, in *subscriptionInput) (*retriedOutput, error) {
			if _, err := s.reader.Delivery(ctx, in.Subscription); err != nil {
				return nil, err
			}
			out := &retriedOutput{}
			var err error
			out.Body.Waiting, err = s.reader.RetryDead(ctx, in.Subscription)
			return out, err
		})
}

// noSubscriptions are those of a server that sends nothing.
type noSubscriptions struct{}

func (noSubscriptions) WrittenSecrets(context.Context, string) ([]string, error) { return nil, nil }
func (noSubscriptions) Test(context.Context, string) (bool, error, error)        { return false, nil, nil }

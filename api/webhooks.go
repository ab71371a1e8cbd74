package api

import (
	"context"
	"net/http"
	"time"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/webhook"
)

const webhookPath = "/v1/webhooks/{webhook}"

var publishWebhook = declare(webhooks, ofWebhook(declaration[webhook.Publish]{
	Name: "publish_webhook", Method: http.MethodPut, Path: webhookPath,
	Summary: "Publish a webhook",
	Description: "Says how another system's deliveries to `/v1/hooks/{webhook}` are signed, and which commands they mean: two " +
		"CEL expressions over `payload`, the JSON that is delivered, and `headers`, by names in lower case. Beside what CEL " +
		"has, there are its functions on texts, optional members (`payload.?note.orValue(\"\")`), `customer_id(system, id)` " +
		"for the customer whom that system calls so, and `major(amount, digits)` for amounts in minor units.",
	Fields: map[string]string{
		"webhook":                    "1 to 63 of a-z, 0-9, _ and -, beginning with a letter",
		"secret":                     "Names the shared secret, which the server has in RAPPORT_WEBHOOK_SECRET_ and this name",
		"signature":                  "How deliveries are signed: HMAC-SHA256",
		"signature.header":           "The header that has the signature",
		"signature.prefix":           "What stands before it, such as sha256=",
		"signature.encoding":         "hex or base64",
		"signature.timestamp_header": "The header that has the Unix time; then it, a point and the body are signed, else the body alone",
		"signature.tolerance_s":      "By how many seconds that time may be off: 300 if not told",
		"key":                        "CEL for the sender's id of a delivery: the same delivery is carried out once",
		"commands":                   "CEL for a list of commands, as lines of a batch; all are of customers",
		"per_minute":                 "How many deliveries are taken in a minute: 600 if not told",
	},
	Example: `{"title":"Web shop","secret":"SHOP","signature":{"header":"X-Signature","encoding":"hex",` +
		`"timestamp_header":"X-Timestamp"},"key":"payload.event_id","commands":"[{'command': 'record_interaction', ` +
		`'customer_id': customer_id('shop', string(payload.customer)), 'kind': 'web_visit', 'direction': 'inbound'}]"}`,
}, func(c *webhook.Publish) *string { return &c.Webhook }))

var retireWebhook = declare(webhooks, ofWebhook(declaration[webhook.Retire]{
	Name: "retire_webhook", Method: http.MethodDelete, Path: webhookPath,
	Summary: "Retire a webhook", Description: "Takes no more deliveries.", Example: `{}`, Bodiless: true,
}, func(c *webhook.Retire) *string { return &c.Webhook }))

// ofWebhook addresses a command to the webhook whose name the path or the line has.
func ofWebhook[C any](d declaration[C], name func(*C) *string) declaration[C] {
	d.Tag, d.Roles, d.Param, d.Barrier = "webhooks", access.Admins, "webhook", true
	d.Bind = func(in *body[C], value string) error {
		own := name(&in.Command)
		if *own != "" && *own != value {
			return malformed("body.webhook", "name_differs", "the body has another name than the path")
		}
		*own = value
		return nil
	}
	d.Subject = func(in *body[C], _ string) (subject, error) {
		own := *name(&in.Command)
		if !domain.Nameable(own) {
			return subject{}, webhook.ErrName
		}
		return subject{webhook.Stream(own), "webhook", own}, noCustomer(in)
	}
	return d
}

type (
	webhookInput struct {
		Webhook string `path:"webhook" maxLength:"63"`
	}
	webhookOutput struct {
		ETag string `header:"ETag" doc:"The revision, for If-Match"`
		Body struct {
			Version     int       `json:"version"`
			PublishedAt time.Time `json:"published_at"`
			Title       string    `json:"title,omitempty"`
			SecretKnown bool      `json:"secret_known" doc:"The server has the secret"`
			webhook.Terms
		}
	}
)

func (s *server) webhookRoutes() {
	query(s, access.Admins, get("getWebhook", webhookPath, "webhooks", "See a webhook in force"),
		func(ctx context.Context, in *webhookInput) (*webhookOutput, error) {
			h, err := s.hooks.inForce(ctx, in.Webhook)
			if err != nil {
				return nil, err
			}
			out := &webhookOutput{ETag: etag(h.revision)}
			out.Body.Version, out.Body.PublishedAt = h.Version, h.publishedAt
			out.Body.Title, out.Body.Terms = h.Title, h.Terms
			out.Body.SecretKnown = len(s.secrets(h.Secret)) > 0
			return out, nil
		})
	s.hookRoute()
}

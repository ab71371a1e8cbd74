package api

import (
	"context"
	"reflect"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/commands"
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/access"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/product"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/value"
	"github.com/rapport-crm/rapport/domain/webhook"
)

// commandList is all that apps may ask for. From an entry follow the route, the OpenAPI operation and the line of
// a batch; a new command is declared in its noun's file and entered here.
var commandList = []*command{
	registerCustomer,
	registerCustomerBy,
	changeProfile,
	absorb,
	separate,
	erase,
	linkIdentity,
	unlinkIdentity,
	archiveCustomer,
	restoreCustomer,
	setAttribute,
	resolveAttribute,
	removeAttribute,
	addContactPoint,
	preferContactPoint,
	verifyContactPoint,
	removeContactPoint,
	assignRole,
	endRole,
	declareRelationship,
	endRelationship,
	recordInsight,
	retractInsight,
	shareData,
	recordPurchase,
	placeOrder,
	payOrder,
	shipOrder,
	deliverOrder,
	cancelOrder,
	recordReturn,
	refundPurchase,
	voidFact,
	correctFact,
	recordInteraction,
	holdInterview,
	makePromise,
	keepPromise,
	breakPromise,
	captureLead,
	qualifyLead,
	acceptLead,
	rejectLead,
	openOpportunity,
	moveOpportunity,
	revalueOpportunity,
	winOpportunity,
	loseOpportunity,
	proposeOffer,
	acceptOffer,
	rejectOffer,
	redeemOffer,
	grantConsent,
	withdrawConsent,
	publishQuestionnaire,
	answerSurvey,
	planCampaign,
	launchCampaign,
	recordCampaignCost,
	closeCampaign,
	assignToCampaign,
	sendCampaignMessage,
	tellFate,
	earnPoints,
	spendPoints,
	makeReferral,
	convertReferral,
	giveTestimonial,
	signAgreement,
	endAgreement,
	issueRecommendation,
	acceptRecommendation,
	dismissRecommendation,
	handOver,
	acceptHandover,
	installAsset,
	reportUsage,
	measureWear,
	reportDefect,
	reportBreakdown,
	scheduleMaintenance,
	performMaintenance,
	cancelMaintenance,
	retireAsset,
	openCase,
	assignCase,
	respondToCase,
	replyToCase,
	pauseCase,
	resumeCase,
	escalateCase,
	resolveCase,
	reopenCase,
	closeCase,
	rateComplaint,
	defineSegment,
	retireSegment,
	defineGuidance,
	retireGuidance,
	publishWebhook,
	retireWebhook,
	publishSubscription,
	rotateSubscriptionSecret,
	retireSubscription,
	listProduct,
	changePrice,
	delistProduct,
	publishLadder,
	publishTiers,
	publishService,
	publishRFM,
	publishCosts,
	fitValueModel,
	publishPriceBands,
	publishRetention,
	publishPhones,
	closeDay,
	acceptGaps,
}

// declaration says how a command C is asked for over HTTP. Its JSON form is the command's own.
type declaration[C any] struct {
	// Name is the command's in a batch, and the operation's in the OpenAPI document. It is never renamed.
	Name         string
	Method, Path string
	Tag          string
	Summary      string
	Description  string
	// Fields describes the members of the body, by path ("lines[].quantity").
	Fields map[string]string
	// Example is a body that would be accepted.
	Example string

	// Roles are those who may ask for it.
	Roles access.Roles

	// Param is the path's parameter, Bind takes its value in.
	Param string
	// Second is a second one in the path, behind the first; Bind gets both, with a slash between.
	Second string
	Bind   func(in *body[C], value string) error
	// Subject answers whom or what the command is about.
	Subject func(in *body[C], key string) (subject, error)
	// IDField names what is recorded, by the member that ID points to. It is made here unless it is given.
	IDField string
	ID      func(c *C) *uuid.UUID

	// Barrier commands of a batch wait for all before them, and all after them wait.
	Barrier bool
	// Bodiless commands need not have a body.
	Bodiless bool
	// Long commands may take as long as a batch.
	Long bool
}

// subject is the stream that a command goes to, and how the answer names it.
type subject struct {
	stream       string
	field, value string
}

// body is what a command's request says: the circumstances and the command's own members. CustomerID stands
// in the path as a rule; where it stands in both, it is the same.
type body[C any] struct {
	CustomerID uuid.UUID `json:"customer_id,omitzero"`
	circumstances
	Command C `json:",embed"`
}

// circumstances are common to all commands.
type circumstances struct {
	OccurredAt time.Time `json:"occurred_at,omitzero" doc:"When it happened, if not now; at most a day ahead"`
	Actor      string    `json:"actor,omitempty" doc:"Who did it"`
	Department string    `json:"department,omitempty" doc:"For whom: sales, service, marketing, …"`
	Channel    string    `json:"channel,omitempty" doc:"By what way: web, store, phone, e-mail, …"`
	Source     string    `json:"source,omitempty" doc:"The system that it comes from"`
}

func (c circumstances) metadata() domain.Metadata {
	return domain.Metadata{OccurredAt: c.OccurredAt, Actor: c.Actor, Department: c.Department, Channel: c.Channel,
		Source: c.Source}
}

// aggregate answers who handles the commands of one kind of stream. Its type parameters tie commands to it.
type aggregate[S any, N domain.Needing] func(*commands.Service) *commands.Handler[S, N]

func customers(s *commands.Service) *commands.Handler[customer.State, customer.Needs] {
	return s.Customers
}
func segments(s *commands.Service) *commands.Handler[segment.State, segment.Needs] { return s.Segments }
func guidances(s *commands.Service) *commands.Handler[guidance.State, guidance.Needs] {
	return s.Guidance
}
func campaigns(s *commands.Service) *commands.Handler[campaign.State, campaign.Needs] {
	return s.Campaigns
}
func policies(s *commands.Service) *commands.Handler[policy.State, policy.Needs]   { return s.Policies }
func products(s *commands.Service) *commands.Handler[product.State, product.Needs] { return s.Products }
func questionnaires(s *commands.Service) *commands.Handler[questionnaire.State, questionnaire.Needs] {
	return s.Questionnaires
}
func valueModel(s *commands.Service) *commands.Handler[value.State, value.Needs]   { return s.ValueModel }
func webhooks(s *commands.Service) *commands.Handler[webhook.State, webhook.Needs] { return s.Webhooks }
func subscriptions(s *commands.Service) *commands.Handler[subscription.State, subscription.Needs] {
	return s.Subscriptions
}
func days(s *commands.Service) *commands.Handler[calendar.State, calendar.Needs] { return s.Calendar }

// command is a declaration without its types.
type command struct {
	name, method, path, param string
	second                    string
	roles                     access.Roles
	barrier, bodiless, long   bool
	idField                   string
	docs                      commandDocs

	// read decodes a body, and line a line of a batch; both answer the problem with it instead.
	read func(text []byte, on conditions, param string) (*call, error)
	line func(text []byte, on conditions) (*call, error)
	// tell decodes what a correction says of a customer. It is nil for commands by which none is told.
	tell func(text []byte, of uuid.UUID, on conditions) (*call, error)
	// handle carries out calls of the same stream, perhaps of several commands.
	handle func(ctx context.Context, s *commands.Service, stream string, calls []*call) []commands.Result
}

type commandDocs struct {
	tag, summary, description, example string
	fields                             map[string]string
	body                               reflect.Type
}

// conditions are what a request says beside the body.
type conditions struct {
	key        string
	ifRevision *uint64
	caller     caller
	named      func(command string) *command // those that this server has; nil for others
}

// call is a command ready to be carried out.
type call struct {
	command *command
	subject subject
	made    uuid.UUID // the id that was made here for what is recorded
	idField string    // names it
	key     string    // of a line of a batch, by which its answer is told from others
	request any       // the commands.Request of the command's aggregate
}

// declare makes a command of a declaration.
func declare[S any, N domain.Needing, C domain.CommandOf[S, N]](of aggregate[S, N], d declaration[C]) *command {
	c := &command{name: d.Name, method: d.Method, path: d.Path, param: d.Param, second: d.Second, roles: d.Roles,
		barrier: d.Barrier, bodiless: d.Bodiless, long: d.Long, idField: d.IDField, docs: commandDocs{d.Tag, d.Summary, d.Description, d.Example, d.Fields, reflect.TypeFor[C]()}}
	refuseReserved[C]()
	checkBody, checkLine := checksOf[body[C]](d.IDField, d.Param, d.Second), checksOf[line[C]](d.IDField, d.Param)

	ready := func(in *body[C], on conditions) (*call, error) {
		about, err := d.Subject(in, on.key)
		if err != nil {
			return nil, err
		}
		out := &call{command: c, subject: about, idField: d.IDField}
		if d.ID != nil {
			if id := d.ID(&in.Command); *id == uuid.Nil {
				if *id, err = madeID(about.stream, d.IDField, on.key); err != nil {
					return nil, err
				}
				out.made = *id
			}
		}
		out.request = commands.Request[S, N]{Stream: about.stream, Command: in.Command, Metadata: on.caller.sign(in.metadata()),
			IdempotencyKey: on.key, IfRevision: on.ifRevision}
		return out, nil
	}
	c.read = func(text []byte, on conditions, param string) (*call, error) {
		in := new(body[C])
		if err := decode(text, in, checkBody); err != nil {
			return nil, err
		}
		if d.Bind != nil {
			if err := d.Bind(in, param); err != nil {
				return nil, err
			}
		}
		return ready(in, on)
	}
	c.line = func(text []byte, on conditions) (*call, error) {
		in := new(line[C])
		if err := decode(text, in, checkLine); err != nil {
			return nil, err
		}
		said, err := in.said()
		if err != nil {
			return nil, err
		}
		on.key, on.ifRevision = in.IdempotencyKey, in.IfRevision
		out, err := ready(said, on)
		if err == nil {
			out.key = on.key
		}
		return out, err
	}
	if d.Param == "customer_id" && d.Second == "" {
		c.tell = func(text []byte, of uuid.UUID, on conditions) (*call, error) {
			in := new(line[C])
			if err := decode(text, in, checkLine); err != nil {
				return nil, err
			}
			said, err := in.said()
			switch {
			case err != nil:
				return nil, err
			case in.IdempotencyKey != "" || in.IfRevision != nil:
				return nil, malformed("body", "field_unknown", "say idempotency_key and if_revision of the correction")
			}
			if err := d.Bind(said, of.String()); err != nil {
				return nil, malformed("body.customer_id", "customer_id_differs", "the correction names another customer")
			}
			return ready(said, on)
		}
	}
	c.handle = func(ctx context.Context, s *commands.Service, stream string, calls []*call) []commands.Result {
		requests := make([]commands.Request[S, N], len(calls))
		for i := range calls {
			requests[i] = calls[i].request.(commands.Request[S, N])
		}
		return of(s).HandleAll(ctx, stream, requests)
	}
	return c
}

// idSpace is the namespace of ids that are derived from idempotency keys. Never change it: the log holds such ids.
var idSpace = uuid.MustParse("b4b5b7a4-0a5e-5f0b-9c62-5c6a3b0e9f21")

// madeID answers an id for what the caller did not name: the same one for the same idempotency key.
func madeID(stream, field, key string) (uuid.UUID, error) {
	if key == "" {
		return uuid.NewV7()
	}
	return uuid.NewSHA1(idSpace, []byte(stream+"\x00"+field+"\x00"+key)), nil
}

// ofCustomer addresses a command to the customer whom the path or the line names.
func ofCustomer[C any](d declaration[C]) declaration[C] {
	d.Tag, d.Param = "customers", "customer_id"
	if d.Roles == 0 {
		d.Roles = access.Apps
	}
	d.Bind = func(in *body[C], value string) error {
		id, err := canonicalID(value)
		if err != nil {
			return malformed("path.customer_id", "customer_id_malformed", "the customer's id is a UUID")
		}
		if in.CustomerID != uuid.Nil && in.CustomerID != id {
			return malformed("body.customer_id", "customer_id_differs", "the body names another customer than the path")
		}
		in.CustomerID = id
		return nil
	}
	d.Subject = func(in *body[C], _ string) (subject, error) {
		if in.CustomerID == uuid.Nil {
			return subject{}, malformed("body.customer_id", "customer_id_missing", "name the customer by a UUID")
		}
		return subject{customer.Stream(in.CustomerID), "customer_id", in.CustomerID.String()}, nil
	}
	return d
}

// ofStream addresses a command to the one stream that there is.
func ofStream[C any](stream, field, value string) func(*body[C], string) (subject, error) {
	return func(in *body[C], _ string) (subject, error) {
		return subject{stream, field, value}, noCustomer(in)
	}
}

func noCustomer[C any](in *body[C]) error {
	if in.CustomerID != uuid.Nil {
		return malformed("body.customer_id", "field_unknown", "this command is not about a customer")
	}
	return nil
}

// Route is how apps ask for a command.
type Route struct {
	Method, Path string // the path's parameter in braces
	IDField      string // names what is recorded, and is made here unless it is given; empty where nothing is named
}

// RouteOf answers how apps ask for what a command holds; false for what no app may ask for.
func RouteOf(c any) (Route, bool) {
	for _, known := range commandList {
		if known.docs.body == reflect.TypeOf(c) {
			return Route{known.method, known.path, known.idField}, true
		}
	}
	return Route{}, false
}

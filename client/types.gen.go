// Code generated from the OpenAPI document by client/generate. DO NOT EDIT.

package client

import (
	"encoding/json"
	"time"
)

// Some of these may not be in use.
var (
	_ time.Time
	_ json.RawMessage
)

// AcceptGaps is as the OpenAPI document has it.
type AcceptGaps struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What is missing, as the fault names it
	Gaps []CustodyGap `json:"gaps"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why it is right to go on without them
	Reason string `json:"reason"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptGapsAnswer is as the OpenAPI document has it.
type AcceptGapsAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// AcceptGapsLine is as the OpenAPI document has it.
type AcceptGapsLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What is missing, as the fault names it
	Gaps           []CustodyGap `json:"gaps"`
	IdempotencyKey string       `json:"idempotency_key,omitempty"`
	IfRevision     int64        `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why it is right to go on without them
	Reason string `json:"reason"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptHandover is as the OpenAPI document has it.
type AcceptHandover struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The work that was taken
	HandoverID string `json:"handover_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptHandoverAnswer is as the OpenAPI document has it.
type AcceptHandoverAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// AcceptHandoverLine is as the OpenAPI document has it.
type AcceptHandoverLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The work that was taken
	HandoverID     string `json:"handover_id"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptLead is as the OpenAPI document has it.
type AcceptLead struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The lead
	LeadID string `json:"lead_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity that it became
	OpportunityID string `json:"opportunity_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptLeadAnswer is as the OpenAPI document has it.
type AcceptLeadAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// AcceptLeadLine is as the OpenAPI document has it.
type AcceptLeadLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// The lead
	LeadID string `json:"lead_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity that it became
	OpportunityID string `json:"opportunity_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptOffer is as the OpenAPI document has it.
type AcceptOffer struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The offer
	OfferID string `json:"offer_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptOfferAnswer is as the OpenAPI document has it.
type AcceptOfferAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// AcceptOfferLine is as the OpenAPI document has it.
type AcceptOfferLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The offer
	OfferID string `json:"offer_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptRecommendation is as the OpenAPI document has it.
type AcceptRecommendation struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The recommendation that is followed
	RecommendationID string `json:"recommendation_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptRecommendationAnswer is as the OpenAPI document has it.
type AcceptRecommendationAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// AcceptRecommendationLine is as the OpenAPI document has it.
type AcceptRecommendationLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The recommendation that is followed
	RecommendationID string `json:"recommendation_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AcceptedGap is as the OpenAPI document has it.
type AcceptedGap struct {
	At     time.Time `json:"at"`
	By     string    `json:"by,omitempty"`
	First  int64     `json:"first"`
	Last   int64     `json:"last"`
	Reason string    `json:"reason"`
	Stream string    `json:"stream"`
}

// AddContactPoint is as the OpenAPI document has it.
type AddContactPoint struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Of kind post: the address by its parts
	Address *CustomerAddress `json:"address,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// Names the contact point; without it, one follows from the Idempotency-Key, or is new
	ContactPointID string `json:"contact_point_id,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The channel: email, phone, post, social or messenger
	Kind string `json:"kind"`
	// What for or whose: work, billing, the neighbour's, …
	Label string `json:"label,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Whether it is to be used before others of its kind
	Preferred *bool `json:"preferred,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Address, number or name; of an address, where it is absent, its parts in one line
	Value string `json:"value,omitempty"`
}

// AddContactPointAnswer is as the OpenAPI document has it.
type AddContactPointAnswer struct {
	// Present where it was made here
	ContactPointID string `json:"contact_point_id,omitempty"`
	CustomerID     string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// AddContactPointLine is as the OpenAPI document has it.
type AddContactPointLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Of kind post: the address by its parts
	Address *CustomerAddress `json:"address,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// Names the contact point; without it, one follows from the Idempotency-Key, or is new
	ContactPointID string `json:"contact_point_id,omitempty"`
	CustomerID     string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// The channel: email, phone, post, social or messenger
	Kind string `json:"kind"`
	// What for or whose: work, billing, the neighbour's, …
	Label string `json:"label,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Whether it is to be used before others of its kind
	Preferred bool `json:"preferred,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Address, number or name; of an address, where it is absent, its parts in one line
	Value string `json:"value,omitempty"`
}

// Address: the contact points of kind post.
type Address struct {
	// who recorded it
	Actor *string `json:"actor,omitempty"`
	// business day on which we knew of it
	AddedOn string `json:"added_on,omitempty"`
	// city
	City *string `json:"city,omitempty"`
	// the contact point
	ContactPointID string `json:"contact_point_id"`
	// of the address
	Country *string `json:"country,omitempty"`
	// who
	CustomerID string `json:"customer_id"`
	// that recorded it
	Department *string `json:"department,omitempty"`
	// what for or whose
	Label *string `json:"label,omitempty"`
	// such as c/o, the floor, the department
	More *string `json:"more,omitempty"`
	// postal code
	PostalCode *string `json:"postal_code,omitempty"`
	// to be used before others of its kind
	Preferred bool `json:"preferred,omitempty"`
	// why not
	Reason *string `json:"reason,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// such as a state or a province
	Region *string `json:"region,omitempty"`
	// business day from which it cannot be used any more; null while it can
	RemovedOn *string `json:"removed_on,omitempty"`
	// the system that it came through
	Source *string `json:"source,omitempty"`
	// of an address: street and number, or a box
	Street *string `json:"street,omitempty"`
	// address, number or name
	Value string `json:"value,omitempty"`
	// how it was verified
	VerifiedBy *string `json:"verified_by,omitempty"`
	// business day on which it was verified; null: it never was
	VerifiedOn *string `json:"verified_on,omitempty"`
}

// AddressList is as the OpenAPI document has it.
type AddressList struct {
	Addresses []Address `json:"addresses"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// Adopted is as the OpenAPI document has it.
type Adopted struct {
	Guidance []string `json:"guidance"`
	Position int64    `json:"position"`
	Segments []string `json:"segments"`
}

// Agreement is as the OpenAPI document has it.
type Agreement struct {
	// who did
	Actor *string `json:"actor,omitempty"`
	// the agreement
	AgreementID string `json:"agreement_id"`
	// with whom
	CustomerID string `json:"customer_id"`
	// that signed it
	Department *string `json:"department,omitempty"`
	// business day on which it was ended or expired
	EndedOn *string `json:"ended_on,omitempty"`
	// last day as agreed; null where none was
	EndsOn *string `json:"ends_on,omitempty"`
	// framework, partnership, co_creation, …
	Kind string `json:"kind,omitempty"`
	// why it was ended
	Reason *string `json:"reason,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// business day
	SignedOn string `json:"signed_on,omitempty"`
	// first day on which it is in force
	StartsOn string `json:"starts_on,omitempty"`
	// signed until it is ended or its last day is over
	State string `json:"state,omitempty"`
}

// AgreementList is as the OpenAPI document has it.
type AgreementList struct {
	Agreements []Agreement `json:"agreements"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// AllGuidanceOutputBody is as the OpenAPI document has it.
type AllGuidanceOutputBody struct {
	Guidance []GuidanceInForce `json:"guidance"`
}

// AnswerSurvey is as the OpenAPI document has it.
type AnswerSurvey struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// One for each item, or for each of its aspects
	Answers []QuestionnaireAnswer `json:"answers"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// What the customer added in words
	Comment string `json:"comment,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What was asked
	Questionnaire string `json:"questionnaire"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Names the survey; without it, one follows from the Idempotency-Key, or is new
	SurveyID string `json:"survey_id,omitempty"`
	// In which version, from 1
	Version int64 `json:"version"`
}

// AnswerSurveyAnswer is as the OpenAPI document has it.
type AnswerSurveyAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
	// Present where it was made here
	SurveyID string `json:"survey_id,omitempty"`
}

// AnswerSurveyLine is as the OpenAPI document has it.
type AnswerSurveyLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// One for each item, or for each of its aspects
	Answers []QuestionnaireAnswer `json:"answers"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// What the customer added in words
	Comment    string `json:"comment,omitempty"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What was asked
	Questionnaire string `json:"questionnaire"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Names the survey; without it, one follows from the Idempotency-Key, or is new
	SurveyID string `json:"survey_id,omitempty"`
	// In which version, from 1
	Version int64 `json:"version"`
}

// ArchiveCustomer is as the OpenAPI document has it.
type ArchiveCustomer struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The retention rule that asks for it, where no person does
	Rule string `json:"rule,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ArchiveCustomerAnswer is as the OpenAPI document has it.
type ArchiveCustomerAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ArchiveCustomerLine is as the OpenAPI document has it.
type ArchiveCustomerLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The retention rule that asks for it, where no person does
	Rule string `json:"rule,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Asset is as the OpenAPI document has it.
type Asset struct {
	// the asset
	AssetID    string           `json:"asset_id"`
	Components []AssetComponent `json:"components,omitempty"`
	// where it stands
	CustomerID string `json:"customer_id"`
	// its age counts from this day
	InstalledOn string `json:"installed_on,omitempty"`
	// what it is
	Model string `json:"model,omitempty"`
	// first day on which planned maintenance falls due
	NextDueOn *string `json:"next_due_on,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// the asset that took its place
	ReplacedBy *string `json:"replaced_by,omitempty"`
	// business day from which it serves no more
	RetiredOn *string `json:"retired_on,omitempty"`
	// why
	RetiredReason *string `json:"retired_reason,omitempty"`
	// as the maker numbers it
	Serial *string `json:"serial,omitempty"`
	// business day of that reading
	UsageOn *string `json:"usage_on,omitempty"`
	// what its meter showed last, in usage_unit
	UsageTotal *string `json:"usage_total,omitempty"`
	// such as hours
	UsageUnit *string `json:"usage_unit,omitempty"`
}

// AssetComponent: the components of the assets, as far as anything was told of them.
type AssetComponent struct {
	// how often it failed
	Breakdowns int64 `json:"breakdowns"`
	// part of it
	Component string `json:"component"`
	// when it failed last
	LastBreakdownAt *time.Time `json:"last_breakdown_at"`
	// when we last did
	LastMaintenanceAt *time.Time `json:"last_maintenance_at"`
	// how often we worked on it
	Maintenances int64 `json:"maintenances"`
	// latest measurement, from 0, as new, to 1, worn out
	Wear *string `json:"wear"`
	// when that was measured
	WearAt *time.Time `json:"wear_at"`
}

// AssetList is as the OpenAPI document has it.
type AssetList struct {
	Assets []Asset `json:"assets"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// AssignCase is as the OpenAPI document has it.
type AssignCase struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Who takes it
	Assignee string `json:"assignee,omitempty"`
	CaseID   string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Where it waits; unchanged where none is named
	Queue string `json:"queue,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AssignCaseAnswer is as the OpenAPI document has it.
type AssignCaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// AssignCaseLine is as the OpenAPI document has it.
type AssignCaseLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Who takes it
	Assignee string `json:"assignee,omitempty"`
	CaseID   string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Where it waits; unchanged where none is named
	Queue string `json:"queue,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AssignRole is as the OpenAPI document has it.
type AssignRole struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What the customer is to us: buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit
	Role string `json:"role"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AssignRoleAnswer is as the OpenAPI document has it.
type AssignRoleAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// AssignRoleLine is as the OpenAPI document has it.
type AssignRoleLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What the customer is to us: buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit
	Role string `json:"role"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AssignToCampaign is as the OpenAPI document has it.
type AssignToCampaign struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The campaign
	Campaign string `json:"campaign"`
	// One of its cells
	Cell string `json:"cell"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// AssignToCampaignAnswer is as the OpenAPI document has it.
type AssignToCampaignAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// AssignToCampaignLine is as the OpenAPI document has it.
type AssignToCampaignLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The campaign
	Campaign string `json:"campaign"`
	// One of its cells
	Cell string `json:"cell"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Attribute is as the OpenAPI document has it.
type Attribute struct {
	// how sure they are, from 0 to 1
	Confidence string `json:"confidence,omitempty"`
	// of whom
	CustomerID string `json:"customer_id"`
	// who says so; empty where nobody was named
	Department string `json:"department,omitempty"`
	// last business day on which it holds; null: until they say otherwise
	ExpiresOn *string `json:"expires_on,omitempty"`
	// of the attribute
	Name string `json:"name"`
	// the system that it came through
	Source *string `json:"source,omitempty"`
	// first business day on which it held
	ValidFrom string `json:"valid_from,omitempty"`
	// what is so
	Value string `json:"value,omitempty"`
}

// AttributeList is as the OpenAPI document has it.
type AttributeList struct {
	Attributes []Attribute `json:"attributes"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// BatchAnswer: what became of a line: the command's own answer, or the problem with it
type BatchAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// The line's own, if it has one
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	// Its number, from 1
	Line     int64    `json:"line"`
	Position int64    `json:"position,omitempty"`
	Problem  *Problem `json:"problem,omitempty"`
	Revision int64    `json:"revision,omitempty"`
	// As its own route would answer it
	Status int64 `json:"status"`
}

// BatchLine: a line of a batch
type BatchLine any

// BelievedTier is as the OpenAPI document has it.
type BelievedTier struct {
	Evidence      map[string]any `json:"evidence"`
	PolicyVersion int64          `json:"policy_version"`
	Since         string         `json:"since"`
	Tier          string         `json:"tier"`
}

// BelievedValue is as the OpenAPI document has it.
type BelievedValue struct {
	AsOf                  string      `json:"as_of"`
	ChurnReasons          []ValueSign `json:"churn_reasons"`
	ChurnRisk             string      `json:"churn_risk"`
	ChurnRiskAsOf         string      `json:"churn_risk_as_of"`
	CLV12mMinor           float64     `json:"clv_12m_minor"`
	CLV36mMinor           float64     `json:"clv_36m_minor"`
	Currency              string      `json:"currency"`
	ExpectedAvgValueMinor float64     `json:"expected_avg_value_minor"`
	ExpectedPurchases30d  float64     `json:"expected_purchases_30d"`
	ExpectedPurchases365d float64     `json:"expected_purchases_365d"`
	ExpectedPurchases90d  float64     `json:"expected_purchases_90d"`
	FitPosition           int64       `json:"fit_position"`
	HistoricLtvMinor      int64       `json:"historic_ltv_minor"`
	Model                 string      `json:"model"`
	ModelVersion          int64       `json:"model_version"`
	PAlive                float64     `json:"p_alive"`
	WorsensOn             *string     `json:"worsens_on"`
}

// Belonging is as the OpenAPI document has it.
type Belonging struct {
	Evidence map[string]any `json:"evidence"`
	Position int64          `json:"position"`
	Segment  string         `json:"segment"`
	Since    string         `json:"since"`
	Version  int64          `json:"version"`
}

// BreakPromise is as the OpenAPI document has it.
type BreakPromise struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The promise that was not kept
	PromiseID string `json:"promise_id"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// BreakPromiseAnswer is as the OpenAPI document has it.
type BreakPromiseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// BreakPromiseLine is as the OpenAPI document has it.
type BreakPromiseLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The promise that was not kept
	PromiseID string `json:"promise_id"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Breakdown is as the OpenAPI document has it.
type Breakdown struct {
	// the asset
	AssetID string `json:"asset_id,omitempty"`
	// the breakdown
	BreakdownID string `json:"breakdown_id"`
	// what failed
	Component string `json:"component,omitempty"`
	// where the asset stands
	CustomerID string `json:"customer_id"`
	// when
	FailedAt time.Time `json:"failed_at,omitzero"`
	// on which business day
	FailedOn string `json:"failed_on,omitempty"`
	// that maintenance
	MaintenanceID *string `json:"maintenance_id,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// when the maintenance for it was first performed
	RepairedAt *time.Time `json:"repaired_at,omitempty"`
}

// BreakdownList is as the OpenAPI document has it.
type BreakdownList struct {
	Breakdowns []Breakdown `json:"breakdowns"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// Campaign is as the OpenAPI document has it.
type Campaign struct {
	// its name
	Campaign string           `json:"campaign"`
	Cells    []CellOfCampaign `json:"cells,omitempty"`
	// of its messages: email, sms, …
	Channel string `json:"channel,omitempty"`
	// business day on which it ended
	ClosedOn *string        `json:"closed_on,omitempty"`
	Costs    []CampaignCost `json:"costs,omitempty"`
	// business day on which it began
	LaunchedOn *string `json:"launched_on,omitempty"`
	// business day of the plan
	PlannedOn string `json:"planned_on,omitempty"`
	// for which people have to consent
	Purpose string `json:"purpose,omitempty"`
	// how far it went
	State string `json:"state,omitempty"`
	// what people call it
	Title *string `json:"title,omitempty"`
	// purchases and visits on so many days from the assignment on are its results
	WindowDays int64 `json:"window_days,omitempty"`
}

// CampaignCell is as the OpenAPI document has it.
type CampaignCell struct {
	// Names the cell
	Cell string `json:"cell"`
	// Its people get no messages
	Control *bool `json:"control,omitempty"`
}

// CampaignCost: what campaigns cost.
type CampaignCost struct {
	// minor units of currency
	AmountMinor int64 `json:"amount_minor"`
	// the cost
	CostID string `json:"cost_id"`
	// business day
	CostOn string `json:"cost_on"`
	// ISO 4217
	Currency string `json:"currency"`
	// what for
	What *string `json:"what"`
}

// CampaignList is as the OpenAPI document has it.
type CampaignList struct {
	Campaigns []Campaign `json:"campaigns"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// CampaignMembership is as the OpenAPI document has it.
type CampaignMembership struct {
	// business day of the assignment
	AssignedOn string `json:"assigned_on,omitempty"`
	// the campaign
	Campaign string `json:"campaign"`
	// its cell to which they belong
	Cell string `json:"cell,omitempty"`
	// the control group: they get no messages
	Control bool `json:"control,omitempty"`
	// who
	CustomerID string `json:"customer_id"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// last business day whose purchases and visits are results of the campaign
	WindowEndsOn string `json:"window_ends_on,omitempty"`
}

// CampaignMembershipList is as the OpenAPI document has it.
type CampaignMembershipList struct {
	CampaignMemberships []CampaignMembership `json:"campaign_memberships"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// CampaignMessage is as the OpenAPI document has it.
type CampaignMessage struct {
	// business day on which it came back
	BouncedOn *string `json:"bounced_on,omitempty"`
	// of which campaign
	Campaign string `json:"campaign,omitempty"`
	// and which of its cells
	Cell string `json:"cell,omitempty"`
	// through which it went
	Channel string `json:"channel,omitempty"`
	// business day on which a link in it was first followed
	ClickedOn *string `json:"clicked_on,omitempty"`
	// to whom
	CustomerID string `json:"customer_id"`
	// business day on which it arrived
	DeliveredOn *string `json:"delivered_on,omitempty"`
	// the message
	MessageID string `json:"message_id"`
	// business day on which it was first opened
	OpenedOn *string `json:"opened_on,omitempty"`
	// of the consent on which it rests
	Purpose string `json:"purpose,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// business day on which it was sent
	SentOn string `json:"sent_on,omitempty"`
	// business day on which the customer wanted no more of them
	UnsubscribedOn *string `json:"unsubscribed_on,omitempty"`
}

// CampaignMessageList is as the OpenAPI document has it.
type CampaignMessageList struct {
	Messages []CampaignMessage `json:"messages"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// CancelMaintenance is as the OpenAPI document has it.
type CancelMaintenance struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The plan that is given up
	MaintenanceID string `json:"maintenance_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CancelMaintenanceAnswer is as the OpenAPI document has it.
type CancelMaintenanceAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// CancelMaintenanceLine is as the OpenAPI document has it.
type CancelMaintenanceLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// The plan that is given up
	MaintenanceID string `json:"maintenance_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CancelOrder is as the OpenAPI document has it.
type CancelOrder struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The order
	PurchaseID string `json:"purchase_id"`
	// Why it was cancelled
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CancelOrderAnswer is as the OpenAPI document has it.
type CancelOrderAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// CancelOrderLine is as the OpenAPI document has it.
type CancelOrderLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The order
	PurchaseID string `json:"purchase_id"`
	// Why it was cancelled
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CaptureLead is as the OpenAPI document has it.
type CaptureLead struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The campaign that caused it
	Campaign string `json:"campaign,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What the customer may want
	Interest string `json:"interest,omitempty"`
	// Names the lead; without it, one follows from the Idempotency-Key, or is new
	LeadID string `json:"lead_id,omitempty"`
	// What it came by: form, fair, call, …
	LeadSource string `json:"lead_source"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Who works on it
	Owner string `json:"owner,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CaptureLeadAnswer is as the OpenAPI document has it.
type CaptureLeadAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	LeadID string `json:"lead_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// CaptureLeadLine is as the OpenAPI document has it.
type CaptureLeadLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The campaign that caused it
	Campaign string `json:"campaign,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// What the customer may want
	Interest string `json:"interest,omitempty"`
	// Names the lead; without it, one follows from the Idempotency-Key, or is new
	LeadID string `json:"lead_id,omitempty"`
	// What it came by: form, fair, call, …
	LeadSource string `json:"lead_source"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Who works on it
	Owner string `json:"owner,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Case: sorted by `due_at`, those come first whose clock runs out next: a queue.
type Case struct {
	// corrective: this one case was put right; preventive: its cause was removed
	Action *string `json:"action,omitempty"`
	// the equipment that it is about
	AssetID *string `json:"asset_id,omitempty"`
	// who has it
	Assignee *string `json:"assignee,omitempty"`
	// the case
	CaseID string `json:"case_id"`
	// what it is about
	Category *string `json:"category,omitempty"`
	// through which it came
	Channel *string     `json:"channel,omitempty"`
	Clocks  []CaseClock `json:"clocks,omitempty"`
	// business day on which it was put away, or the customer erased
	ClosedOn *string `json:"closed_on,omitempty"`
	// ISO 4217
	CompensationCurrency *string `json:"compensation_currency,omitempty"`
	// what the customer got for their trouble, minor units of compensation_currency
	CompensationMinor *int64 `json:"compensation_minor,omitempty"`
	// the same, minor units of the reporting currency
	CompensationReportingMinor *int64 `json:"compensation_reporting_minor,omitempty"`
	// whose
	CustomerID string `json:"customer_id"`
	// that opened it
	Department *string `json:"department,omitempty"`
	// when the first of its clocks runs out; null while none runs
	DueAt *time.Time `json:"due_at,omitempty"`
	// before whom it was brought last
	EscalatedTo *string `json:"escalated_to,omitempty"`
	// resolved by one answer at most, after which they did not come back; neither escalated nor reopened
	FirstContact *bool `json:"first_contact,omitempty"`
	// when it was opened
	OpenedAt time.Time `json:"opened_at,omitzero"`
	// on which business day
	OpenedOn string `json:"opened_on,omitempty"`
	// of the terms of service that set its clocks; 0 for the default ones
	PolicyVersion int64 `json:"policy_version,omitempty"`
	// low, normal, high or urgent
	Priority string `json:"priority,omitempty"`
	// the purchase that it is about
	PurchaseID *string `json:"purchase_id,omitempty"`
	// where it waits
	Queue *string `json:"queue,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// how often it was taken up again
	Reopened int64 `json:"reopened,omitempty"`
	// the complaint of the same category that it repeats
	RepeatOf *string `json:"repeat_of,omitempty"`
	// how often the customer wrote again
	Replies     int64            `json:"replies,omitempty"`
	Resolutions []CaseResolution `json:"resolutions,omitempty"`
	// when it was resolved; null while it is open
	ResolvedAt *time.Time `json:"resolved_at,omitempty"`
	// on which business day
	ResolvedOn *string `json:"resolved_on,omitempty"`
	// how often we answered
	Responses int64 `json:"responses,omitempty"`
	// why there was a case
	RootCause *string `json:"root_cause,omitempty"`
	// open, paused, resolved or closed; erased where it was open when the customer was erased
	State string `json:"state,omitempty"`
	// in a line
	Subject *string `json:"subject,omitempty"`
	// question, incident, complaint or service
	Type string `json:"type,omitempty"`
	// how often they waited for a next response
	Waits int64 `json:"waits,omitempty"`
}

// CaseClock: the clocks of the cases: one for the first response, one for the resolution, and one for each time that the customer waited for a next response. They stop while a case is paused.
type CaseClock struct {
	// it ran out
	Breached bool `json:"breached"`
	// business day on which that was found
	BreachedOn *string `json:"breached_on"`
	// response, next_response or resolution
	Clock string `json:"clock"`
	// when it runs out; null while it does not run, and once it was breached
	DueAt *time.Time `json:"due_at"`
	// when we answered or resolved; null before
	EndedAt *time.Time `json:"ended_at"`
	// 1, or of a next response: the how-manieth of the case
	Number int64 `json:"number"`
	// how long it ran until running_since, or in all, s
	RanS int64 `json:"ran_s"`
	// null while it does not run
	RunningSince *time.Time `json:"running_since"`
	// what the terms of service allow, s
	TargetS int64 `json:"target_s"`
}

// CaseList is as the OpenAPI document has it.
type CaseList struct {
	Cases []Case `json:"cases"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// CaseResolution: every time that a case was resolved, the last time or one before it was reopened.
type CaseResolution struct {
	// their rating of what they got, 1 (not just at all) to 7 (entirely just)
	Distributive *int64 `json:"distributive"`
	// by one answer at most, after which they did not come back; neither escalated nor reopened
	FirstContact bool `json:"first_contact"`
	// of how they were treated, 1 to 7
	Interactional *int64 `json:"interactional"`
	// 1 for the first time
	Number int64 `json:"number"`
	// of how it was decided, 1 to 7
	Procedural *int64 `json:"procedural"`
	// business day on which the customer rated how their complaint was handled
	RatedOn *string `json:"rated_on"`
	// business day on which it was taken up again; null if it was not
	ReopenedOn *string `json:"reopened_on"`
	// how long the case had been worked on by then, pauses apart, s
	ResolutionS int64 `json:"resolution_s"`
	// business day
	ResolvedOn string `json:"resolved_on"`
}

// CellOfCampaign: the cells of campaigns, into which people are divided.
type CellOfCampaign struct {
	// its name within the campaign
	Cell string `json:"cell"`
	// the control group: its people get no messages
	Control bool `json:"control"`
}

// Change is as the OpenAPI document has it.
type Change struct {
	From any    `json:"from"`
	Name string `json:"name"`
	To   any    `json:"to"`
}

// ChangePrice is as the OpenAPI document has it.
type ChangePrice struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Per unit, in the product's currency
	Price string `json:"price"`
	// The product
	SKU string `json:"sku,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Cost of goods per unit; as before, unless it is said
	UnitCost string `json:"unit_cost,omitempty"`
}

// ChangePriceAnswer is as the OpenAPI document has it.
type ChangePriceAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ChangePriceLine is as the OpenAPI document has it.
type ChangePriceLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Per unit, in the product's currency
	Price string `json:"price"`
	// The product
	SKU string `json:"sku,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Cost of goods per unit; as before, unless it is said
	UnitCost string `json:"unit_cost,omitempty"`
}

// ChangeProfile is as the OpenAPI document has it.
type ChangeProfile struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// ISO 3166-1 name or code
	Country string `json:"country,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// person or organisation
	Kind string `json:"kind,omitempty"`
	// BCP 47 tag
	Locale string `json:"locale,omitempty"`
	// What they are called
	Name string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ChangeProfileAnswer is as the OpenAPI document has it.
type ChangeProfileAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ChangeProfileLine is as the OpenAPI document has it.
type ChangeProfileLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// ISO 3166-1 name or code
	Country    string `json:"country,omitempty"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// person or organisation
	Kind string `json:"kind,omitempty"`
	// BCP 47 tag
	Locale string `json:"locale,omitempty"`
	// What they are called
	Name string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Check is as the OpenAPI document has it.
type Check struct {
	Detail string `json:"detail,omitempty"`
	Ok     bool   `json:"ok"`
}

// Checksum is as the OpenAPI document has it.
type Checksum struct {
	Digest string `json:"digest"`
	Rows   int64  `json:"rows"`
	Table  string `json:"table"`
}

// ChecksumsOutputBody is as the OpenAPI document has it.
type ChecksumsOutputBody struct {
	Tables []Checksum `json:"tables"`
}

// CloseCampaign is as the OpenAPI document has it.
type CloseCampaign struct {
	// Who did it
	Actor    string `json:"actor,omitempty"`
	Campaign string `json:"campaign,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CloseCampaignAnswer is as the OpenAPI document has it.
type CloseCampaignAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// CloseCampaignLine is as the OpenAPI document has it.
type CloseCampaignLine struct {
	// Who did it
	Actor    string `json:"actor,omitempty"`
	Campaign string `json:"campaign,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CloseCase is as the OpenAPI document has it.
type CloseCase struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CloseCaseAnswer is as the OpenAPI document has it.
type CloseCaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// CloseCaseLine is as the OpenAPI document has it.
type CloseCaseLine struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CloseDay is as the OpenAPI document has it.
type CloseDay struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// The day, today at the latest
	Date string `json:"date"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CloseDayAnswer is as the OpenAPI document has it.
type CloseDayAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// CloseDayLine is as the OpenAPI document has it.
type CloseDayLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// The day, today at the latest
	Date string `json:"date"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Consent: each consent as it stands, as a preference centre shows it: a row for each purpose and channel that the customer was ever asked for. What was never granted has no row, and is not allowed.
type Consent struct {
	// whether the customer may be addressed so now
	Allowed bool `json:"allowed,omitempty"`
	// through which: email, sms, …
	Channel string `json:"channel"`
	// whose
	CustomerID string `json:"customer_id"`
	// last business day on which it holds; null: until withdrawn
	ExpiresOn *string `json:"expires_on,omitempty"`
	// on what ground it was granted last
	LegalBasis string `json:"legal_basis,omitempty"`
	// what for: marketing, profiling, …
	Purpose string `json:"purpose"`
	// place of the latest grant in the customer's stream
	Revision int64 `json:"revision,omitempty"`
	// first business day of that state
	Since string `json:"since,omitempty"`
	// granted, withdrawn or expired; erased where it was granted when the customer was erased
	State string `json:"state,omitempty"`
	// of the text by which they were asked last
	TextVersion string `json:"text_version,omitempty"`
}

// ConsentList is as the OpenAPI document has it.
type ConsentList struct {
	Consents []Consent `json:"consents"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// ConsistencyOutputBody is as the OpenAPI document has it.
type ConsistencyOutputBody struct {
	From HeadAnswer `json:"from"`
	// Hashes that lead from the one root to the other, base64
	Path []string   `json:"path"`
	To   HeadAnswer `json:"to"`
}

// ContactPoint: e-mail addresses, phone numbers and places that post goes to, also those that cannot be used any more.
type ContactPoint struct {
	// who recorded it
	Actor *string `json:"actor,omitempty"`
	// business day on which we knew of it
	AddedOn string `json:"added_on,omitempty"`
	// city
	City *string `json:"city,omitempty"`
	// the contact point
	ContactPointID string `json:"contact_point_id"`
	// of the address
	Country *string `json:"country,omitempty"`
	// who
	CustomerID string `json:"customer_id"`
	// that recorded it
	Department *string `json:"department,omitempty"`
	// the channel: email, phone, post, social or messenger
	Kind string `json:"kind,omitempty"`
	// what for or whose
	Label *string `json:"label,omitempty"`
	// such as c/o, the floor, the department
	More *string `json:"more,omitempty"`
	// postal code
	PostalCode *string `json:"postal_code,omitempty"`
	// to be used before others of its kind
	Preferred bool `json:"preferred,omitempty"`
	// why not
	Reason *string `json:"reason,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// such as a state or a province
	Region *string `json:"region,omitempty"`
	// business day from which it cannot be used any more; null while it can
	RemovedOn *string `json:"removed_on,omitempty"`
	// the system that it came through
	Source *string `json:"source,omitempty"`
	// of an address: street and number, or a box
	Street *string `json:"street,omitempty"`
	// address, number or name
	Value string `json:"value,omitempty"`
	// how it was verified
	VerifiedBy *string `json:"verified_by,omitempty"`
	// business day on which it was verified; null: it never was
	VerifiedOn *string `json:"verified_on,omitempty"`
}

// ContactPointList is as the OpenAPI document has it.
type ContactPointList struct {
	ContactPoints []ContactPoint `json:"contact_points"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// ConvertReferral is as the OpenAPI document has it.
type ConvertReferral struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Theirs, by which it is known
	PurchaseID string `json:"purchase_id,omitempty"`
	// The referral that brought a customer
	ReferralID string `json:"referral_id"`
	// The customer who was brought
	ReferredID string `json:"referred_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ConvertReferralAnswer is as the OpenAPI document has it.
type ConvertReferralAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ConvertReferralLine is as the OpenAPI document has it.
type ConvertReferralLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Theirs, by which it is known
	PurchaseID string `json:"purchase_id,omitempty"`
	// The referral that brought a customer
	ReferralID string `json:"referral_id"`
	// The customer who was brought
	ReferredID string `json:"referred_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CorrectFact is as the OpenAPI document has it.
type CorrectFact struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What should have been recorded: a command as in a line of a batch, such as record_purchase, that tells the same kind of fact. Give its id again, or it gets a new one
	As CorrectFactAs `json:"as"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// Of the fact in the stream of the customer whom the path names, as timeline and history have it
	Revision *int64 `json:"revision,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CorrectFactAs: what should have been recorded: a command as in a line of a batch, such as record_purchase, that tells the same kind of fact. Give its id again, or it gets a new one
type CorrectFactAs struct {
	// Name of the command that records such a fact, as in a batch
	Command string `json:"command"`
}

// CorrectFactAnswer is as the OpenAPI document has it.
type CorrectFactAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// CorrectFactLine is as the OpenAPI document has it.
type CorrectFactLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What should have been recorded: a command as in a line of a batch, such as record_purchase, that tells the same kind of fact. Give its id again, or it gets a new one
	As CorrectFactLineAs `json:"as"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// Of the fact in the stream of the customer whom the path names, as timeline and history have it
	Revision int64 `json:"revision,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// CorrectFactLineAs: what should have been recorded: a command as in a line of a batch, such as record_purchase, that tells the same kind of fact. Give its id again, or it gets a new one
type CorrectFactLineAs struct {
	// Name of the command that records such a fact, as in a batch
	Command string `json:"command"`
}

// CostsOutputBody is as the OpenAPI document has it.
type CostsOutputBody struct {
	Costs       PolicyCosts `json:"costs"`
	PublishedAt time.Time   `json:"published_at"`
	Version     int64       `json:"version"`
}

// CustodyGap is as the OpenAPI document has it.
type CustodyGap struct {
	// The first revision that it lacks
	First int64 `json:"first"`
	// The last one
	Last int64 `json:"last"`
	// The stream
	Stream string `json:"stream"`
}

// Customer: by an identity, a name or an attribute, by where they belong, or by a rule over the facts of the catalogue. Which customers there are is as of the business date; a rule is judged as it would be for a segment.
type Customer struct {
	// the campaign that brought them
	AcquisitionCampaign *string `json:"acquisition_campaign,omitempty"`
	// what brought them
	AcquisitionSource *string `json:"acquisition_source,omitempty"`
	// business day on which they were set aside; null while they are not
	ArchivedOn *string `json:"archived_on,omitempty"`
	// as registered
	Country *string `json:"country,omitempty"`
	// reporting currency of the money columns, ISO 4217
	Currency *string `json:"currency,omitempty"`
	// who
	CustomerID string `json:"customer_id"`
	// ids in other systems: [{"system","id"}]
	ExternalIds []CustomerExternalIdsItem `json:"external_ids,omitempty"`
	// business day of the first purchase
	FirstPurchaseOn *string `json:"first_purchase_on,omitempty"`
	// sum of purchases, minor units
	GrossRevenueMinor int64 `json:"gross_revenue_minor,omitempty"`
	// contacts that were not transactions
	Interactions int64 `json:"interactions,omitempty"`
	// person or organisation; empty before registration
	Kind string `json:"kind,omitempty"`
	// business day of the last of them
	LastContactOn *string `json:"last_contact_on,omitempty"`
	// newest day on which anything happened
	LastEventOn *string `json:"last_event_on,omitempty"`
	// business day of the last purchase
	LastPurchaseOn *string `json:"last_purchase_on,omitempty"`
	// BCP 47
	Locale *string `json:"locale,omitempty"`
	// as registered
	Name *string `json:"name,omitempty"`
	// gross less returns, minor units
	NetRevenueMinor int64 `json:"net_revenue_minor,omitempty"`
	// purchases
	Orders int64 `json:"orders,omitempty"`
	// distinct days with a purchase
	PurchaseDays int64 `json:"purchase_days,omitempty"`
	// business day of registration
	RegisteredOn *string `json:"registered_on,omitempty"`
	// returns
	Returns int64 `json:"returns,omitempty"`
	// sum of refunds, minor units
	ReturnsValueMinor int64 `json:"returns_value_minor,omitempty"`
	// of the customer's stream, as far as it is in the tables
	Revision int64 `json:"revision,omitempty"`
	// the segments that they belong to now
	Segments []string `json:"segments,omitempty"`
	// stage of the loyalty ladder
	Stage *string `json:"stage,omitempty"`
	// the business day on which they stepped there
	StageSince *string `json:"stage_since,omitempty"`
}

// CustomerExternalIdsItem is as the OpenAPI document has it.
type CustomerExternalIdsItem struct {
	ID     string `json:"id"`
	System string `json:"system"`
}

// CustomerAcquisition is as the OpenAPI document has it.
type CustomerAcquisition struct {
	Campaign string `json:"campaign,omitempty"`
	// What that cost
	Cost string `json:"cost,omitempty"`
	// ISO 4217 code
	Currency string `json:"currency,omitempty"`
	Source   string `json:"source,omitempty"`
}

// CustomerAddress is as the OpenAPI document has it.
type CustomerAddress struct {
	City string `json:"city"`
	// ISO 3166-1 name or code
	Country string `json:"country"`
	// Such as c/o, the floor, the department
	More       string `json:"more,omitempty"`
	PostalCode string `json:"postal_code,omitempty"`
	Region     string `json:"region,omitempty"`
	// With the number, or a box
	Street string `json:"street,omitempty"`
}

// CustomerCompensation is as the OpenAPI document has it.
type CustomerCompensation struct {
	// In major units
	Amount string `json:"amount"`
	// ISO 4217
	Currency string `json:"currency"`
	// Reporting currency per unit of currency; needed where they differ
	Rate string `json:"rate,omitempty"`
}

// CustomerCompensationLimit is as the OpenAPI document has it.
type CustomerCompensationLimit struct {
	// Who grants; anybody, where nobody is given
	Actor string `json:"actor,omitempty"`
	// At most, in major units of the reporting currency
	Amount string `json:"amount"`
	// Of which department; any, where none is given
	Department string `json:"department,omitempty"`
	// Only once the case was escalated
	Escalated *bool `json:"escalated,omitempty"`
}

// CustomerEvidence is as the OpenAPI document has it.
type CustomerEvidence struct {
	// Name of a fact
	Fact string `json:"fact"`
	// What it was then
	Value string `json:"value"`
}

// CustomerExternalID is as the OpenAPI document has it.
type CustomerExternalID struct {
	ID     string `json:"id"`
	System string `json:"system"`
}

// CustomerInterviewAnswer is as the OpenAPI document has it.
type CustomerInterviewAnswer struct {
	Answer   string `json:"answer"`
	Question string `json:"question"`
}

// CustomerLine is as the OpenAPI document has it.
type CustomerLine struct {
	Category string `json:"category,omitempty"`
	// Price per unit before discount
	ListPrice string `json:"list_price,omitempty"`
	Name      string `json:"name,omitempty"`
	// Own use, gift, resale, …
	Purpose string `json:"purpose,omitempty"`
	// An exact decimal, as a string
	Quantity string `json:"quantity"`
	SKU      string `json:"sku"`
	// Cost of goods per unit
	UnitCost string `json:"unit_cost,omitempty"`
	// What was paid per unit
	UnitPrice string `json:"unit_price"`
}

// CustomerList is as the OpenAPI document has it.
type CustomerList struct {
	Customers []Customer `json:"customers"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// CustomerOutputBody is as the OpenAPI document has it.
type CustomerOutputBody struct {
	BusinessDate *string `json:"business_date"`
	Country      *string `json:"country"`
	Currency     *string `json:"currency"`
	CustomerID   string  `json:"customer_id"`
	ErasedOn     *string `json:"erased_on"`
	// What was asked for by expand, by the lists' names
	Expanded          CustomerOutputBodyExpanded `json:"expanded,omitempty"`
	ExternalIds       any                        `json:"external_ids"`
	FirstPurchaseOn   *string                    `json:"first_purchase_on"`
	Frequency         int64                      `json:"frequency"`
	GrossRevenueMinor int64                      `json:"gross_revenue_minor"`
	Interactions      int64                      `json:"interactions"`
	Kind              string                     `json:"kind"`
	LastContactOn     *string                    `json:"last_contact_on"`
	LastPurchaseOn    *string                    `json:"last_purchase_on"`
	Locale            *string                    `json:"locale"`
	Name              *string                    `json:"name"`
	NetRevenueMinor   int64                      `json:"net_revenue_minor"`
	Orders            int64                      `json:"orders"`
	PurchaseDays      int64                      `json:"purchase_days"`
	RecencyDays       *int64                     `json:"recency_days"`
	RegisteredOn      string                     `json:"registered_on"`
	Returns           int64                      `json:"returns"`
	ReturnsValueMinor int64                      `json:"returns_value_minor"`
	Revision          int64                      `json:"revision"`
	Segments          []string                   `json:"segments"`
	Stage             *string                    `json:"stage"`
	StageSince        *string                    `json:"stage_since"`
}

// CustomerOutputBodyExpanded: what was asked for by expand, by the lists' names
type CustomerOutputBodyExpanded struct {
	Addresses           *AddressList                `json:"addresses,omitempty"`
	Agreements          *AgreementList              `json:"agreements,omitempty"`
	Assets              *AssetList                  `json:"assets,omitempty"`
	Attributes          *AttributeList              `json:"attributes,omitempty"`
	Breakdowns          *BreakdownList              `json:"breakdowns,omitempty"`
	CampaignMemberships *CampaignMembershipList     `json:"campaign-memberships,omitempty"`
	Cases               *CaseList                   `json:"cases,omitempty"`
	Consents            *ConsentList                `json:"consents,omitempty"`
	ContactPoints       *ContactPointList           `json:"contact-points,omitempty"`
	Handovers           *HandoverList               `json:"handovers,omitempty"`
	Identities          *IdentityList               `json:"identities,omitempty"`
	Insights            *InsightList                `json:"insights,omitempty"`
	Interactions        *InteractionList            `json:"interactions,omitempty"`
	Interviews          *InterviewList              `json:"interviews,omitempty"`
	Leads               *LeadList                   `json:"leads,omitempty"`
	Maintenance         *MaintenanceList            `json:"maintenance,omitempty"`
	Merges              *MergeList                  `json:"merges,omitempty"`
	Messages            *CampaignMessageList        `json:"messages,omitempty"`
	Offers              *OfferList                  `json:"offers,omitempty"`
	Opportunities       *OpportunityList            `json:"opportunities,omitempty"`
	Orders              *OrderList                  `json:"orders,omitempty"`
	Points              *PointsAccount              `json:"points,omitempty"`
	PointsLots          *PointsLotList              `json:"points/lots,omitempty"`
	PointsMovements     *PointsMovementList         `json:"points/movements,omitempty"`
	Promises            *PromiseMadeList            `json:"promises,omitempty"`
	Purchases           *PurchaseList               `json:"purchases,omitempty"`
	Receivables         *ReceivableList             `json:"receivables,omitempty"`
	Recommendations     *CustomerRecommendationList `json:"recommendations,omitempty"`
	Referrals           *ReferralList               `json:"referrals,omitempty"`
	Relationships       *RelationshipList           `json:"relationships,omitempty"`
	Returns             *ReturnList                 `json:"returns,omitempty"`
	Roles               *CustomerRoleList           `json:"roles,omitempty"`
	Surveys             *SurveyList                 `json:"surveys,omitempty"`
	Testimonials        *TestimonialList            `json:"testimonials,omitempty"`
	Tier                *Tier                       `json:"tier,omitempty"`
}

// CustomerRecommendation is as the OpenAPI document has it.
type CustomerRecommendation struct {
	// what
	Action string `json:"action,omitempty"`
	// who recommended
	Actor *string `json:"actor,omitempty"`
	// business day on which it was accepted or dismissed
	AnsweredOn *string `json:"answered_on,omitempty"`
	// who should do it
	Assignee string `json:"assignee,omitempty"`
	// that is suggested; null where none is
	Category *string `json:"category,omitempty"`
	// for whom something should be done
	CustomerID string `json:"customer_id"`
	// that recommended
	Department *string `json:"department,omitempty"`
	// why it was dismissed
	DismissedBecause *string `json:"dismissed_because,omitempty"`
	// last business day before it is overdue
	DueOn string `json:"due_on,omitempty"`
	// what that rests on, a list of texts
	Evidence []string `json:"evidence,omitempty"`
	// ISO 4217
	ExpectedCurrency *string `json:"expected_currency,omitempty"`
	// expected value, minor units of expected_currency; null where it could not be told
	ExpectedMinor *int64 `json:"expected_minor,omitempty"`
	// the guidance that recommended it; null where a person did, as are all columns below
	Guidance *string `json:"guidance,omitempty"`
	// of its definition
	GuidanceVersion *int64 `json:"guidance_version,omitempty"`
	// when it was recommended
	IssuedAt time.Time `json:"issued_at,omitzero"`
	// business day
	IssuedOn string `json:"issued_on,omitempty"`
	// what counts as success: none, purchase, complaint_resolved, maintenance_performed, points_spent or contact
	Outcome *string `json:"outcome,omitempty"`
	// last business day on which it does; null where nothing does
	OutcomeUntil *string `json:"outcome_until,omitempty"`
	// its day was over before it was answered
	Overdue bool `json:"overdue,omitempty"`
	// place in the log of the fact that recommended it
	Position int64 `json:"position,omitempty"`
	// why
	Reason string `json:"reason,omitempty"`
	// the recommendation
	RecommendationID string `json:"recommendation_id"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// of the customer's stream: the fact that recommended it
	Revision int64 `json:"revision,omitempty"`
	// that the customer had entered
	Segment *string `json:"segment,omitempty"`
	// of its rule
	SegmentVersion *int64 `json:"segment_version,omitempty"`
	// open, accepted or dismissed; erased where it was open when the customer was erased
	State string `json:"state,omitempty"`
	// business day on which that stay began
	StayFrom *string `json:"stay_from,omitempty"`
}

// CustomerRecommendationList is as the OpenAPI document has it.
type CustomerRecommendationList struct {
	// Absent on the last page
	NextCursor      string                   `json:"next_cursor,omitempty"`
	Recommendations []CustomerRecommendation `json:"recommendations"`
}

// CustomerReturnLine is as the OpenAPI document has it.
type CustomerReturnLine struct {
	Name string `json:"name,omitempty"`
	// An exact decimal, as a string
	Quantity string `json:"quantity"`
	SKU      string `json:"sku"`
	// What was refunded per unit
	UnitPrice string `json:"unit_price"`
}

// CustomerRole is as the OpenAPI document has it.
type CustomerRole struct {
	// who recorded it
	Actor *string `json:"actor,omitempty"`
	// who
	CustomerID string `json:"customer_id"`
	// that recorded it
	Department *string `json:"department,omitempty"`
	// why it ended
	Reason *string `json:"reason,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit
	Role string `json:"role"`
	// first business day on which they had it
	ValidFrom string `json:"valid_from"`
	// first business day on which they did not any more; null while they have it
	ValidTo *string `json:"valid_to,omitempty"`
}

// CustomerRoleList is as the OpenAPI document has it.
type CustomerRoleList struct {
	// Absent on the last page
	NextCursor string         `json:"next_cursor,omitempty"`
	Roles      []CustomerRole `json:"roles"`
}

// CustomerServiceTarget is as the OpenAPI document has it.
type CustomerServiceTarget struct {
	// Seconds from when the case is opened, day and night
	FirstResponseS int64 `json:"first_response_s"`
	// Seconds from when the customer writes again
	NextResponseS int64 `json:"next_response_s"`
	// low, normal, high or urgent
	Priority string `json:"priority"`
	// Seconds from when the case is opened
	ResolutionS int64 `json:"resolution_s"`
	// question, incident, complaint or service; any, where none is given
	Type string `json:"type,omitempty"`
}

// CustomerServiceTerms is as the OpenAPI document has it.
type CustomerServiceTerms struct {
	// Limits; where none fits, nothing may be granted
	Compensation []CustomerCompensationLimit `json:"compensation"`
	// Days for which a complaint of the same category is a repeat
	RepeatDays int64 `json:"repeat_days"`
	// Every case needs one, and what is more pressing may not have to wait longer
	Targets []CustomerServiceTarget `json:"targets"`
}

// DeclareRelationship is as the OpenAPI document has it.
type DeclareRelationship struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What this customer is to the other: household, employee_of, parent_company_of, supplier_of, partner_of, influences, pays_for, represents or referred_by
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The other customer
	OtherID string `json:"other_id"`
	// Names the relationship; without it, one follows from the Idempotency-Key, or is new
	RelationshipID string `json:"relationship_id,omitempty"`
	// First day of it, if anybody knows
	Since string `json:"since,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// DeclareRelationshipAnswer is as the OpenAPI document has it.
type DeclareRelationshipAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	RelationshipID string `json:"relationship_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// DeclareRelationshipLine is as the OpenAPI document has it.
type DeclareRelationshipLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// What this customer is to the other: household, employee_of, parent_company_of, supplier_of, partner_of, influences, pays_for, represents or referred_by
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The other customer
	OtherID string `json:"other_id"`
	// Names the relationship; without it, one follows from the Idempotency-Key, or is new
	RelationshipID string `json:"relationship_id,omitempty"`
	// First day of it, if anybody knows
	Since string `json:"since,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// DefineGuidance is as the OpenAPI document has it.
type DefineGuidance struct {
	// What the colleague should do
	Action string `json:"action"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Who should do it: a person, or a role
	Assignee string `json:"assignee"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// Days in which it is not recommended again for the same customer
	CooldownDays int64 `json:"cooldown_days"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Days after which it is overdue
	DueDays int64 `json:"due_days"`
	// A number as a CEL expression over the facts, in major units of the reporting currency: 0.1 * avg_order_value
	ExpectedValue string `json:"expected_value,omitempty"`
	// On whose behalf: sales, service, marketing, …
	ForDepartment string `json:"for_department,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Name string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What counts as success: purchase, complaint_resolved, maintenance_performed, points_spent, contact or none
	Outcome string `json:"outcome"`
	// Days within which it does
	OutcomeDays *int64 `json:"outcome_days,omitempty"`
	// Why, as a sentence
	Reason string `json:"reason"`
	// A segment in force: whoever enters it
	Segment string `json:"segment"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// category: names the one that customers of the same favourite buy most above average, and this one does not; who has none is left out
	Suggests string `json:"suggests,omitempty"`
}

// DefineGuidanceAnswer is as the OpenAPI document has it.
type DefineGuidanceAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// DefineGuidanceLine is as the OpenAPI document has it.
type DefineGuidanceLine struct {
	// What the colleague should do
	Action string `json:"action"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Who should do it: a person, or a role
	Assignee string `json:"assignee"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// Days in which it is not recommended again for the same customer
	CooldownDays int64 `json:"cooldown_days"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Days after which it is overdue
	DueDays int64 `json:"due_days"`
	// A number as a CEL expression over the facts, in major units of the reporting currency: 0.1 * avg_order_value
	ExpectedValue string `json:"expected_value,omitempty"`
	// On whose behalf: sales, service, marketing, …
	ForDepartment  string `json:"for_department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Name string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What counts as success: purchase, complaint_resolved, maintenance_performed, points_spent, contact or none
	Outcome string `json:"outcome"`
	// Days within which it does
	OutcomeDays int64 `json:"outcome_days,omitempty"`
	// Why, as a sentence
	Reason string `json:"reason"`
	// A segment in force: whoever enters it
	Segment string `json:"segment"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// category: names the one that customers of the same favourite buy most above average, and this one does not; who has none is left out
	Suggests string `json:"suggests,omitempty"`
}

// DefineSegment is as the OpenAPI document has it.
type DefineSegment struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Name string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Such as recency_days <= 30 && net_revenue >= 1000.0
	Rule string `json:"rule"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	Title  string `json:"title,omitempty"`
}

// DefineSegmentAnswer is as the OpenAPI document has it.
type DefineSegmentAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// DefineSegmentLine is as the OpenAPI document has it.
type DefineSegmentLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Name string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Such as recency_days <= 30 && net_revenue >= 1000.0
	Rule string `json:"rule"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	Title  string `json:"title,omitempty"`
}

// DelistProduct is as the OpenAPI document has it.
type DelistProduct struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The product
	SKU string `json:"sku,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// DelistProductAnswer is as the OpenAPI document has it.
type DelistProductAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// DelistProductLine is as the OpenAPI document has it.
type DelistProductLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The product
	SKU string `json:"sku,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// DeliverOrder is as the OpenAPI document has it.
type DeliverOrder struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The order
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// DeliverOrderAnswer is as the OpenAPI document has it.
type DeliverOrderAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// DeliverOrderLine is as the OpenAPI document has it.
type DeliverOrderLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The order
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Delivery is as the OpenAPI document has it.
type Delivery struct {
	Dead            int64      `json:"dead"`
	Delivered       int64      `json:"delivered"`
	DeliveredAt     *time.Time `json:"delivered_at"`
	FailingSince    *time.Time `json:"failing_since"`
	LastError       *string    `json:"last_error"`
	OldestWaitingAt *time.Time `json:"oldest_waiting_at"`
	Position        int64      `json:"position"`
	Superseded      int64      `json:"superseded"`
	Waiting         int64      `json:"waiting"`
}

// Difference is as the OpenAPI document has it.
type Difference struct {
	Entered      []Belonging   `json:"entered"`
	Entries      []Entry       `json:"entries"`
	EntriesGone  []Entry       `json:"entries_gone"`
	EntriesTotal int64         `json:"entries_total"`
	Facts        []Change      `json:"facts"`
	Figures      []Change      `json:"figures"`
	From         Moment        `json:"from"`
	Left         []Belonging   `json:"left"`
	NextCursor   string        `json:"next_cursor,omitempty"`
	Rules        []RuleChanged `json:"rules"`
	Standing     []Change      `json:"standing"`
	To           Moment        `json:"to"`
	Value        []Change      `json:"value"`
}

// DismissRecommendation is as the OpenAPI document has it.
type DismissRecommendation struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why not
	Reason string `json:"reason"`
	// The recommendation that is not followed
	RecommendationID string `json:"recommendation_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// DismissRecommendationAnswer is as the OpenAPI document has it.
type DismissRecommendationAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// DismissRecommendationLine is as the OpenAPI document has it.
type DismissRecommendationLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why not
	Reason string `json:"reason"`
	// The recommendation that is not followed
	RecommendationID string `json:"recommendation_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// EarnPoints is as the OpenAPI document has it.
type EarnPoints struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which they can be spent; for ever without it
	ExpiresOn string `json:"expires_on,omitempty"`
	// What earns them
	For string `json:"for,omitempty"`
	// Names the lot; without it, one follows from the Idempotency-Key, or is new
	LotID string `json:"lot_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// How many
	Points int64 `json:"points"`
	// The purchase that earns them
	PurchaseID string `json:"purchase_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// EarnPointsAnswer is as the OpenAPI document has it.
type EarnPointsAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	LotID string `json:"lot_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// EarnPointsLine is as the OpenAPI document has it.
type EarnPointsLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which they can be spent; for ever without it
	ExpiresOn string `json:"expires_on,omitempty"`
	// What earns them
	For            string `json:"for,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Names the lot; without it, one follows from the Idempotency-Key, or is new
	LotID string `json:"lot_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// How many
	Points int64 `json:"points"`
	// The purchase that earns them
	PurchaseID string `json:"purchase_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// EndAgreement is as the OpenAPI document has it.
type EndAgreement struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The agreement that ended before its last day
	AgreementID string `json:"agreement_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// EndAgreementAnswer is as the OpenAPI document has it.
type EndAgreementAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// EndAgreementLine is as the OpenAPI document has it.
type EndAgreementLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The agreement that ended before its last day
	AgreementID string `json:"agreement_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// EndRelationship is as the OpenAPI document has it.
type EndRelationship struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// What the customer is to another one no more
	RelationshipID string `json:"relationship_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// EndRelationshipAnswer is as the OpenAPI document has it.
type EndRelationshipAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// EndRelationshipLine is as the OpenAPI document has it.
type EndRelationshipLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// What the customer is to another one no more
	RelationshipID string `json:"relationship_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// EndRole is as the OpenAPI document has it.
type EndRole struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// What the customer is to us no more
	Role string `json:"role"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// EndRoleAnswer is as the OpenAPI document has it.
type EndRoleAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// EndRoleLine is as the OpenAPI document has it.
type EndRoleLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// What the customer is to us no more
	Role string `json:"role"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Entry is as the OpenAPI document has it.
type Entry struct {
	CorrectedBy int64     `json:"corrected_by,omitempty"`
	CustomerID  string    `json:"customer_id"`
	Data        any       `json:"data"`
	EventID     string    `json:"event_id"`
	Metadata    any       `json:"metadata"`
	OccurredAt  time.Time `json:"occurred_at"`
	Position    int64     `json:"position"`
	RecordedAt  time.Time `json:"recorded_at"`
	Revision    int64     `json:"revision"`
	Summary     string    `json:"summary"`
	Type        string    `json:"type"`
	VoidedBy    int64     `json:"voided_by,omitempty"`
}

// EraseCustomer is as the OpenAPI document has it.
type EraseCustomer struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why, as a code that is no personal data: it stays
	Reason string `json:"reason"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// EraseCustomerAnswer is as the OpenAPI document has it.
type EraseCustomerAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// EraseCustomerLine is as the OpenAPI document has it.
type EraseCustomerLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why, as a code that is no personal data: it stays
	Reason string `json:"reason"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Erasure is as the OpenAPI document has it.
type Erasure struct {
	CustomerID     string     `json:"customer_id"`
	ErasedOn       string     `json:"erased_on"`
	FilesCleanedAt *time.Time `json:"files_cleaned_at"`
	KeyDestroyedAt *time.Time `json:"key_destroyed_at"`
	Position       int64      `json:"position"`
	Reason         string     `json:"reason"`
	SurvivorID     *string    `json:"survivor_id"`
}

// EscalateCase is as the OpenAPI document has it.
type EscalateCase struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// A person, a team or a level
	To string `json:"to"`
}

// EscalateCaseAnswer is as the OpenAPI document has it.
type EscalateCaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// EscalateCaseLine is as the OpenAPI document has it.
type EscalateCaseLine struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// A person, a team or a level
	To string `json:"to"`
}

// Event is as the OpenAPI document has it.
type Event struct {
	Actor   string `json:"actor,omitempty"`
	Channel string `json:"channel,omitempty"`
	// The command that led to it
	CommandID string `json:"command_id"`
	// What it belongs to: the X-Request-Id by which the command came, or what follows from that
	CorrelationID string `json:"correlation_id"`
	// Whose stream it stands in; null where it is of no customer
	CustomerID *string `json:"customer_id"`
	// The event, as docs/events.md describes it; what is personal in it is empty. Null where this server does not know the type
	Data       map[string]any `json:"data"`
	Department string         `json:"department,omitempty"`
	ID         string         `json:"id"`
	OccurredAt time.Time      `json:"occurred_at"`
	// The absorbed customer whose thing it concerns; null where there is none
	Of *string `json:"of"`
	// Its place in the log, to follow from
	Position   int64     `json:"position"`
	RecordedAt time.Time `json:"recorded_at"`
	// Its place in the stream
	Revision int64  `json:"revision"`
	Source   string `json:"source,omitempty"`
	Stream   string `json:"stream"`
	Type     string `json:"type"`
}

// EventPage is as the OpenAPI document has it.
type EventPage struct {
	// Nothing more was there
	CaughtUp bool    `json:"caught_up"`
	Events   []Event `json:"events"`
	// Follow from here
	Position int64 `json:"position"`
}

// EventProofOutputBody is as the OpenAPI document has it.
type EventProofOutputBody struct {
	Event EventStruct `json:"event"`
	Head  HeadAnswer  `json:"head"`
	// Hash of all of the event, base64
	Leaf string `json:"leaf"`
	// Hashes that lead from the leaf to the root, base64
	Path []string `json:"path"`
}

// EventStruct is as the OpenAPI document has it.
type EventStruct struct {
	// As the log has it, base64
	Data    string `json:"data"`
	EventID string `json:"event_id"`
	// As the log has it, base64
	Metadata string `json:"metadata"`
	// Which leaf of the tree it is, from 0
	Ordinal    int64     `json:"ordinal"`
	Position   int64     `json:"position"`
	RecordedAt time.Time `json:"recorded_at"`
	Revision   int64     `json:"revision"`
	Stream     string    `json:"stream"`
	Type       string    `json:"type"`
}

// Explanation is as the OpenAPI document has it.
type Explanation struct {
	Because      RulesPart `json:"because"`
	Belongs      bool      `json:"belongs"`
	BusinessDate string    `json:"business_date"`
	CustomerID   string    `json:"customer_id"`
	Position     int64     `json:"position"`
	Rule         string    `json:"rule"`
	Segment      string    `json:"segment"`
	Since        *string   `json:"since"`
	Version      int64     `json:"version"`
}

// Fact is as the OpenAPI document has it.
type Fact struct {
	Doc string `json:"doc"`
	// As rules write it; N stands for a number of days
	Name string `json:"name"`
	Type string `json:"type"`
	Unit string `json:"unit,omitempty"`
}

// FactsOutputBody is as the OpenAPI document has it.
type FactsOutputBody struct {
	Facts []Fact `json:"facts"`
}

// Failure is as the OpenAPI document has it.
type Failure struct {
	Error    string    `json:"error"`
	FailedAt time.Time `json:"failed_at"`
	Position int64     `json:"position"`
	Status   string    `json:"status"`
	Stream   string    `json:"stream"`
	Type     string    `json:"type"`
}

// FailuresOutputBody is as the OpenAPI document has it.
type FailuresOutputBody struct {
	Failures []Failure `json:"failures"`
}

// Fault is as the OpenAPI document has it.
type Fault struct {
	// What is wrong with it, for programs
	Code string `json:"code,omitempty"`
	// In body, path, query or header
	Location string `json:"location"`
	Message  string `json:"message"`
}

// FillStatus is as the OpenAPI document has it.
type FillStatus struct {
	Changes       int64     `json:"changes"`
	Customers     int64     `json:"customers"`
	CustomersDone int64     `json:"customers_done"`
	StartedAt     time.Time `json:"started_at"`
}

// Finding is as the OpenAPI document has it.
type Finding struct {
	Detail string `json:"detail"`
	Kind   string `json:"kind"`
	// Log position of the event, where it is about one
	Position int64 `json:"position,omitempty"`
	// Log position of the last event that may be concerned, where it is a run of them
	Until int64 `json:"until,omitempty"`
}

// FitValueModel is as the OpenAPI document has it.
type FitValueModel struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last days on which to test it; a third of those since the first purchase, at most 273, where it is not given, none for 0
	HoldoutDays *int64 `json:"holdout_days,omitempty"`
	// bg_nbd, mbg_nbd or pareto_nbd; bg_nbd where it is not given
	Model string `json:"model,omitempty"`
	// By how much less a purchase a month later is worth; 0.01 where it is not given
	MonthlyDiscount *float64 `json:"monthly_discount,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// FitValueModelAnswer is as the OpenAPI document has it.
type FitValueModelAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// FitValueModelLine is as the OpenAPI document has it.
type FitValueModelLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last days on which to test it; a third of those since the first purchase, at most 273, where it is not given, none for 0
	HoldoutDays    int64  `json:"holdout_days,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// bg_nbd, mbg_nbd or pareto_nbd; bg_nbd where it is not given
	Model string `json:"model,omitempty"`
	// By how much less a purchase a month later is worth; 0.01 where it is not given
	MonthlyDiscount float64 `json:"monthly_discount,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Foreign is as the OpenAPI document has it.
type Foreign struct {
	// How many there are: they are passed over
	Events int64 `json:"events"`
	// Some of the streams that they stand in, the newest first
	Streams []string `json:"streams"`
}

// GapsOutputBody is as the OpenAPI document has it.
type GapsOutputBody struct {
	Gaps []AcceptedGap `json:"gaps"`
}

// GiveTestimonial is as the OpenAPI document has it.
type GiveTestimonial struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Names the recommendation; without it, one follows from the Idempotency-Key, or is new
	TestimonialID string `json:"testimonial_id,omitempty"`
	// What the customer said
	Text string `json:"text,omitempty"`
	// Where: a review site, a fair, a newspaper, …
	Where string `json:"where"`
}

// GiveTestimonialAnswer is as the OpenAPI document has it.
type GiveTestimonialAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
	// Present where it was made here
	TestimonialID string `json:"testimonial_id,omitempty"`
}

// GiveTestimonialLine is as the OpenAPI document has it.
type GiveTestimonialLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Names the recommendation; without it, one follows from the Idempotency-Key, or is new
	TestimonialID string `json:"testimonial_id,omitempty"`
	// What the customer said
	Text string `json:"text,omitempty"`
	// Where: a review site, a fair, a newspaper, …
	Where string `json:"where"`
}

// GrantConsent is as the OpenAPI document has it.
type GrantConsent struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it holds; without it, it holds until it is withdrawn
	ExpiresOn string `json:"expires_on,omitempty"`
	// consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests
	LegalBasis string `json:"legal_basis"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What for: marketing, profiling, …
	Purpose string `json:"purpose"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Version of the text by which they were asked
	TextVersion string `json:"text_version"`
	// The channel by which they may be addressed: email, sms, phone, post, …
	Through string `json:"through"`
}

// GrantConsentAnswer is as the OpenAPI document has it.
type GrantConsentAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// GrantConsentLine is as the OpenAPI document has it.
type GrantConsentLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it holds; without it, it holds until it is withdrawn
	ExpiresOn      string `json:"expires_on,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests
	LegalBasis string `json:"legal_basis"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What for: marketing, profiling, …
	Purpose string `json:"purpose"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Version of the text by which they were asked
	TextVersion string `json:"text_version"`
	// The channel by which they may be addressed: email, sms, phone, post, …
	Through string `json:"through"`
}

// GuidanceInForce is as the OpenAPI document has it.
type GuidanceInForce struct {
	AcceptanceRate *float64 `json:"acceptance_rate"`
	Accepted       int64    `json:"accepted"`
	Action         string   `json:"action"`
	Assignee       string   `json:"assignee"`
	CooldownDays   int64    `json:"cooldown_days"`
	Dismissed      int64    `json:"dismissed"`
	DueDays        int64    `json:"due_days"`
	ExpectedMinor  int64    `json:"expected_minor"`
	ExpectedValue  *string  `json:"expected_value"`
	ForDepartment  *string  `json:"for_department"`
	Guidance       string   `json:"guidance"`
	Issued         int64    `json:"issued"`
	Measured       int64    `json:"measured"`
	Open           int64    `json:"open"`
	Outcome        string   `json:"outcome"`
	OutcomeDays    int64    `json:"outcome_days"`
	Overdue        int64    `json:"overdue"`
	Reason         string   `json:"reason"`
	RevenueMinor   int64    `json:"revenue_minor"`
	Segment        string   `json:"segment"`
	Since          string   `json:"since"`
	Status         string   `json:"status"`
	SuccessRate    *float64 `json:"success_rate"`
	Successes      int64    `json:"successes"`
	Suggests       *string  `json:"suggests"`
	Version        int64    `json:"version"`
}

// HandOver is as the OpenAPI document has it.
type HandOver struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The department that gives
	From string `json:"from"`
	// Names the hand-over; without it, one follows from the Idempotency-Key, or is new
	HandoverID string `json:"handover_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The department that is to take
	To string `json:"to"`
	// The work
	What string `json:"what"`
}

// HandOverAnswer is as the OpenAPI document has it.
type HandOverAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	HandoverID string `json:"handover_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// HandOverLine is as the OpenAPI document has it.
type HandOverLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The department that gives
	From string `json:"from"`
	// Names the hand-over; without it, one follows from the Idempotency-Key, or is new
	HandoverID     string `json:"handover_id,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The department that is to take
	To string `json:"to"`
	// The work
	What string `json:"what"`
}

// Handover is as the OpenAPI document has it.
type Handover struct {
	// when it was taken; null while it waits
	AcceptedAt *time.Time `json:"accepted_at,omitempty"`
	// on whom the work is
	CustomerID string `json:"customer_id"`
	// business day on which the customer was erased before it was taken
	ErasedOn *string `json:"erased_on,omitempty"`
	// who gave
	FromDepartment string `json:"from_department,omitempty"`
	// when it was given
	HandedOverAt time.Time `json:"handed_over_at,omitzero"`
	// the hand-over
	HandoverID string `json:"handover_id"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// who is to take
	ToDepartment string `json:"to_department,omitempty"`
	// the work
	What string `json:"what,omitempty"`
}

// HandoverList is as the OpenAPI document has it.
type HandoverList struct {
	Handovers []Handover `json:"handovers"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// HeadAnswer is as the OpenAPI document has it.
type HeadAnswer struct {
	// The signed note that says all this: keep it where nobody can change it who could change the log
	Note string `json:"note"`
	// Log position of the newest of them
	Position int64 `json:"position"`
	// Hash of the Merkle tree over them (RFC 6962, SHA-256), base64
	Root     string    `json:"root"`
	SignedAt time.Time `json:"signed_at"`
	// How many events the log had
	Size int64 `json:"size"`
}

// HeadsOutputBody is as the OpenAPI document has it.
type HeadsOutputBody struct {
	Heads []HeadAnswer `json:"heads"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// HealthOutputBody is as the OpenAPI document has it.
type HealthOutputBody struct {
	Status string `json:"status"`
}

// Held is as the OpenAPI document has it.
type Held struct {
	CustomerID string         `json:"customer_id"`
	Evidence   map[string]any `json:"evidence"`
}

// History is as the OpenAPI document has it.
type History struct {
	AcquisitionCampaign  *string              `json:"acquisition_campaign"`
	AcquisitionSource    *string              `json:"acquisition_source"`
	ArchivedOn           *string              `json:"archived_on"`
	AvgInterpurchaseDays *float64             `json:"avg_interpurchase_days"`
	AvgOrderValueMinor   *float64             `json:"avg_order_value_minor"`
	BusinessDate         string               `json:"business_date"`
	Country              *string              `json:"country"`
	Currency             *string              `json:"currency"`
	CustomerID           string               `json:"customer_id"`
	Entries              []Entry              `json:"entries"`
	EntriesTotal         int64                `json:"entries_total"`
	ErasedOn             *string              `json:"erased_on"`
	Evidence             map[string]any       `json:"evidence,omitempty"`
	ExternalIds          []CustomerExternalID `json:"external_ids"`
	Facts                map[string]any       `json:"facts"`
	FirstPurchaseOn      *string              `json:"first_purchase_on"`
	Frequency            int64                `json:"frequency"`
	GrossRevenueMinor    int64                `json:"gross_revenue_minor"`
	Interactions         int64                `json:"interactions"`
	Kind                 *string              `json:"kind"`
	LastContactOn        *string              `json:"last_contact_on"`
	LastEventOn          *string              `json:"last_event_on"`
	LastPurchaseOn       *string              `json:"last_purchase_on"`
	Locale               *string              `json:"locale"`
	MarginMinor          *int64               `json:"margin_minor"`
	MonetaryValueMinor   *float64             `json:"monetary_value_minor"`
	Name                 *string              `json:"name"`
	NetRevenueMinor      int64                `json:"net_revenue_minor"`
	NextCursor           string               `json:"next_cursor,omitempty"`
	Orders               int64                `json:"orders"`
	PolicyVersion        *int64               `json:"policy_version"`
	Position             int64                `json:"position"`
	PurchaseDays         int64                `json:"purchase_days"`
	RecencyDays          *int64               `json:"recency_days"`
	RegisteredOn         *string              `json:"registered_on"`
	Returns              int64                `json:"returns"`
	ReturnsValueMinor    int64                `json:"returns_value_minor"`
	Revision             int64                `json:"revision"`
	Rules                InForce              `json:"rules"`
	Segments             []Belonging          `json:"segments"`
	Stage                *string              `json:"stage"`
	StageReason          *string              `json:"stage_reason"`
	StageSince           *string              `json:"stage_since"`
	StandsFor            []string             `json:"stands_for"`
	TAge                 *int64               `json:"t_age"`
	TX                   *int64               `json:"t_x"`
	Tier                 *BelievedTier        `json:"tier"`
	TimeZone             string               `json:"time_zone"`
	Value                *BelievedValue       `json:"value"`
}

// HoldInterview is as the OpenAPI document has it.
type HoldInterview struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The questions, each with its answer
	Answers []CustomerInterviewAnswer `json:"answers"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// How long it took, in seconds
	DurationS *int64 `json:"duration_s,omitempty"`
	// Names the interview; without it, one follows from the Idempotency-Key, or is new
	InterviewID string `json:"interview_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What it was about, in the same words for interviews that are to be compared
	Topic string `json:"topic"`
}

// HoldInterviewAnswer is as the OpenAPI document has it.
type HoldInterviewAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	InterviewID string `json:"interview_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// HoldInterviewLine is as the OpenAPI document has it.
type HoldInterviewLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The questions, each with its answer
	Answers []CustomerInterviewAnswer `json:"answers"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// How long it took, in seconds
	DurationS      int64  `json:"duration_s,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Names the interview; without it, one follows from the Idempotency-Key, or is new
	InterviewID string `json:"interview_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What it was about, in the same words for interviews that are to be compared
	Topic string `json:"topic"`
}

// Horizon is as the OpenAPI document has it.
type Horizon struct {
	CLVMinor          float64 `json:"clv_minor"`
	Days              int64   `json:"days"`
	ExpectedPurchases float64 `json:"expected_purchases"`
}

// Identity is as the OpenAPI document has it.
type Identity struct {
	// who
	CustomerID string `json:"customer_id"`
	// email, phone or external
	Kind string `json:"kind"`
	// business day on which it was linked, the last time
	LinkedOn string `json:"linked_on,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// the system of an external id; empty for the others
	System string `json:"system"`
	// business day on which it was unlinked; null while it is linked
	UnlinkedOn *string `json:"unlinked_on,omitempty"`
	// in normal form: addresses in lower case, numbers without punctuation
	Value string `json:"value"`
}

// IdentityList is as the OpenAPI document has it.
type IdentityList struct {
	Identities []Identity `json:"identities"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// InForce is as the OpenAPI document has it.
type InForce struct {
	Policies   map[string]RuleVersion `json:"policies"`
	Segments   map[string]RuleVersion `json:"segments"`
	ValueModel *RuleVersion           `json:"value_model"`
}

// Insight is as the OpenAPI document has it.
type Insight struct {
	// who concluded it
	Actor *string `json:"actor,omitempty"`
	// how sure they are, from 0 to 1
	Confidence string `json:"confidence,omitempty"`
	// about whom
	CustomerID string `json:"customer_id"`
	// that concluded it
	Department *string `json:"department,omitempty"`
	// the insight
	InsightID string `json:"insight_id"`
	// need, habit, risk, …
	Kind *string `json:"kind,omitempty"`
	// what it rests on beside events, a list of texts
	Links []string `json:"links,omitempty"`
	// why it was retracted
	Reason *string `json:"reason,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// business day of the conclusion
	RecordedOn string `json:"recorded_on,omitempty"`
	// business day on which it was retracted; null while it stands
	RetractedOn *string `json:"retracted_on,omitempty"`
	// what was concluded
	Statement string `json:"statement,omitempty"`
}

// InsightList is as the OpenAPI document has it.
type InsightList struct {
	Insights []Insight `json:"insights"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// InstallAsset is as the OpenAPI document has it.
type InstallAsset struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Names the asset; without it, one follows from the Idempotency-Key, or is new
	AssetID string `json:"asset_id,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Its age counts from this day
	InstalledOn string `json:"installed_on"`
	// What it is
	Model string `json:"model"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// As the maker numbers it
	Serial string `json:"serial,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// InstallAssetAnswer is as the OpenAPI document has it.
type InstallAssetAnswer struct {
	// Present where it was made here
	AssetID    string `json:"asset_id,omitempty"`
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// InstallAssetLine is as the OpenAPI document has it.
type InstallAssetLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Names the asset; without it, one follows from the Idempotency-Key, or is new
	AssetID string `json:"asset_id,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Its age counts from this day
	InstalledOn string `json:"installed_on"`
	// What it is
	Model string `json:"model"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// As the maker numbers it
	Serial string `json:"serial,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Interaction is as the OpenAPI document has it.
type Interaction struct {
	// who of us
	Actor *string `json:"actor,omitempty"`
	// through which
	Channel *string `json:"channel,omitempty"`
	// with whom
	CustomerID string `json:"customer_id"`
	// whose
	Department *string `json:"department,omitempty"`
	// inbound: the customer sought it; outbound: we did
	Direction string `json:"direction,omitempty"`
	// how long, s; 0 where it has no length
	DurationS int64 `json:"duration_s,omitempty"`
	// the contact
	InteractionID string `json:"interaction_id"`
	// email, call, meeting, …
	Kind string `json:"kind,omitempty"`
	// when
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// on which business day
	OccurredOn string `json:"occurred_on,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// what about
	Subject *string `json:"subject,omitempty"`
}

// InteractionList is as the OpenAPI document has it.
type InteractionList struct {
	Interactions []Interaction `json:"interactions"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// Interview is as the OpenAPI document has it.
type Interview struct {
	Answers []InterviewAnswer `json:"answers,omitempty"`
	// who was asked
	CustomerID string `json:"customer_id"`
	// whose
	Department *string `json:"department,omitempty"`
	// business day of the interview
	HeldOn string `json:"held_on,omitempty"`
	// the interview
	InterviewID string `json:"interview_id"`
	// who asked
	Interviewer *string `json:"interviewer,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// what the interview was about
	Topic string `json:"topic,omitempty"`
}

// InterviewAnswer: what customers said in interviews: a row for each question.
type InterviewAnswer struct {
	// what was said; null where nothing was
	Answer *string `json:"answer"`
	// of the question within the interview, from 1
	Number int64 `json:"number"`
	// what was asked
	Question string `json:"question"`
}

// InterviewList is as the OpenAPI document has it.
type InterviewList struct {
	Interviews []Interview `json:"interviews"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// IssueInputBody is as the OpenAPI document has it.
type IssueInputBody struct {
	// From when on it is good no more, within ten years; never without it
	ExpiresAt time.Time `json:"expires_at,omitzero"`
	// Whose it is: the actor of commands that name none
	Name string `json:"name"`
	// app, analyst, auditor or admin; the first token is an admin's
	Role string `json:"role"`
}

// IssueOutputBody is as the OpenAPI document has it.
type IssueOutputBody struct {
	// What its owner sends as Authorization: Bearer. It is told this once
	Token string `json:"token"`
	// By which it can be revoked
	TokenID string `json:"token_id"`
}

// IssueRecommendation is as the OpenAPI document has it.
type IssueRecommendation struct {
	// What
	Action string `json:"action"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Who should do it
	Assignee string `json:"assignee"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day before it is overdue
	DueOn string `json:"due_on"`
	// What that rests on
	Evidence []string `json:"evidence,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason"`
	// Names the recommendation; without it, one follows from the Idempotency-Key, or is new
	RecommendationID string `json:"recommendation_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// IssueRecommendationAnswer is as the OpenAPI document has it.
type IssueRecommendationAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	RecommendationID string `json:"recommendation_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// IssueRecommendationLine is as the OpenAPI document has it.
type IssueRecommendationLine struct {
	// What
	Action string `json:"action"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Who should do it
	Assignee string `json:"assignee"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day before it is overdue
	DueOn string `json:"due_on"`
	// What that rests on
	Evidence       []string `json:"evidence,omitempty"`
	IdempotencyKey string   `json:"idempotency_key,omitempty"`
	IfRevision     int64    `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason"`
	// Names the recommendation; without it, one follows from the Idempotency-Key, or is new
	RecommendationID string `json:"recommendation_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ItemOfQuestionnaire: what each version of a questionnaire asks.
type ItemOfQuestionnaire struct {
	// what it belongs to: reliability, trust, …
	Dimension *string `json:"dimension"`
	// the item's name
	Item string `json:"item"`
	// highest answer
	Max int64 `json:"max"`
	// lowest answer
	Min int64 `json:"min"`
	// it may be left out
	Optional bool `json:"optional"`
	// where it stands, from 1
	Place int64 `json:"place"`
	// its text
	Question *string `json:"question"`
}

// KeepPromise is as the OpenAPI document has it.
type KeepPromise struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The promise that was kept
	PromiseID string `json:"promise_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// KeepPromiseAnswer is as the OpenAPI document has it.
type KeepPromiseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// KeepPromiseLine is as the OpenAPI document has it.
type KeepPromiseLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The promise that was kept
	PromiseID string `json:"promise_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// LadderOutputBody is as the OpenAPI document has it.
type LadderOutputBody struct {
	Ladder      PolicyLadder `json:"ladder"`
	PublishedAt time.Time    `json:"published_at"`
	Version     int64        `json:"version"`
}

// LaunchCampaign is as the OpenAPI document has it.
type LaunchCampaign struct {
	// Who did it
	Actor    string `json:"actor,omitempty"`
	Campaign string `json:"campaign,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// LaunchCampaignAnswer is as the OpenAPI document has it.
type LaunchCampaignAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// LaunchCampaignLine is as the OpenAPI document has it.
type LaunchCampaignLine struct {
	// Who did it
	Actor    string `json:"actor,omitempty"`
	Campaign string `json:"campaign,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Lead is as the OpenAPI document has it.
type Lead struct {
	// when sales took it over
	AcceptedAt *time.Time `json:"accepted_at,omitempty"`
	// that caused it
	Campaign *string `json:"campaign,omitempty"`
	// when it was captured
	CapturedAt time.Time `json:"captured_at,omitzero"`
	// on which business day
	CapturedOn string `json:"captured_on,omitempty"`
	// who may want something
	CustomerID string `json:"customer_id"`
	// that captured it
	Department *string `json:"department,omitempty"`
	// hours from qualification until sales took it over
	HandoverHours *float64 `json:"handover_hours,omitempty"`
	// what the customer may want
	Interest *string `json:"interest,omitempty"`
	// the lead
	LeadID string `json:"lead_id"`
	// that it became
	OpportunityID *string `json:"opportunity_id,omitempty"`
	// who works on it
	Owner *string `json:"owner,omitempty"`
	// hours from capture to qualification
	QualificationHours *float64 `json:"qualification_hours,omitempty"`
	// when it was found worth the work of sales
	QualifiedAt *time.Time `json:"qualified_at,omitempty"`
	// why
	QualifiedBecause *string `json:"qualified_because,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// when it was rejected
	RejectedAt *time.Time `json:"rejected_at,omitempty"`
	// why
	RejectedBecause *string `json:"rejected_because,omitempty"`
	// how good it is, 0 to 100; null where nobody said
	Score *int64 `json:"score,omitempty"`
	// what it came by
	Source string `json:"source,omitempty"`
	// how far it is; erased where it was open when the customer was erased
	Status string `json:"status,omitempty"`
}

// LeadList is as the OpenAPI document has it.
type LeadList struct {
	Leads []Lead `json:"leads"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// LeavesOutputBody is as the OpenAPI document has it.
type LeavesOutputBody struct {
	// Hashes of the events in their order, base64
	Leaves []string `json:"leaves"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// Letter is as the OpenAPI document has it.
type Letter struct {
	Attempts      int64      `json:"attempts"`
	Error         *string    `json:"error"`
	ID            string     `json:"id"`
	NextAttemptAt *time.Time `json:"next_attempt_at"`
	Position      int64      `json:"position"`
	Since         time.Time  `json:"since"`
	Status        string     `json:"status"`
	Subject       string     `json:"subject"`
	Type          string     `json:"type"`
}

// LettersOutputBody is as the OpenAPI document has it.
type LettersOutputBody struct {
	Letters []Letter `json:"letters"`
}

// LinkIdentity is as the OpenAPI document has it.
type LinkIdentity struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// email, phone or external
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The other system, for an external id
	System string `json:"system,omitempty"`
	// The address, the international number, or the id
	Value string `json:"value"`
}

// LinkIdentityAnswer is as the OpenAPI document has it.
type LinkIdentityAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// LinkIdentityLine is as the OpenAPI document has it.
type LinkIdentityLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// email, phone or external
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The other system, for an external id
	System string `json:"system,omitempty"`
	// The address, the international number, or the id
	Value string `json:"value"`
}

// ListProduct is as the OpenAPI document has it.
type ListProduct struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What it belongs to
	Category string `json:"category,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// ISO 4217 code of price and cost
	Currency string `json:"currency"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What it is called
	Name string `json:"name"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Per unit, before discounts
	Price string `json:"price"`
	// Names the good or service, as the lines of purchases do
	SKU string `json:"sku,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Cost of goods per unit
	UnitCost string `json:"unit_cost,omitempty"`
}

// ListProductAnswer is as the OpenAPI document has it.
type ListProductAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ListProductLine is as the OpenAPI document has it.
type ListProductLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What it belongs to
	Category string `json:"category,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// ISO 4217 code of price and cost
	Currency string `json:"currency"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// What it is called
	Name string `json:"name"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Per unit, before discounts
	Price string `json:"price"`
	// Names the good or service, as the lines of purchases do
	SKU string `json:"sku,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Cost of goods per unit
	UnitCost string `json:"unit_cost,omitempty"`
}

// LogVerification is as the OpenAPI document has it.
type LogVerification struct {
	Events   int64    `json:"events"`
	Problem  *Problem `json:"problem,omitempty"`
	Report   *Report  `json:"report,omitempty"`
	Verifier string   `json:"verifier,omitempty"`
}

// LoseOpportunity is as the OpenAPI document has it.
type LoseOpportunity struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// To whom it was lost
	Competitor string `json:"competitor,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity
	OpportunityID string `json:"opportunity_id"`
	// Why it was lost
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// LoseOpportunityAnswer is as the OpenAPI document has it.
type LoseOpportunityAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// LoseOpportunityLine is as the OpenAPI document has it.
type LoseOpportunityLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// To whom it was lost
	Competitor string `json:"competitor,omitempty"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity
	OpportunityID string `json:"opportunity_id"`
	// Why it was lost
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Maintenance is as the OpenAPI document has it.
type Maintenance struct {
	// who performed it
	Actor *string `json:"actor,omitempty"`
	// the asset
	AssetID string `json:"asset_id,omitempty"`
	// what it repaired
	BreakdownID *string `json:"breakdown_id,omitempty"`
	// what is worked on
	Component string `json:"component,omitempty"`
	// where the asset stands
	CustomerID string `json:"customer_id"`
	// that performed it
	Department *string `json:"department,omitempty"`
	// last business day on which it is in time; null where it was not planned
	DueOn *string `json:"due_on,omitempty"`
	// of what was performed: preventive, or reactive for a breakdown
	Kind *string `json:"kind,omitempty"`
	// it was missed, whatever came after
	Late bool `json:"late,omitempty"`
	// the work
	MaintenanceID string `json:"maintenance_id"`
	// when it was performed
	PerformedAt *time.Time `json:"performed_at,omitempty"`
	// on which business day
	PerformedOn *string `json:"performed_on,omitempty"`
	// business day on which it was planned; null where it was not
	PlannedOn *string `json:"planned_on,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// planned, missed, performed or cancelled; erased where it was before us when the customer was erased
	State string `json:"state,omitempty"`
}

// MaintenanceList is as the OpenAPI document has it.
type MaintenanceList struct {
	Maintenance []Maintenance `json:"maintenance"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// MakePromise is as the OpenAPI document has it.
type MakePromise struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it can be kept
	DueOn string `json:"due_on"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the promise; without it, one follows from the Idempotency-Key, or is new
	PromiseID string `json:"promise_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What was promised
	What string `json:"what"`
}

// MakePromiseAnswer is as the OpenAPI document has it.
type MakePromiseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	PromiseID string `json:"promise_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// MakePromiseLine is as the OpenAPI document has it.
type MakePromiseLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it can be kept
	DueOn          string `json:"due_on"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the promise; without it, one follows from the Idempotency-Key, or is new
	PromiseID string `json:"promise_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What was promised
	What string `json:"what"`
}

// MakeReferral is as the OpenAPI document has it.
type MakeReferral struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the referral; without it, one follows from the Idempotency-Key, or is new
	ReferralID string `json:"referral_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// By what means: link, card, word of mouth, …
	Via string `json:"via,omitempty"`
}

// MakeReferralAnswer is as the OpenAPI document has it.
type MakeReferralAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	ReferralID string `json:"referral_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// MakeReferralLine is as the OpenAPI document has it.
type MakeReferralLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the referral; without it, one follows from the Idempotency-Key, or is new
	ReferralID string `json:"referral_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// By what means: link, card, word of mouth, …
	Via string `json:"via,omitempty"`
}

// MeasureWear is as the OpenAPI document has it.
type MeasureWear struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// Part of the asset
	Component string `json:"component"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Names the measurement; without it, one follows from the Idempotency-Key, or is new
	MeasurementID string `json:"measurement_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// From 0, as new, to 1, worn out
	Wear string `json:"wear"`
}

// MeasureWearAnswer is as the OpenAPI document has it.
type MeasureWearAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	MeasurementID string `json:"measurement_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// MeasureWearLine is as the OpenAPI document has it.
type MeasureWearLine struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// Part of the asset
	Component  string `json:"component"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Names the measurement; without it, one follows from the Idempotency-Key, or is new
	MeasurementID string `json:"measurement_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// From 0, as new, to 1, worn out
	Wear string `json:"wear"`
}

// MembersOutputBody is as the OpenAPI document has it.
type MembersOutputBody struct {
	Members []Membership `json:"members"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// Membership is as the OpenAPI document has it.
type Membership struct {
	CustomerID string `json:"customer_id"`
	Evidence   any    `json:"evidence"`
	// By what they may be addressed now, where that was asked for
	Reach     *Reach  `json:"reach,omitempty"`
	Segment   string  `json:"segment"`
	ValidFrom string  `json:"valid_from"`
	ValidTo   *string `json:"valid_to"`
	Version   int64   `json:"version"`
}

// Merge is as the OpenAPI document has it.
type Merge struct {
	// the absorbed one
	AbsorbedID string `json:"absorbed_id,omitempty"`
	// merged or split
	Happened string `json:"happened,omitempty"`
	// business day
	HappenedOn string `json:"happened_on,omitempty"`
	// place in the log
	Position int64 `json:"position"`
	// place in their stream
	Revision int64 `json:"revision,omitempty"`
	// who stands for them from then on, or no more
	SurvivorID string `json:"survivor_id,omitempty"`
}

// MergeCustomers is as the OpenAPI document has it.
type MergeCustomers struct {
	// The other customer, for whom this one stands
	AbsorbedID string `json:"absorbed_id"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// MergeCustomersAnswer is as the OpenAPI document has it.
type MergeCustomersAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// MergeCustomersLine is as the OpenAPI document has it.
type MergeCustomersLine struct {
	// The other customer, for whom this one stands
	AbsorbedID string `json:"absorbed_id"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// MergeList is as the OpenAPI document has it.
type MergeList struct {
	Merges []Merge `json:"merges"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// ModelOutputBody is as the OpenAPI document has it.
type ModelOutputBody struct {
	Fit      ValueFitted `json:"fit"`
	FittedAt time.Time   `json:"fitted_at"`
	Version  int64       `json:"version"`
}

// Moment is as the OpenAPI document has it.
type Moment struct {
	BusinessDate string   `json:"business_date"`
	CustomerID   string   `json:"customer_id"`
	Known        bool     `json:"known"`
	Position     int64    `json:"position"`
	Revision     int64    `json:"revision"`
	StandsFor    []string `json:"stands_for"`
}

// MoveOpportunity is as the OpenAPI document has it.
type MoveOpportunity struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity
	OpportunityID string `json:"opportunity_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The stage that it is in now
	Stage string `json:"stage"`
}

// MoveOpportunityAnswer is as the OpenAPI document has it.
type MoveOpportunityAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// MoveOpportunityLine is as the OpenAPI document has it.
type MoveOpportunityLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity
	OpportunityID string `json:"opportunity_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The stage that it is in now
	Stage string `json:"stage"`
}

// Offer is as the OpenAPI document has it.
type Offer struct {
	// business day on which it was accepted, or redeemed where nobody said so before
	AcceptedOn *string `json:"accepted_on,omitempty"`
	// who proposed it
	Actor *string `json:"actor,omitempty"`
	// that the offer is good for
	Category *string `json:"category,omitempty"`
	// of the price, ISO 4217
	Currency *string `json:"currency,omitempty"`
	// to whom
	CustomerID string `json:"customer_id"`
	// that proposed it
	Department *string `json:"department,omitempty"`
	// off the list price; null where a price is offered
	DiscountPercent *string `json:"discount_percent,omitempty"`
	// what that rests on: a list of {fact, value}
	Evidence []OfferEvidenceItem `json:"evidence,omitempty"`
	// business day at whose end it expired
	ExpiredOn *string `json:"expired_on,omitempty"`
	// the offer
	OfferID string `json:"offer_id"`
	// that decided on it, where no person did
	Policy *string `json:"policy,omitempty"`
	// per unit, in currency; null where a discount is offered
	Price *string `json:"price,omitempty"`
	// business day
	ProposedOn string `json:"proposed_on,omitempty"`
	// that redeemed it
	PurchaseID *string `json:"purchase_id,omitempty"`
	// why it was proposed to this customer
	Reason string `json:"reason,omitempty"`
	// that it follows
	RecommendationID *string `json:"recommendation_id,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// business day on which it was redeemed
	RedeemedOn *string `json:"redeemed_on,omitempty"`
	// why
	RejectedBecause *string `json:"rejected_because,omitempty"`
	// business day on which it was rejected
	RejectedOn *string `json:"rejected_on,omitempty"`
	// good or service that is offered
	SKU *string `json:"sku,omitempty"`
	// what became of it; erased where it was open when the customer was erased
	State string `json:"state,omitempty"`
	// as the customer sees it
	Title *string `json:"title,omitempty"`
	// last business day for accepting it
	ValidUntil string `json:"valid_until,omitempty"`
}

// OfferEvidenceItem is as the OpenAPI document has it.
type OfferEvidenceItem struct {
	Fact  string `json:"fact"`
	Value string `json:"value"`
}

// OfferList is as the OpenAPI document has it.
type OfferList struct {
	// Absent on the last page
	NextCursor string  `json:"next_cursor,omitempty"`
	Offers     []Offer `json:"offers"`
}

// OpenCase is as the OpenAPI document has it.
type OpenCase struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The equipment that it is about
	AssetID string `json:"asset_id,omitempty"`
	// Names the case; without it, one follows from the Idempotency-Key, or is new
	CaseID string `json:"case_id,omitempty"`
	// What it is about; a complaint needs one
	Category string `json:"category,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// low, normal (unless another is given), high or urgent
	Priority string `json:"priority,omitempty"`
	// The purchase that it is about
	PurchaseID string `json:"purchase_id,omitempty"`
	// Where it waits
	Queue string `json:"queue,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// In a line
	Subject string `json:"subject,omitempty"`
	// question, incident, complaint or service
	Type string `json:"type"`
}

// OpenCaseAnswer is as the OpenAPI document has it.
type OpenCaseAnswer struct {
	// Present where it was made here
	CaseID     string `json:"case_id,omitempty"`
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// OpenCaseLine is as the OpenAPI document has it.
type OpenCaseLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The equipment that it is about
	AssetID string `json:"asset_id,omitempty"`
	// Names the case; without it, one follows from the Idempotency-Key, or is new
	CaseID string `json:"case_id,omitempty"`
	// What it is about; a complaint needs one
	Category string `json:"category,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// low, normal (unless another is given), high or urgent
	Priority string `json:"priority,omitempty"`
	// The purchase that it is about
	PurchaseID string `json:"purchase_id,omitempty"`
	// Where it waits
	Queue string `json:"queue,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// In a line
	Subject string `json:"subject,omitempty"`
	// question, incident, complaint or service
	Type string `json:"type"`
}

// OpenOpportunity is as the OpenAPI document has it.
type OpenOpportunity struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What it comes to, where somebody knows
	Amount string `json:"amount,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// ISO 4217 code of its amounts
	Currency string `json:"currency"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When its end is expected
	ExpectedCloseOn string `json:"expected_close_on,omitempty"`
	// What people call it
	Name string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the opportunity; without it, one follows from the Idempotency-Key, or is new
	OpportunityID string `json:"opportunity_id,omitempty"`
	// Who works on it
	Owner string `json:"owner,omitempty"`
	// What it is about
	Product string `json:"product,omitempty"`
	// Reporting currency per unit of currency, where they differ
	Rate string `json:"rate,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Where it begins: prospecting unless said; then usually qualifying, engaging, proposing, negotiating, or any word
	Stage string `json:"stage,omitempty"`
}

// OpenOpportunityAnswer is as the OpenAPI document has it.
type OpenOpportunityAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	OpportunityID string `json:"opportunity_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// OpenOpportunityLine is as the OpenAPI document has it.
type OpenOpportunityLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What it comes to, where somebody knows
	Amount string `json:"amount,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// ISO 4217 code of its amounts
	Currency   string `json:"currency"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When its end is expected
	ExpectedCloseOn string `json:"expected_close_on,omitempty"`
	IdempotencyKey  string `json:"idempotency_key,omitempty"`
	IfRevision      int64  `json:"if_revision,omitempty"`
	// What people call it
	Name string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the opportunity; without it, one follows from the Idempotency-Key, or is new
	OpportunityID string `json:"opportunity_id,omitempty"`
	// Who works on it
	Owner string `json:"owner,omitempty"`
	// What it is about
	Product string `json:"product,omitempty"`
	// Reporting currency per unit of currency, where they differ
	Rate string `json:"rate,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Where it begins: prospecting unless said; then usually qualifying, engaging, proposing, negotiating, or any word
	Stage string `json:"stage,omitempty"`
}

// Opportunity is as the OpenAPI document has it.
type Opportunity struct {
	// what it comes to, or was won for, minor units of currency; null where unknown
	AmountMinor *int64 `json:"amount_minor,omitempty"`
	// business day on which it was won or lost, or the customer erased
	ClosedOn *string `json:"closed_on,omitempty"`
	// to whom it was lost
	Competitor *string `json:"competitor,omitempty"`
	// of the amount, ISO 4217
	Currency string `json:"currency,omitempty"`
	// who may buy
	CustomerID string `json:"customer_id"`
	// days from opening to end; null while it is open
	DaysOpen *int64 `json:"days_open,omitempty"`
	// that opened it
	Department *string `json:"department,omitempty"`
	// business day on which its end was expected when it was opened
	ExpectedCloseOn *string `json:"expected_close_on,omitempty"`
	// what people call it
	Name *string `json:"name,omitempty"`
	// business day on which it was opened
	OpenedOn string `json:"opened_on,omitempty"`
	// the opportunity
	OpportunityID string `json:"opportunity_id"`
	// who works on it
	Owner *string `json:"owner,omitempty"`
	// what it is about
	Product *string `json:"product,omitempty"`
	// why it was lost
	Reason *string `json:"reason,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// of the books, ISO 4217
	ReportingCurrency string `json:"reporting_currency,omitempty"`
	// the same in minor units of the reporting currency
	ReportingMinor *int64 `json:"reporting_minor,omitempty"`
	// the stage that it is in, or was in at its end
	Stage  string             `json:"stage,omitempty"`
	Stages []OpportunityStage `json:"stages,omitempty"`
	// open, won or lost; erased where it was open when the customer was erased
	State string `json:"state,omitempty"`
	// stages that it went through, counted each time
	Steps int64 `json:"steps,omitempty"`
}

// OpportunityList is as the OpenAPI document has it.
type OpportunityList struct {
	// Absent on the last page
	NextCursor    string        `json:"next_cursor,omitempty"`
	Opportunities []Opportunity `json:"opportunities"`
}

// OpportunityStage: every stage that an opportunity went through, one row each time.
type OpportunityStage struct {
	// days from the one to the other; null while it is there
	DaysInStage *int64 `json:"days_in_stage"`
	// business day on which it came into the stage
	EnteredOn string `json:"entered_on"`
	// business day on which it left the stage, or ended; null while it is there
	LeftOn *string `json:"left_on"`
	// the stage
	Stage string `json:"stage"`
	// number within the opportunity, from 1
	Step int64 `json:"step"`
}

// Order is as the OpenAPI document has it.
type Order struct {
	// business day on which it was cancelled
	CancelledOn *string `json:"cancelled_on,omitempty"`
	// who brings it
	Carrier *string `json:"carrier,omitempty"`
	// of the purchase, ISO 4217
	Currency string `json:"currency,omitempty"`
	// who ordered
	CustomerID string `json:"customer_id"`
	// business day by which delivery was promised
	DeliverBy *string `json:"deliver_by,omitempty"`
	// business day on which it was delivered
	DeliveredOn *string `json:"delivered_on,omitempty"`
	// what was to be paid when it was placed, minor units of currency
	OwedMinor int64 `json:"owed_minor,omitempty"`
	// the same in minor units of the reporting currency
	OwedReportingMinor int64 `json:"owed_reporting_minor,omitempty"`
	// what was paid, minor units of currency
	PaidMinor int64 `json:"paid_minor,omitempty"`
	// business day of the payment that made it full
	PaidOn *string `json:"paid_on,omitempty"`
	// the same in minor units of the reporting currency
	PaidReportingMinor int64 `json:"paid_reporting_minor,omitempty"`
	// last business day for paying
	PaymentDueOn *string   `json:"payment_due_on,omitempty"`
	Payments     []Payment `json:"payments,omitempty"`
	// business day on which it was placed
	PlacedOn string `json:"placed_on,omitempty"`
	// the purchase
	PurchaseID string `json:"purchase_id"`
	// why it was cancelled
	Reason *string `json:"reason,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// business day on which it was shipped
	ShippedOn *string `json:"shipped_on,omitempty"`
	// how far it is; paid: in full, and not shipped yet
	State string `json:"state,omitempty"`
}

// OrderList is as the OpenAPI document has it.
type OrderList struct {
	// Absent on the last page
	NextCursor string  `json:"next_cursor,omitempty"`
	Orders     []Order `json:"orders"`
}

// PauseCase is as the OpenAPI document has it.
type PauseCase struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What we wait for
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PauseCaseAnswer is as the OpenAPI document has it.
type PauseCaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PauseCaseLine is as the OpenAPI document has it.
type PauseCaseLine struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What we wait for
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PayOrder is as the OpenAPI document has it.
type PayOrder struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What was paid, in the currency of the purchase
	Amount string `json:"amount"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Card, transfer, voucher, …
	Method string `json:"method,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the payment; without it, one follows from the Idempotency-Key, or is new
	PaymentID string `json:"payment_id,omitempty"`
	// The order
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PayOrderAnswer is as the OpenAPI document has it.
type PayOrderAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	PaymentID string `json:"payment_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PayOrderLine is as the OpenAPI document has it.
type PayOrderLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What was paid, in the currency of the purchase
	Amount string `json:"amount"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Card, transfer, voucher, …
	Method string `json:"method,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the payment; without it, one follows from the Idempotency-Key, or is new
	PaymentID string `json:"payment_id,omitempty"`
	// The order
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Payment: every payment for an order.
type Payment struct {
	// minor units of currency
	AmountMinor int64 `json:"amount_minor"`
	// of the purchase, ISO 4217
	Currency string `json:"currency"`
	// card, transfer, voucher, …
	Method *string `json:"method"`
	// when
	PaidAt time.Time `json:"paid_at"`
	// on which business day
	PaidOn string `json:"paid_on"`
	// the payment
	PaymentID string `json:"payment_id"`
	// the same in minor units of the reporting currency
	ReportingMinor int64 `json:"reporting_minor"`
}

// PerformMaintenance is as the OpenAPI document has it.
type PerformMaintenance struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// The breakdown of this component that it repaired
	BreakdownID string `json:"breakdown_id,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// What was worked on
	Component string `json:"component"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The plan that was carried out; another or none where it was not planned
	MaintenanceID string `json:"maintenance_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PerformMaintenanceAnswer is as the OpenAPI document has it.
type PerformMaintenanceAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	MaintenanceID string `json:"maintenance_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PerformMaintenanceLine is as the OpenAPI document has it.
type PerformMaintenanceLine struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// The breakdown of this component that it repaired
	BreakdownID string `json:"breakdown_id,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// What was worked on
	Component  string `json:"component"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// The plan that was carried out; another or none where it was not planned
	MaintenanceID string `json:"maintenance_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PhonesOutputBody is as the OpenAPI document has it.
type PhonesOutputBody struct {
	Phones      PolicyPhones `json:"phones"`
	PublishedAt time.Time    `json:"published_at"`
	Version     int64        `json:"version"`
}

// PlaceOrder is as the OpenAPI document has it.
type PlaceOrder struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// Day by which delivery is promised
	DeliverBy string `json:"deliver_by,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Last day for paying
	PaymentDueOn string `json:"payment_due_on,omitempty"`
	// The purchase that is ordered
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PlaceOrderAnswer is as the OpenAPI document has it.
type PlaceOrderAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PlaceOrderLine is as the OpenAPI document has it.
type PlaceOrderLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// Day by which delivery is promised
	DeliverBy string `json:"deliver_by,omitempty"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Last day for paying
	PaymentDueOn string `json:"payment_due_on,omitempty"`
	// The purchase that is ordered
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PlanCampaign is as the OpenAPI document has it.
type PlanCampaign struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Campaign string         `json:"campaign,omitempty"`
	Cells    []CampaignCell `json:"cells"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// For which people have to consent: marketing, …
	Purpose string `json:"purpose"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The channel of its messages: email, sms, …
	Through string `json:"through"`
	Title   string `json:"title,omitempty"`
	// Purchases and visits on so many days, from the day of the assignment on, are its results
	WindowDays int64 `json:"window_days"`
}

// PlanCampaignAnswer is as the OpenAPI document has it.
type PlanCampaignAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PlanCampaignLine is as the OpenAPI document has it.
type PlanCampaignLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Campaign string         `json:"campaign,omitempty"`
	Cells    []CampaignCell `json:"cells"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// For which people have to consent: marketing, …
	Purpose string `json:"purpose"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The channel of its messages: email, sms, …
	Through string `json:"through"`
	Title   string `json:"title,omitempty"`
	// Purchases and visits on so many days, from the day of the assignment on, are its results
	WindowDays int64 `json:"window_days"`
}

// PointsAccount: a customer who never earned any has a balance of 0.
type PointsAccount struct {
	// points that can be spent: what the lots hold
	Balance int64 `json:"balance,omitempty"`
	// whose
	CustomerID string `json:"customer_id"`
	// points ever earned
	Earned int64 `json:"earned,omitempty"`
	// points that expired, or lapsed when the customer was erased
	Expired int64 `json:"expired,omitempty"`
	// business day on which points were last earned
	LastEarnedOn *string `json:"last_earned_on,omitempty"`
	// business day on which points were last spent
	LastSpentOn *string `json:"last_spent_on,omitempty"`
	// points that went with a return after they were spent: the next ones earned pay them
	Owed int64 `json:"owed,omitempty"`
	// points that went with the return of the purchase that had earned them
	Reversed int64 `json:"reversed,omitempty"`
	// points ever spent
	Spent int64 `json:"spent,omitempty"`
}

// PointsAccountList is as the OpenAPI document has it.
type PointsAccountList struct {
	// Absent on the last page
	NextCursor string          `json:"next_cursor,omitempty"`
	Points     []PointsAccount `json:"points"`
}

// PointsLot is as the OpenAPI document has it.
type PointsLot struct {
	// whose
	CustomerID string `json:"customer_id"`
	// what earned it
	EarnedFor *string `json:"earned_for,omitempty"`
	// business day on which it was earned
	EarnedOn string `json:"earned_on,omitempty"`
	// points that expired in it, or lapsed when the customer was erased
	Expired int64 `json:"expired,omitempty"`
	// last business day on which it can be spent; null where it does not expire
	ExpiresOn *string `json:"expires_on,omitempty"`
	// the lot
	LotID string `json:"lot_id"`
	// that it still holds
	OpenPoints int64 `json:"open_points,omitempty"`
	// as earned
	Points int64 `json:"points,omitempty"`
	// purchase that earned it
	PurchaseID *string `json:"purchase_id,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// points of it that paid what was owed
	Repaid int64 `json:"repaid,omitempty"`
	// points taken out of it by returns, whichever lot those concerned
	Reversed int64 `json:"reversed,omitempty"`
	// points spent out of it
	Spent int64 `json:"spent,omitempty"`
}

// PointsLotList is as the OpenAPI document has it.
type PointsLotList struct {
	// Absent on the last page
	NextCursor string      `json:"next_cursor,omitempty"`
	PointsLots []PointsLot `json:"points_lots"`
}

// PointsMovement is as the OpenAPI document has it.
type PointsMovement struct {
	// who did
	Actor *string `json:"actor,omitempty"`
	// whose
	CustomerID string `json:"customer_id"`
	// that recorded it
	Department *string `json:"department,omitempty"`
	// the purchase that earned, the spending, or the return
	DocumentID *string `json:"document_id,omitempty"`
	// earned, repaid, spent, reversed or expired; erased where they lapsed when the customer was erased
	Kind string `json:"kind"`
	// the lot
	LotID string `json:"lot_id"`
	// business day
	MovedOn string `json:"moved_on,omitempty"`
	// into the lot if positive, out of it if negative
	Points int64 `json:"points,omitempty"`
	// place in the log of the fact that moved the points
	Position int64 `json:"position"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// of the customer's stream: the fact that moved the points
	Revision int64 `json:"revision,omitempty"`
	// what the customer got
	SpentFor *string `json:"spent_for,omitempty"`
}

// PointsMovementList is as the OpenAPI document has it.
type PointsMovementList struct {
	// Absent on the last page
	NextCursor      string           `json:"next_cursor,omitempty"`
	PointsMovements []PointsMovement `json:"points_movements"`
}

// PolicyActivityCost is as the OpenAPI document has it.
type PolicyActivityCost struct {
	// purchase, return, interaction, case, message or maintenance
	Activity string `json:"activity"`
	// Each time, in major units
	Cost string `json:"cost"`
	// The kind of the interaction, the type of the case, or the channel of the others; any, where none is given
	Kind string `json:"kind,omitempty"`
}

// PolicyCategoryBands is as the OpenAPI document has it.
type PolicyCategoryBands struct {
	Bands []PolicyPriceBand `json:"bands"`
	// As lines of purchases have it
	Category string `json:"category"`
}

// PolicyCosts is as the OpenAPI document has it.
type PolicyCosts struct {
	Activities []PolicyActivityCost `json:"activities"`
	// That of the books
	Currency string `json:"currency"`
}

// PolicyLadder is as the OpenAPI document has it.
type PolicyLadder struct {
	Stages []PolicyStage `json:"stages"`
}

// PolicyPhones is as the OpenAPI document has it.
type PolicyPhones struct {
	// ISO 3166-1, two capital letters; empty: numbers have to be international
	Region string `json:"region"`
}

// PolicyPriceBand is as the OpenAPI document has it.
type PolicyPriceBand struct {
	// Not in it any more, in major units; absent from the last band
	Below string `json:"below,omitempty"`
	// In it, in major units
	From string `json:"from"`
	Name string `json:"name"`
}

// PolicyPriceBands is as the OpenAPI document has it.
type PolicyPriceBands struct {
	// For goods of all categories without bands of their own
	Bands      []PolicyPriceBand     `json:"bands"`
	Categories []PolicyCategoryBands `json:"categories,omitempty"`
	// That of the books
	Currency string `json:"currency"`
}

// PolicyRFM is as the OpenAPI document has it.
type PolicyRFM struct {
	// 5 for quintiles, 4 for quartiles
	Groups int64 `json:"groups"`
	// A list for each recency score from 1, in it a name for each fm score from 1, the rounded mean of the other two; the standard names where it is absent
	Segments []*[]string `json:"segments,omitempty"`
}

// PolicyRetention is as the OpenAPI document has it.
type PolicyRetention struct {
	Rules []PolicyRetentionRule `json:"rules"`
}

// PolicyRetentionRule is as the OpenAPI document has it.
type PolicyRetentionRule struct {
	// archive or erase
	Action string `json:"action"`
	// 0 to 36600; 30 at least for a rule that erases
	AfterDays int64 `json:"after_days"`
	// Its name: 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Rule string `json:"rule"`
	// A segment in force
	Segment string `json:"segment"`
	// Filled in here: the definition in force
	SegmentVersion *int64 `json:"segment_version,omitempty"`
}

// PolicyStage is as the OpenAPI document has it.
type PolicyStage struct {
	Away *bool  `json:"away,omitempty"`
	Name string `json:"name"`
	Rule string `json:"rule"`
}

// Prediction is as the OpenAPI document has it.
type Prediction struct {
	AsOf                  string   `json:"as_of"`
	ChurnReasons          any      `json:"churn_reasons"`
	ChurnRisk             string   `json:"churn_risk"`
	CLV12mMinor           float64  `json:"clv_12m_minor"`
	CLV36mMinor           float64  `json:"clv_36m_minor"`
	Currency              string   `json:"currency"`
	CustomerID            string   `json:"customer_id"`
	ExpectedAvgValueMinor float64  `json:"expected_avg_value_minor"`
	ExpectedPurchases30d  float64  `json:"expected_purchases_30d"`
	ExpectedPurchases365d float64  `json:"expected_purchases_365d"`
	ExpectedPurchases90d  float64  `json:"expected_purchases_90d"`
	HistoricLtvMinor      int64    `json:"historic_ltv_minor"`
	Horizon               *Horizon `json:"horizon,omitempty"`
	Model                 string   `json:"model"`
	ModelVersion          int64    `json:"model_version"`
	PAlive                float64  `json:"p_alive"`
	WorsensOn             *string  `json:"worsens_on"`
}

// PreferContactPoint is as the OpenAPI document has it.
type PreferContactPoint struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// The one to be used before others of its kind
	ContactPointID string `json:"contact_point_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PreferContactPointAnswer is as the OpenAPI document has it.
type PreferContactPointAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PreferContactPointLine is as the OpenAPI document has it.
type PreferContactPointLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// The one to be used before others of its kind
	ContactPointID string `json:"contact_point_id"`
	CustomerID     string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Preview is as the OpenAPI document has it.
type Preview struct {
	BusinessDate string `json:"business_date"`
	Customers    int64  `json:"customers"`
	Exact        bool   `json:"exact"`
	Held         int64  `json:"held"`
	Judged       int64  `json:"judged"`
	Position     int64  `json:"position"`
	Rule         string `json:"rule"`
	Sample       []Held `json:"sample"`
	Size         int64  `json:"size"`
	SizeHigh     int64  `json:"size_high"`
	SizeLow      int64  `json:"size_low"`
}

// PriceBandsOutputBody is as the OpenAPI document has it.
type PriceBandsOutputBody struct {
	PriceBands  PolicyPriceBands `json:"price_bands"`
	PublishedAt time.Time        `json:"published_at,omitzero"`
	// 0 for the built-in bands, which hold in any currency
	Version int64 `json:"version"`
}

// Problem is as the OpenAPI document has it.
type Problem struct {
	// What is wrong, for programs
	Code string `json:"code"`
	// What is wrong, in a sentence
	Detail string `json:"detail,omitempty"`
	// The fields that are to blame
	Errors []Fault `json:"errors,omitempty"`
	// The id of what stands in the way, such as the owner of an e-mail address
	Existing string `json:"existing,omitempty"`
	// Names an internal error in the server's log
	Instance string `json:"instance,omitempty"`
	Status   int64  `json:"status"`
	// The status in words
	Title string `json:"title"`
	// Always about:blank: the code tells the kinds of problem apart
	Type string `json:"type"`
}

// Product is as the OpenAPI document has it.
type Product struct {
	Category   *string    `json:"category"`
	Currency   string     `json:"currency"`
	DelistedAt *time.Time `json:"delisted_at"`
	ListedAt   time.Time  `json:"listed_at"`
	Name       string     `json:"name"`
	// An exact decimal, as a string
	Price string `json:"price"`
	SKU   string `json:"sku"`
	State string `json:"state"`
	// An exact decimal, as a string
	UnitCost *string `json:"unit_cost"`
}

// ProductsOutputBody is as the OpenAPI document has it.
type ProductsOutputBody struct {
	// Absent on the last page
	NextCursor string    `json:"next_cursor,omitempty"`
	Products   []Product `json:"products"`
}

// PromiseMade is as the OpenAPI document has it.
type PromiseMade struct {
	// who promised
	Actor *string `json:"actor,omitempty"`
	// to whom
	CustomerID string `json:"customer_id"`
	// that promised
	Department *string `json:"department,omitempty"`
	// last business day on which it can be kept
	DueOn string `json:"due_on,omitempty"`
	// business day on which it was kept or broken, or the customer erased
	EndedOn *string `json:"ended_on,omitempty"`
	// business day of the promise
	MadeOn string `json:"made_on,omitempty"`
	// broken because its day was over
	Overdue bool `json:"overdue,omitempty"`
	// the promise
	PromiseID string `json:"promise_id"`
	// why it was broken
	Reason *string `json:"reason,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// open, kept or broken; erased where it was open when the customer was erased
	State string `json:"state,omitempty"`
	// what was promised
	What string `json:"what,omitempty"`
}

// PromiseMadeList is as the OpenAPI document has it.
type PromiseMadeList struct {
	// Absent on the last page
	NextCursor string        `json:"next_cursor,omitempty"`
	Promises   []PromiseMade `json:"promises"`
}

// ProofKeyOutputBody is as the OpenAPI document has it.
type ProofKeyOutputBody struct {
	// Statements that another key signs from now on, each a note that both keys signed
	Changes []string `json:"changes"`
	// The public key of the heads, in the form of golang.org/x/mod/sumdb/note; its name is that of the log
	Verifier string `json:"verifier"`
}

// ProposeOffer is as the OpenAPI document has it.
type ProposeOffer struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What the offer is good for
	Category string `json:"category,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// ISO 4217 code of the price
	Currency string `json:"currency,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Off the list price, above 0 and at most 100
	DiscountPercent string `json:"discount_percent,omitempty"`
	// What that rests on
	Evidence []CustomerEvidence `json:"evidence,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the offer; without it, one follows from the Idempotency-Key, or is new
	OfferID string `json:"offer_id,omitempty"`
	// The policy that decided on it, where no person did
	Policy string `json:"policy,omitempty"`
	// Price per unit, with its currency; or say a discount
	Price string `json:"price,omitempty"`
	// Why it is proposed to this customer
	Reason string `json:"reason"`
	// The recommendation that it follows
	RecommendationID string `json:"recommendation_id,omitempty"`
	// The good or service; or say the category, or a title
	SKU string `json:"sku,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The offer as the customer sees it
	Title string `json:"title,omitempty"`
	// Last day for accepting it
	ValidUntil string `json:"valid_until"`
}

// ProposeOfferAnswer is as the OpenAPI document has it.
type ProposeOfferAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	OfferID string `json:"offer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ProposeOfferLine is as the OpenAPI document has it.
type ProposeOfferLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What the offer is good for
	Category string `json:"category,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// ISO 4217 code of the price
	Currency   string `json:"currency,omitempty"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Off the list price, above 0 and at most 100
	DiscountPercent string `json:"discount_percent,omitempty"`
	// What that rests on
	Evidence       []CustomerEvidence `json:"evidence,omitempty"`
	IdempotencyKey string             `json:"idempotency_key,omitempty"`
	IfRevision     int64              `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the offer; without it, one follows from the Idempotency-Key, or is new
	OfferID string `json:"offer_id,omitempty"`
	// The policy that decided on it, where no person did
	Policy string `json:"policy,omitempty"`
	// Price per unit, with its currency; or say a discount
	Price string `json:"price,omitempty"`
	// Why it is proposed to this customer
	Reason string `json:"reason"`
	// The recommendation that it follows
	RecommendationID string `json:"recommendation_id,omitempty"`
	// The good or service; or say the category, or a title
	SKU string `json:"sku,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The offer as the customer sees it
	Title string `json:"title,omitempty"`
	// Last day for accepting it
	ValidUntil string `json:"valid_until"`
}

// PublishCosts is as the OpenAPI document has it.
type PublishCosts struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string      `json:"channel,omitempty"`
	Costs   PolicyCosts `json:"costs"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishCostsAnswer is as the OpenAPI document has it.
type PublishCostsAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishCostsLine is as the OpenAPI document has it.
type PublishCostsLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string      `json:"channel,omitempty"`
	Command string      `json:"command"`
	Costs   PolicyCosts `json:"costs"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishLadder is as the OpenAPI document has it.
type PublishLadder struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Its stages, from the first to be asked to the last
	Ladder PolicyLadder `json:"ladder"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishLadderAnswer is as the OpenAPI document has it.
type PublishLadderAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishLadderLine is as the OpenAPI document has it.
type PublishLadderLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Its stages, from the first to be asked to the last
	Ladder PolicyLadder `json:"ladder"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishPhones is as the OpenAPI document has it.
type PublishPhones struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time    `json:"occurred_at,omitzero"`
	Phones     PolicyPhones `json:"phones"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishPhonesAnswer is as the OpenAPI document has it.
type PublishPhonesAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishPhonesLine is as the OpenAPI document has it.
type PublishPhonesLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time    `json:"occurred_at,omitzero"`
	Phones     PolicyPhones `json:"phones"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishPriceBands is as the OpenAPI document has it.
type PublishPriceBands struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time        `json:"occurred_at,omitzero"`
	PriceBands PolicyPriceBands `json:"price_bands"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishPriceBandsAnswer is as the OpenAPI document has it.
type PublishPriceBandsAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishPriceBandsLine is as the OpenAPI document has it.
type PublishPriceBandsLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time        `json:"occurred_at,omitzero"`
	PriceBands PolicyPriceBands `json:"price_bands"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishQuestionnaire is as the OpenAPI document has it.
type PublishQuestionnaire struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What is asked, in that order
	Items []QuestionnaireItem `json:"items"`
	// nps, csat, ces (one item on the kind's scale), servqual (each item as expected and as perceived), kano (each feature as if it were there and as if it were not, from 1 to 5), ecsi, relationship_quality, six_markets or maturity (each item plainly)
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Questionnaire string `json:"questionnaire,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	Title  string `json:"title,omitempty"`
}

// PublishQuestionnaireAnswer is as the OpenAPI document has it.
type PublishQuestionnaireAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishQuestionnaireLine is as the OpenAPI document has it.
type PublishQuestionnaireLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// What is asked, in that order
	Items []QuestionnaireItem `json:"items"`
	// nps, csat, ces (one item on the kind's scale), servqual (each item as expected and as perceived), kano (each feature as if it were there and as if it were not, from 1 to 5), ecsi, relationship_quality, six_markets or maturity (each item plainly)
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Questionnaire string `json:"questionnaire,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	Title  string `json:"title,omitempty"`
}

// PublishRetention is as the OpenAPI document has it.
type PublishRetention struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time       `json:"occurred_at,omitzero"`
	Retention  PolicyRetention `json:"retention"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishRetentionAnswer is as the OpenAPI document has it.
type PublishRetentionAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishRetentionLine is as the OpenAPI document has it.
type PublishRetentionLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time       `json:"occurred_at,omitzero"`
	Retention  PolicyRetention `json:"retention"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishRfm is as the OpenAPI document has it.
type PublishRfm struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	RFM        PolicyRFM `json:"rfm"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishRfmAnswer is as the OpenAPI document has it.
type PublishRfmAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishRfmLine is as the OpenAPI document has it.
type PublishRfmLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	RFM        PolicyRFM `json:"rfm"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishService is as the OpenAPI document has it.
type PublishService struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time            `json:"occurred_at,omitzero"`
	Service    CustomerServiceTerms `json:"service"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishServiceAnswer is as the OpenAPI document has it.
type PublishServiceAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishServiceLine is as the OpenAPI document has it.
type PublishServiceLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time            `json:"occurred_at,omitzero"`
	Service    CustomerServiceTerms `json:"service"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// PublishSubscription is as the OpenAPI document has it.
type PublishSubscription struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// CEL over the facts: only events of customers for whom it holds when they are sent; that somebody was erased is always sent
	Rule string `json:"rule,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Subscription string `json:"subscription,omitempty"`
	Title        string `json:"title,omitempty"`
	// Names of types of events; a star at the end stands for any ending: customer.case_*
	Types []string `json:"types"`
	// Where events are posted: http or https. It is no secret
	URL string `json:"url"`
}

// PublishSubscriptionAnswer is as the OpenAPI document has it.
type PublishSubscriptionAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishSubscriptionLine is as the OpenAPI document has it.
type PublishSubscriptionLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// CEL over the facts: only events of customers for whom it holds when they are sent; that somebody was erased is always sent
	Rule string `json:"rule,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Subscription string `json:"subscription,omitempty"`
	Title        string `json:"title,omitempty"`
	// Names of types of events; a star at the end stands for any ending: customer.case_*
	Types []string `json:"types"`
	// Where events are posted: http or https. It is no secret
	URL string `json:"url"`
}

// PublishTiers is as the OpenAPI document has it.
type PublishTiers struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The tiers, as the stages of a ladder
	Tiers PolicyLadder `json:"tiers"`
}

// PublishTiersAnswer is as the OpenAPI document has it.
type PublishTiersAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishTiersLine is as the OpenAPI document has it.
type PublishTiersLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The tiers, as the stages of a ladder
	Tiers PolicyLadder `json:"tiers"`
}

// PublishWebhook is as the OpenAPI document has it.
type PublishWebhook struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// CEL for a list of commands, as lines of a batch; all are of customers
	Commands string `json:"commands"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// CEL for the sender's id of a delivery: the same delivery is carried out once
	Key string `json:"key"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// How many deliveries are taken in a minute: 600 if not told
	PerMinute *int64 `json:"per_minute,omitempty"`
	// Names the shared secret, which the server has in RAPPORT_WEBHOOK_SECRET_ and this name
	Secret string `json:"secret"`
	// How deliveries are signed: HMAC-SHA256
	Signature WebhookSignature `json:"signature"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	Title  string `json:"title,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Webhook string `json:"webhook,omitempty"`
}

// PublishWebhookAnswer is as the OpenAPI document has it.
type PublishWebhookAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// PublishWebhookLine is as the OpenAPI document has it.
type PublishWebhookLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// CEL for a list of commands, as lines of a batch; all are of customers
	Commands string `json:"commands"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// CEL for the sender's id of a delivery: the same delivery is carried out once
	Key string `json:"key"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// How many deliveries are taken in a minute: 600 if not told
	PerMinute int64 `json:"per_minute,omitempty"`
	// Names the shared secret, which the server has in RAPPORT_WEBHOOK_SECRET_ and this name
	Secret string `json:"secret"`
	// How deliveries are signed: HMAC-SHA256
	Signature WebhookSignature `json:"signature"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	Title  string `json:"title,omitempty"`
	// 1 to 63 of a-z, 0-9, _ and -, beginning with a letter
	Webhook string `json:"webhook,omitempty"`
}

// PublishedSubscription is as the OpenAPI document has it.
type PublishedSubscription struct {
	// in the log, of its publication
	Position int64 `json:"position,omitempty"`
	// until when the secret before signs too
	PreviousSecretUntil *time.Time `json:"previous_secret_until,omitempty"`
	// business day from which on it was in force
	PublishedOn string `json:"published_on,omitempty"`
	// business day on which this version's use ended without a next one
	RetiredOn *string `json:"retired_on,omitempty"`
	// CEL over the facts: only what concerns customers for whom it holds
	Rule *string `json:"rule,omitempty"`
	// number of the secret that signs
	Secret int64 `json:"secret,omitempty"`
	// its name
	Subscription string `json:"subscription"`
	// what people call it
	Title *string `json:"title,omitempty"`
	// names of types of events, a list of texts; a star at the end stands for any ending
	Types []string `json:"types,omitempty"`
	// where events go
	URL string `json:"url,omitempty"`
	// counts from 1
	Version int64 `json:"version,omitempty"`
}

// PublishedSubscriptionList is as the OpenAPI document has it.
type PublishedSubscriptionList struct {
	// Absent on the last page
	NextCursor    string                  `json:"next_cursor,omitempty"`
	Subscriptions []PublishedSubscription `json:"subscriptions"`
}

// PublishedWebhook is as the OpenAPI document has it.
type PublishedWebhook struct {
	// CEL for the commands that a delivery means
	Commands string `json:"commands,omitempty"`
	// CEL for the sender's id of a delivery
	Key string `json:"key,omitempty"`
	// deliveries taken in a minute
	PerMinute int64 `json:"per_minute,omitempty"`
	// business day from which on it was in force
	PublishedOn string `json:"published_on,omitempty"`
	// business day on which this version's use ended without a next one
	RetiredOn *string `json:"retired_on,omitempty"`
	// name of the shared secret
	Secret string `json:"secret,omitempty"`
	// what people call it
	Title *string `json:"title,omitempty"`
	// counts from 1
	Version int64 `json:"version,omitempty"`
	// its name, the source of what it records
	Webhook string `json:"webhook"`
}

// PublishedWebhookList is as the OpenAPI document has it.
type PublishedWebhookList struct {
	// Absent on the last page
	NextCursor string             `json:"next_cursor,omitempty"`
	Webhooks   []PublishedWebhook `json:"webhooks"`
}

// Purchase is as the OpenAPI document has it.
type Purchase struct {
	// its order was cancelled before delivery: it counts nowhere as a purchase
	Cancelled bool `json:"cancelled,omitempty"`
	// through which
	Channel *string `json:"channel,omitempty"`
	// it was paid in, ISO 4217
	Currency string `json:"currency,omitempty"`
	// who bought
	CustomerID string `json:"customer_id"`
	// that made the sale
	Department *string        `json:"department,omitempty"`
	Lines      []PurchaseLine `json:"lines,omitempty"`
	// of these, those without a category
	LinesWithoutCategory int64 `json:"lines_without_category,omitempty"`
	// of these, those without the cost of the goods
	LinesWithoutCost int64 `json:"lines_without_cost,omitempty"`
	// of these, those without a name
	LinesWithoutName int64 `json:"lines_without_name,omitempty"`
	// how it was paid
	PaymentMethod *string `json:"payment_method,omitempty"`
	// the purchase
	PurchaseID string `json:"purchase_id"`
	// when
	PurchasedAt time.Time `json:"purchased_at,omitzero"`
	// on which business day
	PurchasedOn string `json:"purchased_on,omitempty"`
	// reporting currency per unit of currency; null where they are the same
	Rate *string `json:"rate,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// invoice or receipt number
	Reference *string `json:"reference,omitempty"`
	// of the books, ISO 4217
	ReportingCurrency string `json:"reporting_currency,omitempty"`
	// sum of the lines, minor units of the reporting currency
	ReportingTotalMinor int64 `json:"reporting_total_minor,omitempty"`
	// the system that it came through
	Source *string `json:"source,omitempty"`
	// sum of the lines, minor units of currency
	TotalMinor int64 `json:"total_minor,omitempty"`
}

// PurchaseLine: every line of every purchase.
type PurchaseLine struct {
	// quantity × unit price, rounded half-even, minor units of the purchase's currency
	AmountMinor int64 `json:"amount_minor"`
	// what it belongs to
	Category *string `json:"category"`
	// quantity × unit cost, minor units of the reporting currency; null where unknown
	CostMinor *int64 `json:"cost_minor"`
	// number within the purchase, from 1
	Line int64 `json:"line"`
	// quantity × list price, minor units of the reporting currency; null where unknown
	ListMinor *int64 `json:"list_minor"`
	// per unit before discount, currency of the purchase
	ListPrice *string `json:"list_price"`
	// what it is called
	Name *string `json:"name"`
	// what it was bought for
	Purpose *string `json:"purpose"`
	// how many
	Quantity string `json:"quantity"`
	// the same in minor units of the reporting currency
	ReportingMinor int64 `json:"reporting_minor"`
	// good or service
	SKU string `json:"sku"`
	// cost of goods per unit, currency of the purchase
	UnitCost *string `json:"unit_cost"`
	// paid per unit, currency of the purchase
	UnitPrice string `json:"unit_price"`
}

// PurchaseList is as the OpenAPI document has it.
type PurchaseList struct {
	// Absent on the last page
	NextCursor string     `json:"next_cursor,omitempty"`
	Purchases  []Purchase `json:"purchases"`
}

// QualifyLead is as the OpenAPI document has it.
type QualifyLead struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The lead
	LeadID string `json:"lead_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why it is worth the work
	Reason string `json:"reason,omitempty"`
	// How good it is, from 0 to 100
	Score *int64 `json:"score,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// QualifyLeadAnswer is as the OpenAPI document has it.
type QualifyLeadAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// QualifyLeadLine is as the OpenAPI document has it.
type QualifyLeadLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// The lead
	LeadID string `json:"lead_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why it is worth the work
	Reason string `json:"reason,omitempty"`
	// How good it is, from 0 to 100
	Score int64 `json:"score,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Questionnaire is as the OpenAPI document has it.
type Questionnaire struct {
	Items []ItemOfQuestionnaire `json:"items,omitempty"`
	// nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity
	Kind string `json:"kind,omitempty"`
	// business day of the publication
	PublishedOn string `json:"published_on,omitempty"`
	// its name
	Questionnaire string `json:"questionnaire"`
	// what people call it
	Title *string `json:"title,omitempty"`
	// counts from 1
	Version int64 `json:"version,omitempty"`
}

// QuestionnaireAnswer is as the OpenAPI document has it.
type QuestionnaireAnswer struct {
	// expectation or perception (servqual), functional or dysfunctional (kano); absent for other kinds
	Aspect string `json:"aspect,omitempty"`
	// The item of the questionnaire
	Item string `json:"item"`
	// On the item's scale
	Value int64 `json:"value"`
}

// QuestionnaireItem is as the OpenAPI document has it.
type QuestionnaireItem struct {
	// What the item belongs to; needed for ecsi, relationship_quality, six_markets and maturity
	Dimension string `json:"dimension,omitempty"`
	// Names the item
	Item string `json:"item"`
	// Highest answer
	Max int64 `json:"max"`
	// Lowest answer
	Min int64 `json:"min"`
	// It may be left out
	Optional *bool `json:"optional,omitempty"`
	// The question
	Text string `json:"text,omitempty"`
}

// QuestionnaireList is as the OpenAPI document has it.
type QuestionnaireList struct {
	// Absent on the last page
	NextCursor     string          `json:"next_cursor,omitempty"`
	Questionnaires []Questionnaire `json:"questionnaires"`
}

// RateComplaint is as the OpenAPI document has it.
type RateComplaint struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What they got, 1 to 7
	Distributive int64 `json:"distributive"`
	// How they were treated, 1 to 7
	Interactional int64 `json:"interactional"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// How it was decided, 1 to 7
	Procedural int64 `json:"procedural"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RateComplaintAnswer is as the OpenAPI document has it.
type RateComplaintAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RateComplaintLine is as the OpenAPI document has it.
type RateComplaintLine struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What they got, 1 to 7
	Distributive   int64  `json:"distributive"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// How they were treated, 1 to 7
	Interactional int64 `json:"interactional"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// How it was decided, 1 to 7
	Procedural int64 `json:"procedural"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Reach is as the OpenAPI document has it.
type Reach struct {
	// Those through which they allow to be addressed for that purpose
	Channels []string `json:"channels"`
	// What can be used of theirs, what they prefer first; none where they allow no channel
	ContactPoints []ReachPoint `json:"contact_points"`
	// BCP 47 tag
	Locale *string `json:"locale"`
	// What they are called
	Name *string `json:"name"`
}

// ReachPoint is as the OpenAPI document has it.
type ReachPoint struct {
	ContactPointID string `json:"contact_point_id"`
	// email, phone, post, social or messenger
	Kind       string  `json:"kind"`
	Preferred  bool    `json:"preferred"`
	Value      string  `json:"value"`
	VerifiedOn *string `json:"verified_on"`
}

// Read is as the OpenAPI document has it.
type Read struct {
	Conditions any       `json:"conditions"`
	CustomerID *string   `json:"customer_id"`
	Operation  string    `json:"operation"`
	Position   int64     `json:"position"`
	Purpose    *string   `json:"purpose"`
	ReadAt     time.Time `json:"read_at"`
	Reader     string    `json:"reader"`
	Role       string    `json:"role"`
	Table      *string   `json:"table"`
}

// Readiness is as the OpenAPI document has it.
type Readiness struct {
	Checks map[string]Check `json:"checks"`
	Status string           `json:"status"`
}

// ReadsOutputBody is as the OpenAPI document has it.
type ReadsOutputBody struct {
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
	Reads      []Read `json:"reads"`
}

// RebuildOutputBody is as the OpenAPI document has it.
type RebuildOutputBody struct {
	// GET /v1/projections tells how far it is
	State string `json:"state"`
}

// RebuildStatus is as the OpenAPI document has it.
type RebuildStatus struct {
	Head      int64     `json:"head"`
	Position  int64     `json:"position"`
	StartedAt time.Time `json:"started_at"`
}

// Receivable is as the OpenAPI document has it.
type Receivable struct {
	// ISO 4217
	Currency string `json:"currency,omitempty"`
	// who owes
	CustomerID string `json:"customer_id"`
	// days from the order to the payment that made it full; null before
	DaysToPay *int64 `json:"days_to_pay,omitempty"`
	// what is still to be paid, minor units of currency
	OpenMinor int64 `json:"open_minor,omitempty"`
	// days since the last one for paying; 0 where it is paid or has time
	OverdueDays int64 `json:"overdue_days,omitempty"`
	// what was paid, minor units of currency
	PaidMinor int64 `json:"paid_minor,omitempty"`
	// last business day for paying
	PaymentDueOn *string `json:"payment_due_on,omitempty"`
	// business day on which it was placed
	PlacedOn string `json:"placed_on,omitempty"`
	// the order
	PurchaseID string `json:"purchase_id"`
	// taken off by returns, minor units of currency
	RefundedMinor int64 `json:"refunded_minor,omitempty"`
	// what was bought, minor units of currency
	TotalMinor int64 `json:"total_minor,omitempty"`
}

// ReceivableList is as the OpenAPI document has it.
type ReceivableList struct {
	// Absent on the last page
	NextCursor  string       `json:"next_cursor,omitempty"`
	Receivables []Receivable `json:"receivables"`
}

// Recommendation is as the OpenAPI document has it.
type Recommendation struct {
	Action           string  `json:"action"`
	Assignee         string  `json:"assignee"`
	Category         *string `json:"category"`
	CustomerID       string  `json:"customer_id"`
	Department       *string `json:"department"`
	DueOn            string  `json:"due_on"`
	Evidence         any     `json:"evidence"`
	ExpectedCurrency *string `json:"expected_currency"`
	ExpectedMinor    *int64  `json:"expected_minor"`
	Guidance         *string `json:"guidance"`
	IssuedOn         string  `json:"issued_on"`
	Overdue          bool    `json:"overdue"`
	Reason           string  `json:"reason"`
	RecommendationID string  `json:"recommendation_id"`
}

// RecordCampaignCost is as the OpenAPI document has it.
type RecordCampaignCost struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// In the currency
	Amount   string `json:"amount"`
	Campaign string `json:"campaign,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// Names the cost; without it, one follows from the Idempotency-Key, or is new
	CostID string `json:"cost_id,omitempty"`
	// ISO 4217 code
	Currency string `json:"currency"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What for
	What string `json:"what,omitempty"`
}

// RecordCampaignCostAnswer is as the OpenAPI document has it.
type RecordCampaignCostAnswer struct {
	// Present where it was made here
	CostID string `json:"cost_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RecordCampaignCostLine is as the OpenAPI document has it.
type RecordCampaignCostLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// In the currency
	Amount   string `json:"amount"`
	Campaign string `json:"campaign,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// Names the cost; without it, one follows from the Idempotency-Key, or is new
	CostID string `json:"cost_id,omitempty"`
	// ISO 4217 code
	Currency string `json:"currency"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What for
	What string `json:"what,omitempty"`
}

// RecordInsight is as the OpenAPI document has it.
type RecordInsight struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// How sure they are, from 0 to 1; without it, 1
	Confidence string `json:"confidence,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The events that it rests on, by their revisions in the customer's history
	Evidence []int64 `json:"evidence,omitempty"`
	// Names the insight; without it, one follows from the Idempotency-Key, or is new
	InsightID string `json:"insight_id,omitempty"`
	// Need, habit, risk, …
	Kind string `json:"kind,omitempty"`
	// Documents that it rests on
	Links []string `json:"links,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What was concluded
	Statement string `json:"statement"`
}

// RecordInsightAnswer is as the OpenAPI document has it.
type RecordInsightAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	InsightID string `json:"insight_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RecordInsightLine is as the OpenAPI document has it.
type RecordInsightLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// How sure they are, from 0 to 1; without it, 1
	Confidence string `json:"confidence,omitempty"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The events that it rests on, by their revisions in the customer's history
	Evidence       []int64 `json:"evidence,omitempty"`
	IdempotencyKey string  `json:"idempotency_key,omitempty"`
	IfRevision     int64   `json:"if_revision,omitempty"`
	// Names the insight; without it, one follows from the Idempotency-Key, or is new
	InsightID string `json:"insight_id,omitempty"`
	// Need, habit, risk, …
	Kind string `json:"kind,omitempty"`
	// Documents that it rests on
	Links []string `json:"links,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What was concluded
	Statement string `json:"statement"`
}

// RecordInteraction is as the OpenAPI document has it.
type RecordInteraction struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// inbound where the customer sought the contact, outbound where we did
	Direction string `json:"direction"`
	// How long it took, in seconds
	DurationS *int64 `json:"duration_s,omitempty"`
	// Names the contact; without it, one follows from the Idempotency-Key, or is new
	InteractionID string `json:"interaction_id,omitempty"`
	// email, call, meeting, interview, chat, social_post, web_visit, form, letter, sms or store_visit
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source  string `json:"source,omitempty"`
	Subject string `json:"subject,omitempty"`
	Text    string `json:"text,omitempty"`
}

// RecordInteractionAnswer is as the OpenAPI document has it.
type RecordInteractionAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	InteractionID string `json:"interaction_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RecordInteractionLine is as the OpenAPI document has it.
type RecordInteractionLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// inbound where the customer sought the contact, outbound where we did
	Direction string `json:"direction"`
	// How long it took, in seconds
	DurationS      int64  `json:"duration_s,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Names the contact; without it, one follows from the Idempotency-Key, or is new
	InteractionID string `json:"interaction_id,omitempty"`
	// email, call, meeting, interview, chat, social_post, web_visit, form, letter, sms or store_visit
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source  string `json:"source,omitempty"`
	Subject string `json:"subject,omitempty"`
	Text    string `json:"text,omitempty"`
}

// RecordPurchase is as the OpenAPI document has it.
type RecordPurchase struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// ISO 4217 code
	Currency string `json:"currency"`
	// For whom: sales, service, marketing, …
	Department string         `json:"department,omitempty"`
	Lines      []CustomerLine `json:"lines"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The offer that the purchase redeems
	OfferID       string `json:"offer_id,omitempty"`
	PaymentMethod string `json:"payment_method,omitempty"`
	// Names the purchase; without it, one follows from the Idempotency-Key, or is new
	PurchaseID string `json:"purchase_id,omitempty"`
	// Reporting currency per unit of currency, where they differ
	Rate string `json:"rate,omitempty"`
	// Invoice or receipt number
	Reference string `json:"reference,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RecordPurchaseAnswer is as the OpenAPI document has it.
type RecordPurchaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	PurchaseID string `json:"purchase_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RecordPurchaseLine is as the OpenAPI document has it.
type RecordPurchaseLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// ISO 4217 code
	Currency   string `json:"currency"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string         `json:"department,omitempty"`
	IdempotencyKey string         `json:"idempotency_key,omitempty"`
	IfRevision     int64          `json:"if_revision,omitempty"`
	Lines          []CustomerLine `json:"lines"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The offer that the purchase redeems
	OfferID       string `json:"offer_id,omitempty"`
	PaymentMethod string `json:"payment_method,omitempty"`
	// Names the purchase; without it, one follows from the Idempotency-Key, or is new
	PurchaseID string `json:"purchase_id,omitempty"`
	// Reporting currency per unit of currency, where they differ
	Rate string `json:"rate,omitempty"`
	// Invoice or receipt number
	Reference string `json:"reference,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RecordReturn is as the OpenAPI document has it.
type RecordReturn struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// ISO 4217 code
	Currency string `json:"currency"`
	// For whom: sales, service, marketing, …
	Department string               `json:"department,omitempty"`
	Lines      []CustomerReturnLine `json:"lines"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The purchase that it belongs to, if that is known
	PurchaseID string `json:"purchase_id,omitempty"`
	// Reporting currency per unit of currency, where they differ; that of the purchase by default
	Rate string `json:"rate,omitempty"`
	// Why it came back
	Reason string `json:"reason,omitempty"`
	// Number of the credit note
	Reference string `json:"reference,omitempty"`
	// Names the return; without it, one follows from the Idempotency-Key, or is new
	ReturnID string `json:"return_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RecordReturnAnswer is as the OpenAPI document has it.
type RecordReturnAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	ReturnID string `json:"return_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RecordReturnLine is as the OpenAPI document has it.
type RecordReturnLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// ISO 4217 code
	Currency   string `json:"currency"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string               `json:"department,omitempty"`
	IdempotencyKey string               `json:"idempotency_key,omitempty"`
	IfRevision     int64                `json:"if_revision,omitempty"`
	Lines          []CustomerReturnLine `json:"lines"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The purchase that it belongs to, if that is known
	PurchaseID string `json:"purchase_id,omitempty"`
	// Reporting currency per unit of currency, where they differ; that of the purchase by default
	Rate string `json:"rate,omitempty"`
	// Why it came back
	Reason string `json:"reason,omitempty"`
	// Number of the credit note
	Reference string `json:"reference,omitempty"`
	// Names the return; without it, one follows from the Idempotency-Key, or is new
	ReturnID string `json:"return_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RedeemOffer is as the OpenAPI document has it.
type RedeemOffer struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The offer
	OfferID string `json:"offer_id"`
	// The purchase
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RedeemOfferAnswer is as the OpenAPI document has it.
type RedeemOfferAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RedeemOfferLine is as the OpenAPI document has it.
type RedeemOfferLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The offer
	OfferID string `json:"offer_id"`
	// The purchase
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Referral is as the OpenAPI document has it.
type Referral struct {
	// through which
	Channel *string `json:"channel,omitempty"`
	// business day on which it was known to have brought a customer; null until then
	ConvertedOn *string `json:"converted_on,omitempty"`
	// who referred
	CustomerID string `json:"customer_id"`
	// that recorded the referral
	Department *string `json:"department,omitempty"`
	// business day of the referral
	MadeOn string `json:"made_on,omitempty"`
	// theirs, by which it is known
	PurchaseID *string `json:"purchase_id,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// the referral
	ReferralID string `json:"referral_id"`
	// the customer who was brought
	ReferredID *string `json:"referred_id,omitempty"`
	// by what means
	Via *string `json:"via,omitempty"`
}

// ReferralList is as the OpenAPI document has it.
type ReferralList struct {
	// Absent on the last page
	NextCursor string     `json:"next_cursor,omitempty"`
	Referrals  []Referral `json:"referrals"`
}

// RefundPurchase is as the OpenAPI document has it.
type RefundPurchase struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Above 0, in the currency of the purchase
	Amount string `json:"amount"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// For which purchase
	PurchaseID string `json:"purchase_id"`
	// Why: goodwill, a delivery that was late, …
	Reason string `json:"reason,omitempty"`
	// Names the refund; without it, one follows from the Idempotency-Key, or is new
	RefundID string `json:"refund_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RefundPurchaseAnswer is as the OpenAPI document has it.
type RefundPurchaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	RefundID string `json:"refund_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RefundPurchaseLine is as the OpenAPI document has it.
type RefundPurchaseLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Above 0, in the currency of the purchase
	Amount string `json:"amount"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// For which purchase
	PurchaseID string `json:"purchase_id"`
	// Why: goodwill, a delivery that was late, …
	Reason string `json:"reason,omitempty"`
	// Names the refund; without it, one follows from the Idempotency-Key, or is new
	RefundID string `json:"refund_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RegisterCustomer is as the OpenAPI document has it.
type RegisterCustomer struct {
	// What brought the customer
	Acquired *CustomerAcquisition `json:"acquired,omitempty"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// ISO 3166-1 name or code
	Country string `json:"country,omitempty"`
	// The customer's id here, if it is to be a certain one
	CustomerID string `json:"customer_id,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// How other systems call the customer
	ExternalIds []CustomerExternalID `json:"external_ids,omitempty"`
	// person or organisation
	Kind string `json:"kind"`
	// BCP 47 tag
	Locale string `json:"locale,omitempty"`
	Name   string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RegisterCustomerAnswer is as the OpenAPI document has it.
type RegisterCustomerAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RegisterCustomerBy is as the OpenAPI document has it.
type RegisterCustomerBy struct {
	Acquired *CustomerAcquisition `json:"acquired,omitempty"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Country string `json:"country,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// How yet other systems call the customer: only in a batch
	ExternalIds []CustomerExternalID `json:"external_ids,omitempty"`
	Kind        string               `json:"kind"`
	Locale      string               `json:"locale,omitempty"`
	Name        string               `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RegisterCustomerByAnswer is as the OpenAPI document has it.
type RegisterCustomerByAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RegisterCustomerByLine is as the OpenAPI document has it.
type RegisterCustomerByLine struct {
	Acquired *CustomerAcquisition `json:"acquired,omitempty"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	Country string `json:"country,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// How yet other systems call the customer: only in a batch
	ExternalIds    []CustomerExternalID `json:"external_ids,omitempty"`
	IdempotencyKey string               `json:"idempotency_key,omitempty"`
	IfRevision     int64                `json:"if_revision,omitempty"`
	Kind           string               `json:"kind"`
	Locale         string               `json:"locale,omitempty"`
	Name           string               `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RegisterCustomerLine is as the OpenAPI document has it.
type RegisterCustomerLine struct {
	// What brought the customer
	Acquired *CustomerAcquisition `json:"acquired,omitempty"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// ISO 3166-1 name or code
	Country string `json:"country,omitempty"`
	// The customer's id here, if it is to be a certain one
	CustomerID string `json:"customer_id,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// How other systems call the customer
	ExternalIds    []CustomerExternalID `json:"external_ids,omitempty"`
	IdempotencyKey string               `json:"idempotency_key,omitempty"`
	IfRevision     int64                `json:"if_revision,omitempty"`
	// person or organisation
	Kind string `json:"kind"`
	// BCP 47 tag
	Locale string `json:"locale,omitempty"`
	Name   string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RejectLead is as the OpenAPI document has it.
type RejectLead struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// The lead
	LeadID string `json:"lead_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why it leads nowhere
	Reason string `json:"reason"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RejectLeadAnswer is as the OpenAPI document has it.
type RejectLeadAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RejectLeadLine is as the OpenAPI document has it.
type RejectLeadLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// The lead
	LeadID string `json:"lead_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why it leads nowhere
	Reason string `json:"reason"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RejectOffer is as the OpenAPI document has it.
type RejectOffer struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The offer
	OfferID string `json:"offer_id"`
	// Why the customer does not want it
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RejectOfferAnswer is as the OpenAPI document has it.
type RejectOfferAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RejectOfferLine is as the OpenAPI document has it.
type RejectOfferLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The offer
	OfferID string `json:"offer_id"`
	// Why the customer does not want it
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Relationship: each relationship is read from both ends.
type Relationship struct {
	// at whose end
	CustomerID string `json:"customer_id"`
	// whether this end is what the kind says to the other end, or the other way round
	Declared bool `json:"declared"`
	// business day on which it was declared
	DeclaredOn string `json:"declared_on,omitempty"`
	// business day from which it was no more; null while it is
	EndedOn *string `json:"ended_on,omitempty"`
	// what one is to the other
	Kind string `json:"kind,omitempty"`
	// who is at the other end
	OtherID string `json:"other_id,omitempty"`
	// the relationship
	RelationshipID string `json:"relationship_id"`
	// first business day of it; null where nobody said
	Since *string `json:"since,omitempty"`
}

// RelationshipList is as the OpenAPI document has it.
type RelationshipList struct {
	// Absent on the last page
	NextCursor    string         `json:"next_cursor,omitempty"`
	Relationships []Relationship `json:"relationships"`
}

// RemoveAttribute is as the OpenAPI document has it.
type RemoveAttribute struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Of the attribute that the department does not hold to be so any more
	Name string `json:"name"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RemoveAttributeAnswer is as the OpenAPI document has it.
type RemoveAttributeAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RemoveAttributeLine is as the OpenAPI document has it.
type RemoveAttributeLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Of the attribute that the department does not hold to be so any more
	Name string `json:"name"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RemoveContactPoint is as the OpenAPI document has it.
type RemoveContactPoint struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// The one by which the customer cannot be reached any more
	ContactPointID string `json:"contact_point_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why: moved, bounced, asked for it, …
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RemoveContactPointAnswer is as the OpenAPI document has it.
type RemoveContactPointAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RemoveContactPointLine is as the OpenAPI document has it.
type RemoveContactPointLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// The one by which the customer cannot be reached any more
	ContactPointID string `json:"contact_point_id"`
	CustomerID     string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why: moved, bounced, asked for it, …
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ReopenCase is as the OpenAPI document has it.
type ReopenCase struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ReopenCaseAnswer is as the OpenAPI document has it.
type ReopenCaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ReopenCaseLine is as the OpenAPI document has it.
type ReopenCaseLine struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ReplyToCase is as the OpenAPI document has it.
type ReplyToCase struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names what they wrote; without it, one follows from the Idempotency-Key, or is new
	ReplyID string `json:"reply_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ReplyToCaseAnswer is as the OpenAPI document has it.
type ReplyToCaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	ReplyID string `json:"reply_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ReplyToCaseLine is as the OpenAPI document has it.
type ReplyToCaseLine struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names what they wrote; without it, one follows from the Idempotency-Key, or is new
	ReplyID string `json:"reply_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// Report is as the OpenAPI document has it.
type Report struct {
	// How many things are not as they were; 0: nothing was altered
	Differences int64 `json:"differences"`
	// Events that were read
	Events int64 `json:"events"`
	// The first of them, in the order of the log
	Findings []Finding `json:"findings"`
	// Signed heads that the log was held against
	Heads int64 `json:"heads"`
	// Events whose hashes were kept
	Kept int64 `json:"kept"`
	// Log position of the newest of them
	Position int64 `json:"position"`
	// Events under the newest head that holds
	Signed int64 `json:"signed"`
	// What is as it was written down, and odd all the same: times of recording that step back, missing revisions that a person accepted
	Warnings []Finding `json:"warnings,omitempty"`
}

// ReportBreakdown is as the OpenAPI document has it.
type ReportBreakdown struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// Names the breakdown; without it, one follows from the Idempotency-Key, or is new
	BreakdownID string `json:"breakdown_id,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// What failed
	Component string `json:"component"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ReportBreakdownAnswer is as the OpenAPI document has it.
type ReportBreakdownAnswer struct {
	// Present where it was made here
	BreakdownID string `json:"breakdown_id,omitempty"`
	CustomerID  string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ReportBreakdownLine is as the OpenAPI document has it.
type ReportBreakdownLine struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// Names the breakdown; without it, one follows from the Idempotency-Key, or is new
	BreakdownID string `json:"breakdown_id,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// What failed
	Component  string `json:"component"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ReportDefect is as the OpenAPI document has it.
type ReportDefect struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// As the maker names the error
	Code string `json:"code"`
	// Where it is, if that is known
	Component string `json:"component,omitempty"`
	// Names the defect; without it, one follows from the Idempotency-Key, or is new
	DefectID string `json:"defect_id,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ReportDefectAnswer is as the OpenAPI document has it.
type ReportDefectAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	DefectID string `json:"defect_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ReportDefectLine is as the OpenAPI document has it.
type ReportDefectLine struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// As the maker names the error
	Code    string `json:"code"`
	Command string `json:"command"`
	// Where it is, if that is known
	Component  string `json:"component,omitempty"`
	CustomerID string `json:"customer_id"`
	// Names the defect; without it, one follows from the Idempotency-Key, or is new
	DefectID string `json:"defect_id,omitempty"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ReportUsage is as the OpenAPI document has it.
type ReportUsage struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the reading; without it, one follows from the Idempotency-Key, or is new
	ReadingID string `json:"reading_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What the meter shows, in unit
	Total string `json:"total"`
	// What it counts: hours, km, cycles, …; always the same for one asset
	Unit string `json:"unit"`
}

// ReportUsageAnswer is as the OpenAPI document has it.
type ReportUsageAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	ReadingID string `json:"reading_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ReportUsageLine is as the OpenAPI document has it.
type ReportUsageLine struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the reading; without it, one follows from the Idempotency-Key, or is new
	ReadingID string `json:"reading_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// What the meter shows, in unit
	Total string `json:"total"`
	// What it counts: hours, km, cycles, …; always the same for one asset
	Unit string `json:"unit"`
}

// ResolveAttribute is as the OpenAPI document has it.
type ResolveAttribute struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Instead of the value: the department that is right
	Keep string `json:"keep,omitempty"`
	// Of the attribute
	Name string `json:"name"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The value that is right; one of those that are said
	Value string `json:"value,omitempty"`
}

// ResolveAttributeAnswer is as the OpenAPI document has it.
type ResolveAttributeAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ResolveAttributeLine is as the OpenAPI document has it.
type ResolveAttributeLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Instead of the value: the department that is right
	Keep string `json:"keep,omitempty"`
	// Of the attribute
	Name string `json:"name"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The value that is right; one of those that are said
	Value string `json:"value,omitempty"`
}

// ResolveCase is as the OpenAPI document has it.
type ResolveCase struct {
	// corrective where this one case was put right, preventive where its cause was removed
	Action string `json:"action"`
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel      string                `json:"channel,omitempty"`
	Compensation *CustomerCompensation `json:"compensation,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why there was a case; a complaint needs one
	RootCause string `json:"root_cause,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ResolveCaseAnswer is as the OpenAPI document has it.
type ResolveCaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ResolveCaseLine is as the OpenAPI document has it.
type ResolveCaseLine struct {
	// corrective where this one case was put right, preventive where its cause was removed
	Action string `json:"action"`
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel      string                `json:"channel,omitempty"`
	Command      string                `json:"command"`
	Compensation *CustomerCompensation `json:"compensation,omitempty"`
	CustomerID   string                `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why there was a case; a complaint needs one
	RootCause string `json:"root_cause,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RespondToCase is as the OpenAPI document has it.
type RespondToCase struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the answer; without it, one follows from the Idempotency-Key, or is new
	ResponseID string `json:"response_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RespondToCaseAnswer is as the OpenAPI document has it.
type RespondToCaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Present where it was made here
	ResponseID string `json:"response_id,omitempty"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RespondToCaseLine is as the OpenAPI document has it.
type RespondToCaseLine struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Names the answer; without it, one follows from the Idempotency-Key, or is new
	ResponseID string `json:"response_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RestoreCustomer is as the OpenAPI document has it.
type RestoreCustomer struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RestoreCustomerAnswer is as the OpenAPI document has it.
type RestoreCustomerAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RestoreCustomerLine is as the OpenAPI document has it.
type RestoreCustomerLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ResumeCase is as the OpenAPI document has it.
type ResumeCase struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ResumeCaseAnswer is as the OpenAPI document has it.
type ResumeCaseAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ResumeCaseLine is as the OpenAPI document has it.
type ResumeCaseLine struct {
	// Who did it
	Actor  string `json:"actor,omitempty"`
	CaseID string `json:"case_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RetentionForecast is as the OpenAPI document has it.
type RetentionForecast struct {
	AfterDays      int64           `json:"after_days"`
	BusinessDate   string          `json:"business_date"`
	Due            int64           `json:"due"`
	Members        int64           `json:"members"`
	On             string          `json:"on"`
	Position       int64           `json:"position"`
	Sample         []RetentionStay `json:"sample"`
	Segment        string          `json:"segment"`
	SegmentVersion int64           `json:"segment_version"`
}

// RetentionOutputBody is as the OpenAPI document has it.
type RetentionOutputBody struct {
	PublishedAt time.Time       `json:"published_at"`
	Retention   PolicyRetention `json:"retention"`
	Version     int64           `json:"version"`
}

// RetentionStay is as the OpenAPI document has it.
type RetentionStay struct {
	CustomerID string `json:"customer_id"`
	DueOn      string `json:"due_on"`
	StayFrom   string `json:"stay_from"`
}

// RetireAsset is as the OpenAPI document has it.
type RetireAsset struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// Another asset of the customer, which took its place
	ReplacedBy string `json:"replaced_by,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RetireAssetAnswer is as the OpenAPI document has it.
type RetireAssetAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RetireAssetLine is as the OpenAPI document has it.
type RetireAssetLine struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// Another asset of the customer, which took its place
	ReplacedBy string `json:"replaced_by,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RetireGuidance is as the OpenAPI document has it.
type RetireGuidance struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	Name       string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RetireGuidanceAnswer is as the OpenAPI document has it.
type RetireGuidanceAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RetireGuidanceLine is as the OpenAPI document has it.
type RetireGuidanceLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	Name           string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RetireSegment is as the OpenAPI document has it.
type RetireSegment struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	Name       string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RetireSegmentAnswer is as the OpenAPI document has it.
type RetireSegmentAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RetireSegmentLine is as the OpenAPI document has it.
type RetireSegmentLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	Name           string `json:"name,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RetireSubscription is as the OpenAPI document has it.
type RetireSubscription struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source       string `json:"source,omitempty"`
	Subscription string `json:"subscription,omitempty"`
}

// RetireSubscriptionAnswer is as the OpenAPI document has it.
type RetireSubscriptionAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RetireSubscriptionLine is as the OpenAPI document has it.
type RetireSubscriptionLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source       string `json:"source,omitempty"`
	Subscription string `json:"subscription,omitempty"`
}

// RetireWebhook is as the OpenAPI document has it.
type RetireWebhook struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source  string `json:"source,omitempty"`
	Webhook string `json:"webhook,omitempty"`
}

// RetireWebhookAnswer is as the OpenAPI document has it.
type RetireWebhookAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RetireWebhookLine is as the OpenAPI document has it.
type RetireWebhookLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source  string `json:"source,omitempty"`
	Webhook string `json:"webhook,omitempty"`
}

// RetractInsight is as the OpenAPI document has it.
type RetractInsight struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What is not so
	InsightID string `json:"insight_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RetractInsightAnswer is as the OpenAPI document has it.
type RetractInsightAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RetractInsightLine is as the OpenAPI document has it.
type RetractInsightLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// What is not so
	InsightID string `json:"insight_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RetriedOutputBody is as the OpenAPI document has it.
type RetriedOutputBody struct {
	// How many events are tried again
	Waiting int64 `json:"waiting"`
}

// Return is as the OpenAPI document has it.
type Return struct {
	// of an order that was cancelled before delivery: it counts nowhere as a return
	Cancelled bool `json:"cancelled,omitempty"`
	// through which
	Channel *string `json:"channel,omitempty"`
	// of the refund, ISO 4217
	Currency string `json:"currency,omitempty"`
	// who brought back
	CustomerID string `json:"customer_id"`
	// that took it back
	Department *string      `json:"department,omitempty"`
	Lines      []ReturnLine `json:"lines,omitempty"`
	// whether money alone was refunded: nothing came back, there are no lines
	MoneyOnly bool `json:"money_only,omitempty"`
	// the purchase that it belongs to, where known
	PurchaseID *string `json:"purchase_id,omitempty"`
	// reporting currency per unit of currency; null where they are the same
	Rate *string `json:"rate,omitempty"`
	// why
	Reason *string `json:"reason,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// credit note number
	Reference *string `json:"reference,omitempty"`
	// of the books, ISO 4217
	ReportingCurrency string `json:"reporting_currency,omitempty"`
	// sum of the lines, minor units of the reporting currency
	ReportingTotalMinor int64 `json:"reporting_total_minor,omitempty"`
	// the return
	ReturnID string `json:"return_id"`
	// when
	ReturnedAt time.Time `json:"returned_at,omitzero"`
	// on which business day
	ReturnedOn string `json:"returned_on,omitempty"`
	// sum of the lines, minor units of currency
	TotalMinor int64 `json:"total_minor,omitempty"`
}

// ReturnLine: every line of every return.
type ReturnLine struct {
	// quantity × unit price, rounded half-even, minor units of the return's currency
	AmountMinor int64 `json:"amount_minor"`
	// number within the return, from 1
	Line int64 `json:"line"`
	// what it is called
	Name *string `json:"name"`
	// how many came back
	Quantity string `json:"quantity"`
	// the same in minor units of the reporting currency
	ReportingMinor int64 `json:"reporting_minor"`
	// good or service
	SKU string `json:"sku"`
	// refunded per unit, currency of the return
	UnitPrice string `json:"unit_price"`
}

// ReturnList is as the OpenAPI document has it.
type ReturnList struct {
	// Absent on the last page
	NextCursor string   `json:"next_cursor,omitempty"`
	Returns    []Return `json:"returns"`
}

// RevalueOpportunity is as the OpenAPI document has it.
type RevalueOpportunity struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What it comes to now, in the opportunity's currency
	Amount string `json:"amount"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity
	OpportunityID string `json:"opportunity_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RevalueOpportunityAnswer is as the OpenAPI document has it.
type RevalueOpportunityAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RevalueOpportunityLine is as the OpenAPI document has it.
type RevalueOpportunityLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What it comes to now, in the opportunity's currency
	Amount string `json:"amount"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity
	OpportunityID string `json:"opportunity_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// RfmOutputBody is as the OpenAPI document has it.
type RfmOutputBody struct {
	PublishedAt time.Time `json:"published_at,omitzero"`
	RFM         PolicyRFM `json:"rfm"`
	// 0 for the built-in scheme
	Version int64 `json:"version"`
}

// RotateSubscriptionSecret is as the OpenAPI document has it.
type RotateSubscriptionSecret struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source       string `json:"source,omitempty"`
	Subscription string `json:"subscription,omitempty"`
}

// RotateSubscriptionSecretAnswer is as the OpenAPI document has it.
type RotateSubscriptionSecretAnswer struct {
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// RotateSubscriptionSecretLine is as the OpenAPI document has it.
type RotateSubscriptionSecretLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source       string `json:"source,omitempty"`
	Subscription string `json:"subscription,omitempty"`
}

// RowDifference is as the OpenAPI document has it.
type RowDifference struct {
	Columns []string `json:"columns"`
	Key     any      `json:"key"`
	What    string   `json:"what"`
}

// RuleChanged is as the OpenAPI document has it.
type RuleChanged struct {
	From *RuleVersion `json:"from"`
	Rule string       `json:"rule"`
	To   *RuleVersion `json:"to"`
}

// RuleVersion is as the OpenAPI document has it.
type RuleVersion struct {
	Position int64 `json:"position"`
	Version  int64 `json:"version"`
}

// RulesPart is as the OpenAPI document has it.
type RulesPart struct {
	Expression string         `json:"expression"`
	Holds      bool           `json:"holds,omitempty"`
	Joins      string         `json:"joins,omitempty"`
	Parts      []RulesPart    `json:"parts,omitempty"`
	Values     map[string]any `json:"values,omitempty"`
}

// ScheduleMaintenance is as the OpenAPI document has it.
type ScheduleMaintenance struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// What is to be worked on
	Component string `json:"component"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it is in time
	DueOn string `json:"due_on"`
	// Names the work; without it, one follows from the Idempotency-Key, or is new
	MaintenanceID string `json:"maintenance_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ScheduleMaintenanceAnswer is as the OpenAPI document has it.
type ScheduleMaintenanceAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	MaintenanceID string `json:"maintenance_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ScheduleMaintenanceLine is as the OpenAPI document has it.
type ScheduleMaintenanceLine struct {
	// Who did it
	Actor   string `json:"actor,omitempty"`
	AssetID string `json:"asset_id"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// What is to be worked on
	Component  string `json:"component"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it is in time
	DueOn          string `json:"due_on"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Names the work; without it, one follows from the Idempotency-Key, or is new
	MaintenanceID string `json:"maintenance_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ScrubOutputBody is as the OpenAPI document has it.
type ScrubOutputBody map[string]any

// SecretsOutputBody is as the OpenAPI document has it.
type SecretsOutputBody struct {
	// Those that sign, the newest first
	Secrets []string `json:"secrets"`
}

// Segment is as the OpenAPI document has it.
type Segment struct {
	DefinedOn *string `json:"defined_on"`
	EndedOn   *string `json:"ended_on"`
	Members   int64   `json:"members"`
	Progress  float64 `json:"progress"`
	Rule      string  `json:"rule"`
	Segment   string  `json:"segment"`
	State     string  `json:"state"`
	Status    string  `json:"status"`
	Title     *string `json:"title"`
	Version   int64   `json:"version"`
}

// SegmentsOutputBody is as the OpenAPI document has it.
type SegmentsOutputBody struct {
	Segments []Segment `json:"segments"`
}

// SendCampaignMessage is as the OpenAPI document has it.
type SendCampaignMessage struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The campaign, in a cell of which the customer is
	Campaign string `json:"campaign"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Names the message; without it, one follows from the Idempotency-Key, or is new
	MessageID string `json:"message_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// SendCampaignMessageAnswer is as the OpenAPI document has it.
type SendCampaignMessageAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// Present where it was made here
	MessageID string `json:"message_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// SendCampaignMessageLine is as the OpenAPI document has it.
type SendCampaignMessageLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// The campaign, in a cell of which the customer is
	Campaign string `json:"campaign"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Names the message; without it, one follows from the Idempotency-Key, or is new
	MessageID string `json:"message_id,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ServiceOutputBody is as the OpenAPI document has it.
type ServiceOutputBody struct {
	PublishedAt time.Time            `json:"published_at"`
	Service     CustomerServiceTerms `json:"service"`
	Version     int64                `json:"version"`
}

// SetAttribute is as the OpenAPI document has it.
type SetAttribute struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// How sure they are, from 0 to 1; without it, 1
	Confidence string `json:"confidence,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it holds; without it, it holds until they say otherwise
	ExpiresOn string `json:"expires_on,omitempty"`
	// Of the attribute: a-z, 0-9 and _, such as income
	Name string `json:"name"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// First day on which it held; without it, the day on which it is said
	ValidFrom string `json:"valid_from,omitempty"`
	// What is so
	Value string `json:"value"`
}

// SetAttributeAnswer is as the OpenAPI document has it.
type SetAttributeAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// SetAttributeLine is as the OpenAPI document has it.
type SetAttributeLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// How sure they are, from 0 to 1; without it, 1
	Confidence string `json:"confidence,omitempty"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it holds; without it, it holds until they say otherwise
	ExpiresOn      string `json:"expires_on,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Of the attribute: a-z, 0-9 and _, such as income
	Name string `json:"name"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// First day on which it held; without it, the day on which it is said
	ValidFrom string `json:"valid_from,omitempty"`
	// What is so
	Value string `json:"value"`
}

// ShareData is as the OpenAPI document has it.
type ShareData struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What was shared, by name
	Fields []string `json:"fields"`
	// On what ground: consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests
	LegalBasis string `json:"legal_basis"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What for: a-z, 0-9 and _, as in consents
	Purpose string `json:"purpose"`
	// With whom: a partner's name
	Recipient string `json:"recipient,omitempty"`
	// Or another customer, who must be registered
	RecipientID string `json:"recipient_id,omitempty"`
	// Names the sharing; without it, one follows from the Idempotency-Key, or is new
	ShareID string `json:"share_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ShareDataAnswer is as the OpenAPI document has it.
type ShareDataAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
	// Present where it was made here
	ShareID string `json:"share_id,omitempty"`
}

// ShareDataLine is as the OpenAPI document has it.
type ShareDataLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What was shared, by name
	Fields         []string `json:"fields"`
	IdempotencyKey string   `json:"idempotency_key,omitempty"`
	IfRevision     int64    `json:"if_revision,omitempty"`
	// On what ground: consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests
	LegalBasis string `json:"legal_basis"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What for: a-z, 0-9 and _, as in consents
	Purpose string `json:"purpose"`
	// With whom: a partner's name
	Recipient string `json:"recipient,omitempty"`
	// Or another customer, who must be registered
	RecipientID string `json:"recipient_id,omitempty"`
	// Names the sharing; without it, one follows from the Idempotency-Key, or is new
	ShareID string `json:"share_id,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ShipOrder is as the OpenAPI document has it.
type ShipOrder struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Who brings it
	Carrier string `json:"carrier,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The order
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// ShipOrderAnswer is as the OpenAPI document has it.
type ShipOrderAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// ShipOrderLine is as the OpenAPI document has it.
type ShipOrderLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Who brings it
	Carrier string `json:"carrier,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The order
	PurchaseID string `json:"purchase_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// SignAgreement is as the OpenAPI document has it.
type SignAgreement struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Names the agreement; without it, one follows from the Idempotency-Key, or is new
	AgreementID string `json:"agreement_id,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it is; without it, until it is ended
	EndsOn string `json:"ends_on,omitempty"`
	// Such as framework, partnership or co_creation
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// First day on which it is in force
	StartsOn string `json:"starts_on"`
}

// SignAgreementAnswer is as the OpenAPI document has it.
type SignAgreementAnswer struct {
	// Present where it was made here
	AgreementID string `json:"agreement_id,omitempty"`
	CustomerID  string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// SignAgreementLine is as the OpenAPI document has it.
type SignAgreementLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// Names the agreement; without it, one follows from the Idempotency-Key, or is new
	AgreementID string `json:"agreement_id,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// Last day on which it is; without it, until it is ended
	EndsOn         string `json:"ends_on,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// Such as framework, partnership or co_creation
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// First day on which it is in force
	StartsOn string `json:"starts_on"`
}

// SpendPoints is as the OpenAPI document has it.
type SpendPoints struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What the customer gets for them
	For string `json:"for,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// How many
	Points int64 `json:"points"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Names the spending; without it, one follows from the Idempotency-Key, or is new
	SpendID string `json:"spend_id,omitempty"`
}

// SpendPointsAnswer is as the OpenAPI document has it.
type SpendPointsAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
	// Present where it was made here
	SpendID string `json:"spend_id,omitempty"`
}

// SpendPointsLine is as the OpenAPI document has it.
type SpendPointsLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// What the customer gets for them
	For            string `json:"for,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// How many
	Points int64 `json:"points"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// Names the spending; without it, one follows from the Idempotency-Key, or is new
	SpendID string `json:"spend_id,omitempty"`
}

// SplitCustomers is as the OpenAPI document has it.
type SplitCustomers struct {
	// The other customer, for whom this one stands
	AbsorbedID string `json:"absorbed_id"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// SplitCustomersAnswer is as the OpenAPI document has it.
type SplitCustomersAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// SplitCustomersLine is as the OpenAPI document has it.
type SplitCustomersLine struct {
	// The other customer, for whom this one stands
	AbsorbedID string `json:"absorbed_id"`
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// StageCount is as the OpenAPI document has it.
type StageCount struct {
	Customers int64  `json:"customers"`
	Stage     string `json:"stage"`
}

// StagesOutputBody is as the OpenAPI document has it.
type StagesOutputBody struct {
	Stages []StageCount `json:"stages"`
}

// Standing is as the OpenAPI document has it.
type Standing struct {
	// What went wrong, as long as it stands
	Error string `json:"error,omitempty"`
	// Events of other applications in streams that are Rapport's own; absent where there are none
	ForeignEvents *Foreign `json:"foreign_events,omitempty"`
	// Log position of the newest of them
	Position int64 `json:"position"`
	// How many events the newest head that this process signed or found tells of
	Signed int64 `json:"signed"`
	// How many events the tree has
	Size int64 `json:"size"`
	// broken: the log is not what was written down of it
	State string `json:"state"`
}

// Status is as the OpenAPI document has it.
type Status struct {
	AgeSeconds      float64        `json:"age_seconds"`
	EventsPerSecond float64        `json:"events_per_second"`
	Filling         *FillStatus    `json:"filling,omitempty"`
	Head            int64          `json:"head"`
	LagEvents       *int64         `json:"lag_events"`
	LagSeconds      *float64       `json:"lag_seconds"`
	LastError       *string        `json:"last_error"`
	Position        int64          `json:"position"`
	Rebuild         *RebuildStatus `json:"rebuild,omitempty"`
	RebuildError    string         `json:"rebuild_error,omitempty"`
	State           string         `json:"state"`
	UpdatedAt       time.Time      `json:"updated_at"`
}

// Survey is as the OpenAPI document has it.
type Survey struct {
	// business day of the answers
	AnsweredOn string         `json:"answered_on,omitempty"`
	Answers    []SurveyAnswer `json:"answers,omitempty"`
	// through which they answered
	Channel *string `json:"channel,omitempty"`
	// what they added in words
	Comment *string `json:"comment,omitempty"`
	// who answered
	CustomerID string `json:"customer_id"`
	// that asked
	Department *string `json:"department,omitempty"`
	// nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity
	Kind string `json:"kind,omitempty"`
	// what was asked
	Questionnaire string `json:"questionnaire,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// the one answer of nps (0 to 10), csat (1 to 5) and ces (1 to 7); null for other kinds
	Score *int64 `json:"score,omitempty"`
	// the survey
	SurveyID string `json:"survey_id"`
	// in which version
	Version int64 `json:"version,omitempty"`
}

// SurveyAnswer: what was answered to each item, and to each aspect of it.
type SurveyAnswer struct {
	// expectation or perception, functional or dysfunctional; empty where an item has no aspects
	Aspect string `json:"aspect"`
	// the item of the questionnaire
	Item string `json:"item"`
	// the answer, on the item's scale
	Value int64 `json:"value"`
}

// SurveyList is as the OpenAPI document has it.
type SurveyList struct {
	// Absent on the last page
	NextCursor string   `json:"next_cursor,omitempty"`
	Surveys    []Survey `json:"surveys"`
}

// Table is as the OpenAPI document has it.
type Table struct {
	Columns []TableColumn `json:"columns"`
	Comment string        `json:"comment"`
	Indexes []TableIndex  `json:"indexes,omitempty"`
	Kind    string        `json:"kind"`
	Name    string        `json:"name"`
}

// TableColumn is as the OpenAPI document has it.
type TableColumn struct {
	Comment  string `json:"comment"`
	Name     string `json:"name"`
	Nullable bool   `json:"nullable"`
	Personal bool   `json:"personal"`
	Type     string `json:"type"`
}

// TableDifference is as the OpenAPI document has it.
type TableDifference struct {
	Differing   int64           `json:"differing"`
	LiveRows    int64           `json:"live_rows"`
	RebuiltRows int64           `json:"rebuilt_rows"`
	Rows        []RowDifference `json:"rows"`
	Table       string          `json:"table"`
}

// TableIndex is as the OpenAPI document has it.
type TableIndex struct {
	Comment string `json:"comment"`
	On      string `json:"on"`
}

// TablesOutputBody is as the OpenAPI document has it.
type TablesOutputBody struct {
	Tables []Table `json:"tables"`
}

// TellMessageFate is as the OpenAPI document has it.
type TellMessageFate struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// delivered, opened, clicked, bounced or unsubscribed
	Fate string `json:"fate"`
	// The message
	MessageID string `json:"message_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// TellMessageFateAnswer is as the OpenAPI document has it.
type TellMessageFateAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// TellMessageFateLine is as the OpenAPI document has it.
type TellMessageFateLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// delivered, opened, clicked, bounced or unsubscribed
	Fate           string `json:"fate"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// The message
	MessageID string `json:"message_id"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// TestedOutputBody is as the OpenAPI document has it.
type TestedOutputBody struct {
	// The receiver took it
	Delivered bool `json:"delivered"`
	// Why not
	Error *string `json:"error"`
}

// Testimonial is as the OpenAPI document has it.
type Testimonial struct {
	// what they said
	Content *string `json:"content,omitempty"`
	// who recommended us
	CustomerID string `json:"customer_id"`
	// business day
	GivenOn string `json:"given_on,omitempty"`
	// where
	PublishedIn string `json:"published_in,omitempty"`
	// the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own
	RecordedFor *string `json:"recorded_for,omitempty"`
	// the recommendation
	TestimonialID string `json:"testimonial_id"`
}

// TestimonialList is as the OpenAPI document has it.
type TestimonialList struct {
	// Absent on the last page
	NextCursor   string        `json:"next_cursor,omitempty"`
	Testimonials []Testimonial `json:"testimonials"`
}

// Tier is as the OpenAPI document has it.
type Tier struct {
	// who
	CustomerID string `json:"customer_id"`
	// version of the tiers that put them there
	PolicyVersion int64 `json:"policy_version,omitempty"`
	// the business day from which they are in it
	Since string `json:"since,omitempty"`
	// the tier
	Tier string `json:"tier,omitempty"`
}

// TierList is as the OpenAPI document has it.
type TierList struct {
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
	Tiers      []Tier `json:"tiers"`
}

// TiersOutputBody is as the OpenAPI document has it.
type TiersOutputBody struct {
	PublishedAt time.Time    `json:"published_at"`
	Tiers       PolicyLadder `json:"tiers"`
	Version     int64        `json:"version"`
}

// TimelineEntry is as the OpenAPI document has it.
type TimelineEntry struct {
	Actor       *string `json:"actor"`
	AmountMinor *int64  `json:"amount_minor"`
	Channel     *string `json:"channel"`
	CorrectedBy *int64  `json:"corrected_by"`
	Currency    *string `json:"currency"`
	CustomerID  string  `json:"customer_id"`
	Department  *string `json:"department"`
	// Ids of what it tells of, by their names in the event, such as purchase_id
	Ids         map[string]string `json:"ids"`
	OccurredAt  time.Time         `json:"occurred_at"`
	Position    int64             `json:"position"`
	RecordedAt  time.Time         `json:"recorded_at"`
	RecordedFor *string           `json:"recorded_for"`
	Revision    int64             `json:"revision"`
	Source      *string           `json:"source"`
	Summary     string            `json:"summary"`
	Type        string            `json:"type"`
	Voided      bool              `json:"voided"`
	VoidedBy    *int64            `json:"voided_by"`
}

// TimelineOutputBody is as the OpenAPI document has it.
type TimelineOutputBody struct {
	Entries []TimelineEntry `json:"entries"`
	// Absent on the last page
	NextCursor string `json:"next_cursor,omitempty"`
}

// TokenInList is as the OpenAPI document has it.
type TokenInList struct {
	ExpiresAt time.Time `json:"expires_at,omitzero"`
	IssuedAt  time.Time `json:"issued_at"`
	IssuedBy  string    `json:"issued_by,omitempty"`
	Name      string    `json:"name"`
	RevokedAt time.Time `json:"revoked_at,omitzero"`
	RevokedBy string    `json:"revoked_by,omitempty"`
	Role      string    `json:"role"`
	State     string    `json:"state"`
	TokenID   string    `json:"token_id"`
}

// TokensOutputBody is as the OpenAPI document has it.
type TokensOutputBody struct {
	Tokens []TokenInList `json:"tokens"`
}

// Transition is as the OpenAPI document has it.
type Transition struct {
	ChangedOn     string  `json:"changed_on"`
	CustomerID    string  `json:"customer_id"`
	Evidence      any     `json:"evidence"`
	FromStage     *string `json:"from_stage"`
	PolicyVersion int64   `json:"policy_version"`
	Reason        string  `json:"reason"`
	ToStage       string  `json:"to_stage"`
}

// TransitionsOutputBody is as the OpenAPI document has it.
type TransitionsOutputBody struct {
	Transitions []Transition `json:"transitions"`
}

// UnlinkIdentity is as the OpenAPI document has it.
type UnlinkIdentity struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// email, phone or external
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The other system, for an external id
	System string `json:"system,omitempty"`
	// The address, the international number, or the id
	Value string `json:"value"`
}

// UnlinkIdentityAnswer is as the OpenAPI document has it.
type UnlinkIdentityAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// UnlinkIdentityLine is as the OpenAPI document has it.
type UnlinkIdentityLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// email, phone or external
	Kind string `json:"kind"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The other system, for an external id
	System string `json:"system,omitempty"`
	// The address, the international number, or the id
	Value string `json:"value"`
}

// ValueFitted is as the OpenAPI document has it.
type ValueFitted struct {
	AsOf            string          `json:"as_of"`
	Currency        string          `json:"currency"`
	Customers       int64           `json:"customers"`
	Fallback        string          `json:"fallback,omitempty"`
	Holdout         *ValueHoldout   `json:"holdout,omitempty"`
	LogLikelihood   float64         `json:"log_likelihood"`
	Model           string          `json:"model"`
	MonthlyDiscount float64         `json:"monthly_discount"`
	Parameters      ValueParameters `json:"parameters"`
	Patterns        int64           `json:"patterns"`
	Position        int64           `json:"position"`
	Repeaters       int64           `json:"repeaters"`
	ReturnedShare   float64         `json:"returned_share"`
	Spend           ValueSpend      `json:"spend"`
	TimeUnit        string          `json:"time_unit"`
}

// ValueHoldout is as the OpenAPI document has it.
type ValueHoldout struct {
	ActualPurchases   float64          `json:"actual_purchases"`
	Customers         int64            `json:"customers"`
	Days              int64            `json:"days"`
	ExpectedPurchases float64          `json:"expected_purchases"`
	LogLikelihood     float64          `json:"log_likelihood,omitempty"`
	MeanAbsoluteError float64          `json:"mean_absolute_error,omitempty"`
	Model             string           `json:"model,omitempty"`
	Parameters        *ValueParameters `json:"parameters,omitempty"`
	Reason            string           `json:"reason,omitempty"`
	RelativeError     float64          `json:"relative_error,omitempty"`
	Spend             *ValueSpend      `json:"spend,omitempty"`
}

// ValueParameters is as the OpenAPI document has it.
type ValueParameters struct {
	A     float64 `json:"a,omitempty"`
	Alpha float64 `json:"alpha"`
	B     float64 `json:"b,omitempty"`
	Beta  float64 `json:"beta,omitempty"`
	R     float64 `json:"r"`
	S     float64 `json:"s,omitempty"`
}

// ValueSign is as the OpenAPI document has it.
type ValueSign struct {
	Below  float64 `json:"below"`
	Figure string  `json:"figure"`
	Value  float64 `json:"value"`
}

// ValueSpend is as the OpenAPI document has it.
type ValueSpend struct {
	Customers     int64   `json:"customers"`
	Fallback      string  `json:"fallback,omitempty"`
	LogLikelihood float64 `json:"log_likelihood,omitempty"`
	Mean          float64 `json:"mean"`
	Model         string  `json:"model"`
	P             float64 `json:"p,omitempty"`
	Q             float64 `json:"q,omitempty"`
	V             float64 `json:"v,omitempty"`
}

// Verification is as the OpenAPI document has it.
type Verification struct {
	Differences []TableDifference `json:"differences"`
	Position    int64             `json:"position"`
	Rows        int64             `json:"rows"`
	Tables      int64             `json:"tables"`
}

// VerificationStatus is as the OpenAPI document has it.
type VerificationStatus struct {
	EndedAt   *time.Time    `json:"ended_at"`
	Error     *string       `json:"error"`
	Found     *Verification `json:"found"`
	StartedAt time.Time     `json:"started_at"`
	State     string        `json:"state"`
}

// VerifyContactPoint is as the OpenAPI document has it.
type VerifyContactPoint struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// The one by which the customer can indeed be reached
	ContactPointID string `json:"contact_point_id"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// How it was found out: link, code, call, letter, …
	Method string `json:"method"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// VerifyContactPointAnswer is as the OpenAPI document has it.
type VerifyContactPointAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// VerifyContactPointLine is as the OpenAPI document has it.
type VerifyContactPointLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	Command string `json:"command"`
	// The one by which the customer can indeed be reached
	ContactPointID string `json:"contact_point_id"`
	CustomerID     string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// How it was found out: link, code, call, letter, …
	Method string `json:"method"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// VerifyOutputBody is as the OpenAPI document has it.
type VerifyOutputBody struct {
	// GET /v1/projections/verification returns what was found
	State string `json:"state"`
}

// VoidFact is as the OpenAPI document has it.
type VoidFact struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// Of the fact in the stream of the customer whom the path names, as timeline and history have it
	Revision *int64 `json:"revision,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// VoidFactAnswer is as the OpenAPI document has it.
type VoidFactAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// VoidFactLine is as the OpenAPI document has it.
type VoidFactLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// Why
	Reason string `json:"reason,omitempty"`
	// Of the fact in the stream of the customer whom the path names, as timeline and history have it
	Revision int64 `json:"revision,omitempty"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// WebhookOutputBody is as the OpenAPI document has it.
type WebhookOutputBody struct {
	Commands    string    `json:"commands"`
	Key         string    `json:"key"`
	PerMinute   int64     `json:"per_minute,omitempty"`
	PublishedAt time.Time `json:"published_at"`
	Secret      string    `json:"secret"`
	// The server has the secret
	SecretKnown bool             `json:"secret_known"`
	Signature   WebhookSignature `json:"signature"`
	Title       string           `json:"title,omitempty"`
	Version     int64            `json:"version"`
}

// WebhookSignature is as the OpenAPI document has it.
type WebhookSignature struct {
	// hex or base64
	Encoding string `json:"encoding"`
	// The header that has the signature
	Header string `json:"header"`
	// What stands before it, such as sha256=
	Prefix string `json:"prefix,omitempty"`
	// The header that has the Unix time; then it, a point and the body are signed, else the body alone
	TimestampHeader string `json:"timestamp_header,omitempty"`
	// By how many seconds that time may be off: 300 if not told
	ToleranceS *int64 `json:"tolerance_s,omitempty"`
}

// WhoamiOutputBody is as the OpenAPI document has it.
type WhoamiOutputBody struct {
	Name string `json:"name"`
	// As events keep it: token: and its id, or oidc: and the subject; absent where no token is needed
	Principal string   `json:"principal,omitempty"`
	Roles     []string `json:"roles"`
}

// WinOpportunity is as the OpenAPI document has it.
type WinOpportunity struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What it was won for, in the opportunity's currency; as last said unless given
	Amount string `json:"amount,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity
	OpportunityID string `json:"opportunity_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// WinOpportunityAnswer is as the OpenAPI document has it.
type WinOpportunityAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// WinOpportunityLine is as the OpenAPI document has it.
type WinOpportunityLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// What it was won for, in the opportunity's currency; as last said unless given
	Amount string `json:"amount,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// The opportunity
	OpportunityID string `json:"opportunity_id"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
}

// WithdrawConsent is as the OpenAPI document has it.
type WithdrawConsent struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel string `json:"channel,omitempty"`
	// For whom: sales, service, marketing, …
	Department string `json:"department,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What for
	Purpose string `json:"purpose"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The channel that it was for
	Through string `json:"through"`
}

// WithdrawConsentAnswer is as the OpenAPI document has it.
type WithdrawConsentAnswer struct {
	CustomerID string `json:"customer_id,omitempty"`
	// In the log: pass it to a query as after
	Position int64 `json:"position"`
	// Of the command's last event in its stream
	Revision int64 `json:"revision"`
}

// WithdrawConsentLine is as the OpenAPI document has it.
type WithdrawConsentLine struct {
	// Who did it
	Actor string `json:"actor,omitempty"`
	// By what way: web, store, phone, e-mail, …
	Channel    string `json:"channel,omitempty"`
	Command    string `json:"command"`
	CustomerID string `json:"customer_id"`
	// For whom: sales, service, marketing, …
	Department     string `json:"department,omitempty"`
	IdempotencyKey string `json:"idempotency_key,omitempty"`
	IfRevision     int64  `json:"if_revision,omitempty"`
	// When it happened, if not now; at most a day ahead
	OccurredAt time.Time `json:"occurred_at,omitzero"`
	// What for
	Purpose string `json:"purpose"`
	// The system that it comes from
	Source string `json:"source,omitempty"`
	// The channel that it was for
	Through string `json:"through"`
}

// WorklistOutputBody is as the OpenAPI document has it.
type WorklistOutputBody struct {
	Recommendations []Recommendation `json:"recommendations"`
}

// Code generated from the OpenAPI document by client/generate. DO NOT EDIT.

package client

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
)

// AcceptGaps asks to: accept that revisions are missing
func (c *Client) AcceptGaps(ctx context.Context, body AcceptGaps, options ...Option) (out AcceptGapsAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/projections/gaps", nil, body, &out, options)
	return out, err
}

// AcceptHandover asks to: accept a hand-over
func (c *Client) AcceptHandover(ctx context.Context, customerID string, body AcceptHandover, options ...Option) (out AcceptHandoverAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/handovers/accepted", nil, body, &out, options)
	return out, err
}

// AcceptLead asks to: accept a lead
func (c *Client) AcceptLead(ctx context.Context, customerID string, body AcceptLead, options ...Option) (out AcceptLeadAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/leads/accepted", nil, body, &out, options)
	return out, err
}

// AcceptOffer asks to: accept an offer
func (c *Client) AcceptOffer(ctx context.Context, customerID string, body AcceptOffer, options ...Option) (out AcceptOfferAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/offers/accepted", nil, body, &out, options)
	return out, err
}

// AcceptRecommendation asks to: accept a recommendation
func (c *Client) AcceptRecommendation(ctx context.Context, customerID string, body AcceptRecommendation, options ...Option) (out AcceptRecommendationAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/recommendations/accepted", nil, body, &out, options)
	return out, err
}

// AddContactPoint asks to: add a contact point
func (c *Client) AddContactPoint(ctx context.Context, customerID string, body AddContactPoint, options ...Option) (out AddContactPointAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/contact-points", nil, body, &out, options)
	return out, err
}

// AdoptGuidance asks to: put the ready-made guidance in force
func (c *Client) AdoptGuidance(ctx context.Context, options ...Option) (out Adopted, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/guidance/adopt", nil, nil, &out, options)
	return out, err
}

// AnswerSurvey asks to: answer a survey
func (c *Client) AnswerSurvey(ctx context.Context, customerID string, body AnswerSurvey, options ...Option) (out AnswerSurveyAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/surveys", nil, body, &out, options)
	return out, err
}

// ArchiveCustomer asks to: set a customer aside
func (c *Client) ArchiveCustomer(ctx context.Context, customerID string, body ArchiveCustomer, options ...Option) (out ArchiveCustomerAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/archive", nil, body, &out, options)
	return out, err
}

// AssignCase asks to: assign a case
func (c *Client) AssignCase(ctx context.Context, customerID string, body AssignCase, options ...Option) (out AssignCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/assigned", nil, body, &out, options)
	return out, err
}

// AssignRole asks to: assign a role
func (c *Client) AssignRole(ctx context.Context, customerID string, body AssignRole, options ...Option) (out AssignRoleAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/roles", nil, body, &out, options)
	return out, err
}

// AssignToCampaign asks to: assign a customer to a campaign
func (c *Client) AssignToCampaign(ctx context.Context, customerID string, body AssignToCampaign, options ...Option) (out AssignToCampaignAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/campaigns", nil, body, &out, options)
	return out, err
}

// BreakPromise asks to: break a promise
func (c *Client) BreakPromise(ctx context.Context, customerID string, body BreakPromise, options ...Option) (out BreakPromiseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/promises/broken", nil, body, &out, options)
	return out, err
}

// CancelMaintenance asks to: cancel planned maintenance
func (c *Client) CancelMaintenance(ctx context.Context, customerID string, body CancelMaintenance, options ...Option) (out CancelMaintenanceAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/assets/maintenance/cancelled", nil, body, &out, options)
	return out, err
}

// CancelOrder asks to: cancel an order
func (c *Client) CancelOrder(ctx context.Context, customerID string, body CancelOrder, options ...Option) (out CancelOrderAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/orders/cancelled", nil, body, &out, options)
	return out, err
}

// CaptureLead asks to: capture a lead
func (c *Client) CaptureLead(ctx context.Context, customerID string, body CaptureLead, options ...Option) (out CaptureLeadAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/leads", nil, body, &out, options)
	return out, err
}

// ChangePrice asks to: change the price of a product
func (c *Client) ChangePrice(ctx context.Context, sku string, body ChangePrice, options ...Option) (out ChangePriceAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/products/"+url.PathEscape(sku)+"/prices", nil, body, &out, options)
	return out, err
}

// ChangeProfile asks to: change what a customer is called, what they are, where they live or which language they speak
func (c *Client) ChangeProfile(ctx context.Context, customerID string, body ChangeProfile, options ...Option) (out ChangeProfileAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/profile", nil, body, &out, options)
	return out, err
}

// CleanFiles asks to: take whoever was erased out of the database's files now
func (c *Client) CleanFiles(ctx context.Context, options ...Option) (out ScrubOutputBody, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/erasures/cleaned", nil, nil, &out, options)
	return out, err
}

// CloseCampaign asks to: close a campaign
func (c *Client) CloseCampaign(ctx context.Context, campaign string, body CloseCampaign, options ...Option) (out CloseCampaignAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/campaigns/"+url.PathEscape(campaign)+"/close", nil, body, &out, options)
	return out, err
}

// CloseCase asks to: close a resolved case
func (c *Client) CloseCase(ctx context.Context, customerID string, body CloseCase, options ...Option) (out CloseCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/closed", nil, body, &out, options)
	return out, err
}

// CloseDay asks to: close a day
func (c *Client) CloseDay(ctx context.Context, body CloseDay, options ...Option) (out CloseDayAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/calendar/days", nil, body, &out, options)
	return out, err
}

// ConvertReferral asks to: convert a referral
func (c *Client) ConvertReferral(ctx context.Context, customerID string, body ConvertReferral, options ...Option) (out ConvertReferralAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/referrals/converted", nil, body, &out, options)
	return out, err
}

// CorrectFact asks to: correct a fact that was recorded by mistake
func (c *Client) CorrectFact(ctx context.Context, customerID string, revision string, body CorrectFact, options ...Option) (out CorrectFactAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/facts/"+url.PathEscape(revision)+"/corrected", nil, body, &out, options)
	return out, err
}

// DeclareRelationship asks to: declare a relationship
func (c *Client) DeclareRelationship(ctx context.Context, customerID string, body DeclareRelationship, options ...Option) (out DeclareRelationshipAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/relationships", nil, body, &out, options)
	return out, err
}

// DefineGuidance asks to: define guidance
func (c *Client) DefineGuidance(ctx context.Context, name string, body DefineGuidance, options ...Option) (out DefineGuidanceAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/guidance/"+url.PathEscape(name), nil, body, &out, options)
	return out, err
}

// DefineSegment asks to: define a segment
func (c *Client) DefineSegment(ctx context.Context, name string, body DefineSegment, options ...Option) (out DefineSegmentAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/segments/"+url.PathEscape(name), nil, body, &out, options)
	return out, err
}

// DelistProduct asks to: delist a product
func (c *Client) DelistProduct(ctx context.Context, sku string, body DelistProduct, options ...Option) (out DelistProductAnswer, err error) {
	err = c.do(ctx, http.MethodDelete, "/v1/products/"+url.PathEscape(sku), nil, body, &out, options)
	return out, err
}

// DeliverOrder asks to: deliver an order
func (c *Client) DeliverOrder(ctx context.Context, customerID string, body DeliverOrder, options ...Option) (out DeliverOrderAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/orders/delivered", nil, body, &out, options)
	return out, err
}

// DismissRecommendation asks to: dismiss a recommendation
func (c *Client) DismissRecommendation(ctx context.Context, customerID string, body DismissRecommendation, options ...Option) (out DismissRecommendationAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/recommendations/dismissed", nil, body, &out, options)
	return out, err
}

// EarnPoints asks to: give loyalty points
func (c *Client) EarnPoints(ctx context.Context, customerID string, body EarnPoints, options ...Option) (out EarnPointsAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/points", nil, body, &out, options)
	return out, err
}

// EndAgreement asks to: end an agreement
func (c *Client) EndAgreement(ctx context.Context, customerID string, body EndAgreement, options ...Option) (out EndAgreementAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/agreements/ended", nil, body, &out, options)
	return out, err
}

// EndRelationship asks to: end a relationship
func (c *Client) EndRelationship(ctx context.Context, customerID string, body EndRelationship, options ...Option) (out EndRelationshipAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/relationships/ended", nil, body, &out, options)
	return out, err
}

// EndRole asks to: end a role
func (c *Client) EndRole(ctx context.Context, customerID string, body EndRole, options ...Option) (out EndRoleAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/roles/ended", nil, body, &out, options)
	return out, err
}

// EraseCustomer asks to: erase a customer
func (c *Client) EraseCustomer(ctx context.Context, customerID string, body EraseCustomer, options ...Option) (out EraseCustomerAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/erase", nil, body, &out, options)
	return out, err
}

// EscalateCase asks to: escalate a case
func (c *Client) EscalateCase(ctx context.Context, customerID string, body EscalateCase, options ...Option) (out EscalateCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/escalated", nil, body, &out, options)
	return out, err
}

// ExplainMembershipQuery are the parameters of ExplainMembership; what is empty is left out.
type ExplainMembershipQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ExplainMembershipQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ExplainMembership asks to: see which parts of a segment's rule hold for a customer, with which values
func (c *Client) ExplainMembership(ctx context.Context, name string, customerID string, q ExplainMembershipQuery, options ...Option) (out Explanation, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/segments/"+url.PathEscape(name)+"/explain/"+url.PathEscape(customerID), q.values(), nil, &out, options)
	return out, err
}

// ExportCustomer asks to: export everything that is held of a customer
func (c *Client) ExportCustomer(ctx context.Context, customerID string, options ...Option) (out map[string]any, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/export", nil, nil, &out, options)
	return out, err
}

// FitValueModel asks to: fit a model of the customers' value to what they bought
func (c *Client) FitValueModel(ctx context.Context, body FitValueModel, options ...Option) (out FitValueModelAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/value/fits", nil, body, &out, options)
	return out, err
}

// FollowEventsQuery are the parameters of FollowEvents; what is empty is left out.
type FollowEventsQuery struct {
	// Begin behind it; 0: at the beginning
	Position int64
	// Names of types, separated by commas; a star at the end stands for any ending: customer.case_*
	Types string
	// Only of these customers' streams
	CustomerID []string
	// How many events at most
	Limit int64
	// How long to wait for an event, s
	WaitS int64
}

func (q FollowEventsQuery) values() url.Values {
	v := url.Values{}
	if q.Position != 0 {
		v.Set("position", fmt.Sprint(q.Position))
	}
	if q.Types != "" {
		v.Set("types", q.Types)
	}
	for _, one := range q.CustomerID {
		v.Add("customer_id", one)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if q.WaitS != 0 {
		v.Set("wait_s", fmt.Sprint(q.WaitS))
	}
	return v
}

// FollowEvents asks to: follow the log
func (c *Client) FollowEvents(ctx context.Context, q FollowEventsQuery, options ...Option) (out EventPage, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/events", q.values(), nil, &out, options)
	return out, err
}

// GetCaller asks to: see who the server takes you for
func (c *Client) GetCaller(ctx context.Context, options ...Option) (out WhoamiOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/whoami", nil, nil, &out, options)
	return out, err
}

// GetCampaignQuery are the parameters of GetCampaign; what is empty is left out.
type GetCampaignQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCampaignQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCampaign asks to: see the campaigns: one of them
func (c *Client) GetCampaign(ctx context.Context, campaign string, q GetCampaignQuery, options ...Option) (out Campaign, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/campaigns/"+url.PathEscape(campaign), q.values(), nil, &out, options)
	return out, err
}

// GetChecksumsQuery are the parameters of GetChecksums; what is empty is left out.
type GetChecksumsQuery struct {
	// Wait until the read models have reached this position of the log
	After int64
	// Leave out the columns that tell of the recording (places in the log and in streams, moments of recording), so that two orders in which the same facts arrived can be compared
	Business *bool
}

func (q GetChecksumsQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	if q.Business != nil {
		v.Set("business", fmt.Sprint(*q.Business))
	}
	return v
}

// GetChecksums asks to: sum up every table of the read models
func (c *Client) GetChecksums(ctx context.Context, q GetChecksumsQuery, options ...Option) (out ChecksumsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/projections/checksum", q.values(), nil, &out, options)
	return out, err
}

// GetCosts asks to: see the costs of activities in force
func (c *Client) GetCosts(ctx context.Context, options ...Option) (out CostsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/policies/costs", nil, nil, &out, options)
	return out, err
}

// GetCustomerQuery are the parameters of GetCustomer; what is empty is left out.
type GetCustomerQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
	// Lists of the customer that are wanted too, such as cases,consents: the first page of each
	Expand []string
}

func (q GetCustomerQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	if len(q.Expand) > 0 {
		v.Set("expand", joined(q.Expand))
	}
	return v
}

// GetCustomer asks to: see a customer at a glance
func (c *Client) GetCustomer(ctx context.Context, customerID string, q GetCustomerQuery, options ...Option) (out CustomerOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerAddressQuery are the parameters of GetCustomerAddress; what is empty is left out.
type GetCustomerAddressQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerAddressQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerAddress asks to: see the places that post goes to: one of them
func (c *Client) GetCustomerAddress(ctx context.Context, customerID string, contactPointID string, q GetCustomerAddressQuery, options ...Option) (out Address, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/addresses/"+url.PathEscape(contactPointID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerAgreementQuery are the parameters of GetCustomerAgreement; what is empty is left out.
type GetCustomerAgreementQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerAgreementQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerAgreement asks to: see the agreements with customers: one of them
func (c *Client) GetCustomerAgreement(ctx context.Context, customerID string, agreementID string, q GetCustomerAgreementQuery, options ...Option) (out Agreement, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/agreements/"+url.PathEscape(agreementID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerAssetQuery are the parameters of GetCustomerAsset; what is empty is left out.
type GetCustomerAssetQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerAssetQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerAsset asks to: see the equipment at customers: one of them
func (c *Client) GetCustomerAsset(ctx context.Context, customerID string, assetID string, q GetCustomerAssetQuery, options ...Option) (out Asset, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/assets/"+url.PathEscape(assetID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerAttributeQuery are the parameters of GetCustomerAttribute; what is empty is left out.
type GetCustomerAttributeQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerAttributeQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerAttribute asks to: see the attributes of customers that are in force: one of them
func (c *Client) GetCustomerAttribute(ctx context.Context, customerID string, name string, q GetCustomerAttributeQuery, options ...Option) (out Attribute, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/attributes/"+url.PathEscape(name), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerBreakdownQuery are the parameters of GetCustomerBreakdown; what is empty is left out.
type GetCustomerBreakdownQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerBreakdownQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerBreakdown asks to: see what failed of the equipment at customers: one of them
func (c *Client) GetCustomerBreakdown(ctx context.Context, customerID string, breakdownID string, q GetCustomerBreakdownQuery, options ...Option) (out Breakdown, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/breakdowns/"+url.PathEscape(breakdownID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerCampaignMembershipQuery are the parameters of GetCustomerCampaignMembership; what is empty is left out.
type GetCustomerCampaignMembershipQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerCampaignMembershipQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerCampaignMembership asks to: see who takes part in which campaign: one of them
func (c *Client) GetCustomerCampaignMembership(ctx context.Context, customerID string, campaign string, q GetCustomerCampaignMembershipQuery, options ...Option) (out CampaignMembership, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/campaign-memberships/"+url.PathEscape(campaign), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerCampaignMessageQuery are the parameters of GetCustomerCampaignMessage; what is empty is left out.
type GetCustomerCampaignMessageQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerCampaignMessageQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerCampaignMessage asks to: see the messages of campaigns, and what became of them: one of them
func (c *Client) GetCustomerCampaignMessage(ctx context.Context, customerID string, messageID string, q GetCustomerCampaignMessageQuery, options ...Option) (out CampaignMessage, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/messages/"+url.PathEscape(messageID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerCaseQuery are the parameters of GetCustomerCase; what is empty is left out.
type GetCustomerCaseQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerCaseQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerCase asks to: see cases with their clocks: one of them
func (c *Client) GetCustomerCase(ctx context.Context, customerID string, caseID string, q GetCustomerCaseQuery, options ...Option) (out Case, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/cases/"+url.PathEscape(caseID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerConsentQuery are the parameters of GetCustomerConsent; what is empty is left out.
type GetCustomerConsentQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerConsentQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerConsent asks to: see for what customers may be addressed, and for what not: one of them
func (c *Client) GetCustomerConsent(ctx context.Context, customerID string, purpose string, channel string, q GetCustomerConsentQuery, options ...Option) (out Consent, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/consents/"+url.PathEscape(purpose)+"/"+url.PathEscape(channel), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerContactPointQuery are the parameters of GetCustomerContactPoint; what is empty is left out.
type GetCustomerContactPointQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerContactPointQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerContactPoint asks to: see by what customers can be reached: one of them
func (c *Client) GetCustomerContactPoint(ctx context.Context, customerID string, contactPointID string, q GetCustomerContactPointQuery, options ...Option) (out ContactPoint, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/contact-points/"+url.PathEscape(contactPointID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerCustomerRecommendationQuery are the parameters of GetCustomerCustomerRecommendation; what is empty is left out.
type GetCustomerCustomerRecommendationQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerCustomerRecommendationQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerCustomerRecommendation asks to: see what was recommended to colleagues about a customer, and what became of it: one of them
func (c *Client) GetCustomerCustomerRecommendation(ctx context.Context, customerID string, recommendationID string, q GetCustomerCustomerRecommendationQuery, options ...Option) (out CustomerRecommendation, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/recommendations/"+url.PathEscape(recommendationID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerHandoverQuery are the parameters of GetCustomerHandover; what is empty is left out.
type GetCustomerHandoverQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerHandoverQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerHandover asks to: see what one department handed over to another: one of them
func (c *Client) GetCustomerHandover(ctx context.Context, customerID string, handoverID string, q GetCustomerHandoverQuery, options ...Option) (out Handover, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/handovers/"+url.PathEscape(handoverID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerInsightQuery are the parameters of GetCustomerInsight; what is empty is left out.
type GetCustomerInsightQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerInsightQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerInsight asks to: see what was concluded about customers: one of them
func (c *Client) GetCustomerInsight(ctx context.Context, customerID string, insightID string, q GetCustomerInsightQuery, options ...Option) (out Insight, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/insights/"+url.PathEscape(insightID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerInteractionQuery are the parameters of GetCustomerInteraction; what is empty is left out.
type GetCustomerInteractionQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerInteractionQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerInteraction asks to: see the contacts with customers that were no transactions: one of them
func (c *Client) GetCustomerInteraction(ctx context.Context, customerID string, interactionID string, q GetCustomerInteractionQuery, options ...Option) (out Interaction, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/interactions/"+url.PathEscape(interactionID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerInterviewQuery are the parameters of GetCustomerInterview; what is empty is left out.
type GetCustomerInterviewQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerInterviewQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerInterview asks to: see the interviews with customers: one of them
func (c *Client) GetCustomerInterview(ctx context.Context, customerID string, interviewID string, q GetCustomerInterviewQuery, options ...Option) (out Interview, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/interviews/"+url.PathEscape(interviewID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerLeadQuery are the parameters of GetCustomerLead; what is empty is left out.
type GetCustomerLeadQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerLeadQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerLead asks to: see the signs that customers may want something: one of them
func (c *Client) GetCustomerLead(ctx context.Context, customerID string, leadID string, q GetCustomerLeadQuery, options ...Option) (out Lead, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/leads/"+url.PathEscape(leadID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerMaintenanceQuery are the parameters of GetCustomerMaintenance; what is empty is left out.
type GetCustomerMaintenanceQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerMaintenanceQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerMaintenance asks to: see the work on equipment, planned and done: one of them
func (c *Client) GetCustomerMaintenance(ctx context.Context, customerID string, maintenanceID string, q GetCustomerMaintenanceQuery, options ...Option) (out Maintenance, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/maintenance/"+url.PathEscape(maintenanceID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerOfferQuery are the parameters of GetCustomerOffer; what is empty is left out.
type GetCustomerOfferQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerOfferQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerOffer asks to: see the offers to customers, and what became of them: one of them
func (c *Client) GetCustomerOffer(ctx context.Context, customerID string, offerID string, q GetCustomerOfferQuery, options ...Option) (out Offer, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/offers/"+url.PathEscape(offerID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerOpportunityQuery are the parameters of GetCustomerOpportunity; what is empty is left out.
type GetCustomerOpportunityQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerOpportunityQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerOpportunity asks to: see the sales that may come about: one of them
func (c *Client) GetCustomerOpportunity(ctx context.Context, customerID string, opportunityID string, q GetCustomerOpportunityQuery, options ...Option) (out Opportunity, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/opportunities/"+url.PathEscape(opportunityID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerOrderQuery are the parameters of GetCustomerOrder; what is empty is left out.
type GetCustomerOrderQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerOrderQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerOrder asks to: see the purchases that are followed as orders: one of them
func (c *Client) GetCustomerOrder(ctx context.Context, customerID string, purchaseID string, q GetCustomerOrderQuery, options ...Option) (out Order, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/orders/"+url.PathEscape(purchaseID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerPointsAccountQuery are the parameters of GetCustomerPointsAccount; what is empty is left out.
type GetCustomerPointsAccountQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerPointsAccountQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerPointsAccount asks to: see the balances of loyalty points: of one customer
func (c *Client) GetCustomerPointsAccount(ctx context.Context, customerID string, q GetCustomerPointsAccountQuery, options ...Option) (out PointsAccount, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/points", q.values(), nil, &out, options)
	return out, err
}

// GetCustomerPointsLotQuery are the parameters of GetCustomerPointsLot; what is empty is left out.
type GetCustomerPointsLotQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerPointsLotQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerPointsLot asks to: see the lots of loyalty points, and when they expire: one of them
func (c *Client) GetCustomerPointsLot(ctx context.Context, customerID string, lotID string, q GetCustomerPointsLotQuery, options ...Option) (out PointsLot, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/points/lots/"+url.PathEscape(lotID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerPromiseMadeQuery are the parameters of GetCustomerPromiseMade; what is empty is left out.
type GetCustomerPromiseMadeQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerPromiseMadeQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerPromiseMade asks to: see what was promised to customers: one of them
func (c *Client) GetCustomerPromiseMade(ctx context.Context, customerID string, promiseID string, q GetCustomerPromiseMadeQuery, options ...Option) (out PromiseMade, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/promises/"+url.PathEscape(promiseID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerPurchaseQuery are the parameters of GetCustomerPurchase; what is empty is left out.
type GetCustomerPurchaseQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerPurchaseQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerPurchase asks to: see what customers bought: one of them
func (c *Client) GetCustomerPurchase(ctx context.Context, customerID string, purchaseID string, q GetCustomerPurchaseQuery, options ...Option) (out Purchase, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/purchases/"+url.PathEscape(purchaseID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerReceivableQuery are the parameters of GetCustomerReceivable; what is empty is left out.
type GetCustomerReceivableQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerReceivableQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerReceivable asks to: see what customers owe for orders, as of the business date: one of them
func (c *Client) GetCustomerReceivable(ctx context.Context, customerID string, purchaseID string, q GetCustomerReceivableQuery, options ...Option) (out Receivable, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/receivables/"+url.PathEscape(purchaseID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerReferralQuery are the parameters of GetCustomerReferral; what is empty is left out.
type GetCustomerReferralQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerReferralQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerReferral asks to: see whom customers referred: one of them
func (c *Client) GetCustomerReferral(ctx context.Context, customerID string, referralID string, q GetCustomerReferralQuery, options ...Option) (out Referral, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/referrals/"+url.PathEscape(referralID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerRelationshipQuery are the parameters of GetCustomerRelationship; what is empty is left out.
type GetCustomerRelationshipQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerRelationshipQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerRelationship asks to: see what customers are to each other: one of them
func (c *Client) GetCustomerRelationship(ctx context.Context, customerID string, relationshipID string, q GetCustomerRelationshipQuery, options ...Option) (out Relationship, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/relationships/"+url.PathEscape(relationshipID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerReturnQuery are the parameters of GetCustomerReturn; what is empty is left out.
type GetCustomerReturnQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerReturnQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerReturn asks to: see what customers brought back, and what money they got back: one of them
func (c *Client) GetCustomerReturn(ctx context.Context, customerID string, returnID string, q GetCustomerReturnQuery, options ...Option) (out Return, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/returns/"+url.PathEscape(returnID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerSurveyQuery are the parameters of GetCustomerSurvey; what is empty is left out.
type GetCustomerSurveyQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerSurveyQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerSurvey asks to: see what customers answered to questionnaires: one of them
func (c *Client) GetCustomerSurvey(ctx context.Context, customerID string, surveyID string, q GetCustomerSurveyQuery, options ...Option) (out Survey, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/surveys/"+url.PathEscape(surveyID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerTestimonialQuery are the parameters of GetCustomerTestimonial; what is empty is left out.
type GetCustomerTestimonialQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerTestimonialQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerTestimonial asks to: see what customers said of us in public: one of them
func (c *Client) GetCustomerTestimonial(ctx context.Context, customerID string, testimonialID string, q GetCustomerTestimonialQuery, options ...Option) (out Testimonial, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/testimonials/"+url.PathEscape(testimonialID), q.values(), nil, &out, options)
	return out, err
}

// GetCustomerTierQuery are the parameters of GetCustomerTier; what is empty is left out.
type GetCustomerTierQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetCustomerTierQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetCustomerTier asks to: see in which tier of the loyalty programme customers are: of one customer
func (c *Client) GetCustomerTier(ctx context.Context, customerID string, q GetCustomerTierQuery, options ...Option) (out Tier, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/tier", q.values(), nil, &out, options)
	return out, err
}

// GetDiffQuery are the parameters of GetDiff; what is empty is left out.
type GetDiffQuery struct {
	// The first moment; as in the history, as are the others
	FromAsOf     string
	FromKnownAt  string
	FromRevision string
	FromPosition string
	// The second moment; now, unless one is given
	ToAsOf     string
	ToKnownAt  string
	ToRevision string
	ToPosition string
	// The next_cursor of the answer before, for the same moment
	Cursor string
	// Entries to list; all else is about all of them
	Limit int64
}

func (q GetDiffQuery) values() url.Values {
	v := url.Values{}
	if q.FromAsOf != "" {
		v.Set("from_as_of", q.FromAsOf)
	}
	if q.FromKnownAt != "" {
		v.Set("from_known_at", q.FromKnownAt)
	}
	if q.FromRevision != "" {
		v.Set("from_revision", q.FromRevision)
	}
	if q.FromPosition != "" {
		v.Set("from_position", q.FromPosition)
	}
	if q.ToAsOf != "" {
		v.Set("to_as_of", q.ToAsOf)
	}
	if q.ToKnownAt != "" {
		v.Set("to_known_at", q.ToKnownAt)
	}
	if q.ToRevision != "" {
		v.Set("to_revision", q.ToRevision)
	}
	if q.ToPosition != "" {
		v.Set("to_position", q.ToPosition)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// GetDiff asks to: tell from the log what became of a customer between two moments
func (c *Client) GetDiff(ctx context.Context, customerID string, q GetDiffQuery, options ...Option) (out Difference, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/diff", q.values(), nil, &out, options)
	return out, err
}

// GetErasureQuery are the parameters of GetErasure; what is empty is left out.
type GetErasureQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
	// Lists of the customer that are wanted too, such as cases,consents: the first page of each
	Expand []string
}

func (q GetErasureQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	if len(q.Expand) > 0 {
		v.Set("expand", joined(q.Expand))
	}
	return v
}

// GetErasure asks to: see what became of a customer's erasure
func (c *Client) GetErasure(ctx context.Context, customerID string, q GetErasureQuery, options ...Option) (out Erasure, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/erasure", q.values(), nil, &out, options)
	return out, err
}

// GetGuidanceQuery are the parameters of GetGuidance; what is empty is left out.
type GetGuidanceQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetGuidanceQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetGuidance asks to: see guidance, and what came of it
func (c *Client) GetGuidance(ctx context.Context, name string, q GetGuidanceQuery, options ...Option) (out GuidanceInForce, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/guidance/"+url.PathEscape(name), q.values(), nil, &out, options)
	return out, err
}

// GetHealth asks to: see that the process serves
func (c *Client) GetHealth(ctx context.Context, options ...Option) (out HealthOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/healthz", nil, nil, &out, options)
	return out, err
}

// GetHistoryQuery are the parameters of GetHistory; what is empty is left out.
type GetHistoryQuery struct {
	// Only what had happened by then (occurred_at)
	AsOf string
	// Only what was recorded by then
	KnownAt string
	// Only what stands up to that revision of the stream
	Revision string
	// Only what stands up to that position of the log
	Position string
	// The next_cursor of the answer before, for the same moment
	Cursor string
	// Entries to list; all else is about all of them
	Limit int64
}

func (q GetHistoryQuery) values() url.Values {
	v := url.Values{}
	if q.AsOf != "" {
		v.Set("as_of", q.AsOf)
	}
	if q.KnownAt != "" {
		v.Set("known_at", q.KnownAt)
	}
	if q.Revision != "" {
		v.Set("revision", q.Revision)
	}
	if q.Position != "" {
		v.Set("position", q.Position)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// GetHistory asks to: replay a customer's history from the log, as of any moment, with what was believed then
func (c *Client) GetHistory(ctx context.Context, customerID string, q GetHistoryQuery, options ...Option) (out History, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/history", q.values(), nil, &out, options)
	return out, err
}

// GetLadder asks to: see the loyalty ladder in force
func (c *Client) GetLadder(ctx context.Context, options ...Option) (out LadderOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/policies/ladder", nil, nil, &out, options)
	return out, err
}

// GetPhones asks to: see of which region phone numbers are
func (c *Client) GetPhones(ctx context.Context, options ...Option) (out PhonesOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/policies/phones", nil, nil, &out, options)
	return out, err
}

// GetPredictionQuery are the parameters of GetPrediction; what is empty is left out.
type GetPredictionQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
	// Days from as_of on, 1 to 3650: within which to tell what is expected of the customer, as horizon
	HorizonDays string
}

func (q GetPredictionQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	if q.HorizonDays != "" {
		v.Set("horizon_days", q.HorizonDays)
	}
	return v
}

// GetPrediction asks to: see what the model in force predicts of a customer
func (c *Client) GetPrediction(ctx context.Context, customerID string, q GetPredictionQuery, options ...Option) (out Prediction, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/value", q.values(), nil, &out, options)
	return out, err
}

// GetPriceBands asks to: see the price bands in force
func (c *Client) GetPriceBands(ctx context.Context, options ...Option) (out PriceBandsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/policies/price_bands", nil, nil, &out, options)
	return out, err
}

// GetProductQuery are the parameters of GetProduct; what is empty is left out.
type GetProductQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetProductQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetProduct asks to: see a product
func (c *Client) GetProduct(ctx context.Context, sku string, q GetProductQuery, options ...Option) (out Product, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/products/"+url.PathEscape(sku), q.values(), nil, &out, options)
	return out, err
}

// GetProjections asks to: see how far the read models are
func (c *Client) GetProjections(ctx context.Context, options ...Option) (out Status, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/projections", nil, nil, &out, options)
	return out, err
}

// GetProofKey asks to: get the public key of the signed heads
func (c *Client) GetProofKey(ctx context.Context, options ...Option) (out ProofKeyOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/proof/key", nil, nil, &out, options)
	return out, err
}

// GetProofStatus asks to: see how far the log is written down to be proven
func (c *Client) GetProofStatus(ctx context.Context, options ...Option) (out Standing, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/proof", nil, nil, &out, options)
	return out, err
}

// GetPublishedSubscriptionQuery are the parameters of GetPublishedSubscription; what is empty is left out.
type GetPublishedSubscriptionQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetPublishedSubscriptionQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetPublishedSubscription asks to: see the subscriptions, each in the version that is in force: one of them
func (c *Client) GetPublishedSubscription(ctx context.Context, subscription string, q GetPublishedSubscriptionQuery, options ...Option) (out PublishedSubscription, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/subscriptions/"+url.PathEscape(subscription), q.values(), nil, &out, options)
	return out, err
}

// GetQuestionnaireQuery are the parameters of GetQuestionnaire; what is empty is left out.
type GetQuestionnaireQuery struct {
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetQuestionnaireQuery) values() url.Values {
	v := url.Values{}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetQuestionnaire asks to: see the questionnaires, each in the version that is in force: one of them
func (c *Client) GetQuestionnaire(ctx context.Context, questionnaire string, q GetQuestionnaireQuery, options ...Option) (out Questionnaire, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/questionnaires/"+url.PathEscape(questionnaire), q.values(), nil, &out, options)
	return out, err
}

// GetRFM asks to: see the scheme of RFM scores in force
func (c *Client) GetRFM(ctx context.Context, options ...Option) (out RfmOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/policies/rfm", nil, nil, &out, options)
	return out, err
}

// GetReadiness asks to: see whether commands are taken, the read models follow, and the log is what it was
func (c *Client) GetReadiness(ctx context.Context, options ...Option) (out Readiness, err error) {
	err = c.do(ctx, http.MethodGet, "/readyz", nil, nil, &out, options)
	return out, err
}

// GetRetention asks to: see how long customers are kept
func (c *Client) GetRetention(ctx context.Context, options ...Option) (out RetentionOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/policies/retention", nil, nil, &out, options)
	return out, err
}

// GetSegmentQuery are the parameters of GetSegment; what is empty is left out.
type GetSegmentQuery struct {
	// A position that a command answered: waits until the read models have reached it, and all customers are judged by the rules of then
	After int64
}

func (q GetSegmentQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetSegment asks to: see a segment
func (c *Client) GetSegment(ctx context.Context, name string, q GetSegmentQuery, options ...Option) (out Segment, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/segments/"+url.PathEscape(name), q.values(), nil, &out, options)
	return out, err
}

// GetService asks to: see the terms of service that were published last
func (c *Client) GetService(ctx context.Context, options ...Option) (out ServiceOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/policies/service", nil, nil, &out, options)
	return out, err
}

// GetSubscriptionDelivery asks to: see how far a subscription is
func (c *Client) GetSubscriptionDelivery(ctx context.Context, subscription string, options ...Option) (out Delivery, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/subscriptions/"+url.PathEscape(subscription)+"/delivery", nil, nil, &out, options)
	return out, err
}

// GetSubscriptionSecret asks to: see the secrets that sign what a subscription sends
func (c *Client) GetSubscriptionSecret(ctx context.Context, subscription string, options ...Option) (out SecretsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/subscriptions/"+url.PathEscape(subscription)+"/secret", nil, nil, &out, options)
	return out, err
}

// GetTiers asks to: see the tiers in force
func (c *Client) GetTiers(ctx context.Context, options ...Option) (out TiersOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/policies/tiers", nil, nil, &out, options)
	return out, err
}

// GetTimelineQuery are the parameters of GetTimeline; what is empty is left out.
type GetTimelineQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
	// The next_cursor of the page before
	Cursor string
	Limit  int64
}

func (q GetTimelineQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// GetTimeline asks to: list a customer's touchpoints, the newest first; with those of whoever was merged with them
func (c *Client) GetTimeline(ctx context.Context, customerID string, q GetTimelineQuery, options ...Option) (out TimelineOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/timeline", q.values(), nil, &out, options)
	return out, err
}

// GetValueModelQuery are the parameters of GetValueModel; what is empty is left out.
type GetValueModelQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q GetValueModelQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// GetValueModel asks to: see the model of the customers' value in force
func (c *Client) GetValueModel(ctx context.Context, q GetValueModelQuery, options ...Option) (out ModelOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/value/model", q.values(), nil, &out, options)
	return out, err
}

// GetVerification asks to: see how the live read models compare with the log
func (c *Client) GetVerification(ctx context.Context, options ...Option) (out VerificationStatus, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/projections/verification", nil, nil, &out, options)
	return out, err
}

// GetWebhook asks to: see a webhook in force
func (c *Client) GetWebhook(ctx context.Context, webhook string, options ...Option) (out WebhookOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/webhooks/"+url.PathEscape(webhook), nil, nil, &out, options)
	return out, err
}

// GiveTestimonial asks to: recommend us in public
func (c *Client) GiveTestimonial(ctx context.Context, customerID string, body GiveTestimonial, options ...Option) (out GiveTestimonialAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/testimonials", nil, body, &out, options)
	return out, err
}

// GrantConsent asks to: grant a consent
func (c *Client) GrantConsent(ctx context.Context, customerID string, body GrantConsent, options ...Option) (out GrantConsentAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/consents", nil, body, &out, options)
	return out, err
}

// HandOver asks to: hand work over to another department
func (c *Client) HandOver(ctx context.Context, customerID string, body HandOver, options ...Option) (out HandOverAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/handovers", nil, body, &out, options)
	return out, err
}

// HoldInterview asks to: record an interview
func (c *Client) HoldInterview(ctx context.Context, customerID string, body HoldInterview, options ...Option) (out HoldInterviewAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/interviews", nil, body, &out, options)
	return out, err
}

// InstallAsset asks to: install an asset
func (c *Client) InstallAsset(ctx context.Context, customerID string, body InstallAsset, options ...Option) (out InstallAssetAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/assets", nil, body, &out, options)
	return out, err
}

// IssueRecommendation asks to: recommend something to a colleague
func (c *Client) IssueRecommendation(ctx context.Context, customerID string, body IssueRecommendation, options ...Option) (out IssueRecommendationAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/recommendations", nil, body, &out, options)
	return out, err
}

// IssueToken asks to: issue a token
func (c *Client) IssueToken(ctx context.Context, body IssueInputBody, options ...Option) (out IssueOutputBody, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/tokens", nil, body, &out, options)
	return out, err
}

// KeepPromise asks to: keep a promise
func (c *Client) KeepPromise(ctx context.Context, customerID string, body KeepPromise, options ...Option) (out KeepPromiseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/promises/kept", nil, body, &out, options)
	return out, err
}

// LaunchCampaign asks to: launch a campaign
func (c *Client) LaunchCampaign(ctx context.Context, campaign string, body LaunchCampaign, options ...Option) (out LaunchCampaignAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/campaigns/"+url.PathEscape(campaign)+"/launch", nil, body, &out, options)
	return out, err
}

// LinkIdentity asks to: link an identity
func (c *Client) LinkIdentity(ctx context.Context, customerID string, body LinkIdentity, options ...Option) (out LinkIdentityAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/identities", nil, body, &out, options)
	return out, err
}

// ListAddressesQuery are the parameters of ListAddresses; what is empty is left out.
type ListAddressesQuery struct {
	// Whether it can still be used
	Usable *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListAddressesQuery) values() url.Values {
	v := url.Values{}
	if q.Usable != nil {
		v.Set("usable", fmt.Sprint(*q.Usable))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListAddresses asks to: list the places that post goes to
func (c *Client) ListAddresses(ctx context.Context, q ListAddressesQuery, options ...Option) (out AddressList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/addresses", q.values(), nil, &out, options)
	return out, err
}

// ListAgreementsQuery are the parameters of ListAgreements; what is empty is left out.
type ListAgreementsQuery struct {
	// signed until it is ended or its last day is over. Given several times: any of them
	State []string
	// Before: last day as agreed; null where none was
	EndsBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -signed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListAgreementsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	if q.EndsBefore != "" {
		v.Set("ends_before", q.EndsBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListAgreements asks to: list the agreements with customers
func (c *Client) ListAgreements(ctx context.Context, q ListAgreementsQuery, options ...Option) (out AgreementList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/agreements", q.values(), nil, &out, options)
	return out, err
}

// ListAssetsQuery are the parameters of ListAssets; what is empty is left out.
type ListAssetsQuery struct {
	// Whether it still serves
	InService *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListAssetsQuery) values() url.Values {
	v := url.Values{}
	if q.InService != nil {
		v.Set("in_service", fmt.Sprint(*q.InService))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListAssets asks to: list the equipment at customers
func (c *Client) ListAssets(ctx context.Context, q ListAssetsQuery, options ...Option) (out AssetList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/assets", q.values(), nil, &out, options)
	return out, err
}

// ListAttributesQuery are the parameters of ListAttributes; what is empty is left out.
type ListAttributesQuery struct {
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListAttributesQuery) values() url.Values {
	v := url.Values{}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListAttributes asks to: list the attributes of customers that are in force
func (c *Client) ListAttributes(ctx context.Context, q ListAttributesQuery, options ...Option) (out AttributeList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/attributes", q.values(), nil, &out, options)
	return out, err
}

// ListBreakdownsQuery are the parameters of ListBreakdowns; what is empty is left out.
type ListBreakdownsQuery struct {
	// After: on which business day
	FailedAfter string
	// Before: on which business day
	FailedBefore string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -failed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListBreakdownsQuery) values() url.Values {
	v := url.Values{}
	if q.FailedAfter != "" {
		v.Set("failed_after", q.FailedAfter)
	}
	if q.FailedBefore != "" {
		v.Set("failed_before", q.FailedBefore)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListBreakdowns asks to: list what failed of the equipment at customers
func (c *Client) ListBreakdowns(ctx context.Context, q ListBreakdownsQuery, options ...Option) (out BreakdownList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/breakdowns", q.values(), nil, &out, options)
	return out, err
}

// ListCampaignMembershipsQuery are the parameters of ListCampaignMemberships; what is empty is left out.
type ListCampaignMembershipsQuery struct {
	// the campaign. Given several times: any of them
	Campaign []string
	// its cell to which they belong. Given several times: any of them
	Cell []string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCampaignMembershipsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Campaign {
		v.Add("campaign", one)
	}
	for _, one := range q.Cell {
		v.Add("cell", one)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCampaignMemberships asks to: list who takes part in which campaign
func (c *Client) ListCampaignMemberships(ctx context.Context, q ListCampaignMembershipsQuery, options ...Option) (out CampaignMembershipList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/campaign-memberships", q.values(), nil, &out, options)
	return out, err
}

// ListCampaignsQuery are the parameters of ListCampaigns; what is empty is left out.
type ListCampaignsQuery struct {
	// how far it went. Given several times: any of them
	State []string
	// for which people have to consent. Given several times: any of them
	Purpose []string
	// of its messages: email, sms, …. Given several times: any of them
	Channel []string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -planned_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCampaignsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Purpose {
		v.Add("purpose", one)
	}
	for _, one := range q.Channel {
		v.Add("channel", one)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCampaigns asks to: list the campaigns
func (c *Client) ListCampaigns(ctx context.Context, q ListCampaignsQuery, options ...Option) (out CampaignList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/campaigns", q.values(), nil, &out, options)
	return out, err
}

// ListCasesQuery are the parameters of ListCases; what is empty is left out.
type ListCasesQuery struct {
	// open, paused, resolved or closed; erased where it was open when the customer was erased. Given several times: any of them
	State []string
	// question, incident, complaint or service. Given several times: any of them
	Type []string
	// low, normal, high or urgent. Given several times: any of them
	Priority []string
	// where it waits. Given several times: any of them
	Queue []string
	// who has it. Given several times: any of them
	Assignee []string
	// Whether somebody has it
	Assigned *bool
	// With a clock that runs out before that time
	DueBefore string
	// After: on which business day
	OpenedAfter string
	// Before: on which business day
	OpenedBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -opened_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCasesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Type {
		v.Add("type", one)
	}
	for _, one := range q.Priority {
		v.Add("priority", one)
	}
	for _, one := range q.Queue {
		v.Add("queue", one)
	}
	for _, one := range q.Assignee {
		v.Add("assignee", one)
	}
	if q.Assigned != nil {
		v.Set("assigned", fmt.Sprint(*q.Assigned))
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.OpenedAfter != "" {
		v.Set("opened_after", q.OpenedAfter)
	}
	if q.OpenedBefore != "" {
		v.Set("opened_before", q.OpenedBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCases asks to: list cases with their clocks
func (c *Client) ListCases(ctx context.Context, q ListCasesQuery, options ...Option) (out CaseList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/cases", q.values(), nil, &out, options)
	return out, err
}

// ListConsentsQuery are the parameters of ListConsents; what is empty is left out.
type ListConsentsQuery struct {
	// what for: marketing, profiling, …. Given several times: any of them
	Purpose []string
	// through which: email, sms, …. Given several times: any of them
	Channel []string
	// granted, withdrawn or expired; erased where it was granted when the customer was erased. Given several times: any of them
	State []string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListConsentsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Purpose {
		v.Add("purpose", one)
	}
	for _, one := range q.Channel {
		v.Add("channel", one)
	}
	for _, one := range q.State {
		v.Add("state", one)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListConsents asks to: list for what customers may be addressed, and for what not
func (c *Client) ListConsents(ctx context.Context, q ListConsentsQuery, options ...Option) (out ConsentList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/consents", q.values(), nil, &out, options)
	return out, err
}

// ListContactPointsQuery are the parameters of ListContactPoints; what is empty is left out.
type ListContactPointsQuery struct {
	// the channel: email, phone, post, social or messenger. Given several times: any of them
	Kind []string
	// Whether it can still be used
	Usable *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListContactPointsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	if q.Usable != nil {
		v.Set("usable", fmt.Sprint(*q.Usable))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListContactPoints asks to: list by what customers can be reached
func (c *Client) ListContactPoints(ctx context.Context, q ListContactPointsQuery, options ...Option) (out ContactPointList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/contact-points", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerAddressesQuery are the parameters of ListCustomerAddresses; what is empty is left out.
type ListCustomerAddressesQuery struct {
	// Whether it can still be used
	Usable *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerAddressesQuery) values() url.Values {
	v := url.Values{}
	if q.Usable != nil {
		v.Set("usable", fmt.Sprint(*q.Usable))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerAddresses asks to: list the places that post goes to: those of one customer
func (c *Client) ListCustomerAddresses(ctx context.Context, customerID string, q ListCustomerAddressesQuery, options ...Option) (out AddressList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/addresses", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerAgreementsQuery are the parameters of ListCustomerAgreements; what is empty is left out.
type ListCustomerAgreementsQuery struct {
	// signed until it is ended or its last day is over. Given several times: any of them
	State []string
	// framework, partnership, co_creation, …. Given several times: any of them
	Kind []string
	// Before: last day as agreed; null where none was
	EndsBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -signed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerAgreementsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	if q.EndsBefore != "" {
		v.Set("ends_before", q.EndsBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerAgreements asks to: list the agreements with customers: those of one customer
func (c *Client) ListCustomerAgreements(ctx context.Context, customerID string, q ListCustomerAgreementsQuery, options ...Option) (out AgreementList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/agreements", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerAssetsQuery are the parameters of ListCustomerAssets; what is empty is left out.
type ListCustomerAssetsQuery struct {
	// what it is. Given several times: any of them
	Model []string
	// Whether it still serves
	InService *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerAssetsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Model {
		v.Add("model", one)
	}
	if q.InService != nil {
		v.Set("in_service", fmt.Sprint(*q.InService))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerAssets asks to: list the equipment at customers: those of one customer
func (c *Client) ListCustomerAssets(ctx context.Context, customerID string, q ListCustomerAssetsQuery, options ...Option) (out AssetList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/assets", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerAttributesQuery are the parameters of ListCustomerAttributes; what is empty is left out.
type ListCustomerAttributesQuery struct {
	// of the attribute. Given several times: any of them
	Name []string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerAttributesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Name {
		v.Add("name", one)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerAttributes asks to: list the attributes of customers that are in force: those of one customer
func (c *Client) ListCustomerAttributes(ctx context.Context, customerID string, q ListCustomerAttributesQuery, options ...Option) (out AttributeList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/attributes", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerBreakdownsQuery are the parameters of ListCustomerBreakdowns; what is empty is left out.
type ListCustomerBreakdownsQuery struct {
	// the asset. Given several times: any of them
	AssetID []string
	// After: on which business day
	FailedAfter string
	// Before: on which business day
	FailedBefore string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -failed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerBreakdownsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.AssetID {
		v.Add("asset_id", one)
	}
	if q.FailedAfter != "" {
		v.Set("failed_after", q.FailedAfter)
	}
	if q.FailedBefore != "" {
		v.Set("failed_before", q.FailedBefore)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerBreakdowns asks to: list what failed of the equipment at customers: those of one customer
func (c *Client) ListCustomerBreakdowns(ctx context.Context, customerID string, q ListCustomerBreakdownsQuery, options ...Option) (out BreakdownList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/breakdowns", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerCampaignMembershipsQuery are the parameters of ListCustomerCampaignMemberships; what is empty is left out.
type ListCustomerCampaignMembershipsQuery struct {
	// the campaign. Given several times: any of them
	Campaign []string
	// its cell to which they belong. Given several times: any of them
	Cell []string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerCampaignMembershipsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Campaign {
		v.Add("campaign", one)
	}
	for _, one := range q.Cell {
		v.Add("cell", one)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerCampaignMemberships asks to: list who takes part in which campaign: those of one customer
func (c *Client) ListCustomerCampaignMemberships(ctx context.Context, customerID string, q ListCustomerCampaignMembershipsQuery, options ...Option) (out CampaignMembershipList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/campaign-memberships", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerCasesQuery are the parameters of ListCustomerCases; what is empty is left out.
type ListCustomerCasesQuery struct {
	// open, paused, resolved or closed; erased where it was open when the customer was erased. Given several times: any of them
	State []string
	// question, incident, complaint or service. Given several times: any of them
	Type []string
	// low, normal, high or urgent. Given several times: any of them
	Priority []string
	// what it is about. Given several times: any of them
	Category []string
	// where it waits. Given several times: any of them
	Queue []string
	// who has it. Given several times: any of them
	Assignee []string
	// Whether somebody has it
	Assigned *bool
	// With a clock that runs out before that time
	DueBefore string
	// After: on which business day
	OpenedAfter string
	// Before: on which business day
	OpenedBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -opened_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerCasesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Type {
		v.Add("type", one)
	}
	for _, one := range q.Priority {
		v.Add("priority", one)
	}
	for _, one := range q.Category {
		v.Add("category", one)
	}
	for _, one := range q.Queue {
		v.Add("queue", one)
	}
	for _, one := range q.Assignee {
		v.Add("assignee", one)
	}
	if q.Assigned != nil {
		v.Set("assigned", fmt.Sprint(*q.Assigned))
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.OpenedAfter != "" {
		v.Set("opened_after", q.OpenedAfter)
	}
	if q.OpenedBefore != "" {
		v.Set("opened_before", q.OpenedBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerCases asks to: list cases with their clocks: those of one customer
func (c *Client) ListCustomerCases(ctx context.Context, customerID string, q ListCustomerCasesQuery, options ...Option) (out CaseList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/cases", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerConsentsQuery are the parameters of ListCustomerConsents; what is empty is left out.
type ListCustomerConsentsQuery struct {
	// what for: marketing, profiling, …. Given several times: any of them
	Purpose []string
	// through which: email, sms, …. Given several times: any of them
	Channel []string
	// granted, withdrawn or expired; erased where it was granted when the customer was erased. Given several times: any of them
	State []string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerConsentsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Purpose {
		v.Add("purpose", one)
	}
	for _, one := range q.Channel {
		v.Add("channel", one)
	}
	for _, one := range q.State {
		v.Add("state", one)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerConsents asks to: list for what customers may be addressed, and for what not: those of one customer
func (c *Client) ListCustomerConsents(ctx context.Context, customerID string, q ListCustomerConsentsQuery, options ...Option) (out ConsentList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/consents", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerContactPointsQuery are the parameters of ListCustomerContactPoints; what is empty is left out.
type ListCustomerContactPointsQuery struct {
	// the channel: email, phone, post, social or messenger. Given several times: any of them
	Kind []string
	// address, number or name. Given several times: any of them
	Value []string
	// Whether it can still be used
	Usable *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerContactPointsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	for _, one := range q.Value {
		v.Add("value", one)
	}
	if q.Usable != nil {
		v.Set("usable", fmt.Sprint(*q.Usable))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerContactPoints asks to: list by what customers can be reached: those of one customer
func (c *Client) ListCustomerContactPoints(ctx context.Context, customerID string, q ListCustomerContactPointsQuery, options ...Option) (out ContactPointList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/contact-points", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerHandoversQuery are the parameters of ListCustomerHandovers; what is empty is left out.
type ListCustomerHandoversQuery struct {
	// who is to take. Given several times: any of them
	ToDepartment []string
	// who gave. Given several times: any of them
	FromDepartment []string
	// Whether nobody has taken it yet
	Waiting *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -handed_over_at without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerHandoversQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.ToDepartment {
		v.Add("to_department", one)
	}
	for _, one := range q.FromDepartment {
		v.Add("from_department", one)
	}
	if q.Waiting != nil {
		v.Set("waiting", fmt.Sprint(*q.Waiting))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerHandovers asks to: list what one department handed over to another: those of one customer
func (c *Client) ListCustomerHandovers(ctx context.Context, customerID string, q ListCustomerHandoversQuery, options ...Option) (out HandoverList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/handovers", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerIdentitiesQuery are the parameters of ListCustomerIdentities; what is empty is left out.
type ListCustomerIdentitiesQuery struct {
	// email, phone or external. Given several times: any of them
	Kind []string
	// the system of an external id; empty for the others. Given several times: any of them
	System []string
	// Whether it is linked now
	Linked *bool
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerIdentitiesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	for _, one := range q.System {
		v.Add("system", one)
	}
	if q.Linked != nil {
		v.Set("linked", fmt.Sprint(*q.Linked))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerIdentities asks to: list by what customers are or were known: those of one customer
func (c *Client) ListCustomerIdentities(ctx context.Context, customerID string, q ListCustomerIdentitiesQuery, options ...Option) (out IdentityList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/identities", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerInsightsQuery are the parameters of ListCustomerInsights; what is empty is left out.
type ListCustomerInsightsQuery struct {
	// need, habit, risk, …. Given several times: any of them
	Kind []string
	// Whether it was not retracted
	Standing *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerInsightsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	if q.Standing != nil {
		v.Set("standing", fmt.Sprint(*q.Standing))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerInsights asks to: list what was concluded about customers: those of one customer
func (c *Client) ListCustomerInsights(ctx context.Context, customerID string, q ListCustomerInsightsQuery, options ...Option) (out InsightList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/insights", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerInteractionsQuery are the parameters of ListCustomerInteractions; what is empty is left out.
type ListCustomerInteractionsQuery struct {
	// email, call, meeting, …. Given several times: any of them
	Kind []string
	// inbound: the customer sought it; outbound: we did. Given several times: any of them
	Direction []string
	// through which. Given several times: any of them
	Channel []string
	// After: on which business day
	OccurredAfter string
	// Before: on which business day
	OccurredBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -occurred_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerInteractionsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	for _, one := range q.Direction {
		v.Add("direction", one)
	}
	for _, one := range q.Channel {
		v.Add("channel", one)
	}
	if q.OccurredAfter != "" {
		v.Set("occurred_after", q.OccurredAfter)
	}
	if q.OccurredBefore != "" {
		v.Set("occurred_before", q.OccurredBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerInteractions asks to: list the contacts with customers that were no transactions: those of one customer
func (c *Client) ListCustomerInteractions(ctx context.Context, customerID string, q ListCustomerInteractionsQuery, options ...Option) (out InteractionList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/interactions", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerInterviewsQuery are the parameters of ListCustomerInterviews; what is empty is left out.
type ListCustomerInterviewsQuery struct {
	// what the interview was about. Given several times: any of them
	Topic []string
	// After: business day of the interview
	HeldAfter string
	// Before: business day of the interview
	HeldBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -held_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerInterviewsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Topic {
		v.Add("topic", one)
	}
	if q.HeldAfter != "" {
		v.Set("held_after", q.HeldAfter)
	}
	if q.HeldBefore != "" {
		v.Set("held_before", q.HeldBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerInterviews asks to: list the interviews with customers: those of one customer
func (c *Client) ListCustomerInterviews(ctx context.Context, customerID string, q ListCustomerInterviewsQuery, options ...Option) (out InterviewList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/interviews", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerLeadsQuery are the parameters of ListCustomerLeads; what is empty is left out.
type ListCustomerLeadsQuery struct {
	// how far it is; erased where it was open when the customer was erased. Given several times: any of them
	Status []string
	// who works on it. Given several times: any of them
	Owner []string
	// what it came by. Given several times: any of them
	Source []string
	// that caused it. Given several times: any of them
	Campaign []string
	// After: on which business day
	CapturedAfter string
	// Before: on which business day
	CapturedBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -captured_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerLeadsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Status {
		v.Add("status", one)
	}
	for _, one := range q.Owner {
		v.Add("owner", one)
	}
	for _, one := range q.Source {
		v.Add("source", one)
	}
	for _, one := range q.Campaign {
		v.Add("campaign", one)
	}
	if q.CapturedAfter != "" {
		v.Set("captured_after", q.CapturedAfter)
	}
	if q.CapturedBefore != "" {
		v.Set("captured_before", q.CapturedBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerLeads asks to: list the signs that customers may want something: those of one customer
func (c *Client) ListCustomerLeads(ctx context.Context, customerID string, q ListCustomerLeadsQuery, options ...Option) (out LeadList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/leads", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerMaintenanceQuery are the parameters of ListCustomerMaintenance; what is empty is left out.
type ListCustomerMaintenanceQuery struct {
	// planned, missed, performed or cancelled; erased where it was before us when the customer was erased. Given several times: any of them
	State []string
	// of what was performed: preventive, or reactive for a breakdown. Given several times: any of them
	Kind []string
	// the asset. Given several times: any of them
	AssetID []string
	// Before: last business day on which it is in time; null where it was not planned
	DueBefore string
	// After: last business day on which it is in time; null where it was not planned
	DueAfter string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. due_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerMaintenanceQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	for _, one := range q.AssetID {
		v.Add("asset_id", one)
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.DueAfter != "" {
		v.Set("due_after", q.DueAfter)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerMaintenance asks to: list the work on equipment, planned and done: those of one customer
func (c *Client) ListCustomerMaintenance(ctx context.Context, customerID string, q ListCustomerMaintenanceQuery, options ...Option) (out MaintenanceList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/maintenance", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerMergesQuery are the parameters of ListCustomerMerges; what is empty is left out.
type ListCustomerMergesQuery struct {
	// merged or split. Given several times: any of them
	Happened []string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -position without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerMergesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Happened {
		v.Add("happened", one)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerMerges asks to: list which customers turned out to be one, and which were split again: those of one customer
func (c *Client) ListCustomerMerges(ctx context.Context, customerID string, q ListCustomerMergesQuery, options ...Option) (out MergeList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/merges", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerMessagesQuery are the parameters of ListCustomerMessages; what is empty is left out.
type ListCustomerMessagesQuery struct {
	// of which campaign. Given several times: any of them
	Campaign []string
	// and which of its cells. Given several times: any of them
	Cell []string
	// through which it went. Given several times: any of them
	Channel []string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerMessagesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Campaign {
		v.Add("campaign", one)
	}
	for _, one := range q.Cell {
		v.Add("cell", one)
	}
	for _, one := range q.Channel {
		v.Add("channel", one)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerMessages asks to: list the messages of campaigns, and what became of them: those of one customer
func (c *Client) ListCustomerMessages(ctx context.Context, customerID string, q ListCustomerMessagesQuery, options ...Option) (out CampaignMessageList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/messages", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerOffersQuery are the parameters of ListCustomerOffers; what is empty is left out.
type ListCustomerOffersQuery struct {
	// what became of it; erased where it was open when the customer was erased. Given several times: any of them
	State []string
	// good or service that is offered. Given several times: any of them
	SKU []string
	// that the offer is good for. Given several times: any of them
	Category []string
	// Before: last business day for accepting it
	ValidBefore string
	// After: business day
	ProposedAfter string
	// Before: business day
	ProposedBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -proposed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerOffersQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.SKU {
		v.Add("sku", one)
	}
	for _, one := range q.Category {
		v.Add("category", one)
	}
	if q.ValidBefore != "" {
		v.Set("valid_before", q.ValidBefore)
	}
	if q.ProposedAfter != "" {
		v.Set("proposed_after", q.ProposedAfter)
	}
	if q.ProposedBefore != "" {
		v.Set("proposed_before", q.ProposedBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerOffers asks to: list the offers to customers, and what became of them: those of one customer
func (c *Client) ListCustomerOffers(ctx context.Context, customerID string, q ListCustomerOffersQuery, options ...Option) (out OfferList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/offers", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerOpportunitiesQuery are the parameters of ListCustomerOpportunities; what is empty is left out.
type ListCustomerOpportunitiesQuery struct {
	// open, won or lost; erased where it was open when the customer was erased. Given several times: any of them
	State []string
	// the stage that it is in, or was in at its end. Given several times: any of them
	Stage []string
	// who works on it. Given several times: any of them
	Owner []string
	// Before: business day on which its end was expected when it was opened
	ExpectedBefore string
	// After: business day on which it was opened
	OpenedAfter string
	// Before: business day on which it was opened
	OpenedBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -opened_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerOpportunitiesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Stage {
		v.Add("stage", one)
	}
	for _, one := range q.Owner {
		v.Add("owner", one)
	}
	if q.ExpectedBefore != "" {
		v.Set("expected_before", q.ExpectedBefore)
	}
	if q.OpenedAfter != "" {
		v.Set("opened_after", q.OpenedAfter)
	}
	if q.OpenedBefore != "" {
		v.Set("opened_before", q.OpenedBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerOpportunities asks to: list the sales that may come about: those of one customer
func (c *Client) ListCustomerOpportunities(ctx context.Context, customerID string, q ListCustomerOpportunitiesQuery, options ...Option) (out OpportunityList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/opportunities", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerOrdersQuery are the parameters of ListCustomerOrders; what is empty is left out.
type ListCustomerOrdersQuery struct {
	// how far it is; paid: in full, and not shipped yet. Given several times: any of them
	State []string
	// After: business day on which it was placed
	PlacedAfter string
	// Before: business day on which it was placed
	PlacedBefore string
	// Before: last business day for paying
	DueBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -placed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerOrdersQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	if q.PlacedAfter != "" {
		v.Set("placed_after", q.PlacedAfter)
	}
	if q.PlacedBefore != "" {
		v.Set("placed_before", q.PlacedBefore)
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerOrders asks to: list the purchases that are followed as orders: those of one customer
func (c *Client) ListCustomerOrders(ctx context.Context, customerID string, q ListCustomerOrdersQuery, options ...Option) (out OrderList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/orders", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerPointsLotsQuery are the parameters of ListCustomerPointsLots; what is empty is left out.
type ListCustomerPointsLotsQuery struct {
	// Whether it still holds points
	Open *bool
	// Before: last business day on which it can be spent; null where it does not expire
	ExpiresBefore string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. expires_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerPointsLotsQuery) values() url.Values {
	v := url.Values{}
	if q.Open != nil {
		v.Set("open", fmt.Sprint(*q.Open))
	}
	if q.ExpiresBefore != "" {
		v.Set("expires_before", q.ExpiresBefore)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerPointsLots asks to: list the lots of loyalty points, and when they expire: those of one customer
func (c *Client) ListCustomerPointsLots(ctx context.Context, customerID string, q ListCustomerPointsLotsQuery, options ...Option) (out PointsLotList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/points/lots", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerPointsMovementsQuery are the parameters of ListCustomerPointsMovements; what is empty is left out.
type ListCustomerPointsMovementsQuery struct {
	// earned, repaid, spent, reversed or expired; erased where they lapsed when the customer was erased. Given several times: any of them
	Kind []string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -position without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerPointsMovementsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerPointsMovements asks to: list how loyalty points came and went: those of one customer
func (c *Client) ListCustomerPointsMovements(ctx context.Context, customerID string, q ListCustomerPointsMovementsQuery, options ...Option) (out PointsMovementList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/points/movements", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerPromisesQuery are the parameters of ListCustomerPromises; what is empty is left out.
type ListCustomerPromisesQuery struct {
	// open, kept or broken; erased where it was open when the customer was erased. Given several times: any of them
	State []string
	// that promised. Given several times: any of them
	Department []string
	// who promised. Given several times: any of them
	Actor []string
	// Before: last business day on which it can be kept
	DueBefore string
	// After: last business day on which it can be kept
	DueAfter string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. due_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerPromisesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Department {
		v.Add("department", one)
	}
	for _, one := range q.Actor {
		v.Add("actor", one)
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.DueAfter != "" {
		v.Set("due_after", q.DueAfter)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerPromises asks to: list what was promised to customers: those of one customer
func (c *Client) ListCustomerPromises(ctx context.Context, customerID string, q ListCustomerPromisesQuery, options ...Option) (out PromiseMadeList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/promises", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerPurchasesQuery are the parameters of ListCustomerPurchases; what is empty is left out.
type ListCustomerPurchasesQuery struct {
	// After: on which business day
	PurchasedAfter string
	// Before: on which business day
	PurchasedBefore string
	// invoice or receipt number. Given several times: any of them
	Reference []string
	// through which. Given several times: any of them
	Channel []string
	// With a line of that good or service
	SKU string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -purchased_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerPurchasesQuery) values() url.Values {
	v := url.Values{}
	if q.PurchasedAfter != "" {
		v.Set("purchased_after", q.PurchasedAfter)
	}
	if q.PurchasedBefore != "" {
		v.Set("purchased_before", q.PurchasedBefore)
	}
	for _, one := range q.Reference {
		v.Add("reference", one)
	}
	for _, one := range q.Channel {
		v.Add("channel", one)
	}
	if q.SKU != "" {
		v.Set("sku", q.SKU)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerPurchases asks to: list what customers bought: those of one customer
func (c *Client) ListCustomerPurchases(ctx context.Context, customerID string, q ListCustomerPurchasesQuery, options ...Option) (out PurchaseList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/purchases", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerReceivablesQuery are the parameters of ListCustomerReceivables; what is empty is left out.
type ListCustomerReceivablesQuery struct {
	// Whether something is still to be paid
	Open *bool
	// Whether the day for paying is over
	Overdue *bool
	// Before: last business day for paying
	DueBefore string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. placed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerReceivablesQuery) values() url.Values {
	v := url.Values{}
	if q.Open != nil {
		v.Set("open", fmt.Sprint(*q.Open))
	}
	if q.Overdue != nil {
		v.Set("overdue", fmt.Sprint(*q.Overdue))
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerReceivables asks to: list what customers owe for orders, as of the business date: those of one customer
func (c *Client) ListCustomerReceivables(ctx context.Context, customerID string, q ListCustomerReceivablesQuery, options ...Option) (out ReceivableList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/receivables", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerRecommendationsQuery are the parameters of ListCustomerRecommendations; what is empty is left out.
type ListCustomerRecommendationsQuery struct {
	// open, accepted or dismissed; erased where it was open when the customer was erased. Given several times: any of them
	State []string
	// who should do it. Given several times: any of them
	Assignee []string
	// Before: last business day before it is overdue
	DueBefore string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. due_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerRecommendationsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Assignee {
		v.Add("assignee", one)
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerRecommendations asks to: list what was recommended to colleagues about a customer, and what became of it: those of one customer
func (c *Client) ListCustomerRecommendations(ctx context.Context, customerID string, q ListCustomerRecommendationsQuery, options ...Option) (out CustomerRecommendationList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/recommendations", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerReferralsQuery are the parameters of ListCustomerReferrals; what is empty is left out.
type ListCustomerReferralsQuery struct {
	// the customer who was brought. Given several times: any of them
	ReferredID []string
	// Whether it is known to have brought a customer
	Converted *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerReferralsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.ReferredID {
		v.Add("referred_id", one)
	}
	if q.Converted != nil {
		v.Set("converted", fmt.Sprint(*q.Converted))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerReferrals asks to: list whom customers referred: those of one customer
func (c *Client) ListCustomerReferrals(ctx context.Context, customerID string, q ListCustomerReferralsQuery, options ...Option) (out ReferralList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/referrals", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerRelationshipsQuery are the parameters of ListCustomerRelationships; what is empty is left out.
type ListCustomerRelationshipsQuery struct {
	// what one is to the other. Given several times: any of them
	Kind []string
	// Whether it still is
	Lasting *bool
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerRelationshipsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	if q.Lasting != nil {
		v.Set("lasting", fmt.Sprint(*q.Lasting))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerRelationships asks to: list what customers are to each other: those of one customer
func (c *Client) ListCustomerRelationships(ctx context.Context, customerID string, q ListCustomerRelationshipsQuery, options ...Option) (out RelationshipList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/relationships", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerReturnsQuery are the parameters of ListCustomerReturns; what is empty is left out.
type ListCustomerReturnsQuery struct {
	// After: on which business day
	ReturnedAfter string
	// Before: on which business day
	ReturnedBefore string
	// the purchase that it belongs to, where known. Given several times: any of them
	PurchaseID []string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -returned_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerReturnsQuery) values() url.Values {
	v := url.Values{}
	if q.ReturnedAfter != "" {
		v.Set("returned_after", q.ReturnedAfter)
	}
	if q.ReturnedBefore != "" {
		v.Set("returned_before", q.ReturnedBefore)
	}
	for _, one := range q.PurchaseID {
		v.Add("purchase_id", one)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerReturns asks to: list what customers brought back, and what money they got back: those of one customer
func (c *Client) ListCustomerReturns(ctx context.Context, customerID string, q ListCustomerReturnsQuery, options ...Option) (out ReturnList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/returns", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerRolesQuery are the parameters of ListCustomerRoles; what is empty is left out.
type ListCustomerRolesQuery struct {
	// buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit. Given several times: any of them
	Role []string
	// Whether they have it now
	Lasting *bool
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerRolesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Role {
		v.Add("role", one)
	}
	if q.Lasting != nil {
		v.Set("lasting", fmt.Sprint(*q.Lasting))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerRoles asks to: list the roles that customers have or had: those of one customer
func (c *Client) ListCustomerRoles(ctx context.Context, customerID string, q ListCustomerRolesQuery, options ...Option) (out CustomerRoleList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/roles", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerSurveysQuery are the parameters of ListCustomerSurveys; what is empty is left out.
type ListCustomerSurveysQuery struct {
	// nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity. Given several times: any of them
	Kind []string
	// what was asked. Given several times: any of them
	Questionnaire []string
	// After: business day of the answers
	AnsweredAfter string
	// Before: business day of the answers
	AnsweredBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -answered_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerSurveysQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	for _, one := range q.Questionnaire {
		v.Add("questionnaire", one)
	}
	if q.AnsweredAfter != "" {
		v.Set("answered_after", q.AnsweredAfter)
	}
	if q.AnsweredBefore != "" {
		v.Set("answered_before", q.AnsweredBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerSurveys asks to: list what customers answered to questionnaires: those of one customer
func (c *Client) ListCustomerSurveys(ctx context.Context, customerID string, q ListCustomerSurveysQuery, options ...Option) (out SurveyList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/surveys", q.values(), nil, &out, options)
	return out, err
}

// ListCustomerTestimonialsQuery are the parameters of ListCustomerTestimonials; what is empty is left out.
type ListCustomerTestimonialsQuery struct {
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomerTestimonialsQuery) values() url.Values {
	v := url.Values{}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomerTestimonials asks to: list what customers said of us in public: those of one customer
func (c *Client) ListCustomerTestimonials(ctx context.Context, customerID string, q ListCustomerTestimonialsQuery, options ...Option) (out TestimonialList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/testimonials", q.values(), nil, &out, options)
	return out, err
}

// ListCustomersQuery are the parameters of ListCustomers; what is empty is left out.
type ListCustomersQuery struct {
	// By an e-mail address that is linked to them, or a contact point
	Email string
	// By a phone number that is linked to them, or a contact point, with the country's code
	Phone string
	// By how another system calls them, as system:id
	ExternalID string
	// By how their name begins, in capitals or not
	Name string
	// By a name that is spelt like theirs: PostgreSQL's pg_trgm finds at least three tenths of its sequences of three letters in it. Where the database has no pg_trgm: by how their name begins
	NameLike string
	// Who belongs to a segment now
	Segment string
	// stage of the loyalty ladder. Given several times: any of them
	Stage []string
	// as registered. Given several times: any of them
	Country []string
	// person or organisation; empty before registration. Given several times: any of them
	Kind []string
	// By the value in force of an attribute: attribute.income=high
	Attributes map[string]string
	// After: business day of registration
	RegisteredAfter string
	// Before: business day of registration
	RegisteredBefore string
	// Whether they were set aside
	Archived *bool
	// For whom a rule holds: CEL over the facts of the catalogue. Customers are judged as they are paged through, so a page may hold fewer than its limit, or none, and have a next one
	Rule string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. By id without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListCustomersQuery) values() url.Values {
	v := url.Values{}
	if q.Email != "" {
		v.Set("email", q.Email)
	}
	if q.Phone != "" {
		v.Set("phone", q.Phone)
	}
	if q.ExternalID != "" {
		v.Set("external_id", q.ExternalID)
	}
	if q.Name != "" {
		v.Set("name", q.Name)
	}
	if q.NameLike != "" {
		v.Set("name_like", q.NameLike)
	}
	if q.Segment != "" {
		v.Set("segment", q.Segment)
	}
	for _, one := range q.Stage {
		v.Add("stage", one)
	}
	for _, one := range q.Country {
		v.Add("country", one)
	}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	for name, one := range q.Attributes {
		v.Set(name, one)
	}
	if q.RegisteredAfter != "" {
		v.Set("registered_after", q.RegisteredAfter)
	}
	if q.RegisteredBefore != "" {
		v.Set("registered_before", q.RegisteredBefore)
	}
	if q.Archived != nil {
		v.Set("archived", fmt.Sprint(*q.Archived))
	}
	if q.Rule != "" {
		v.Set("rule", q.Rule)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListCustomers asks to: find customers
func (c *Client) ListCustomers(ctx context.Context, q ListCustomersQuery, options ...Option) (out CustomerList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers", q.values(), nil, &out, options)
	return out, err
}

// ListFacts asks to: list the facts that rules may speak of
func (c *Client) ListFacts(ctx context.Context, options ...Option) (out FactsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/rules/facts", nil, nil, &out, options)
	return out, err
}

// ListFailures asks to: list the events that could not be projected
func (c *Client) ListFailures(ctx context.Context, options ...Option) (out FailuresOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/projections/failures", nil, nil, &out, options)
	return out, err
}

// ListGaps asks to: list the missing revisions that people accepted
func (c *Client) ListGaps(ctx context.Context, options ...Option) (out GapsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/projections/gaps", nil, nil, &out, options)
	return out, err
}

// ListGuidanceQuery are the parameters of ListGuidance; what is empty is left out.
type ListGuidanceQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListGuidanceQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListGuidance asks to: list guidance, and what came of it
func (c *Client) ListGuidance(ctx context.Context, q ListGuidanceQuery, options ...Option) (out AllGuidanceOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/guidance", q.values(), nil, &out, options)
	return out, err
}

// ListHandoversQuery are the parameters of ListHandovers; what is empty is left out.
type ListHandoversQuery struct {
	// who is to take. Given several times: any of them
	ToDepartment []string
	// Whether nobody has taken it yet
	Waiting *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -handed_over_at without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListHandoversQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.ToDepartment {
		v.Add("to_department", one)
	}
	if q.Waiting != nil {
		v.Set("waiting", fmt.Sprint(*q.Waiting))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListHandovers asks to: list what one department handed over to another
func (c *Client) ListHandovers(ctx context.Context, q ListHandoversQuery, options ...Option) (out HandoverList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/handovers", q.values(), nil, &out, options)
	return out, err
}

// ListHeadsQuery are the parameters of ListHeads; what is empty is left out.
type ListHeadsQuery struct {
	// The next_cursor of the page before
	Cursor string
	Limit  int64
}

func (q ListHeadsQuery) values() url.Values {
	v := url.Values{}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// ListHeads asks to: list signed heads of the log, the newest first
func (c *Client) ListHeads(ctx context.Context, q ListHeadsQuery, options ...Option) (out HeadsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/proof/heads", q.values(), nil, &out, options)
	return out, err
}

// ListIdentitiesQuery are the parameters of ListIdentities; what is empty is left out.
type ListIdentitiesQuery struct {
	// Whether it is linked now
	Linked *bool
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListIdentitiesQuery) values() url.Values {
	v := url.Values{}
	if q.Linked != nil {
		v.Set("linked", fmt.Sprint(*q.Linked))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListIdentities asks to: list by what customers are or were known
func (c *Client) ListIdentities(ctx context.Context, q ListIdentitiesQuery, options ...Option) (out IdentityList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/identities", q.values(), nil, &out, options)
	return out, err
}

// ListInsightsQuery are the parameters of ListInsights; what is empty is left out.
type ListInsightsQuery struct {
	// Whether it was not retracted
	Standing *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListInsightsQuery) values() url.Values {
	v := url.Values{}
	if q.Standing != nil {
		v.Set("standing", fmt.Sprint(*q.Standing))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListInsights asks to: list what was concluded about customers
func (c *Client) ListInsights(ctx context.Context, q ListInsightsQuery, options ...Option) (out InsightList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/insights", q.values(), nil, &out, options)
	return out, err
}

// ListInteractionsQuery are the parameters of ListInteractions; what is empty is left out.
type ListInteractionsQuery struct {
	// inbound: the customer sought it; outbound: we did. Given several times: any of them
	Direction []string
	// After: on which business day
	OccurredAfter string
	// Before: on which business day
	OccurredBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -occurred_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListInteractionsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Direction {
		v.Add("direction", one)
	}
	if q.OccurredAfter != "" {
		v.Set("occurred_after", q.OccurredAfter)
	}
	if q.OccurredBefore != "" {
		v.Set("occurred_before", q.OccurredBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListInteractions asks to: list the contacts with customers that were no transactions
func (c *Client) ListInteractions(ctx context.Context, q ListInteractionsQuery, options ...Option) (out InteractionList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/interactions", q.values(), nil, &out, options)
	return out, err
}

// ListInterviewsQuery are the parameters of ListInterviews; what is empty is left out.
type ListInterviewsQuery struct {
	// what the interview was about. Given several times: any of them
	Topic []string
	// After: business day of the interview
	HeldAfter string
	// Before: business day of the interview
	HeldBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -held_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListInterviewsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Topic {
		v.Add("topic", one)
	}
	if q.HeldAfter != "" {
		v.Set("held_after", q.HeldAfter)
	}
	if q.HeldBefore != "" {
		v.Set("held_before", q.HeldBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListInterviews asks to: list the interviews with customers
func (c *Client) ListInterviews(ctx context.Context, q ListInterviewsQuery, options ...Option) (out InterviewList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/interviews", q.values(), nil, &out, options)
	return out, err
}

// ListLeadsQuery are the parameters of ListLeads; what is empty is left out.
type ListLeadsQuery struct {
	// how far it is; erased where it was open when the customer was erased. Given several times: any of them
	Status []string
	// who works on it. Given several times: any of them
	Owner []string
	// After: on which business day
	CapturedAfter string
	// Before: on which business day
	CapturedBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -captured_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListLeadsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Status {
		v.Add("status", one)
	}
	for _, one := range q.Owner {
		v.Add("owner", one)
	}
	if q.CapturedAfter != "" {
		v.Set("captured_after", q.CapturedAfter)
	}
	if q.CapturedBefore != "" {
		v.Set("captured_before", q.CapturedBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListLeads asks to: list the signs that customers may want something
func (c *Client) ListLeads(ctx context.Context, q ListLeadsQuery, options ...Option) (out LeadList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/leads", q.values(), nil, &out, options)
	return out, err
}

// ListLeavesQuery are the parameters of ListLeaves; what is empty is left out.
type ListLeavesQuery struct {
	// The next_cursor of the page before: the ordinal of the first leaf, from 0
	Cursor string
	Limit  int64
}

func (q ListLeavesQuery) values() url.Values {
	v := url.Values{}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// ListLeaves asks to: list the hashes of events, from which whoever has them all finds the hash of the whole log
func (c *Client) ListLeaves(ctx context.Context, q ListLeavesQuery, options ...Option) (out LeavesOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/proof/leaves", q.values(), nil, &out, options)
	return out, err
}

// ListMaintenanceQuery are the parameters of ListMaintenance; what is empty is left out.
type ListMaintenanceQuery struct {
	// planned, missed, performed or cancelled; erased where it was before us when the customer was erased. Given several times: any of them
	State []string
	// Before: last business day on which it is in time; null where it was not planned
	DueBefore string
	// After: last business day on which it is in time; null where it was not planned
	DueAfter string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. due_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListMaintenanceQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.DueAfter != "" {
		v.Set("due_after", q.DueAfter)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListMaintenance asks to: list the work on equipment, planned and done
func (c *Client) ListMaintenance(ctx context.Context, q ListMaintenanceQuery, options ...Option) (out MaintenanceList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/maintenance", q.values(), nil, &out, options)
	return out, err
}

// ListMembersQuery are the parameters of ListMembers; what is empty is left out.
type ListMembersQuery struct {
	// A position that a command answered: waits until the read models have reached it, and all customers are judged by the rules of then
	After int64
	// The day on which they belonged; today without it
	On string
	// A purpose of consents, such as marketing: members come with the channels through which they may be addressed for it now, and with by what; for apps
	Reach string
	// The next_cursor of the page before
	Cursor string
	Limit  int64
}

func (q ListMembersQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	if q.On != "" {
		v.Set("on", q.On)
	}
	if q.Reach != "" {
		v.Set("reach", q.Reach)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// ListMembers asks to: list who belongs to a segment, now or on a day
func (c *Client) ListMembers(ctx context.Context, name string, q ListMembersQuery, options ...Option) (out MembersOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/segments/"+url.PathEscape(name)+"/members", q.values(), nil, &out, options)
	return out, err
}

// ListMergesQuery are the parameters of ListMerges; what is empty is left out.
type ListMergesQuery struct {
	// merged or split. Given several times: any of them
	Happened []string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -position without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListMergesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Happened {
		v.Add("happened", one)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListMerges asks to: list which customers turned out to be one, and which were split again
func (c *Client) ListMerges(ctx context.Context, q ListMergesQuery, options ...Option) (out MergeList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/merges", q.values(), nil, &out, options)
	return out, err
}

// ListMessagesQuery are the parameters of ListMessages; what is empty is left out.
type ListMessagesQuery struct {
	// of which campaign. Given several times: any of them
	Campaign []string
	// and which of its cells. Given several times: any of them
	Cell []string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListMessagesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Campaign {
		v.Add("campaign", one)
	}
	for _, one := range q.Cell {
		v.Add("cell", one)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListMessages asks to: list the messages of campaigns, and what became of them
func (c *Client) ListMessages(ctx context.Context, q ListMessagesQuery, options ...Option) (out CampaignMessageList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/messages", q.values(), nil, &out, options)
	return out, err
}

// ListOffersQuery are the parameters of ListOffers; what is empty is left out.
type ListOffersQuery struct {
	// what became of it; erased where it was open when the customer was erased. Given several times: any of them
	State []string
	// Before: last business day for accepting it
	ValidBefore string
	// After: business day
	ProposedAfter string
	// Before: business day
	ProposedBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -proposed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListOffersQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	if q.ValidBefore != "" {
		v.Set("valid_before", q.ValidBefore)
	}
	if q.ProposedAfter != "" {
		v.Set("proposed_after", q.ProposedAfter)
	}
	if q.ProposedBefore != "" {
		v.Set("proposed_before", q.ProposedBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListOffers asks to: list the offers to customers, and what became of them
func (c *Client) ListOffers(ctx context.Context, q ListOffersQuery, options ...Option) (out OfferList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/offers", q.values(), nil, &out, options)
	return out, err
}

// ListOpportunitiesQuery are the parameters of ListOpportunities; what is empty is left out.
type ListOpportunitiesQuery struct {
	// open, won or lost; erased where it was open when the customer was erased. Given several times: any of them
	State []string
	// the stage that it is in, or was in at its end. Given several times: any of them
	Stage []string
	// who works on it. Given several times: any of them
	Owner []string
	// After: business day on which it was opened
	OpenedAfter string
	// Before: business day on which it was opened
	OpenedBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -opened_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListOpportunitiesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Stage {
		v.Add("stage", one)
	}
	for _, one := range q.Owner {
		v.Add("owner", one)
	}
	if q.OpenedAfter != "" {
		v.Set("opened_after", q.OpenedAfter)
	}
	if q.OpenedBefore != "" {
		v.Set("opened_before", q.OpenedBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListOpportunities asks to: list the sales that may come about
func (c *Client) ListOpportunities(ctx context.Context, q ListOpportunitiesQuery, options ...Option) (out OpportunityList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/opportunities", q.values(), nil, &out, options)
	return out, err
}

// ListOrdersQuery are the parameters of ListOrders; what is empty is left out.
type ListOrdersQuery struct {
	// how far it is; paid: in full, and not shipped yet. Given several times: any of them
	State []string
	// After: business day on which it was placed
	PlacedAfter string
	// Before: business day on which it was placed
	PlacedBefore string
	// Before: last business day for paying
	DueBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -placed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListOrdersQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	if q.PlacedAfter != "" {
		v.Set("placed_after", q.PlacedAfter)
	}
	if q.PlacedBefore != "" {
		v.Set("placed_before", q.PlacedBefore)
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListOrders asks to: list the purchases that are followed as orders
func (c *Client) ListOrders(ctx context.Context, q ListOrdersQuery, options ...Option) (out OrderList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/orders", q.values(), nil, &out, options)
	return out, err
}

// ListPointsQuery are the parameters of ListPoints; what is empty is left out.
type ListPointsQuery struct {
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListPointsQuery) values() url.Values {
	v := url.Values{}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListPoints asks to: list the balances of loyalty points
func (c *Client) ListPoints(ctx context.Context, q ListPointsQuery, options ...Option) (out PointsAccountList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/points", q.values(), nil, &out, options)
	return out, err
}

// ListPointsLotsQuery are the parameters of ListPointsLots; what is empty is left out.
type ListPointsLotsQuery struct {
	// Whether it still holds points
	Open *bool
	// Before: last business day on which it can be spent; null where it does not expire
	ExpiresBefore string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. expires_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListPointsLotsQuery) values() url.Values {
	v := url.Values{}
	if q.Open != nil {
		v.Set("open", fmt.Sprint(*q.Open))
	}
	if q.ExpiresBefore != "" {
		v.Set("expires_before", q.ExpiresBefore)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListPointsLots asks to: list the lots of loyalty points, and when they expire
func (c *Client) ListPointsLots(ctx context.Context, q ListPointsLotsQuery, options ...Option) (out PointsLotList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/points/lots", q.values(), nil, &out, options)
	return out, err
}

// ListProduct asks to: list a product
func (c *Client) ListProduct(ctx context.Context, sku string, body ListProduct, options ...Option) (out ListProductAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/products/"+url.PathEscape(sku), nil, body, &out, options)
	return out, err
}

// ListProductsQuery are the parameters of ListProducts; what is empty is left out.
type ListProductsQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
	// The next_cursor of the page before
	Cursor string
	Limit  int64
}

func (q ListProductsQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// ListProducts asks to: list what is or was for sale
func (c *Client) ListProducts(ctx context.Context, q ListProductsQuery, options ...Option) (out ProductsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/products", q.values(), nil, &out, options)
	return out, err
}

// ListPromisesQuery are the parameters of ListPromises; what is empty is left out.
type ListPromisesQuery struct {
	// open, kept or broken; erased where it was open when the customer was erased. Given several times: any of them
	State []string
	// who promised. Given several times: any of them
	Actor []string
	// Before: last business day on which it can be kept
	DueBefore string
	// After: last business day on which it can be kept
	DueAfter string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. due_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListPromisesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.State {
		v.Add("state", one)
	}
	for _, one := range q.Actor {
		v.Add("actor", one)
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.DueAfter != "" {
		v.Set("due_after", q.DueAfter)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListPromises asks to: list what was promised to customers
func (c *Client) ListPromises(ctx context.Context, q ListPromisesQuery, options ...Option) (out PromiseMadeList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/promises", q.values(), nil, &out, options)
	return out, err
}

// ListPurchasesQuery are the parameters of ListPurchases; what is empty is left out.
type ListPurchasesQuery struct {
	// After: on which business day
	PurchasedAfter string
	// Before: on which business day
	PurchasedBefore string
	// With a line of that good or service
	SKU string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -purchased_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListPurchasesQuery) values() url.Values {
	v := url.Values{}
	if q.PurchasedAfter != "" {
		v.Set("purchased_after", q.PurchasedAfter)
	}
	if q.PurchasedBefore != "" {
		v.Set("purchased_before", q.PurchasedBefore)
	}
	if q.SKU != "" {
		v.Set("sku", q.SKU)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListPurchases asks to: list what customers bought
func (c *Client) ListPurchases(ctx context.Context, q ListPurchasesQuery, options ...Option) (out PurchaseList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/purchases", q.values(), nil, &out, options)
	return out, err
}

// ListQuestionnairesQuery are the parameters of ListQuestionnaires; what is empty is left out.
type ListQuestionnairesQuery struct {
	// nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity. Given several times: any of them
	Kind []string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListQuestionnairesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListQuestionnaires asks to: list the questionnaires, each in the version that is in force
func (c *Client) ListQuestionnaires(ctx context.Context, q ListQuestionnairesQuery, options ...Option) (out QuestionnaireList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/questionnaires", q.values(), nil, &out, options)
	return out, err
}

// ListReadsQuery are the parameters of ListReads; what is empty is left out.
type ListReadsQuery struct {
	// Also tables and lists, which show many customers and may have told of this one
	Everybody *bool
	// The next_cursor of the page before
	Cursor string
	Limit  int64
}

func (q ListReadsQuery) values() url.Values {
	v := url.Values{}
	if q.Everybody != nil {
		v.Set("everybody", fmt.Sprint(*q.Everybody))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// ListReads asks to: list who was shown a customer's personal data, the newest first
func (c *Client) ListReads(ctx context.Context, customerID string, q ListReadsQuery, options ...Option) (out ReadsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/customers/"+url.PathEscape(customerID)+"/reads", q.values(), nil, &out, options)
	return out, err
}

// ListReceivablesQuery are the parameters of ListReceivables; what is empty is left out.
type ListReceivablesQuery struct {
	// Whether something is still to be paid
	Open *bool
	// Whether the day for paying is over
	Overdue *bool
	// Before: last business day for paying
	DueBefore string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. placed_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListReceivablesQuery) values() url.Values {
	v := url.Values{}
	if q.Open != nil {
		v.Set("open", fmt.Sprint(*q.Open))
	}
	if q.Overdue != nil {
		v.Set("overdue", fmt.Sprint(*q.Overdue))
	}
	if q.DueBefore != "" {
		v.Set("due_before", q.DueBefore)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListReceivables asks to: list what customers owe for orders, as of the business date
func (c *Client) ListReceivables(ctx context.Context, q ListReceivablesQuery, options ...Option) (out ReceivableList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/receivables", q.values(), nil, &out, options)
	return out, err
}

// ListRecommendationsQuery are the parameters of ListRecommendations; what is empty is left out.
type ListRecommendationsQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
	// Whose; everybody's without it
	Assignee string
	Limit    int64
}

func (q ListRecommendationsQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	if q.Assignee != "" {
		v.Set("assignee", q.Assignee)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// ListRecommendations asks to: list what colleagues have to answer
func (c *Client) ListRecommendations(ctx context.Context, q ListRecommendationsQuery, options ...Option) (out WorklistOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/recommendations", q.values(), nil, &out, options)
	return out, err
}

// ListReferralsQuery are the parameters of ListReferrals; what is empty is left out.
type ListReferralsQuery struct {
	// the customer who was brought. Given several times: any of them
	ReferredID []string
	// Whether it is known to have brought a customer
	Converted *bool
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListReferralsQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.ReferredID {
		v.Add("referred_id", one)
	}
	if q.Converted != nil {
		v.Set("converted", fmt.Sprint(*q.Converted))
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListReferrals asks to: list whom customers referred
func (c *Client) ListReferrals(ctx context.Context, q ListReferralsQuery, options ...Option) (out ReferralList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/referrals", q.values(), nil, &out, options)
	return out, err
}

// ListRelationshipsQuery are the parameters of ListRelationships; what is empty is left out.
type ListRelationshipsQuery struct {
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListRelationshipsQuery) values() url.Values {
	v := url.Values{}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListRelationships asks to: list what customers are to each other
func (c *Client) ListRelationships(ctx context.Context, q ListRelationshipsQuery, options ...Option) (out RelationshipList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/relationships", q.values(), nil, &out, options)
	return out, err
}

// ListReturnsQuery are the parameters of ListReturns; what is empty is left out.
type ListReturnsQuery struct {
	// After: on which business day
	ReturnedAfter string
	// Before: on which business day
	ReturnedBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -returned_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListReturnsQuery) values() url.Values {
	v := url.Values{}
	if q.ReturnedAfter != "" {
		v.Set("returned_after", q.ReturnedAfter)
	}
	if q.ReturnedBefore != "" {
		v.Set("returned_before", q.ReturnedBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListReturns asks to: list what customers brought back, and what money they got back
func (c *Client) ListReturns(ctx context.Context, q ListReturnsQuery, options ...Option) (out ReturnList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/returns", q.values(), nil, &out, options)
	return out, err
}

// ListRolesQuery are the parameters of ListRoles; what is empty is left out.
type ListRolesQuery struct {
	// buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit. Given several times: any of them
	Role []string
	// Whether they have it now
	Lasting *bool
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListRolesQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Role {
		v.Add("role", one)
	}
	if q.Lasting != nil {
		v.Set("lasting", fmt.Sprint(*q.Lasting))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListRoles asks to: list the roles that customers have or had
func (c *Client) ListRoles(ctx context.Context, q ListRolesQuery, options ...Option) (out CustomerRoleList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/roles", q.values(), nil, &out, options)
	return out, err
}

// ListSegmentsQuery are the parameters of ListSegments; what is empty is left out.
type ListSegmentsQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListSegmentsQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListSegments asks to: list the segments
func (c *Client) ListSegments(ctx context.Context, q ListSegmentsQuery, options ...Option) (out SegmentsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/segments", q.values(), nil, &out, options)
	return out, err
}

// ListStagesQuery are the parameters of ListStages; what is empty is left out.
type ListStagesQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListStagesQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListStages asks to: count the customers on each stage
func (c *Client) ListStages(ctx context.Context, q ListStagesQuery, options ...Option) (out StagesOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/loyalty/stages", q.values(), nil, &out, options)
	return out, err
}

// ListSubscriptionLettersQuery are the parameters of ListSubscriptionLetters; what is empty is left out.
type ListSubscriptionLettersQuery struct {
	Limit int64
}

func (q ListSubscriptionLettersQuery) values() url.Values {
	v := url.Values{}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// ListSubscriptionLetters asks to: list the events that a subscription could not send
func (c *Client) ListSubscriptionLetters(ctx context.Context, subscription string, q ListSubscriptionLettersQuery, options ...Option) (out LettersOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/subscriptions/"+url.PathEscape(subscription)+"/letters", q.values(), nil, &out, options)
	return out, err
}

// ListSubscriptionsQuery are the parameters of ListSubscriptions; what is empty is left out.
type ListSubscriptionsQuery struct {
	// Whether events are sent
	InForce *bool
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListSubscriptionsQuery) values() url.Values {
	v := url.Values{}
	if q.InForce != nil {
		v.Set("in_force", fmt.Sprint(*q.InForce))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListSubscriptions asks to: list the subscriptions, each in the version that is in force
func (c *Client) ListSubscriptions(ctx context.Context, q ListSubscriptionsQuery, options ...Option) (out PublishedSubscriptionList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/subscriptions", q.values(), nil, &out, options)
	return out, err
}

// ListSurveysQuery are the parameters of ListSurveys; what is empty is left out.
type ListSurveysQuery struct {
	// nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity. Given several times: any of them
	Kind []string
	// what was asked. Given several times: any of them
	Questionnaire []string
	// After: business day of the answers
	AnsweredAfter string
	// Before: business day of the answers
	AnsweredBefore string
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// By what the list is sorted, downwards with a minus. What has no value there comes last. -answered_on without it
	Sort string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListSurveysQuery) values() url.Values {
	v := url.Values{}
	for _, one := range q.Kind {
		v.Add("kind", one)
	}
	for _, one := range q.Questionnaire {
		v.Add("questionnaire", one)
	}
	if q.AnsweredAfter != "" {
		v.Set("answered_after", q.AnsweredAfter)
	}
	if q.AnsweredBefore != "" {
		v.Set("answered_before", q.AnsweredBefore)
	}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Sort != "" {
		v.Set("sort", q.Sort)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListSurveys asks to: list what customers answered to questionnaires
func (c *Client) ListSurveys(ctx context.Context, q ListSurveysQuery, options ...Option) (out SurveyList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/surveys", q.values(), nil, &out, options)
	return out, err
}

// ListTables asks to: list the tables and views, with what each column holds
func (c *Client) ListTables(ctx context.Context, options ...Option) (out TablesOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/tables", nil, nil, &out, options)
	return out, err
}

// ListTestimonialsQuery are the parameters of ListTestimonials; what is empty is left out.
type ListTestimonialsQuery struct {
	// Of customers of whom anything was recorded after that time
	UpdatedAfter string
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListTestimonialsQuery) values() url.Values {
	v := url.Values{}
	if q.UpdatedAfter != "" {
		v.Set("updated_after", q.UpdatedAfter)
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListTestimonials asks to: list what customers said of us in public
func (c *Client) ListTestimonials(ctx context.Context, q ListTestimonialsQuery, options ...Option) (out TestimonialList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/testimonials", q.values(), nil, &out, options)
	return out, err
}

// ListTiersQuery are the parameters of ListTiers; what is empty is left out.
type ListTiersQuery struct {
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListTiersQuery) values() url.Values {
	v := url.Values{}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListTiers asks to: list in which tier of the loyalty programme customers are
func (c *Client) ListTiers(ctx context.Context, q ListTiersQuery, options ...Option) (out TierList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/tiers", q.values(), nil, &out, options)
	return out, err
}

// ListTokens asks to: list all tokens that were ever issued, without their secrets
func (c *Client) ListTokens(ctx context.Context, options ...Option) (out TokensOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/tokens", nil, nil, &out, options)
	return out, err
}

// ListTransitionsQuery are the parameters of ListTransitions; what is empty is left out.
type ListTransitionsQuery struct {
	// A position that a command answered: waits until the read models have reached it
	After      int64
	CustomerID string
	// Such as won_back
	Reason string
	// The stage that they left
	From string
	// The stage that they reached
	To string
	// The first day to look at
	Since string
	Limit int64
}

func (q ListTransitionsQuery) values() url.Values {
	v := url.Values{}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	if q.CustomerID != "" {
		v.Set("customer_id", q.CustomerID)
	}
	if q.Reason != "" {
		v.Set("reason", q.Reason)
	}
	if q.From != "" {
		v.Set("from", q.From)
	}
	if q.To != "" {
		v.Set("to", q.To)
	}
	if q.Since != "" {
		v.Set("since", q.Since)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	return v
}

// ListTransitions asks to: list steps on the ladder, the newest first
func (c *Client) ListTransitions(ctx context.Context, q ListTransitionsQuery, options ...Option) (out TransitionsOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/loyalty/transitions", q.values(), nil, &out, options)
	return out, err
}

// ListWebhooksQuery are the parameters of ListWebhooks; what is empty is left out.
type ListWebhooksQuery struct {
	// Whether it takes deliveries
	InForce *bool
	// The next_cursor of the page before
	Cursor string
	// How many items at most
	Limit int64
	// The fields that items have, separated by commas; all without it. What names an item it always has
	Fields []string
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q ListWebhooksQuery) values() url.Values {
	v := url.Values{}
	if q.InForce != nil {
		v.Set("in_force", fmt.Sprint(*q.InForce))
	}
	if q.Cursor != "" {
		v.Set("cursor", q.Cursor)
	}
	if q.Limit != 0 {
		v.Set("limit", fmt.Sprint(q.Limit))
	}
	if len(q.Fields) > 0 {
		v.Set("fields", joined(q.Fields))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// ListWebhooks asks to: list the webhooks, each in the version that is in force
func (c *Client) ListWebhooks(ctx context.Context, q ListWebhooksQuery, options ...Option) (out PublishedWebhookList, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/webhooks", q.values(), nil, &out, options)
	return out, err
}

// LoseOpportunity asks to: lose an opportunity
func (c *Client) LoseOpportunity(ctx context.Context, customerID string, body LoseOpportunity, options ...Option) (out LoseOpportunityAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/opportunities/lost", nil, body, &out, options)
	return out, err
}

// MakePromise asks to: promise something
func (c *Client) MakePromise(ctx context.Context, customerID string, body MakePromise, options ...Option) (out MakePromiseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/promises", nil, body, &out, options)
	return out, err
}

// MakeReferral asks to: refer somebody
func (c *Client) MakeReferral(ctx context.Context, customerID string, body MakeReferral, options ...Option) (out MakeReferralAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/referrals", nil, body, &out, options)
	return out, err
}

// MeasureWear asks to: measure the wear of a component
func (c *Client) MeasureWear(ctx context.Context, customerID string, body MeasureWear, options ...Option) (out MeasureWearAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/assets/wear", nil, body, &out, options)
	return out, err
}

// MergeCustomers asks to: merge another customer into this one
func (c *Client) MergeCustomers(ctx context.Context, customerID string, body MergeCustomers, options ...Option) (out MergeCustomersAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/merges", nil, body, &out, options)
	return out, err
}

// MoveOpportunity asks to: move an opportunity to another stage
func (c *Client) MoveOpportunity(ctx context.Context, customerID string, body MoveOpportunity, options ...Option) (out MoveOpportunityAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/opportunities/moved", nil, body, &out, options)
	return out, err
}

// OpenCase asks to: open a case
func (c *Client) OpenCase(ctx context.Context, customerID string, body OpenCase, options ...Option) (out OpenCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases", nil, body, &out, options)
	return out, err
}

// OpenOpportunity asks to: open an opportunity
func (c *Client) OpenOpportunity(ctx context.Context, customerID string, body OpenOpportunity, options ...Option) (out OpenOpportunityAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/opportunities", nil, body, &out, options)
	return out, err
}

// PauseCase asks to: pause a case
func (c *Client) PauseCase(ctx context.Context, customerID string, body PauseCase, options ...Option) (out PauseCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/paused", nil, body, &out, options)
	return out, err
}

// PayOrder asks to: pay an order, or a part of it
func (c *Client) PayOrder(ctx context.Context, customerID string, body PayOrder, options ...Option) (out PayOrderAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/orders/paid", nil, body, &out, options)
	return out, err
}

// PerformMaintenance asks to: perform maintenance
func (c *Client) PerformMaintenance(ctx context.Context, customerID string, body PerformMaintenance, options ...Option) (out PerformMaintenanceAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/assets/maintenance/performed", nil, body, &out, options)
	return out, err
}

// PlaceOrder asks to: place an order
func (c *Client) PlaceOrder(ctx context.Context, customerID string, body PlaceOrder, options ...Option) (out PlaceOrderAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/orders", nil, body, &out, options)
	return out, err
}

// PlanCampaign asks to: plan a campaign
func (c *Client) PlanCampaign(ctx context.Context, campaign string, body PlanCampaign, options ...Option) (out PlanCampaignAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/campaigns/"+url.PathEscape(campaign), nil, body, &out, options)
	return out, err
}

// PreferContactPoint asks to: prefer a contact point
func (c *Client) PreferContactPoint(ctx context.Context, customerID string, body PreferContactPoint, options ...Option) (out PreferContactPointAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/contact-points/preferred", nil, body, &out, options)
	return out, err
}

// PreviewRetentionQuery are the parameters of PreviewRetention; what is empty is left out.
type PreviewRetentionQuery struct {
	// The segment of the rule
	Segment string
	// Its days
	AfterDays int64
	// The business day to foresee; the last closed one without it
	On string
	// How many of the customers to name
	Sample int64
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q PreviewRetentionQuery) values() url.Values {
	v := url.Values{}
	v.Set("segment", fmt.Sprint(q.Segment))
	v.Set("after_days", fmt.Sprint(q.AfterDays))
	if q.On != "" {
		v.Set("on", q.On)
	}
	if q.Sample != 0 {
		v.Set("sample", fmt.Sprint(q.Sample))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// PreviewRetention asks to: see for how many customers a retention rule would be due, before it is published
func (c *Client) PreviewRetention(ctx context.Context, q PreviewRetentionQuery, options ...Option) (out RetentionForecast, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/policies/retention/preview", q.values(), nil, &out, options)
	return out, err
}

// PreviewRuleQuery are the parameters of PreviewRule; what is empty is left out.
type PreviewRuleQuery struct {
	// A CEL expression over facts
	Rule string
	// For how many customers to tell the facts
	Sample int64
	// A position that a command answered: waits until the read models have reached it
	After int64
}

func (q PreviewRuleQuery) values() url.Values {
	v := url.Values{}
	v.Set("rule", fmt.Sprint(q.Rule))
	if q.Sample != 0 {
		v.Set("sample", fmt.Sprint(q.Sample))
	}
	if q.After != 0 {
		v.Set("after", fmt.Sprint(q.After))
	}
	return v
}

// PreviewRule asks to: see for how many customers a rule would hold, and for some of them why
func (c *Client) PreviewRule(ctx context.Context, q PreviewRuleQuery, options ...Option) (out Preview, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/rules/preview", q.values(), nil, &out, options)
	return out, err
}

// ProposeOffer asks to: propose an offer
func (c *Client) ProposeOffer(ctx context.Context, customerID string, body ProposeOffer, options ...Option) (out ProposeOfferAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/offers", nil, body, &out, options)
	return out, err
}

// ProveConsistencyQuery are the parameters of ProveConsistency; what is empty is left out.
type ProveConsistencyQuery struct {
	// Size of the earlier head
	From string
	// Size of the later head; the newest without it
	To string
}

func (q ProveConsistencyQuery) values() url.Values {
	v := url.Values{}
	v.Set("from", fmt.Sprint(q.From))
	if q.To != "" {
		v.Set("to", q.To)
	}
	return v
}

// ProveConsistency asks to: prove that the log under one head goes on from the log under another
func (c *Client) ProveConsistency(ctx context.Context, q ProveConsistencyQuery, options ...Option) (out ConsistencyOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/proof/consistency", q.values(), nil, &out, options)
	return out, err
}

// ProveEventQuery are the parameters of ProveEvent; what is empty is left out.
type ProveEventQuery struct {
	// Size of the head to prove it under; the newest without it
	Head string
}

func (q ProveEventQuery) values() url.Values {
	v := url.Values{}
	if q.Head != "" {
		v.Set("head", q.Head)
	}
	return v
}

// ProveEvent asks to: prove that an event is in the log, just so
func (c *Client) ProveEvent(ctx context.Context, position string, q ProveEventQuery, options ...Option) (out EventProofOutputBody, err error) {
	err = c.do(ctx, http.MethodGet, "/v1/proof/events/"+url.PathEscape(position), q.values(), nil, &out, options)
	return out, err
}

// PublishCosts asks to: publish what it costs to serve customers
func (c *Client) PublishCosts(ctx context.Context, body PublishCosts, options ...Option) (out PublishCostsAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/policies/costs", nil, body, &out, options)
	return out, err
}

// PublishLadder asks to: publish the loyalty ladder
func (c *Client) PublishLadder(ctx context.Context, body PublishLadder, options ...Option) (out PublishLadderAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/policies/ladder", nil, body, &out, options)
	return out, err
}

// PublishPhones asks to: publish of which region phone numbers are
func (c *Client) PublishPhones(ctx context.Context, body PublishPhones, options ...Option) (out PublishPhonesAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/policies/phones", nil, body, &out, options)
	return out, err
}

// PublishPriceBands asks to: publish price bands
func (c *Client) PublishPriceBands(ctx context.Context, body PublishPriceBands, options ...Option) (out PublishPriceBandsAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/policies/price_bands", nil, body, &out, options)
	return out, err
}

// PublishQuestionnaire asks to: publish a questionnaire
func (c *Client) PublishQuestionnaire(ctx context.Context, questionnaire string, body PublishQuestionnaire, options ...Option) (out PublishQuestionnaireAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/questionnaires/"+url.PathEscape(questionnaire), nil, body, &out, options)
	return out, err
}

// PublishRetention asks to: publish how long customers are kept
func (c *Client) PublishRetention(ctx context.Context, body PublishRetention, options ...Option) (out PublishRetentionAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/policies/retention", nil, body, &out, options)
	return out, err
}

// PublishRfm asks to: publish the scheme of RFM scores
func (c *Client) PublishRfm(ctx context.Context, body PublishRfm, options ...Option) (out PublishRfmAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/policies/rfm", nil, body, &out, options)
	return out, err
}

// PublishService asks to: publish the terms of service
func (c *Client) PublishService(ctx context.Context, body PublishService, options ...Option) (out PublishServiceAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/policies/service", nil, body, &out, options)
	return out, err
}

// PublishSubscription asks to: subscribe to events
func (c *Client) PublishSubscription(ctx context.Context, subscription string, body PublishSubscription, options ...Option) (out PublishSubscriptionAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/subscriptions/"+url.PathEscape(subscription), nil, body, &out, options)
	return out, err
}

// PublishTiers asks to: publish the tiers of the loyalty programme
func (c *Client) PublishTiers(ctx context.Context, body PublishTiers, options ...Option) (out PublishTiersAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/policies/tiers", nil, body, &out, options)
	return out, err
}

// PublishWebhook asks to: publish a webhook
func (c *Client) PublishWebhook(ctx context.Context, webhook string, body PublishWebhook, options ...Option) (out PublishWebhookAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/webhooks/"+url.PathEscape(webhook), nil, body, &out, options)
	return out, err
}

// QualifyLead asks to: qualify a lead
func (c *Client) QualifyLead(ctx context.Context, customerID string, body QualifyLead, options ...Option) (out QualifyLeadAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/leads/qualified", nil, body, &out, options)
	return out, err
}

// RateComplaint asks to: rate how a complaint was handled
func (c *Client) RateComplaint(ctx context.Context, customerID string, body RateComplaint, options ...Option) (out RateComplaintAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/ratings", nil, body, &out, options)
	return out, err
}

// RebuildProjections asks to: rebuild the read models beside the live ones, and swap them in
func (c *Client) RebuildProjections(ctx context.Context, options ...Option) (out RebuildOutputBody, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/projections/rebuild", nil, nil, &out, options)
	return out, err
}

// RecordCampaignCost asks to: record what a campaign cost
func (c *Client) RecordCampaignCost(ctx context.Context, campaign string, body RecordCampaignCost, options ...Option) (out RecordCampaignCostAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/campaigns/"+url.PathEscape(campaign)+"/costs", nil, body, &out, options)
	return out, err
}

// RecordInsight asks to: record an insight
func (c *Client) RecordInsight(ctx context.Context, customerID string, body RecordInsight, options ...Option) (out RecordInsightAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/insights", nil, body, &out, options)
	return out, err
}

// RecordInteraction asks to: record a contact
func (c *Client) RecordInteraction(ctx context.Context, customerID string, body RecordInteraction, options ...Option) (out RecordInteractionAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/interactions", nil, body, &out, options)
	return out, err
}

// RecordPurchase asks to: record a purchase
func (c *Client) RecordPurchase(ctx context.Context, customerID string, body RecordPurchase, options ...Option) (out RecordPurchaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/purchases", nil, body, &out, options)
	return out, err
}

// RecordReturn asks to: record a return
func (c *Client) RecordReturn(ctx context.Context, customerID string, body RecordReturn, options ...Option) (out RecordReturnAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/returns", nil, body, &out, options)
	return out, err
}

// RedeemOffer asks to: redeem an offer
func (c *Client) RedeemOffer(ctx context.Context, customerID string, body RedeemOffer, options ...Option) (out RedeemOfferAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/offers/redeemed", nil, body, &out, options)
	return out, err
}

// RefundPurchase asks to: refund an amount of a purchase
func (c *Client) RefundPurchase(ctx context.Context, customerID string, body RefundPurchase, options ...Option) (out RefundPurchaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/refunds", nil, body, &out, options)
	return out, err
}

// RegisterCustomer asks to: register a customer
func (c *Client) RegisterCustomer(ctx context.Context, body RegisterCustomer, options ...Option) (out RegisterCustomerAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers", nil, body, &out, options)
	return out, err
}

// RegisterCustomerBy asks to: register a customer unless another system's id is known
func (c *Client) RegisterCustomerBy(ctx context.Context, system string, id string, body RegisterCustomerBy, options ...Option) (out RegisterCustomerByAnswer, err error) {
	err = c.do(ctx, http.MethodPut, "/v1/customers/by/"+url.PathEscape(system)+"/"+url.PathEscape(id), nil, body, &out, options)
	return out, err
}

// RejectLead asks to: reject a lead
func (c *Client) RejectLead(ctx context.Context, customerID string, body RejectLead, options ...Option) (out RejectLeadAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/leads/rejected", nil, body, &out, options)
	return out, err
}

// RejectOffer asks to: reject an offer
func (c *Client) RejectOffer(ctx context.Context, customerID string, body RejectOffer, options ...Option) (out RejectOfferAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/offers/rejected", nil, body, &out, options)
	return out, err
}

// RemoveAttribute asks to: take an attribute back
func (c *Client) RemoveAttribute(ctx context.Context, customerID string, body RemoveAttribute, options ...Option) (out RemoveAttributeAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/attributes/removed", nil, body, &out, options)
	return out, err
}

// RemoveContactPoint asks to: remove a contact point
func (c *Client) RemoveContactPoint(ctx context.Context, customerID string, body RemoveContactPoint, options ...Option) (out RemoveContactPointAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/contact-points/removed", nil, body, &out, options)
	return out, err
}

// ReopenCase asks to: reopen a case
func (c *Client) ReopenCase(ctx context.Context, customerID string, body ReopenCase, options ...Option) (out ReopenCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/reopened", nil, body, &out, options)
	return out, err
}

// ReplaySubscriptionQuery are the parameters of ReplaySubscription; what is empty is left out.
type ReplaySubscriptionQuery struct {
	// Of the log: what stands behind it is sent again
	Position int64
}

func (q ReplaySubscriptionQuery) values() url.Values {
	v := url.Values{}
	v.Set("position", fmt.Sprint(q.Position))
	return v
}

// ReplaySubscription asks to: send what stands behind a position again
func (c *Client) ReplaySubscription(ctx context.Context, subscription string, q ReplaySubscriptionQuery, options ...Option) (out Delivery, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/subscriptions/"+url.PathEscape(subscription)+"/replayed", q.values(), nil, &out, options)
	return out, err
}

// ReplyToCase asks to: remember that the customer wrote again
func (c *Client) ReplyToCase(ctx context.Context, customerID string, body ReplyToCase, options ...Option) (out ReplyToCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/replies", nil, body, &out, options)
	return out, err
}

// ReportBreakdown asks to: report a breakdown
func (c *Client) ReportBreakdown(ctx context.Context, customerID string, body ReportBreakdown, options ...Option) (out ReportBreakdownAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/assets/breakdowns", nil, body, &out, options)
	return out, err
}

// ReportDefect asks to: report a defect
func (c *Client) ReportDefect(ctx context.Context, customerID string, body ReportDefect, options ...Option) (out ReportDefectAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/assets/defects", nil, body, &out, options)
	return out, err
}

// ReportUsage asks to: report an asset's use
func (c *Client) ReportUsage(ctx context.Context, customerID string, body ReportUsage, options ...Option) (out ReportUsageAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/assets/usage", nil, body, &out, options)
	return out, err
}

// ResolveAttribute asks to: resolve what is right
func (c *Client) ResolveAttribute(ctx context.Context, customerID string, body ResolveAttribute, options ...Option) (out ResolveAttributeAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/attributes/resolved", nil, body, &out, options)
	return out, err
}

// ResolveCase asks to: resolve a case
func (c *Client) ResolveCase(ctx context.Context, customerID string, body ResolveCase, options ...Option) (out ResolveCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/resolved", nil, body, &out, options)
	return out, err
}

// RespondToCase asks to: respond to a case
func (c *Client) RespondToCase(ctx context.Context, customerID string, body RespondToCase, options ...Option) (out RespondToCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/responses", nil, body, &out, options)
	return out, err
}

// RestoreCustomer asks to: take a customer up again who was set aside
func (c *Client) RestoreCustomer(ctx context.Context, customerID string, body RestoreCustomer, options ...Option) (out RestoreCustomerAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/restore", nil, body, &out, options)
	return out, err
}

// ResumeCase asks to: resume a case
func (c *Client) ResumeCase(ctx context.Context, customerID string, body ResumeCase, options ...Option) (out ResumeCaseAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/cases/resumed", nil, body, &out, options)
	return out, err
}

// ResumeProjections asks to: try again the event at which the projectors stopped
func (c *Client) ResumeProjections(ctx context.Context, options ...Option) error {
	return c.do(ctx, http.MethodPost, "/v1/projections/resume", nil, nil, nil, options)
}

// RetireAsset asks to: retire an asset
func (c *Client) RetireAsset(ctx context.Context, customerID string, body RetireAsset, options ...Option) (out RetireAssetAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/assets/retired", nil, body, &out, options)
	return out, err
}

// RetireGuidance asks to: retire guidance
func (c *Client) RetireGuidance(ctx context.Context, name string, body RetireGuidance, options ...Option) (out RetireGuidanceAnswer, err error) {
	err = c.do(ctx, http.MethodDelete, "/v1/guidance/"+url.PathEscape(name), nil, body, &out, options)
	return out, err
}

// RetireSegment asks to: retire a segment
func (c *Client) RetireSegment(ctx context.Context, name string, body RetireSegment, options ...Option) (out RetireSegmentAnswer, err error) {
	err = c.do(ctx, http.MethodDelete, "/v1/segments/"+url.PathEscape(name), nil, body, &out, options)
	return out, err
}

// RetireSubscription asks to: end a subscription
func (c *Client) RetireSubscription(ctx context.Context, subscription string, body RetireSubscription, options ...Option) (out RetireSubscriptionAnswer, err error) {
	err = c.do(ctx, http.MethodDelete, "/v1/subscriptions/"+url.PathEscape(subscription), nil, body, &out, options)
	return out, err
}

// RetireWebhook asks to: retire a webhook
func (c *Client) RetireWebhook(ctx context.Context, webhook string, body RetireWebhook, options ...Option) (out RetireWebhookAnswer, err error) {
	err = c.do(ctx, http.MethodDelete, "/v1/webhooks/"+url.PathEscape(webhook), nil, body, &out, options)
	return out, err
}

// RetractInsight asks to: retract an insight
func (c *Client) RetractInsight(ctx context.Context, customerID string, body RetractInsight, options ...Option) (out RetractInsightAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/insights/retracted", nil, body, &out, options)
	return out, err
}

// RetrySubscription asks to: try the events again that a subscription gave up
func (c *Client) RetrySubscription(ctx context.Context, subscription string, options ...Option) (out RetriedOutputBody, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/subscriptions/"+url.PathEscape(subscription)+"/retried", nil, nil, &out, options)
	return out, err
}

// RevalueOpportunity asks to: change the amount of an opportunity
func (c *Client) RevalueOpportunity(ctx context.Context, customerID string, body RevalueOpportunity, options ...Option) (out RevalueOpportunityAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/opportunities/revalued", nil, body, &out, options)
	return out, err
}

// RevokeToken asks to: revoke a token
func (c *Client) RevokeToken(ctx context.Context, tokenID string, options ...Option) error {
	return c.do(ctx, http.MethodDelete, "/v1/tokens/"+url.PathEscape(tokenID), nil, nil, nil, options)
}

// RotateSubscriptionSecret asks to: replace the secret of a subscription
func (c *Client) RotateSubscriptionSecret(ctx context.Context, subscription string, body RotateSubscriptionSecret, options ...Option) (out RotateSubscriptionSecretAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/subscriptions/"+url.PathEscape(subscription)+"/secret/rotated", nil, body, &out, options)
	return out, err
}

// ScheduleMaintenance asks to: plan maintenance
func (c *Client) ScheduleMaintenance(ctx context.Context, customerID string, body ScheduleMaintenance, options ...Option) (out ScheduleMaintenanceAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/assets/maintenance", nil, body, &out, options)
	return out, err
}

// SendCampaignMessage asks to: record a message of a campaign
func (c *Client) SendCampaignMessage(ctx context.Context, customerID string, body SendCampaignMessage, options ...Option) (out SendCampaignMessageAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/campaigns/messages", nil, body, &out, options)
	return out, err
}

// SetAttribute asks to: set an attribute
func (c *Client) SetAttribute(ctx context.Context, customerID string, body SetAttribute, options ...Option) (out SetAttributeAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/attributes", nil, body, &out, options)
	return out, err
}

// ShareData asks to: share data with a partner
func (c *Client) ShareData(ctx context.Context, customerID string, body ShareData, options ...Option) (out ShareDataAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/shares", nil, body, &out, options)
	return out, err
}

// ShipOrder asks to: ship an order
func (c *Client) ShipOrder(ctx context.Context, customerID string, body ShipOrder, options ...Option) (out ShipOrderAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/orders/shipped", nil, body, &out, options)
	return out, err
}

// SignAgreement asks to: sign an agreement
func (c *Client) SignAgreement(ctx context.Context, customerID string, body SignAgreement, options ...Option) (out SignAgreementAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/agreements", nil, body, &out, options)
	return out, err
}

// SignHead asks to: sign a head of the log as it is now
func (c *Client) SignHead(ctx context.Context, options ...Option) (out HeadAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/proof/heads", nil, nil, &out, options)
	return out, err
}

// SpendPoints asks to: spend loyalty points
func (c *Client) SpendPoints(ctx context.Context, customerID string, body SpendPoints, options ...Option) (out SpendPointsAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/points/spent", nil, body, &out, options)
	return out, err
}

// SplitCustomers asks to: split a merged customer off again
func (c *Client) SplitCustomers(ctx context.Context, customerID string, body SplitCustomers, options ...Option) (out SplitCustomersAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/merges/separated", nil, body, &out, options)
	return out, err
}

// TellMessageFate asks to: tell what became of a campaign's message
func (c *Client) TellMessageFate(ctx context.Context, customerID string, body TellMessageFate, options ...Option) (out TellMessageFateAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/campaigns/messages/fates", nil, body, &out, options)
	return out, err
}

// TestSubscription asks to: send a subscription an event of the type rapport.test.v1
func (c *Client) TestSubscription(ctx context.Context, subscription string, options ...Option) (out TestedOutputBody, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/subscriptions/"+url.PathEscape(subscription)+"/tested", nil, nil, &out, options)
	return out, err
}

// UnlinkIdentity asks to: unlink an identity
func (c *Client) UnlinkIdentity(ctx context.Context, customerID string, body UnlinkIdentity, options ...Option) (out UnlinkIdentityAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/identities/unlinked", nil, body, &out, options)
	return out, err
}

// VerifyContactPoint asks to: verify a contact point
func (c *Client) VerifyContactPoint(ctx context.Context, customerID string, body VerifyContactPoint, options ...Option) (out VerifyContactPointAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/contact-points/verified", nil, body, &out, options)
	return out, err
}

// VerifyProjections asks to: make the read models anew beside the live ones, and compare them row by row
func (c *Client) VerifyProjections(ctx context.Context, options ...Option) (out VerifyOutputBody, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/projections/verify", nil, nil, &out, options)
	return out, err
}

// VoidFact asks to: void a fact that was recorded by mistake
func (c *Client) VoidFact(ctx context.Context, customerID string, revision string, body VoidFact, options ...Option) (out VoidFactAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/facts/"+url.PathEscape(revision)+"/voided", nil, body, &out, options)
	return out, err
}

// WinOpportunity asks to: win an opportunity
func (c *Client) WinOpportunity(ctx context.Context, customerID string, body WinOpportunity, options ...Option) (out WinOpportunityAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/opportunities/won", nil, body, &out, options)
	return out, err
}

// WithdrawConsent asks to: withdraw a consent
func (c *Client) WithdrawConsent(ctx context.Context, customerID string, body WithdrawConsent, options ...Option) (out WithdrawConsentAnswer, err error) {
	err = c.do(ctx, http.MethodPost, "/v1/customers/"+url.PathEscape(customerID)+"/consents/withdrawn", nil, body, &out, options)
	return out, err
}

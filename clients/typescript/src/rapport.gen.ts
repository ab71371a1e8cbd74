// Code generated from the OpenAPI document by client/generate. DO NOT EDIT.

import { Base, type Options } from "./base.js";
import type * as types from "./types.gen.js";

/** Rapport asks a server for what the OpenAPI document has. */
export class Rapport extends Base {
  /** Accept that revisions are missing */
  acceptGaps(body: types.AcceptGaps, options: Options = {}): Promise<types.AcceptGapsAnswer> {
    return this.ask("POST", `/v1/projections/gaps`, undefined, body, options);
  }

  /** Accept a hand-over */
  acceptHandover(customerID: string, body: types.AcceptHandover, options: Options = {}): Promise<types.AcceptHandoverAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/handovers/accepted`, undefined, body, options);
  }

  /** Accept a lead */
  acceptLead(customerID: string, body: types.AcceptLead, options: Options = {}): Promise<types.AcceptLeadAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/leads/accepted`, undefined, body, options);
  }

  /** Accept an offer */
  acceptOffer(customerID: string, body: types.AcceptOffer, options: Options = {}): Promise<types.AcceptOfferAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/offers/accepted`, undefined, body, options);
  }

  /** Accept a recommendation */
  acceptRecommendation(customerID: string, body: types.AcceptRecommendation, options: Options = {}): Promise<types.AcceptRecommendationAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/recommendations/accepted`, undefined, body, options);
  }

  /** Add a contact point */
  addContactPoint(customerID: string, body: types.AddContactPoint, options: Options = {}): Promise<types.AddContactPointAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/contact-points`, undefined, body, options);
  }

  /** Put the ready-made guidance in force */
  adoptGuidance(options: Options = {}): Promise<types.Adopted> {
    return this.ask("POST", `/v1/guidance/adopt`, undefined, undefined, options);
  }

  /** Answer a survey */
  answerSurvey(customerID: string, body: types.AnswerSurvey, options: Options = {}): Promise<types.AnswerSurveyAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/surveys`, undefined, body, options);
  }

  /** Set a customer aside */
  archiveCustomer(customerID: string, body: types.ArchiveCustomer, options: Options = {}): Promise<types.ArchiveCustomerAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/archive`, undefined, body, options);
  }

  /** Assign a case */
  assignCase(customerID: string, body: types.AssignCase, options: Options = {}): Promise<types.AssignCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/assigned`, undefined, body, options);
  }

  /** Assign a role */
  assignRole(customerID: string, body: types.AssignRole, options: Options = {}): Promise<types.AssignRoleAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/roles`, undefined, body, options);
  }

  /** Assign a customer to a campaign */
  assignToCampaign(customerID: string, body: types.AssignToCampaign, options: Options = {}): Promise<types.AssignToCampaignAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/campaigns`, undefined, body, options);
  }

  /** Break a promise */
  breakPromise(customerID: string, body: types.BreakPromise, options: Options = {}): Promise<types.BreakPromiseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/promises/broken`, undefined, body, options);
  }

  /** Cancel planned maintenance */
  cancelMaintenance(customerID: string, body: types.CancelMaintenance, options: Options = {}): Promise<types.CancelMaintenanceAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/assets/maintenance/cancelled`, undefined, body, options);
  }

  /** Cancel an order */
  cancelOrder(customerID: string, body: types.CancelOrder, options: Options = {}): Promise<types.CancelOrderAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/orders/cancelled`, undefined, body, options);
  }

  /** Capture a lead */
  captureLead(customerID: string, body: types.CaptureLead, options: Options = {}): Promise<types.CaptureLeadAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/leads`, undefined, body, options);
  }

  /** Change the price of a product */
  changePrice(sku: string, body: types.ChangePrice, options: Options = {}): Promise<types.ChangePriceAnswer> {
    return this.ask("POST", `/v1/products/${encodeURIComponent(sku)}/prices`, undefined, body, options);
  }

  /** Change what a customer is called, what they are, where they live or which language they speak */
  changeProfile(customerID: string, body: types.ChangeProfile, options: Options = {}): Promise<types.ChangeProfileAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/profile`, undefined, body, options);
  }

  /** Take whoever was erased out of the database's files now */
  cleanFiles(options: Options = {}): Promise<types.ScrubOutputBody> {
    return this.ask("POST", `/v1/erasures/cleaned`, undefined, undefined, options);
  }

  /** Close a campaign */
  closeCampaign(campaign: string, body: types.CloseCampaign, options: Options = {}): Promise<types.CloseCampaignAnswer> {
    return this.ask("POST", `/v1/campaigns/${encodeURIComponent(campaign)}/close`, undefined, body, options);
  }

  /** Close a resolved case */
  closeCase(customerID: string, body: types.CloseCase, options: Options = {}): Promise<types.CloseCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/closed`, undefined, body, options);
  }

  /** Close a day */
  closeDay(body: types.CloseDay, options: Options = {}): Promise<types.CloseDayAnswer> {
    return this.ask("POST", `/v1/calendar/days`, undefined, body, options);
  }

  /** Convert a referral */
  convertReferral(customerID: string, body: types.ConvertReferral, options: Options = {}): Promise<types.ConvertReferralAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/referrals/converted`, undefined, body, options);
  }

  /** Correct a fact that was recorded by mistake */
  correctFact(customerID: string, revision: string, body: types.CorrectFact, options: Options = {}): Promise<types.CorrectFactAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/facts/${encodeURIComponent(revision)}/corrected`, undefined, body, options);
  }

  /** Declare a relationship */
  declareRelationship(customerID: string, body: types.DeclareRelationship, options: Options = {}): Promise<types.DeclareRelationshipAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/relationships`, undefined, body, options);
  }

  /** Define guidance */
  defineGuidance(name: string, body: types.DefineGuidance, options: Options = {}): Promise<types.DefineGuidanceAnswer> {
    return this.ask("PUT", `/v1/guidance/${encodeURIComponent(name)}`, undefined, body, options);
  }

  /** Define a segment */
  defineSegment(name: string, body: types.DefineSegment, options: Options = {}): Promise<types.DefineSegmentAnswer> {
    return this.ask("PUT", `/v1/segments/${encodeURIComponent(name)}`, undefined, body, options);
  }

  /** Delist a product */
  delistProduct(sku: string, body: types.DelistProduct, options: Options = {}): Promise<types.DelistProductAnswer> {
    return this.ask("DELETE", `/v1/products/${encodeURIComponent(sku)}`, undefined, body, options);
  }

  /** Deliver an order */
  deliverOrder(customerID: string, body: types.DeliverOrder, options: Options = {}): Promise<types.DeliverOrderAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/orders/delivered`, undefined, body, options);
  }

  /** Dismiss a recommendation */
  dismissRecommendation(customerID: string, body: types.DismissRecommendation, options: Options = {}): Promise<types.DismissRecommendationAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/recommendations/dismissed`, undefined, body, options);
  }

  /** Give loyalty points */
  earnPoints(customerID: string, body: types.EarnPoints, options: Options = {}): Promise<types.EarnPointsAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/points`, undefined, body, options);
  }

  /** End an agreement */
  endAgreement(customerID: string, body: types.EndAgreement, options: Options = {}): Promise<types.EndAgreementAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/agreements/ended`, undefined, body, options);
  }

  /** End a relationship */
  endRelationship(customerID: string, body: types.EndRelationship, options: Options = {}): Promise<types.EndRelationshipAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/relationships/ended`, undefined, body, options);
  }

  /** End a role */
  endRole(customerID: string, body: types.EndRole, options: Options = {}): Promise<types.EndRoleAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/roles/ended`, undefined, body, options);
  }

  /** Erase a customer */
  eraseCustomer(customerID: string, body: types.EraseCustomer, options: Options = {}): Promise<types.EraseCustomerAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/erase`, undefined, body, options);
  }

  /** Escalate a case */
  escalateCase(customerID: string, body: types.EscalateCase, options: Options = {}): Promise<types.EscalateCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/escalated`, undefined, body, options);
  }

  /** See which parts of a segment's rule hold for a customer, with which values */
  explainMembership(name: string, customerID: string, query: { "after"?: number } = {}, options: Options = {}): Promise<types.Explanation> {
    return this.ask("GET", `/v1/segments/${encodeURIComponent(name)}/explain/${encodeURIComponent(customerID)}`, query, undefined, options);
  }

  /** Export everything that is held of a customer */
  exportCustomer(customerID: string, options: Options = {}): Promise<Record<string, unknown>> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/export`, undefined, undefined, options);
  }

  /** Fit a model of the customers' value to what they bought */
  fitValueModel(body: types.FitValueModel, options: Options = {}): Promise<types.FitValueModelAnswer> {
    return this.ask("POST", `/v1/value/fits`, undefined, body, options);
  }

  /** Follow the log */
  followEvents(query: { "position"?: number; "types"?: string; "customer_id"?: (string)[]; "limit"?: number; "wait_s"?: number } = {}, options: Options = {}): Promise<types.EventPage> {
    return this.ask("GET", `/v1/events`, query, undefined, options);
  }

  /** See who the server takes you for */
  getCaller(options: Options = {}): Promise<types.WhoamiOutputBody> {
    return this.ask("GET", `/v1/whoami`, undefined, undefined, options);
  }

  /** See the campaigns: one of them */
  getCampaign(campaign: string, query: { "fields"?: ("campaign" | "title" | "state" | "purpose" | "channel" | "window_days" | "planned_on" | "launched_on" | "closed_on" | "cells" | "costs")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Campaign> {
    return this.ask("GET", `/v1/campaigns/${encodeURIComponent(campaign)}`, this.joined(query, "fields"), undefined, options);
  }

  /** Sum up every table of the read models */
  getChecksums(query: { "after"?: number; "business"?: boolean } = {}, options: Options = {}): Promise<types.ChecksumsOutputBody> {
    return this.ask("GET", `/v1/projections/checksum`, query, undefined, options);
  }

  /** See the costs of activities in force */
  getCosts(options: Options = {}): Promise<types.CostsOutputBody> {
    return this.ask("GET", `/v1/policies/costs`, undefined, undefined, options);
  }

  /** See a customer at a glance */
  getCustomer(customerID: string, query: { "after"?: number; "expand"?: (string)[] | null } = {}, options: Options = {}): Promise<types.CustomerOutputBody> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}`, this.joined(query, "expand"), undefined, options);
  }

  /** See the places that post goes to: one of them */
  getCustomerAddress(customerID: string, contactPointID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "contact_point_id" | "value" | "street" | "more" | "postal_code" | "city" | "region" | "country" | "label" | "preferred" | "added_on" | "verified_on" | "verified_by" | "removed_on" | "reason" | "source" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Address> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/addresses/${encodeURIComponent(contactPointID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the agreements with customers: one of them */
  getCustomerAgreement(customerID: string, agreementID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "agreement_id" | "kind" | "signed_on" | "starts_on" | "ends_on" | "state" | "ended_on" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Agreement> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/agreements/${encodeURIComponent(agreementID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the equipment at customers: one of them */
  getCustomerAsset(customerID: string, assetID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "asset_id" | "model" | "serial" | "installed_on" | "usage_total" | "usage_unit" | "usage_on" | "retired_on" | "retired_reason" | "replaced_by" | "next_due_on" | "components")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Asset> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/assets/${encodeURIComponent(assetID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the attributes of customers that are in force: one of them */
  getCustomerAttribute(customerID: string, name: string, query: { "fields"?: ("customer_id" | "name" | "value" | "department" | "source" | "confidence" | "valid_from" | "expires_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Attribute> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/attributes/${encodeURIComponent(name)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what failed of the equipment at customers: one of them */
  getCustomerBreakdown(customerID: string, breakdownID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "breakdown_id" | "asset_id" | "component" | "failed_at" | "failed_on" | "repaired_at" | "maintenance_id")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Breakdown> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/breakdowns/${encodeURIComponent(breakdownID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See who takes part in which campaign: one of them */
  getCustomerCampaignMembership(customerID: string, campaign: string, query: { "fields"?: ("customer_id" | "recorded_for" | "campaign" | "cell" | "control" | "assigned_on" | "window_ends_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CampaignMembership> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/campaign-memberships/${encodeURIComponent(campaign)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the messages of campaigns, and what became of them: one of them */
  getCustomerCampaignMessage(customerID: string, messageID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "message_id" | "campaign" | "cell" | "purpose" | "channel" | "sent_on" | "delivered_on" | "opened_on" | "clicked_on" | "bounced_on" | "unsubscribed_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CampaignMessage> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/messages/${encodeURIComponent(messageID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See cases with their clocks: one of them */
  getCustomerCase(customerID: string, caseID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "case_id" | "type" | "category" | "priority" | "state" | "queue" | "assignee" | "escalated_to" | "subject" | "asset_id" | "purchase_id" | "repeat_of" | "opened_at" | "opened_on" | "responses" | "replies" | "waits" | "reopened" | "resolved_at" | "resolved_on" | "closed_on" | "root_cause" | "action" | "first_contact" | "compensation_minor" | "compensation_currency" | "compensation_reporting_minor" | "policy_version" | "department" | "channel" | "due_at" | "clocks" | "resolutions")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Case> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/cases/${encodeURIComponent(caseID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See for what customers may be addressed, and for what not: one of them */
  getCustomerConsent(customerID: string, purpose: string, channel: string, query: { "fields"?: ("customer_id" | "purpose" | "channel" | "state" | "since" | "legal_basis" | "text_version" | "expires_on" | "revision" | "allowed")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Consent> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/consents/${encodeURIComponent(purpose)}/${encodeURIComponent(channel)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See by what customers can be reached: one of them */
  getCustomerContactPoint(customerID: string, contactPointID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "contact_point_id" | "kind" | "value" | "street" | "more" | "postal_code" | "city" | "region" | "country" | "label" | "preferred" | "added_on" | "verified_on" | "verified_by" | "removed_on" | "reason" | "source" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ContactPoint> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/contact-points/${encodeURIComponent(contactPointID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what was recommended to colleagues about a customer, and what became of it: one of them */
  getCustomerCustomerRecommendation(customerID: string, recommendationID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "recommendation_id" | "assignee" | "action" | "reason" | "evidence" | "issued_on" | "due_on" | "state" | "overdue" | "answered_on" | "dismissed_because" | "department" | "actor" | "issued_at" | "position" | "revision" | "guidance" | "guidance_version" | "segment" | "segment_version" | "stay_from" | "category" | "expected_minor" | "expected_currency" | "outcome" | "outcome_until")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CustomerRecommendation> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/recommendations/${encodeURIComponent(recommendationID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what one department handed over to another: one of them */
  getCustomerHandover(customerID: string, handoverID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "handover_id" | "from_department" | "to_department" | "what" | "handed_over_at" | "accepted_at" | "erased_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Handover> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/handovers/${encodeURIComponent(handoverID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what was concluded about customers: one of them */
  getCustomerInsight(customerID: string, insightID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "insight_id" | "statement" | "kind" | "confidence" | "links" | "recorded_on" | "retracted_on" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Insight> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/insights/${encodeURIComponent(insightID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the contacts with customers that were no transactions: one of them */
  getCustomerInteraction(customerID: string, interactionID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "interaction_id" | "occurred_at" | "occurred_on" | "kind" | "direction" | "subject" | "duration_s" | "actor" | "department" | "channel")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Interaction> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/interactions/${encodeURIComponent(interactionID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the interviews with customers: one of them */
  getCustomerInterview(customerID: string, interviewID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "interview_id" | "held_on" | "topic" | "interviewer" | "department" | "answers")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Interview> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/interviews/${encodeURIComponent(interviewID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the signs that customers may want something: one of them */
  getCustomerLead(customerID: string, leadID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "lead_id" | "source" | "campaign" | "interest" | "owner" | "status" | "score" | "captured_at" | "captured_on" | "qualified_at" | "qualified_because" | "accepted_at" | "opportunity_id" | "rejected_at" | "rejected_because" | "qualification_hours" | "handover_hours" | "department")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Lead> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/leads/${encodeURIComponent(leadID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the work on equipment, planned and done: one of them */
  getCustomerMaintenance(customerID: string, maintenanceID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "maintenance_id" | "asset_id" | "component" | "state" | "planned_on" | "due_on" | "performed_at" | "performed_on" | "kind" | "breakdown_id" | "late" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Maintenance> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/maintenance/${encodeURIComponent(maintenanceID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the offers to customers, and what became of them: one of them */
  getCustomerOffer(customerID: string, offerID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "offer_id" | "state" | "sku" | "category" | "title" | "price" | "currency" | "discount_percent" | "reason" | "evidence" | "recommendation_id" | "policy" | "proposed_on" | "valid_until" | "accepted_on" | "rejected_on" | "rejected_because" | "expired_on" | "redeemed_on" | "purchase_id" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Offer> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/offers/${encodeURIComponent(offerID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the sales that may come about: one of them */
  getCustomerOpportunity(customerID: string, opportunityID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "opportunity_id" | "name" | "product" | "owner" | "state" | "stage" | "currency" | "amount_minor" | "reporting_currency" | "reporting_minor" | "opened_on" | "expected_close_on" | "closed_on" | "days_open" | "reason" | "competitor" | "steps" | "department" | "stages")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Opportunity> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/opportunities/${encodeURIComponent(opportunityID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the purchases that are followed as orders: one of them */
  getCustomerOrder(customerID: string, purchaseID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "purchase_id" | "state" | "currency" | "owed_minor" | "owed_reporting_minor" | "paid_minor" | "paid_reporting_minor" | "placed_on" | "payment_due_on" | "deliver_by" | "paid_on" | "shipped_on" | "delivered_on" | "cancelled_on" | "reason" | "carrier" | "payments")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Order> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/orders/${encodeURIComponent(purchaseID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the balances of loyalty points: of one customer */
  getCustomerPointsAccount(customerID: string, query: { "fields"?: ("customer_id" | "balance" | "owed" | "earned" | "spent" | "expired" | "reversed" | "last_earned_on" | "last_spent_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PointsAccount> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/points`, this.joined(query, "fields"), undefined, options);
  }

  /** See the lots of loyalty points, and when they expire: one of them */
  getCustomerPointsLot(customerID: string, lotID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "lot_id" | "points" | "open_points" | "spent" | "expired" | "reversed" | "repaid" | "earned_on" | "expires_on" | "purchase_id" | "earned_for")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PointsLot> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/points/lots/${encodeURIComponent(lotID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what was promised to customers: one of them */
  getCustomerPromiseMade(customerID: string, promiseID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "promise_id" | "what" | "made_on" | "due_on" | "state" | "ended_on" | "overdue" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PromiseMade> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/promises/${encodeURIComponent(promiseID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what customers bought: one of them */
  getCustomerPurchase(customerID: string, purchaseID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "purchase_id" | "reference" | "purchased_at" | "purchased_on" | "currency" | "total_minor" | "rate" | "reporting_currency" | "reporting_total_minor" | "lines_without_cost" | "lines_without_category" | "lines_without_name" | "payment_method" | "cancelled" | "department" | "channel" | "source" | "lines")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Purchase> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/purchases/${encodeURIComponent(purchaseID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what customers owe for orders, as of the business date: one of them */
  getCustomerReceivable(customerID: string, purchaseID: string, query: { "fields"?: ("customer_id" | "purchase_id" | "currency" | "total_minor" | "refunded_minor" | "paid_minor" | "open_minor" | "placed_on" | "payment_due_on" | "days_to_pay" | "overdue_days")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Receivable> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/receivables/${encodeURIComponent(purchaseID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See whom customers referred: one of them */
  getCustomerReferral(customerID: string, referralID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "referral_id" | "via" | "made_on" | "converted_on" | "referred_id" | "purchase_id" | "department" | "channel")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Referral> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/referrals/${encodeURIComponent(referralID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what customers are to each other: one of them */
  getCustomerRelationship(customerID: string, relationshipID: string, query: { "fields"?: ("customer_id" | "other_id" | "kind" | "declared" | "relationship_id" | "since" | "declared_on" | "ended_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Relationship> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/relationships/${encodeURIComponent(relationshipID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what customers brought back, and what money they got back: one of them */
  getCustomerReturn(customerID: string, returnID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "return_id" | "purchase_id" | "reference" | "returned_at" | "returned_on" | "currency" | "total_minor" | "rate" | "reporting_currency" | "reporting_total_minor" | "money_only" | "cancelled" | "reason" | "department" | "channel" | "lines")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Return> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/returns/${encodeURIComponent(returnID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what customers answered to questionnaires: one of them */
  getCustomerSurvey(customerID: string, surveyID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "survey_id" | "questionnaire" | "version" | "kind" | "answered_on" | "score" | "comment" | "department" | "channel" | "answers")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Survey> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/surveys/${encodeURIComponent(surveyID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See what customers said of us in public: one of them */
  getCustomerTestimonial(customerID: string, testimonialID: string, query: { "fields"?: ("customer_id" | "recorded_for" | "testimonial_id" | "published_in" | "content" | "given_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Testimonial> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/testimonials/${encodeURIComponent(testimonialID)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See in which tier of the loyalty programme customers are: of one customer */
  getCustomerTier(customerID: string, query: { "fields"?: ("customer_id" | "tier" | "since" | "policy_version")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Tier> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/tier`, this.joined(query, "fields"), undefined, options);
  }

  /** Tell from the log what became of a customer between two moments */
  getDiff(customerID: string, query: { "from_as_of"?: string; "from_known_at"?: string; "from_revision"?: string; "from_position"?: string; "to_as_of"?: string; "to_known_at"?: string; "to_revision"?: string; "to_position"?: string; "cursor"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.Difference> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/diff`, query, undefined, options);
  }

  /** See what became of a customer's erasure */
  getErasure(customerID: string, query: { "after"?: number; "expand"?: (string)[] | null } = {}, options: Options = {}): Promise<types.Erasure> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/erasure`, this.joined(query, "expand"), undefined, options);
  }

  /** See guidance, and what came of it */
  getGuidance(name: string, query: { "after"?: number } = {}, options: Options = {}): Promise<types.GuidanceInForce> {
    return this.ask("GET", `/v1/guidance/${encodeURIComponent(name)}`, query, undefined, options);
  }

  /** See that the process serves */
  getHealth(options: Options = {}): Promise<types.HealthOutputBody> {
    return this.ask("GET", `/healthz`, undefined, undefined, options);
  }

  /** Replay a customer's history from the log, as of any moment, with what was believed then */
  getHistory(customerID: string, query: { "as_of"?: string; "known_at"?: string; "revision"?: string; "position"?: string; "cursor"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.History> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/history`, query, undefined, options);
  }

  /** See the loyalty ladder in force */
  getLadder(options: Options = {}): Promise<types.LadderOutputBody> {
    return this.ask("GET", `/v1/policies/ladder`, undefined, undefined, options);
  }

  /** See of which region phone numbers are */
  getPhones(options: Options = {}): Promise<types.PhonesOutputBody> {
    return this.ask("GET", `/v1/policies/phones`, undefined, undefined, options);
  }

  /** See what the model in force predicts of a customer */
  getPrediction(customerID: string, query: { "after"?: number; "horizon_days"?: string } = {}, options: Options = {}): Promise<types.Prediction> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/value`, query, undefined, options);
  }

  /** See the price bands in force */
  getPriceBands(options: Options = {}): Promise<types.PriceBandsOutputBody> {
    return this.ask("GET", `/v1/policies/price_bands`, undefined, undefined, options);
  }

  /** See a product */
  getProduct(sku: string, query: { "after"?: number } = {}, options: Options = {}): Promise<types.Product> {
    return this.ask("GET", `/v1/products/${encodeURIComponent(sku)}`, query, undefined, options);
  }

  /** See how far the read models are */
  getProjections(options: Options = {}): Promise<types.Status> {
    return this.ask("GET", `/v1/projections`, undefined, undefined, options);
  }

  /** Get the public key of the signed heads */
  getProofKey(options: Options = {}): Promise<types.ProofKeyOutputBody> {
    return this.ask("GET", `/v1/proof/key`, undefined, undefined, options);
  }

  /** See how far the log is written down to be proven */
  getProofStatus(options: Options = {}): Promise<types.Standing> {
    return this.ask("GET", `/v1/proof`, undefined, undefined, options);
  }

  /** See the subscriptions, each in the version that is in force: one of them */
  getPublishedSubscription(subscription: string, query: { "fields"?: ("subscription" | "version" | "title" | "url" | "types" | "rule" | "secret" | "previous_secret_until" | "position" | "published_on" | "retired_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PublishedSubscription> {
    return this.ask("GET", `/v1/subscriptions/${encodeURIComponent(subscription)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the questionnaires, each in the version that is in force: one of them */
  getQuestionnaire(questionnaire: string, query: { "fields"?: ("questionnaire" | "version" | "kind" | "title" | "published_on" | "items")[]; "after"?: number } = {}, options: Options = {}): Promise<types.Questionnaire> {
    return this.ask("GET", `/v1/questionnaires/${encodeURIComponent(questionnaire)}`, this.joined(query, "fields"), undefined, options);
  }

  /** See the scheme of RFM scores in force */
  getRFM(options: Options = {}): Promise<types.RfmOutputBody> {
    return this.ask("GET", `/v1/policies/rfm`, undefined, undefined, options);
  }

  /** See whether commands are taken, the read models follow, and the log is what it was */
  getReadiness(options: Options = {}): Promise<types.Readiness> {
    return this.ask("GET", `/readyz`, undefined, undefined, options);
  }

  /** See how long customers are kept */
  getRetention(options: Options = {}): Promise<types.RetentionOutputBody> {
    return this.ask("GET", `/v1/policies/retention`, undefined, undefined, options);
  }

  /** See a segment */
  getSegment(name: string, query: { "after"?: number } = {}, options: Options = {}): Promise<types.Segment> {
    return this.ask("GET", `/v1/segments/${encodeURIComponent(name)}`, query, undefined, options);
  }

  /** See the terms of service that were published last */
  getService(options: Options = {}): Promise<types.ServiceOutputBody> {
    return this.ask("GET", `/v1/policies/service`, undefined, undefined, options);
  }

  /** See how far a subscription is */
  getSubscriptionDelivery(subscription: string, options: Options = {}): Promise<types.Delivery> {
    return this.ask("GET", `/v1/subscriptions/${encodeURIComponent(subscription)}/delivery`, undefined, undefined, options);
  }

  /** See the secrets that sign what a subscription sends */
  getSubscriptionSecret(subscription: string, options: Options = {}): Promise<types.SecretsOutputBody> {
    return this.ask("GET", `/v1/subscriptions/${encodeURIComponent(subscription)}/secret`, undefined, undefined, options);
  }

  /** See the tiers in force */
  getTiers(options: Options = {}): Promise<types.TiersOutputBody> {
    return this.ask("GET", `/v1/policies/tiers`, undefined, undefined, options);
  }

  /** List a customer's touchpoints, the newest first; with those of whoever was merged with them */
  getTimeline(customerID: string, query: { "after"?: number; "cursor"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.TimelineOutputBody> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/timeline`, query, undefined, options);
  }

  /** See the model of the customers' value in force */
  getValueModel(query: { "after"?: number } = {}, options: Options = {}): Promise<types.ModelOutputBody> {
    return this.ask("GET", `/v1/value/model`, query, undefined, options);
  }

  /** See how the live read models compare with the log */
  getVerification(options: Options = {}): Promise<types.VerificationStatus> {
    return this.ask("GET", `/v1/projections/verification`, undefined, undefined, options);
  }

  /** See a webhook in force */
  getWebhook(webhook: string, options: Options = {}): Promise<types.WebhookOutputBody> {
    return this.ask("GET", `/v1/webhooks/${encodeURIComponent(webhook)}`, undefined, undefined, options);
  }

  /** Recommend us in public */
  giveTestimonial(customerID: string, body: types.GiveTestimonial, options: Options = {}): Promise<types.GiveTestimonialAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/testimonials`, undefined, body, options);
  }

  /** Grant a consent */
  grantConsent(customerID: string, body: types.GrantConsent, options: Options = {}): Promise<types.GrantConsentAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/consents`, undefined, body, options);
  }

  /** Hand work over to another department */
  handOver(customerID: string, body: types.HandOver, options: Options = {}): Promise<types.HandOverAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/handovers`, undefined, body, options);
  }

  /** Record an interview */
  holdInterview(customerID: string, body: types.HoldInterview, options: Options = {}): Promise<types.HoldInterviewAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/interviews`, undefined, body, options);
  }

  /** Install an asset */
  installAsset(customerID: string, body: types.InstallAsset, options: Options = {}): Promise<types.InstallAssetAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/assets`, undefined, body, options);
  }

  /** Recommend something to a colleague */
  issueRecommendation(customerID: string, body: types.IssueRecommendation, options: Options = {}): Promise<types.IssueRecommendationAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/recommendations`, undefined, body, options);
  }

  /** Issue a token */
  issueToken(body: types.IssueInputBody, options: Options = {}): Promise<types.IssueOutputBody> {
    return this.ask("POST", `/v1/tokens`, undefined, body, options);
  }

  /** Keep a promise */
  keepPromise(customerID: string, body: types.KeepPromise, options: Options = {}): Promise<types.KeepPromiseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/promises/kept`, undefined, body, options);
  }

  /** Launch a campaign */
  launchCampaign(campaign: string, body: types.LaunchCampaign, options: Options = {}): Promise<types.LaunchCampaignAnswer> {
    return this.ask("POST", `/v1/campaigns/${encodeURIComponent(campaign)}/launch`, undefined, body, options);
  }

  /** Link an identity */
  linkIdentity(customerID: string, body: types.LinkIdentity, options: Options = {}): Promise<types.LinkIdentityAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/identities`, undefined, body, options);
  }

  /** List the places that post goes to */
  listAddresses(query: { "usable"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "contact_point_id" | "value" | "street" | "more" | "postal_code" | "city" | "region" | "country" | "label" | "preferred" | "added_on" | "verified_on" | "verified_by" | "removed_on" | "reason" | "source" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.AddressList> {
    return this.ask("GET", `/v1/addresses`, this.joined(query, "fields"), undefined, options);
  }

  /** List the agreements with customers */
  listAgreements(query: { "state"?: ("signed" | "ended" | "expired")[]; "ends_before"?: string; "updated_after"?: string; "sort"?: "signed_on" | "-signed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "agreement_id" | "kind" | "signed_on" | "starts_on" | "ends_on" | "state" | "ended_on" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.AgreementList> {
    return this.ask("GET", `/v1/agreements`, this.joined(query, "fields"), undefined, options);
  }

  /** List the equipment at customers */
  listAssets(query: { "in_service"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "asset_id" | "model" | "serial" | "installed_on" | "usage_total" | "usage_unit" | "usage_on" | "retired_on" | "retired_reason" | "replaced_by" | "next_due_on" | "components")[]; "after"?: number } = {}, options: Options = {}): Promise<types.AssetList> {
    return this.ask("GET", `/v1/assets`, this.joined(query, "fields"), undefined, options);
  }

  /** List the attributes of customers that are in force */
  listAttributes(query: { "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "name" | "value" | "department" | "source" | "confidence" | "valid_from" | "expires_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.AttributeList> {
    return this.ask("GET", `/v1/attributes`, this.joined(query, "fields"), undefined, options);
  }

  /** List what failed of the equipment at customers */
  listBreakdowns(query: { "failed_after"?: string; "failed_before"?: string; "sort"?: "failed_on" | "-failed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "breakdown_id" | "asset_id" | "component" | "failed_at" | "failed_on" | "repaired_at" | "maintenance_id")[]; "after"?: number } = {}, options: Options = {}): Promise<types.BreakdownList> {
    return this.ask("GET", `/v1/breakdowns`, this.joined(query, "fields"), undefined, options);
  }

  /** List who takes part in which campaign */
  listCampaignMemberships(query: { "campaign"?: (string)[]; "cell"?: (string)[]; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "campaign" | "cell" | "control" | "assigned_on" | "window_ends_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CampaignMembershipList> {
    return this.ask("GET", `/v1/campaign-memberships`, this.joined(query, "fields"), undefined, options);
  }

  /** List the campaigns */
  listCampaigns(query: { "state"?: ("planned" | "launched" | "closed")[]; "purpose"?: (string)[]; "channel"?: (string)[]; "sort"?: "planned_on" | "-planned_on"; "cursor"?: string; "limit"?: number; "fields"?: ("campaign" | "title" | "state" | "purpose" | "channel" | "window_days" | "planned_on" | "launched_on" | "closed_on" | "cells" | "costs")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CampaignList> {
    return this.ask("GET", `/v1/campaigns`, this.joined(query, "fields"), undefined, options);
  }

  /** List cases with their clocks */
  listCases(query: { "state"?: ("open" | "paused" | "resolved" | "closed" | "erased")[]; "type"?: (string)[]; "priority"?: (string)[]; "queue"?: (string)[]; "assignee"?: (string)[]; "assigned"?: boolean; "due_before"?: string; "opened_after"?: string; "opened_before"?: string; "updated_after"?: string; "sort"?: "opened_on" | "-opened_on" | "due_at" | "-due_at"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "case_id" | "type" | "category" | "priority" | "state" | "queue" | "assignee" | "escalated_to" | "subject" | "asset_id" | "purchase_id" | "repeat_of" | "opened_at" | "opened_on" | "responses" | "replies" | "waits" | "reopened" | "resolved_at" | "resolved_on" | "closed_on" | "root_cause" | "action" | "first_contact" | "compensation_minor" | "compensation_currency" | "compensation_reporting_minor" | "policy_version" | "department" | "channel" | "due_at" | "clocks" | "resolutions")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CaseList> {
    return this.ask("GET", `/v1/cases`, this.joined(query, "fields"), undefined, options);
  }

  /** List for what customers may be addressed, and for what not */
  listConsents(query: { "purpose"?: (string)[]; "channel"?: (string)[]; "state"?: ("granted" | "withdrawn" | "expired" | "erased")[]; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "purpose" | "channel" | "state" | "since" | "legal_basis" | "text_version" | "expires_on" | "revision" | "allowed")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ConsentList> {
    return this.ask("GET", `/v1/consents`, this.joined(query, "fields"), undefined, options);
  }

  /** List by what customers can be reached */
  listContactPoints(query: { "kind"?: (string)[]; "usable"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "contact_point_id" | "kind" | "value" | "street" | "more" | "postal_code" | "city" | "region" | "country" | "label" | "preferred" | "added_on" | "verified_on" | "verified_by" | "removed_on" | "reason" | "source" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ContactPointList> {
    return this.ask("GET", `/v1/contact-points`, this.joined(query, "fields"), undefined, options);
  }

  /** List the places that post goes to: those of one customer */
  listCustomerAddresses(customerID: string, query: { "usable"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "contact_point_id" | "value" | "street" | "more" | "postal_code" | "city" | "region" | "country" | "label" | "preferred" | "added_on" | "verified_on" | "verified_by" | "removed_on" | "reason" | "source" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.AddressList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/addresses`, this.joined(query, "fields"), undefined, options);
  }

  /** List the agreements with customers: those of one customer */
  listCustomerAgreements(customerID: string, query: { "state"?: ("signed" | "ended" | "expired")[]; "kind"?: (string)[]; "ends_before"?: string; "updated_after"?: string; "sort"?: "signed_on" | "-signed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "agreement_id" | "kind" | "signed_on" | "starts_on" | "ends_on" | "state" | "ended_on" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.AgreementList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/agreements`, this.joined(query, "fields"), undefined, options);
  }

  /** List the equipment at customers: those of one customer */
  listCustomerAssets(customerID: string, query: { "model"?: (string)[]; "in_service"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "asset_id" | "model" | "serial" | "installed_on" | "usage_total" | "usage_unit" | "usage_on" | "retired_on" | "retired_reason" | "replaced_by" | "next_due_on" | "components")[]; "after"?: number } = {}, options: Options = {}): Promise<types.AssetList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/assets`, this.joined(query, "fields"), undefined, options);
  }

  /** List the attributes of customers that are in force: those of one customer */
  listCustomerAttributes(customerID: string, query: { "name"?: (string)[]; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "name" | "value" | "department" | "source" | "confidence" | "valid_from" | "expires_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.AttributeList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/attributes`, this.joined(query, "fields"), undefined, options);
  }

  /** List what failed of the equipment at customers: those of one customer */
  listCustomerBreakdowns(customerID: string, query: { "asset_id"?: (string)[]; "failed_after"?: string; "failed_before"?: string; "sort"?: "failed_on" | "-failed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "breakdown_id" | "asset_id" | "component" | "failed_at" | "failed_on" | "repaired_at" | "maintenance_id")[]; "after"?: number } = {}, options: Options = {}): Promise<types.BreakdownList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/breakdowns`, this.joined(query, "fields"), undefined, options);
  }

  /** List who takes part in which campaign: those of one customer */
  listCustomerCampaignMemberships(customerID: string, query: { "campaign"?: (string)[]; "cell"?: (string)[]; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "campaign" | "cell" | "control" | "assigned_on" | "window_ends_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CampaignMembershipList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/campaign-memberships`, this.joined(query, "fields"), undefined, options);
  }

  /** List cases with their clocks: those of one customer */
  listCustomerCases(customerID: string, query: { "state"?: ("open" | "paused" | "resolved" | "closed" | "erased")[]; "type"?: (string)[]; "priority"?: (string)[]; "category"?: (string)[]; "queue"?: (string)[]; "assignee"?: (string)[]; "assigned"?: boolean; "due_before"?: string; "opened_after"?: string; "opened_before"?: string; "updated_after"?: string; "sort"?: "opened_on" | "-opened_on" | "due_at" | "-due_at"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "case_id" | "type" | "category" | "priority" | "state" | "queue" | "assignee" | "escalated_to" | "subject" | "asset_id" | "purchase_id" | "repeat_of" | "opened_at" | "opened_on" | "responses" | "replies" | "waits" | "reopened" | "resolved_at" | "resolved_on" | "closed_on" | "root_cause" | "action" | "first_contact" | "compensation_minor" | "compensation_currency" | "compensation_reporting_minor" | "policy_version" | "department" | "channel" | "due_at" | "clocks" | "resolutions")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CaseList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/cases`, this.joined(query, "fields"), undefined, options);
  }

  /** List for what customers may be addressed, and for what not: those of one customer */
  listCustomerConsents(customerID: string, query: { "purpose"?: (string)[]; "channel"?: (string)[]; "state"?: ("granted" | "withdrawn" | "expired" | "erased")[]; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "purpose" | "channel" | "state" | "since" | "legal_basis" | "text_version" | "expires_on" | "revision" | "allowed")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ConsentList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/consents`, this.joined(query, "fields"), undefined, options);
  }

  /** List by what customers can be reached: those of one customer */
  listCustomerContactPoints(customerID: string, query: { "kind"?: (string)[]; "value"?: (string)[]; "usable"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "contact_point_id" | "kind" | "value" | "street" | "more" | "postal_code" | "city" | "region" | "country" | "label" | "preferred" | "added_on" | "verified_on" | "verified_by" | "removed_on" | "reason" | "source" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ContactPointList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/contact-points`, this.joined(query, "fields"), undefined, options);
  }

  /** List what one department handed over to another: those of one customer */
  listCustomerHandovers(customerID: string, query: { "to_department"?: (string)[]; "from_department"?: (string)[]; "waiting"?: boolean; "updated_after"?: string; "sort"?: "handed_over_at" | "-handed_over_at"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "handover_id" | "from_department" | "to_department" | "what" | "handed_over_at" | "accepted_at" | "erased_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.HandoverList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/handovers`, this.joined(query, "fields"), undefined, options);
  }

  /** List by what customers are or were known: those of one customer */
  listCustomerIdentities(customerID: string, query: { "kind"?: (string)[]; "system"?: (string)[]; "linked"?: boolean; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "kind" | "system" | "value" | "linked_on" | "unlinked_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.IdentityList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/identities`, this.joined(query, "fields"), undefined, options);
  }

  /** List what was concluded about customers: those of one customer */
  listCustomerInsights(customerID: string, query: { "kind"?: (string)[]; "standing"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "insight_id" | "statement" | "kind" | "confidence" | "links" | "recorded_on" | "retracted_on" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.InsightList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/insights`, this.joined(query, "fields"), undefined, options);
  }

  /** List the contacts with customers that were no transactions: those of one customer */
  listCustomerInteractions(customerID: string, query: { "kind"?: (string)[]; "direction"?: (string)[]; "channel"?: (string)[]; "occurred_after"?: string; "occurred_before"?: string; "updated_after"?: string; "sort"?: "occurred_on" | "-occurred_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "interaction_id" | "occurred_at" | "occurred_on" | "kind" | "direction" | "subject" | "duration_s" | "actor" | "department" | "channel")[]; "after"?: number } = {}, options: Options = {}): Promise<types.InteractionList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/interactions`, this.joined(query, "fields"), undefined, options);
  }

  /** List the interviews with customers: those of one customer */
  listCustomerInterviews(customerID: string, query: { "topic"?: (string)[]; "held_after"?: string; "held_before"?: string; "updated_after"?: string; "sort"?: "held_on" | "-held_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "interview_id" | "held_on" | "topic" | "interviewer" | "department" | "answers")[]; "after"?: number } = {}, options: Options = {}): Promise<types.InterviewList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/interviews`, this.joined(query, "fields"), undefined, options);
  }

  /** List the signs that customers may want something: those of one customer */
  listCustomerLeads(customerID: string, query: { "status"?: ("captured" | "qualified" | "accepted" | "rejected" | "erased")[]; "owner"?: (string)[]; "source"?: (string)[]; "campaign"?: (string)[]; "captured_after"?: string; "captured_before"?: string; "updated_after"?: string; "sort"?: "captured_on" | "-captured_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "lead_id" | "source" | "campaign" | "interest" | "owner" | "status" | "score" | "captured_at" | "captured_on" | "qualified_at" | "qualified_because" | "accepted_at" | "opportunity_id" | "rejected_at" | "rejected_because" | "qualification_hours" | "handover_hours" | "department")[]; "after"?: number } = {}, options: Options = {}): Promise<types.LeadList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/leads`, this.joined(query, "fields"), undefined, options);
  }

  /** List the work on equipment, planned and done: those of one customer */
  listCustomerMaintenance(customerID: string, query: { "state"?: ("planned" | "missed" | "performed" | "cancelled" | "erased")[]; "kind"?: ("preventive" | "reactive")[]; "asset_id"?: (string)[]; "due_before"?: string; "due_after"?: string; "updated_after"?: string; "sort"?: "due_on" | "-due_on" | "performed_on" | "-performed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "maintenance_id" | "asset_id" | "component" | "state" | "planned_on" | "due_on" | "performed_at" | "performed_on" | "kind" | "breakdown_id" | "late" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.MaintenanceList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/maintenance`, this.joined(query, "fields"), undefined, options);
  }

  /** List which customers turned out to be one, and which were split again: those of one customer */
  listCustomerMerges(customerID: string, query: { "happened"?: ("merged" | "split")[]; "sort"?: "position" | "-position"; "cursor"?: string; "limit"?: number; "fields"?: ("position" | "absorbed_id" | "revision" | "happened" | "survivor_id" | "happened_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.MergeList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/merges`, this.joined(query, "fields"), undefined, options);
  }

  /** List the messages of campaigns, and what became of them: those of one customer */
  listCustomerMessages(customerID: string, query: { "campaign"?: (string)[]; "cell"?: (string)[]; "channel"?: (string)[]; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "message_id" | "campaign" | "cell" | "purpose" | "channel" | "sent_on" | "delivered_on" | "opened_on" | "clicked_on" | "bounced_on" | "unsubscribed_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CampaignMessageList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/messages`, this.joined(query, "fields"), undefined, options);
  }

  /** List the offers to customers, and what became of them: those of one customer */
  listCustomerOffers(customerID: string, query: { "state"?: ("open" | "accepted" | "rejected" | "expired" | "redeemed" | "erased")[]; "sku"?: (string)[]; "category"?: (string)[]; "valid_before"?: string; "proposed_after"?: string; "proposed_before"?: string; "updated_after"?: string; "sort"?: "proposed_on" | "-proposed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "offer_id" | "state" | "sku" | "category" | "title" | "price" | "currency" | "discount_percent" | "reason" | "evidence" | "recommendation_id" | "policy" | "proposed_on" | "valid_until" | "accepted_on" | "rejected_on" | "rejected_because" | "expired_on" | "redeemed_on" | "purchase_id" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.OfferList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/offers`, this.joined(query, "fields"), undefined, options);
  }

  /** List the sales that may come about: those of one customer */
  listCustomerOpportunities(customerID: string, query: { "state"?: ("open" | "won" | "lost" | "erased")[]; "stage"?: (string)[]; "owner"?: (string)[]; "expected_before"?: string; "opened_after"?: string; "opened_before"?: string; "updated_after"?: string; "sort"?: "opened_on" | "-opened_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "opportunity_id" | "name" | "product" | "owner" | "state" | "stage" | "currency" | "amount_minor" | "reporting_currency" | "reporting_minor" | "opened_on" | "expected_close_on" | "closed_on" | "days_open" | "reason" | "competitor" | "steps" | "department" | "stages")[]; "after"?: number } = {}, options: Options = {}): Promise<types.OpportunityList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/opportunities`, this.joined(query, "fields"), undefined, options);
  }

  /** List the purchases that are followed as orders: those of one customer */
  listCustomerOrders(customerID: string, query: { "state"?: ("placed" | "paid" | "shipped" | "delivered" | "cancelled")[]; "placed_after"?: string; "placed_before"?: string; "due_before"?: string; "updated_after"?: string; "sort"?: "placed_on" | "-placed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "purchase_id" | "state" | "currency" | "owed_minor" | "owed_reporting_minor" | "paid_minor" | "paid_reporting_minor" | "placed_on" | "payment_due_on" | "deliver_by" | "paid_on" | "shipped_on" | "delivered_on" | "cancelled_on" | "reason" | "carrier" | "payments")[]; "after"?: number } = {}, options: Options = {}): Promise<types.OrderList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/orders`, this.joined(query, "fields"), undefined, options);
  }

  /** List the lots of loyalty points, and when they expire: those of one customer */
  listCustomerPointsLots(customerID: string, query: { "open"?: boolean; "expires_before"?: string; "sort"?: "expires_on" | "-expires_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "lot_id" | "points" | "open_points" | "spent" | "expired" | "reversed" | "repaid" | "earned_on" | "expires_on" | "purchase_id" | "earned_for")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PointsLotList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/points/lots`, this.joined(query, "fields"), undefined, options);
  }

  /** List how loyalty points came and went: those of one customer */
  listCustomerPointsMovements(customerID: string, query: { "kind"?: ("earned" | "repaid" | "spent" | "reversed" | "expired" | "erased")[]; "sort"?: "position" | "-position"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "position" | "revision" | "lot_id" | "kind" | "points" | "moved_on" | "document_id" | "spent_for" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PointsMovementList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/points/movements`, this.joined(query, "fields"), undefined, options);
  }

  /** List what was promised to customers: those of one customer */
  listCustomerPromises(customerID: string, query: { "state"?: ("open" | "kept" | "broken" | "erased")[]; "department"?: (string)[]; "actor"?: (string)[]; "due_before"?: string; "due_after"?: string; "updated_after"?: string; "sort"?: "due_on" | "-due_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "promise_id" | "what" | "made_on" | "due_on" | "state" | "ended_on" | "overdue" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PromiseMadeList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/promises`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers bought: those of one customer */
  listCustomerPurchases(customerID: string, query: { "purchased_after"?: string; "purchased_before"?: string; "reference"?: (string)[]; "channel"?: (string)[]; "sku"?: string; "updated_after"?: string; "sort"?: "purchased_on" | "-purchased_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "purchase_id" | "reference" | "purchased_at" | "purchased_on" | "currency" | "total_minor" | "rate" | "reporting_currency" | "reporting_total_minor" | "lines_without_cost" | "lines_without_category" | "lines_without_name" | "payment_method" | "cancelled" | "department" | "channel" | "source" | "lines")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PurchaseList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/purchases`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers owe for orders, as of the business date: those of one customer */
  listCustomerReceivables(customerID: string, query: { "open"?: boolean; "overdue"?: boolean; "due_before"?: string; "sort"?: "placed_on" | "-placed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "purchase_id" | "currency" | "total_minor" | "refunded_minor" | "paid_minor" | "open_minor" | "placed_on" | "payment_due_on" | "days_to_pay" | "overdue_days")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ReceivableList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/receivables`, this.joined(query, "fields"), undefined, options);
  }

  /** List what was recommended to colleagues about a customer, and what became of it: those of one customer */
  listCustomerRecommendations(customerID: string, query: { "state"?: ("open" | "accepted" | "dismissed" | "erased")[]; "assignee"?: (string)[]; "due_before"?: string; "sort"?: "due_on" | "-due_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "recommendation_id" | "assignee" | "action" | "reason" | "evidence" | "issued_on" | "due_on" | "state" | "overdue" | "answered_on" | "dismissed_because" | "department" | "actor" | "issued_at" | "position" | "revision" | "guidance" | "guidance_version" | "segment" | "segment_version" | "stay_from" | "category" | "expected_minor" | "expected_currency" | "outcome" | "outcome_until")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CustomerRecommendationList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/recommendations`, this.joined(query, "fields"), undefined, options);
  }

  /** List whom customers referred: those of one customer */
  listCustomerReferrals(customerID: string, query: { "referred_id"?: (string)[]; "converted"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "referral_id" | "via" | "made_on" | "converted_on" | "referred_id" | "purchase_id" | "department" | "channel")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ReferralList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/referrals`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers are to each other: those of one customer */
  listCustomerRelationships(customerID: string, query: { "kind"?: (string)[]; "lasting"?: boolean; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "other_id" | "kind" | "declared" | "relationship_id" | "since" | "declared_on" | "ended_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.RelationshipList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/relationships`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers brought back, and what money they got back: those of one customer */
  listCustomerReturns(customerID: string, query: { "returned_after"?: string; "returned_before"?: string; "purchase_id"?: (string)[]; "updated_after"?: string; "sort"?: "returned_on" | "-returned_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "return_id" | "purchase_id" | "reference" | "returned_at" | "returned_on" | "currency" | "total_minor" | "rate" | "reporting_currency" | "reporting_total_minor" | "money_only" | "cancelled" | "reason" | "department" | "channel" | "lines")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ReturnList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/returns`, this.joined(query, "fields"), undefined, options);
  }

  /** List the roles that customers have or had: those of one customer */
  listCustomerRoles(customerID: string, query: { "role"?: (string)[]; "lasting"?: boolean; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "role" | "valid_from" | "valid_to" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CustomerRoleList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/roles`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers answered to questionnaires: those of one customer */
  listCustomerSurveys(customerID: string, query: { "kind"?: (string)[]; "questionnaire"?: (string)[]; "answered_after"?: string; "answered_before"?: string; "updated_after"?: string; "sort"?: "answered_on" | "-answered_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "survey_id" | "questionnaire" | "version" | "kind" | "answered_on" | "score" | "comment" | "department" | "channel" | "answers")[]; "after"?: number } = {}, options: Options = {}): Promise<types.SurveyList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/surveys`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers said of us in public: those of one customer */
  listCustomerTestimonials(customerID: string, query: { "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "testimonial_id" | "published_in" | "content" | "given_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.TestimonialList> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/testimonials`, this.joined(query, "fields"), undefined, options);
  }

  /** Find customers */
  listCustomers(query: { "email"?: string; "phone"?: string; "external_id"?: string; "name"?: string; "name_like"?: string; "segment"?: string; "stage"?: (string)[]; "country"?: (string)[]; "kind"?: (string)[]; "attributes"?: Record<string, string>; "registered_after"?: string; "registered_before"?: string; "archived"?: boolean; "rule"?: string; "updated_after"?: string; "sort"?: "registered_on" | "-registered_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "kind" | "name" | "country" | "locale" | "external_ids" | "registered_on" | "acquisition_source" | "acquisition_campaign" | "currency" | "first_purchase_on" | "last_purchase_on" | "orders" | "purchase_days" | "returns" | "gross_revenue_minor" | "returns_value_minor" | "net_revenue_minor" | "interactions" | "last_contact_on" | "last_event_on" | "stage" | "stage_since" | "archived_on" | "revision" | "segments")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CustomerList> {
    return this.ask("GET", `/v1/customers`, this.joined(query, "fields"), undefined, options);
  }

  /** List the facts that rules may speak of */
  listFacts(options: Options = {}): Promise<types.FactsOutputBody> {
    return this.ask("GET", `/v1/rules/facts`, undefined, undefined, options);
  }

  /** List the events that could not be projected */
  listFailures(options: Options = {}): Promise<types.FailuresOutputBody> {
    return this.ask("GET", `/v1/projections/failures`, undefined, undefined, options);
  }

  /** List the missing revisions that people accepted */
  listGaps(options: Options = {}): Promise<types.GapsOutputBody> {
    return this.ask("GET", `/v1/projections/gaps`, undefined, undefined, options);
  }

  /** List guidance, and what came of it */
  listGuidance(query: { "after"?: number } = {}, options: Options = {}): Promise<types.AllGuidanceOutputBody> {
    return this.ask("GET", `/v1/guidance`, query, undefined, options);
  }

  /** List what one department handed over to another */
  listHandovers(query: { "to_department"?: (string)[]; "waiting"?: boolean; "updated_after"?: string; "sort"?: "handed_over_at" | "-handed_over_at"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "handover_id" | "from_department" | "to_department" | "what" | "handed_over_at" | "accepted_at" | "erased_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.HandoverList> {
    return this.ask("GET", `/v1/handovers`, this.joined(query, "fields"), undefined, options);
  }

  /** List signed heads of the log, the newest first */
  listHeads(query: { "cursor"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.HeadsOutputBody> {
    return this.ask("GET", `/v1/proof/heads`, query, undefined, options);
  }

  /** List by what customers are or were known */
  listIdentities(query: { "linked"?: boolean; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "kind" | "system" | "value" | "linked_on" | "unlinked_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.IdentityList> {
    return this.ask("GET", `/v1/identities`, this.joined(query, "fields"), undefined, options);
  }

  /** List what was concluded about customers */
  listInsights(query: { "standing"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "insight_id" | "statement" | "kind" | "confidence" | "links" | "recorded_on" | "retracted_on" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.InsightList> {
    return this.ask("GET", `/v1/insights`, this.joined(query, "fields"), undefined, options);
  }

  /** List the contacts with customers that were no transactions */
  listInteractions(query: { "direction"?: (string)[]; "occurred_after"?: string; "occurred_before"?: string; "updated_after"?: string; "sort"?: "occurred_on" | "-occurred_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "interaction_id" | "occurred_at" | "occurred_on" | "kind" | "direction" | "subject" | "duration_s" | "actor" | "department" | "channel")[]; "after"?: number } = {}, options: Options = {}): Promise<types.InteractionList> {
    return this.ask("GET", `/v1/interactions`, this.joined(query, "fields"), undefined, options);
  }

  /** List the interviews with customers */
  listInterviews(query: { "topic"?: (string)[]; "held_after"?: string; "held_before"?: string; "updated_after"?: string; "sort"?: "held_on" | "-held_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "interview_id" | "held_on" | "topic" | "interviewer" | "department" | "answers")[]; "after"?: number } = {}, options: Options = {}): Promise<types.InterviewList> {
    return this.ask("GET", `/v1/interviews`, this.joined(query, "fields"), undefined, options);
  }

  /** List the signs that customers may want something */
  listLeads(query: { "status"?: ("captured" | "qualified" | "accepted" | "rejected" | "erased")[]; "owner"?: (string)[]; "captured_after"?: string; "captured_before"?: string; "updated_after"?: string; "sort"?: "captured_on" | "-captured_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "lead_id" | "source" | "campaign" | "interest" | "owner" | "status" | "score" | "captured_at" | "captured_on" | "qualified_at" | "qualified_because" | "accepted_at" | "opportunity_id" | "rejected_at" | "rejected_because" | "qualification_hours" | "handover_hours" | "department")[]; "after"?: number } = {}, options: Options = {}): Promise<types.LeadList> {
    return this.ask("GET", `/v1/leads`, this.joined(query, "fields"), undefined, options);
  }

  /** List the hashes of events, from which whoever has them all finds the hash of the whole log */
  listLeaves(query: { "cursor"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.LeavesOutputBody> {
    return this.ask("GET", `/v1/proof/leaves`, query, undefined, options);
  }

  /** List the work on equipment, planned and done */
  listMaintenance(query: { "state"?: ("planned" | "missed" | "performed" | "cancelled" | "erased")[]; "due_before"?: string; "due_after"?: string; "updated_after"?: string; "sort"?: "due_on" | "-due_on" | "performed_on" | "-performed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "maintenance_id" | "asset_id" | "component" | "state" | "planned_on" | "due_on" | "performed_at" | "performed_on" | "kind" | "breakdown_id" | "late" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.MaintenanceList> {
    return this.ask("GET", `/v1/maintenance`, this.joined(query, "fields"), undefined, options);
  }

  /** List who belongs to a segment, now or on a day */
  listMembers(name: string, query: { "after"?: number; "on"?: string; "reach"?: string; "cursor"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.MembersOutputBody> {
    return this.ask("GET", `/v1/segments/${encodeURIComponent(name)}/members`, query, undefined, options);
  }

  /** List which customers turned out to be one, and which were split again */
  listMerges(query: { "happened"?: ("merged" | "split")[]; "sort"?: "position" | "-position"; "cursor"?: string; "limit"?: number; "fields"?: ("position" | "absorbed_id" | "revision" | "happened" | "survivor_id" | "happened_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.MergeList> {
    return this.ask("GET", `/v1/merges`, this.joined(query, "fields"), undefined, options);
  }

  /** List the messages of campaigns, and what became of them */
  listMessages(query: { "campaign"?: (string)[]; "cell"?: (string)[]; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "message_id" | "campaign" | "cell" | "purpose" | "channel" | "sent_on" | "delivered_on" | "opened_on" | "clicked_on" | "bounced_on" | "unsubscribed_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CampaignMessageList> {
    return this.ask("GET", `/v1/messages`, this.joined(query, "fields"), undefined, options);
  }

  /** List the offers to customers, and what became of them */
  listOffers(query: { "state"?: ("open" | "accepted" | "rejected" | "expired" | "redeemed" | "erased")[]; "valid_before"?: string; "proposed_after"?: string; "proposed_before"?: string; "updated_after"?: string; "sort"?: "proposed_on" | "-proposed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "offer_id" | "state" | "sku" | "category" | "title" | "price" | "currency" | "discount_percent" | "reason" | "evidence" | "recommendation_id" | "policy" | "proposed_on" | "valid_until" | "accepted_on" | "rejected_on" | "rejected_because" | "expired_on" | "redeemed_on" | "purchase_id" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.OfferList> {
    return this.ask("GET", `/v1/offers`, this.joined(query, "fields"), undefined, options);
  }

  /** List the sales that may come about */
  listOpportunities(query: { "state"?: ("open" | "won" | "lost" | "erased")[]; "stage"?: (string)[]; "owner"?: (string)[]; "opened_after"?: string; "opened_before"?: string; "updated_after"?: string; "sort"?: "opened_on" | "-opened_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "opportunity_id" | "name" | "product" | "owner" | "state" | "stage" | "currency" | "amount_minor" | "reporting_currency" | "reporting_minor" | "opened_on" | "expected_close_on" | "closed_on" | "days_open" | "reason" | "competitor" | "steps" | "department" | "stages")[]; "after"?: number } = {}, options: Options = {}): Promise<types.OpportunityList> {
    return this.ask("GET", `/v1/opportunities`, this.joined(query, "fields"), undefined, options);
  }

  /** List the purchases that are followed as orders */
  listOrders(query: { "state"?: ("placed" | "paid" | "shipped" | "delivered" | "cancelled")[]; "placed_after"?: string; "placed_before"?: string; "due_before"?: string; "updated_after"?: string; "sort"?: "placed_on" | "-placed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "purchase_id" | "state" | "currency" | "owed_minor" | "owed_reporting_minor" | "paid_minor" | "paid_reporting_minor" | "placed_on" | "payment_due_on" | "deliver_by" | "paid_on" | "shipped_on" | "delivered_on" | "cancelled_on" | "reason" | "carrier" | "payments")[]; "after"?: number } = {}, options: Options = {}): Promise<types.OrderList> {
    return this.ask("GET", `/v1/orders`, this.joined(query, "fields"), undefined, options);
  }

  /** List the balances of loyalty points */
  listPoints(query: { "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "balance" | "owed" | "earned" | "spent" | "expired" | "reversed" | "last_earned_on" | "last_spent_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PointsAccountList> {
    return this.ask("GET", `/v1/points`, this.joined(query, "fields"), undefined, options);
  }

  /** List the lots of loyalty points, and when they expire */
  listPointsLots(query: { "open"?: boolean; "expires_before"?: string; "sort"?: "expires_on" | "-expires_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "lot_id" | "points" | "open_points" | "spent" | "expired" | "reversed" | "repaid" | "earned_on" | "expires_on" | "purchase_id" | "earned_for")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PointsLotList> {
    return this.ask("GET", `/v1/points/lots`, this.joined(query, "fields"), undefined, options);
  }

  /** List a product */
  listProduct(sku: string, body: types.ListProduct, options: Options = {}): Promise<types.ListProductAnswer> {
    return this.ask("PUT", `/v1/products/${encodeURIComponent(sku)}`, undefined, body, options);
  }

  /** List what is or was for sale */
  listProducts(query: { "after"?: number; "cursor"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.ProductsOutputBody> {
    return this.ask("GET", `/v1/products`, query, undefined, options);
  }

  /** List what was promised to customers */
  listPromises(query: { "state"?: ("open" | "kept" | "broken" | "erased")[]; "actor"?: (string)[]; "due_before"?: string; "due_after"?: string; "updated_after"?: string; "sort"?: "due_on" | "-due_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "promise_id" | "what" | "made_on" | "due_on" | "state" | "ended_on" | "overdue" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PromiseMadeList> {
    return this.ask("GET", `/v1/promises`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers bought */
  listPurchases(query: { "purchased_after"?: string; "purchased_before"?: string; "sku"?: string; "updated_after"?: string; "sort"?: "purchased_on" | "-purchased_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "purchase_id" | "reference" | "purchased_at" | "purchased_on" | "currency" | "total_minor" | "rate" | "reporting_currency" | "reporting_total_minor" | "lines_without_cost" | "lines_without_category" | "lines_without_name" | "payment_method" | "cancelled" | "department" | "channel" | "source" | "lines")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PurchaseList> {
    return this.ask("GET", `/v1/purchases`, this.joined(query, "fields"), undefined, options);
  }

  /** List the questionnaires, each in the version that is in force */
  listQuestionnaires(query: { "kind"?: (string)[]; "cursor"?: string; "limit"?: number; "fields"?: ("questionnaire" | "version" | "kind" | "title" | "published_on" | "items")[]; "after"?: number } = {}, options: Options = {}): Promise<types.QuestionnaireList> {
    return this.ask("GET", `/v1/questionnaires`, this.joined(query, "fields"), undefined, options);
  }

  /** List who was shown a customer's personal data, the newest first */
  listReads(customerID: string, query: { "everybody"?: boolean; "cursor"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.ReadsOutputBody> {
    return this.ask("GET", `/v1/customers/${encodeURIComponent(customerID)}/reads`, query, undefined, options);
  }

  /** List what customers owe for orders, as of the business date */
  listReceivables(query: { "open"?: boolean; "overdue"?: boolean; "due_before"?: string; "sort"?: "placed_on" | "-placed_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "purchase_id" | "currency" | "total_minor" | "refunded_minor" | "paid_minor" | "open_minor" | "placed_on" | "payment_due_on" | "days_to_pay" | "overdue_days")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ReceivableList> {
    return this.ask("GET", `/v1/receivables`, this.joined(query, "fields"), undefined, options);
  }

  /** List what colleagues have to answer */
  listRecommendations(query: { "after"?: number; "assignee"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.WorklistOutputBody> {
    return this.ask("GET", `/v1/recommendations`, query, undefined, options);
  }

  /** List whom customers referred */
  listReferrals(query: { "referred_id"?: (string)[]; "converted"?: boolean; "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "referral_id" | "via" | "made_on" | "converted_on" | "referred_id" | "purchase_id" | "department" | "channel")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ReferralList> {
    return this.ask("GET", `/v1/referrals`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers are to each other */
  listRelationships(query: { "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "other_id" | "kind" | "declared" | "relationship_id" | "since" | "declared_on" | "ended_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.RelationshipList> {
    return this.ask("GET", `/v1/relationships`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers brought back, and what money they got back */
  listReturns(query: { "returned_after"?: string; "returned_before"?: string; "updated_after"?: string; "sort"?: "returned_on" | "-returned_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "return_id" | "purchase_id" | "reference" | "returned_at" | "returned_on" | "currency" | "total_minor" | "rate" | "reporting_currency" | "reporting_total_minor" | "money_only" | "cancelled" | "reason" | "department" | "channel" | "lines")[]; "after"?: number } = {}, options: Options = {}): Promise<types.ReturnList> {
    return this.ask("GET", `/v1/returns`, this.joined(query, "fields"), undefined, options);
  }

  /** List the roles that customers have or had */
  listRoles(query: { "role"?: (string)[]; "lasting"?: boolean; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "role" | "valid_from" | "valid_to" | "reason" | "department" | "actor")[]; "after"?: number } = {}, options: Options = {}): Promise<types.CustomerRoleList> {
    return this.ask("GET", `/v1/roles`, this.joined(query, "fields"), undefined, options);
  }

  /** List the segments */
  listSegments(query: { "after"?: number } = {}, options: Options = {}): Promise<types.SegmentsOutputBody> {
    return this.ask("GET", `/v1/segments`, query, undefined, options);
  }

  /** Count the customers on each stage */
  listStages(query: { "after"?: number } = {}, options: Options = {}): Promise<types.StagesOutputBody> {
    return this.ask("GET", `/v1/loyalty/stages`, query, undefined, options);
  }

  /** List the events that a subscription could not send */
  listSubscriptionLetters(subscription: string, query: { "limit"?: number } = {}, options: Options = {}): Promise<types.LettersOutputBody> {
    return this.ask("GET", `/v1/subscriptions/${encodeURIComponent(subscription)}/letters`, query, undefined, options);
  }

  /** List the subscriptions, each in the version that is in force */
  listSubscriptions(query: { "in_force"?: boolean; "cursor"?: string; "limit"?: number; "fields"?: ("subscription" | "version" | "title" | "url" | "types" | "rule" | "secret" | "previous_secret_until" | "position" | "published_on" | "retired_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PublishedSubscriptionList> {
    return this.ask("GET", `/v1/subscriptions`, this.joined(query, "fields"), undefined, options);
  }

  /** List what customers answered to questionnaires */
  listSurveys(query: { "kind"?: (string)[]; "questionnaire"?: (string)[]; "answered_after"?: string; "answered_before"?: string; "updated_after"?: string; "sort"?: "answered_on" | "-answered_on"; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "survey_id" | "questionnaire" | "version" | "kind" | "answered_on" | "score" | "comment" | "department" | "channel" | "answers")[]; "after"?: number } = {}, options: Options = {}): Promise<types.SurveyList> {
    return this.ask("GET", `/v1/surveys`, this.joined(query, "fields"), undefined, options);
  }

  /** List the tables and views, with what each column holds */
  listTables(options: Options = {}): Promise<types.TablesOutputBody> {
    return this.ask("GET", `/v1/tables`, undefined, undefined, options);
  }

  /** List what customers said of us in public */
  listTestimonials(query: { "updated_after"?: string; "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "recorded_for" | "testimonial_id" | "published_in" | "content" | "given_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.TestimonialList> {
    return this.ask("GET", `/v1/testimonials`, this.joined(query, "fields"), undefined, options);
  }

  /** List in which tier of the loyalty programme customers are */
  listTiers(query: { "cursor"?: string; "limit"?: number; "fields"?: ("customer_id" | "tier" | "since" | "policy_version")[]; "after"?: number } = {}, options: Options = {}): Promise<types.TierList> {
    return this.ask("GET", `/v1/tiers`, this.joined(query, "fields"), undefined, options);
  }

  /** List all tokens that were ever issued, without their secrets */
  listTokens(options: Options = {}): Promise<types.TokensOutputBody> {
    return this.ask("GET", `/v1/tokens`, undefined, undefined, options);
  }

  /** List steps on the ladder, the newest first */
  listTransitions(query: { "after"?: number; "customer_id"?: string; "reason"?: string; "from"?: string; "to"?: string; "since"?: string; "limit"?: number } = {}, options: Options = {}): Promise<types.TransitionsOutputBody> {
    return this.ask("GET", `/v1/loyalty/transitions`, query, undefined, options);
  }

  /** List the webhooks, each in the version that is in force */
  listWebhooks(query: { "in_force"?: boolean; "cursor"?: string; "limit"?: number; "fields"?: ("webhook" | "version" | "title" | "secret" | "key" | "commands" | "per_minute" | "published_on" | "retired_on")[]; "after"?: number } = {}, options: Options = {}): Promise<types.PublishedWebhookList> {
    return this.ask("GET", `/v1/webhooks`, this.joined(query, "fields"), undefined, options);
  }

  /** Lose an opportunity */
  loseOpportunity(customerID: string, body: types.LoseOpportunity, options: Options = {}): Promise<types.LoseOpportunityAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/opportunities/lost`, undefined, body, options);
  }

  /** Promise something */
  makePromise(customerID: string, body: types.MakePromise, options: Options = {}): Promise<types.MakePromiseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/promises`, undefined, body, options);
  }

  /** Refer somebody */
  makeReferral(customerID: string, body: types.MakeReferral, options: Options = {}): Promise<types.MakeReferralAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/referrals`, undefined, body, options);
  }

  /** Measure the wear of a component */
  measureWear(customerID: string, body: types.MeasureWear, options: Options = {}): Promise<types.MeasureWearAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/assets/wear`, undefined, body, options);
  }

  /** Merge another customer into this one */
  mergeCustomers(customerID: string, body: types.MergeCustomers, options: Options = {}): Promise<types.MergeCustomersAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/merges`, undefined, body, options);
  }

  /** Move an opportunity to another stage */
  moveOpportunity(customerID: string, body: types.MoveOpportunity, options: Options = {}): Promise<types.MoveOpportunityAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/opportunities/moved`, undefined, body, options);
  }

  /** Open a case */
  openCase(customerID: string, body: types.OpenCase, options: Options = {}): Promise<types.OpenCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases`, undefined, body, options);
  }

  /** Open an opportunity */
  openOpportunity(customerID: string, body: types.OpenOpportunity, options: Options = {}): Promise<types.OpenOpportunityAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/opportunities`, undefined, body, options);
  }

  /** Pause a case */
  pauseCase(customerID: string, body: types.PauseCase, options: Options = {}): Promise<types.PauseCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/paused`, undefined, body, options);
  }

  /** Pay an order, or a part of it */
  payOrder(customerID: string, body: types.PayOrder, options: Options = {}): Promise<types.PayOrderAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/orders/paid`, undefined, body, options);
  }

  /** Perform maintenance */
  performMaintenance(customerID: string, body: types.PerformMaintenance, options: Options = {}): Promise<types.PerformMaintenanceAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/assets/maintenance/performed`, undefined, body, options);
  }

  /** Place an order */
  placeOrder(customerID: string, body: types.PlaceOrder, options: Options = {}): Promise<types.PlaceOrderAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/orders`, undefined, body, options);
  }

  /** Plan a campaign */
  planCampaign(campaign: string, body: types.PlanCampaign, options: Options = {}): Promise<types.PlanCampaignAnswer> {
    return this.ask("PUT", `/v1/campaigns/${encodeURIComponent(campaign)}`, undefined, body, options);
  }

  /** Prefer a contact point */
  preferContactPoint(customerID: string, body: types.PreferContactPoint, options: Options = {}): Promise<types.PreferContactPointAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/contact-points/preferred`, undefined, body, options);
  }

  /** See for how many customers a retention rule would be due, before it is published */
  previewRetention(query: { "segment": string; "after_days": number; "on"?: string; "sample"?: number; "after"?: number }, options: Options = {}): Promise<types.RetentionForecast> {
    return this.ask("GET", `/v1/policies/retention/preview`, query, undefined, options);
  }

  /** See for how many customers a rule would hold, and for some of them why */
  previewRule(query: { "rule": string; "sample"?: number; "after"?: number }, options: Options = {}): Promise<types.Preview> {
    return this.ask("GET", `/v1/rules/preview`, query, undefined, options);
  }

  /** Propose an offer */
  proposeOffer(customerID: string, body: types.ProposeOffer, options: Options = {}): Promise<types.ProposeOfferAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/offers`, undefined, body, options);
  }

  /** Prove that the log under one head goes on from the log under another */
  proveConsistency(query: { "from": string; "to"?: string }, options: Options = {}): Promise<types.ConsistencyOutputBody> {
    return this.ask("GET", `/v1/proof/consistency`, query, undefined, options);
  }

  /** Prove that an event is in the log, just so */
  proveEvent(position: string, query: { "head"?: string } = {}, options: Options = {}): Promise<types.EventProofOutputBody> {
    return this.ask("GET", `/v1/proof/events/${encodeURIComponent(position)}`, query, undefined, options);
  }

  /** Publish what it costs to serve customers */
  publishCosts(body: types.PublishCosts, options: Options = {}): Promise<types.PublishCostsAnswer> {
    return this.ask("PUT", `/v1/policies/costs`, undefined, body, options);
  }

  /** Publish the loyalty ladder */
  publishLadder(body: types.PublishLadder, options: Options = {}): Promise<types.PublishLadderAnswer> {
    return this.ask("PUT", `/v1/policies/ladder`, undefined, body, options);
  }

  /** Publish of which region phone numbers are */
  publishPhones(body: types.PublishPhones, options: Options = {}): Promise<types.PublishPhonesAnswer> {
    return this.ask("PUT", `/v1/policies/phones`, undefined, body, options);
  }

  /** Publish price bands */
  publishPriceBands(body: types.PublishPriceBands, options: Options = {}): Promise<types.PublishPriceBandsAnswer> {
    return this.ask("PUT", `/v1/policies/price_bands`, undefined, body, options);
  }

  /** Publish a questionnaire */
  publishQuestionnaire(questionnaire: string, body: types.PublishQuestionnaire, options: Options = {}): Promise<types.PublishQuestionnaireAnswer> {
    return this.ask("PUT", `/v1/questionnaires/${encodeURIComponent(questionnaire)}`, undefined, body, options);
  }

  /** Publish how long customers are kept */
  publishRetention(body: types.PublishRetention, options: Options = {}): Promise<types.PublishRetentionAnswer> {
    return this.ask("PUT", `/v1/policies/retention`, undefined, body, options);
  }

  /** Publish the scheme of RFM scores */
  publishRfm(body: types.PublishRfm, options: Options = {}): Promise<types.PublishRfmAnswer> {
    return this.ask("PUT", `/v1/policies/rfm`, undefined, body, options);
  }

  /** Publish the terms of service */
  publishService(body: types.PublishService, options: Options = {}): Promise<types.PublishServiceAnswer> {
    return this.ask("PUT", `/v1/policies/service`, undefined, body, options);
  }

  /** Subscribe to events */
  publishSubscription(subscription: string, body: types.PublishSubscription, options: Options = {}): Promise<types.PublishSubscriptionAnswer> {
    return this.ask("PUT", `/v1/subscriptions/${encodeURIComponent(subscription)}`, undefined, body, options);
  }

  /** Publish the tiers of the loyalty programme */
  publishTiers(body: types.PublishTiers, options: Options = {}): Promise<types.PublishTiersAnswer> {
    return this.ask("PUT", `/v1/policies/tiers`, undefined, body, options);
  }

  /** Publish a webhook */
  publishWebhook(webhook: string, body: types.PublishWebhook, options: Options = {}): Promise<types.PublishWebhookAnswer> {
    return this.ask("PUT", `/v1/webhooks/${encodeURIComponent(webhook)}`, undefined, body, options);
  }

  /** Qualify a lead */
  qualifyLead(customerID: string, body: types.QualifyLead, options: Options = {}): Promise<types.QualifyLeadAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/leads/qualified`, undefined, body, options);
  }

  /** Rate how a complaint was handled */
  rateComplaint(customerID: string, body: types.RateComplaint, options: Options = {}): Promise<types.RateComplaintAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/ratings`, undefined, body, options);
  }

  /** Rebuild the read models beside the live ones, and swap them in */
  rebuildProjections(options: Options = {}): Promise<types.RebuildOutputBody> {
    return this.ask("POST", `/v1/projections/rebuild`, undefined, undefined, options);
  }

  /** Record what a campaign cost */
  recordCampaignCost(campaign: string, body: types.RecordCampaignCost, options: Options = {}): Promise<types.RecordCampaignCostAnswer> {
    return this.ask("POST", `/v1/campaigns/${encodeURIComponent(campaign)}/costs`, undefined, body, options);
  }

  /** Record an insight */
  recordInsight(customerID: string, body: types.RecordInsight, options: Options = {}): Promise<types.RecordInsightAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/insights`, undefined, body, options);
  }

  /** Record a contact */
  recordInteraction(customerID: string, body: types.RecordInteraction, options: Options = {}): Promise<types.RecordInteractionAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/interactions`, undefined, body, options);
  }

  /** Record a purchase */
  recordPurchase(customerID: string, body: types.RecordPurchase, options: Options = {}): Promise<types.RecordPurchaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/purchases`, undefined, body, options);
  }

  /** Record a return */
  recordReturn(customerID: string, body: types.RecordReturn, options: Options = {}): Promise<types.RecordReturnAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/returns`, undefined, body, options);
  }

  /** Redeem an offer */
  redeemOffer(customerID: string, body: types.RedeemOffer, options: Options = {}): Promise<types.RedeemOfferAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/offers/redeemed`, undefined, body, options);
  }

  /** Refund an amount of a purchase */
  refundPurchase(customerID: string, body: types.RefundPurchase, options: Options = {}): Promise<types.RefundPurchaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/refunds`, undefined, body, options);
  }

  /** Register a customer */
  registerCustomer(body: types.RegisterCustomer, options: Options = {}): Promise<types.RegisterCustomerAnswer> {
    return this.ask("POST", `/v1/customers`, undefined, body, options);
  }

  /** Register a customer unless another system's id is known */
  registerCustomerBy(system: string, id: string, body: types.RegisterCustomerBy, options: Options = {}): Promise<types.RegisterCustomerByAnswer> {
    return this.ask("PUT", `/v1/customers/by/${encodeURIComponent(system)}/${encodeURIComponent(id)}`, undefined, body, options);
  }

  /** Reject a lead */
  rejectLead(customerID: string, body: types.RejectLead, options: Options = {}): Promise<types.RejectLeadAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/leads/rejected`, undefined, body, options);
  }

  /** Reject an offer */
  rejectOffer(customerID: string, body: types.RejectOffer, options: Options = {}): Promise<types.RejectOfferAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/offers/rejected`, undefined, body, options);
  }

  /** Take an attribute back */
  removeAttribute(customerID: string, body: types.RemoveAttribute, options: Options = {}): Promise<types.RemoveAttributeAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/attributes/removed`, undefined, body, options);
  }

  /** Remove a contact point */
  removeContactPoint(customerID: string, body: types.RemoveContactPoint, options: Options = {}): Promise<types.RemoveContactPointAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/contact-points/removed`, undefined, body, options);
  }

  /** Reopen a case */
  reopenCase(customerID: string, body: types.ReopenCase, options: Options = {}): Promise<types.ReopenCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/reopened`, undefined, body, options);
  }

  /** Send what stands behind a position again */
  replaySubscription(subscription: string, query: { "position": number }, options: Options = {}): Promise<types.Delivery> {
    return this.ask("POST", `/v1/subscriptions/${encodeURIComponent(subscription)}/replayed`, query, undefined, options);
  }

  /** Remember that the customer wrote again */
  replyToCase(customerID: string, body: types.ReplyToCase, options: Options = {}): Promise<types.ReplyToCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/replies`, undefined, body, options);
  }

  /** Report a breakdown */
  reportBreakdown(customerID: string, body: types.ReportBreakdown, options: Options = {}): Promise<types.ReportBreakdownAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/assets/breakdowns`, undefined, body, options);
  }

  /** Report a defect */
  reportDefect(customerID: string, body: types.ReportDefect, options: Options = {}): Promise<types.ReportDefectAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/assets/defects`, undefined, body, options);
  }

  /** Report an asset's use */
  reportUsage(customerID: string, body: types.ReportUsage, options: Options = {}): Promise<types.ReportUsageAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/assets/usage`, undefined, body, options);
  }

  /** Resolve what is right */
  resolveAttribute(customerID: string, body: types.ResolveAttribute, options: Options = {}): Promise<types.ResolveAttributeAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/attributes/resolved`, undefined, body, options);
  }

  /** Resolve a case */
  resolveCase(customerID: string, body: types.ResolveCase, options: Options = {}): Promise<types.ResolveCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/resolved`, undefined, body, options);
  }

  /** Respond to a case */
  respondToCase(customerID: string, body: types.RespondToCase, options: Options = {}): Promise<types.RespondToCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/responses`, undefined, body, options);
  }

  /** Take a customer up again who was set aside */
  restoreCustomer(customerID: string, body: types.RestoreCustomer, options: Options = {}): Promise<types.RestoreCustomerAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/restore`, undefined, body, options);
  }

  /** Resume a case */
  resumeCase(customerID: string, body: types.ResumeCase, options: Options = {}): Promise<types.ResumeCaseAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/cases/resumed`, undefined, body, options);
  }

  /** Try again the event at which the projectors stopped */
  resumeProjections(options: Options = {}): Promise<void> {
    return this.ask("POST", `/v1/projections/resume`, undefined, undefined, options);
  }

  /** Retire an asset */
  retireAsset(customerID: string, body: types.RetireAsset, options: Options = {}): Promise<types.RetireAssetAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/assets/retired`, undefined, body, options);
  }

  /** Retire guidance */
  retireGuidance(name: string, body: types.RetireGuidance, options: Options = {}): Promise<types.RetireGuidanceAnswer> {
    return this.ask("DELETE", `/v1/guidance/${encodeURIComponent(name)}`, undefined, body, options);
  }

  /** Retire a segment */
  retireSegment(name: string, body: types.RetireSegment, options: Options = {}): Promise<types.RetireSegmentAnswer> {
    return this.ask("DELETE", `/v1/segments/${encodeURIComponent(name)}`, undefined, body, options);
  }

  /** End a subscription */
  retireSubscription(subscription: string, body: types.RetireSubscription, options: Options = {}): Promise<types.RetireSubscriptionAnswer> {
    return this.ask("DELETE", `/v1/subscriptions/${encodeURIComponent(subscription)}`, undefined, body, options);
  }

  /** Retire a webhook */
  retireWebhook(webhook: string, body: types.RetireWebhook, options: Options = {}): Promise<types.RetireWebhookAnswer> {
    return this.ask("DELETE", `/v1/webhooks/${encodeURIComponent(webhook)}`, undefined, body, options);
  }

  /** Retract an insight */
  retractInsight(customerID: string, body: types.RetractInsight, options: Options = {}): Promise<types.RetractInsightAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/insights/retracted`, undefined, body, options);
  }

  /** Try the events again that a subscription gave up */
  retrySubscription(subscription: string, options: Options = {}): Promise<types.RetriedOutputBody> {
    return this.ask("POST", `/v1/subscriptions/${encodeURIComponent(subscription)}/retried`, undefined, undefined, options);
  }

  /** Change the amount of an opportunity */
  revalueOpportunity(customerID: string, body: types.RevalueOpportunity, options: Options = {}): Promise<types.RevalueOpportunityAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/opportunities/revalued`, undefined, body, options);
  }

  /** Revoke a token */
  revokeToken(tokenID: string, options: Options = {}): Promise<void> {
    return this.ask("DELETE", `/v1/tokens/${encodeURIComponent(tokenID)}`, undefined, undefined, options);
  }

  /** Replace the secret of a subscription */
  rotateSubscriptionSecret(subscription: string, body: types.RotateSubscriptionSecret, options: Options = {}): Promise<types.RotateSubscriptionSecretAnswer> {
    return this.ask("POST", `/v1/subscriptions/${encodeURIComponent(subscription)}/secret/rotated`, undefined, body, options);
  }

  /** Plan maintenance */
  scheduleMaintenance(customerID: string, body: types.ScheduleMaintenance, options: Options = {}): Promise<types.ScheduleMaintenanceAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/assets/maintenance`, undefined, body, options);
  }

  /** Record a message of a campaign */
  sendCampaignMessage(customerID: string, body: types.SendCampaignMessage, options: Options = {}): Promise<types.SendCampaignMessageAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/campaigns/messages`, undefined, body, options);
  }

  /** Set an attribute */
  setAttribute(customerID: string, body: types.SetAttribute, options: Options = {}): Promise<types.SetAttributeAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/attributes`, undefined, body, options);
  }

  /** Share data with a partner */
  shareData(customerID: string, body: types.ShareData, options: Options = {}): Promise<types.ShareDataAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/shares`, undefined, body, options);
  }

  /** Ship an order */
  shipOrder(customerID: string, body: types.ShipOrder, options: Options = {}): Promise<types.ShipOrderAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/orders/shipped`, undefined, body, options);
  }

  /** Sign an agreement */
  signAgreement(customerID: string, body: types.SignAgreement, options: Options = {}): Promise<types.SignAgreementAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/agreements`, undefined, body, options);
  }

  /** Sign a head of the log as it is now */
  signHead(options: Options = {}): Promise<types.HeadAnswer> {
    return this.ask("POST", `/v1/proof/heads`, undefined, undefined, options);
  }

  /** Spend loyalty points */
  spendPoints(customerID: string, body: types.SpendPoints, options: Options = {}): Promise<types.SpendPointsAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/points/spent`, undefined, body, options);
  }

  /** Split a merged customer off again */
  splitCustomers(customerID: string, body: types.SplitCustomers, options: Options = {}): Promise<types.SplitCustomersAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/merges/separated`, undefined, body, options);
  }

  /** Tell what became of a campaign's message */
  tellMessageFate(customerID: string, body: types.TellMessageFate, options: Options = {}): Promise<types.TellMessageFateAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/campaigns/messages/fates`, undefined, body, options);
  }

  /** Send a subscription an event of the type rapport.test.v1 */
  testSubscription(subscription: string, options: Options = {}): Promise<types.TestedOutputBody> {
    return this.ask("POST", `/v1/subscriptions/${encodeURIComponent(subscription)}/tested`, undefined, undefined, options);
  }

  /** Unlink an identity */
  unlinkIdentity(customerID: string, body: types.UnlinkIdentity, options: Options = {}): Promise<types.UnlinkIdentityAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/identities/unlinked`, undefined, body, options);
  }

  /** Verify a contact point */
  verifyContactPoint(customerID: string, body: types.VerifyContactPoint, options: Options = {}): Promise<types.VerifyContactPointAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/contact-points/verified`, undefined, body, options);
  }

  /** Make the read models anew beside the live ones, and compare them row by row */
  verifyProjections(options: Options = {}): Promise<types.VerifyOutputBody> {
    return this.ask("POST", `/v1/projections/verify`, undefined, undefined, options);
  }

  /** Void a fact that was recorded by mistake */
  voidFact(customerID: string, revision: string, body: types.VoidFact, options: Options = {}): Promise<types.VoidFactAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/facts/${encodeURIComponent(revision)}/voided`, undefined, body, options);
  }

  /** Win an opportunity */
  winOpportunity(customerID: string, body: types.WinOpportunity, options: Options = {}): Promise<types.WinOpportunityAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/opportunities/won`, undefined, body, options);
  }

  /** Withdraw a consent */
  withdrawConsent(customerID: string, body: types.WithdrawConsent, options: Options = {}): Promise<types.WithdrawConsentAnswer> {
    return this.ask("POST", `/v1/customers/${encodeURIComponent(customerID)}/consents/withdrawn`, undefined, body, options);
  }

}

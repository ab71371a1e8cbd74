// Code generated from the OpenAPI document by client/generate. DO NOT EDIT.

export type AcceptGaps = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What is missing, as the fault names it */
  "gaps": (CustodyGap)[] | null;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why it is right to go on without them */
  "reason": string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptGapsAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type AcceptGapsLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "accept_gaps";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What is missing, as the fault names it */
  "gaps": (CustodyGap)[] | null;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why it is right to go on without them */
  "reason": string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptHandover = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The work that was taken */
  "handover_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptHandoverAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type AcceptHandoverLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "accept_handover";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The work that was taken */
  "handover_id": string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptLead = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The lead */
  "lead_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity that it became */
  "opportunity_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptLeadAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type AcceptLeadLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "accept_lead";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** The lead */
  "lead_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity that it became */
  "opportunity_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptOffer = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The offer */
  "offer_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptOfferAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type AcceptOfferLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "accept_offer";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The offer */
  "offer_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptRecommendation = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The recommendation that is followed */
  "recommendation_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptRecommendationAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type AcceptRecommendationLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "accept_recommendation";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The recommendation that is followed */
  "recommendation_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type AcceptedGap = {
  "at": string;
  "by"?: string;
  "first": number;
  "last": number;
  "reason": string;
  "stream": string;
};

export type AddContactPoint = {
  /** Who did it */
  "actor"?: string;
  /** Of kind post: the address by its parts */
  "address"?: CustomerAddress;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** Names the contact point; without it, one follows from the Idempotency-Key, or is new */
  "contact_point_id"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The channel: email, phone, post, social or messenger */
  "kind": string;
  /** What for or whose: work, billing, the neighbour's, … */
  "label"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Whether it is to be used before others of its kind */
  "preferred"?: boolean;
  /** The system that it comes from */
  "source"?: string;
  /** Address, number or name; of an address, where it is absent, its parts in one line */
  "value"?: string;
};

export type AddContactPointAnswer = {
  /** Present where it was made here */
  "contact_point_id"?: string;
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type AddContactPointLine = {
  /** Who did it */
  "actor"?: string;
  /** Of kind post: the address by its parts */
  "address"?: CustomerAddress;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "add_contact_point";
  /** Names the contact point; without it, one follows from the Idempotency-Key, or is new */
  "contact_point_id"?: string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** The channel: email, phone, post, social or messenger */
  "kind": string;
  /** What for or whose: work, billing, the neighbour's, … */
  "label"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Whether it is to be used before others of its kind */
  "preferred"?: boolean;
  /** The system that it comes from */
  "source"?: string;
  /** Address, number or name; of an address, where it is absent, its parts in one line */
  "value"?: string;
};

/** The contact points of kind post. */
export type Address = {
  /** who recorded it */
  "actor"?: string | null;
  /** business day on which we knew of it */
  "added_on"?: string;
  /** city */
  "city"?: string | null;
  /** the contact point */
  "contact_point_id": string;
  /** of the address */
  "country"?: string | null;
  /** who */
  "customer_id": string;
  /** that recorded it */
  "department"?: string | null;
  /** what for or whose */
  "label"?: string | null;
  /** such as c/o, the floor, the department */
  "more"?: string | null;
  /** postal code */
  "postal_code"?: string | null;
  /** to be used before others of its kind */
  "preferred"?: boolean;
  /** why not */
  "reason"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** such as a state or a province */
  "region"?: string | null;
  /** business day from which it cannot be used any more; null while it can */
  "removed_on"?: string | null;
  /** the system that it came through */
  "source"?: string | null;
  /** of an address: street and number, or a box */
  "street"?: string | null;
  /** address, number or name */
  "value"?: string;
  /** how it was verified */
  "verified_by"?: string | null;
  /** business day on which it was verified; null: it never was */
  "verified_on"?: string | null;
};

export type AddressList = {
  "addresses": (Address)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type Adopted = {
  "guidance": (string)[];
  "position": number;
  "segments": (string)[];
};

export type Agreement = {
  /** who did */
  "actor"?: string | null;
  /** the agreement */
  "agreement_id": string;
  /** with whom */
  "customer_id": string;
  /** that signed it */
  "department"?: string | null;
  /** business day on which it was ended or expired */
  "ended_on"?: string | null;
  /** last day as agreed; null where none was */
  "ends_on"?: string | null;
  /** framework, partnership, co_creation, … */
  "kind"?: string;
  /** why it was ended */
  "reason"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** business day */
  "signed_on"?: string;
  /** first day on which it is in force */
  "starts_on"?: string;
  /** signed until it is ended or its last day is over */
  "state"?: "signed" | "ended" | "expired";
};

export type AgreementList = {
  "agreements": (Agreement)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type AllGuidanceOutputBody = {
  "guidance": (GuidanceInForce)[];
};

export type AnswerSurvey = {
  /** Who did it */
  "actor"?: string;
  /** One for each item, or for each of its aspects */
  "answers": (QuestionnaireAnswer)[] | null;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** What the customer added in words */
  "comment"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What was asked */
  "questionnaire": string;
  /** The system that it comes from */
  "source"?: string;
  /** Names the survey; without it, one follows from the Idempotency-Key, or is new */
  "survey_id"?: string;
  /** In which version, from 1 */
  "version": number;
};

export type AnswerSurveyAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
  /** Present where it was made here */
  "survey_id"?: string;
};

export type AnswerSurveyLine = {
  /** Who did it */
  "actor"?: string;
  /** One for each item, or for each of its aspects */
  "answers": (QuestionnaireAnswer)[] | null;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "answer_survey";
  /** What the customer added in words */
  "comment"?: string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What was asked */
  "questionnaire": string;
  /** The system that it comes from */
  "source"?: string;
  /** Names the survey; without it, one follows from the Idempotency-Key, or is new */
  "survey_id"?: string;
  /** In which version, from 1 */
  "version": number;
};

export type ArchiveCustomer = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The retention rule that asks for it, where no person does */
  "rule"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ArchiveCustomerAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ArchiveCustomerLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "archive_customer";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The retention rule that asks for it, where no person does */
  "rule"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Asset = {
  /** the asset */
  "asset_id": string;
  "components"?: (AssetComponent)[];
  /** where it stands */
  "customer_id": string;
  /** its age counts from this day */
  "installed_on"?: string;
  /** what it is */
  "model"?: string;
  /** first day on which planned maintenance falls due */
  "next_due_on"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** the asset that took its place */
  "replaced_by"?: string | null;
  /** business day from which it serves no more */
  "retired_on"?: string | null;
  /** why */
  "retired_reason"?: string | null;
  /** as the maker numbers it */
  "serial"?: string | null;
  /** business day of that reading */
  "usage_on"?: string | null;
  /** what its meter showed last, in usage_unit */
  "usage_total"?: string | null;
  /** such as hours */
  "usage_unit"?: string | null;
};

/** The components of the assets, as far as anything was told of them. */
export type AssetComponent = {
  /** how often it failed */
  "breakdowns": number;
  /** part of it */
  "component": string;
  /** when it failed last */
  "last_breakdown_at": string | null;
  /** when we last did */
  "last_maintenance_at": string | null;
  /** how often we worked on it */
  "maintenances": number;
  /** latest measurement, from 0, as new, to 1, worn out */
  "wear": string | null;
  /** when that was measured */
  "wear_at": string | null;
};

export type AssetList = {
  "assets": (Asset)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type AssignCase = {
  /** Who did it */
  "actor"?: string;
  /** Who takes it */
  "assignee"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Where it waits; unchanged where none is named */
  "queue"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type AssignCaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type AssignCaseLine = {
  /** Who did it */
  "actor"?: string;
  /** Who takes it */
  "assignee"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "assign_case";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Where it waits; unchanged where none is named */
  "queue"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type AssignRole = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What the customer is to us: buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit */
  "role": string;
  /** The system that it comes from */
  "source"?: string;
};

export type AssignRoleAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type AssignRoleLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "assign_role";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What the customer is to us: buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit */
  "role": string;
  /** The system that it comes from */
  "source"?: string;
};

export type AssignToCampaign = {
  /** Who did it */
  "actor"?: string;
  /** The campaign */
  "campaign": string;
  /** One of its cells */
  "cell": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type AssignToCampaignAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type AssignToCampaignLine = {
  /** Who did it */
  "actor"?: string;
  /** The campaign */
  "campaign": string;
  /** One of its cells */
  "cell": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "assign_to_campaign";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Attribute = {
  /** how sure they are, from 0 to 1 */
  "confidence"?: string;
  /** of whom */
  "customer_id": string;
  /** who says so; empty where nobody was named */
  "department"?: string;
  /** last business day on which it holds; null: until they say otherwise */
  "expires_on"?: string | null;
  /** of the attribute */
  "name": string;
  /** the system that it came through */
  "source"?: string | null;
  /** first business day on which it held */
  "valid_from"?: string;
  /** what is so */
  "value"?: string;
};

export type AttributeList = {
  "attributes": (Attribute)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

/** What became of a line: the command's own answer, or the problem with it */
export type BatchAnswer = {
  "customer_id"?: string;
  /** The line's own, if it has one */
  "idempotency_key"?: string;
  /** Its number, from 1 */
  "line": number;
  "position"?: number;
  "problem"?: Problem;
  "revision"?: number;
  /** As its own route would answer it */
  "status": number;
};

/** A line of a batch */
export type BatchLine = RegisterCustomerLine | RegisterCustomerByLine | ChangeProfileLine | MergeCustomersLine | SplitCustomersLine | EraseCustomerLine | LinkIdentityLine | UnlinkIdentityLine | ArchiveCustomerLine | RestoreCustomerLine | SetAttributeLine | ResolveAttributeLine | RemoveAttributeLine | AddContactPointLine | PreferContactPointLine | VerifyContactPointLine | RemoveContactPointLine | AssignRoleLine | EndRoleLine | DeclareRelationshipLine | EndRelationshipLine | RecordInsightLine | RetractInsightLine | ShareDataLine | RecordPurchaseLine | PlaceOrderLine | PayOrderLine | ShipOrderLine | DeliverOrderLine | CancelOrderLine | RecordReturnLine | RefundPurchaseLine | VoidFactLine | CorrectFactLine | RecordInteractionLine | HoldInterviewLine | MakePromiseLine | KeepPromiseLine | BreakPromiseLine | CaptureLeadLine | QualifyLeadLine | AcceptLeadLine | RejectLeadLine | OpenOpportunityLine | MoveOpportunityLine | RevalueOpportunityLine | WinOpportunityLine | LoseOpportunityLine | ProposeOfferLine | AcceptOfferLine | RejectOfferLine | RedeemOfferLine | GrantConsentLine | WithdrawConsentLine | PublishQuestionnaireLine | AnswerSurveyLine | PlanCampaignLine | LaunchCampaignLine | RecordCampaignCostLine | CloseCampaignLine | AssignToCampaignLine | SendCampaignMessageLine | TellMessageFateLine | EarnPointsLine | SpendPointsLine | MakeReferralLine | ConvertReferralLine | GiveTestimonialLine | SignAgreementLine | EndAgreementLine | IssueRecommendationLine | AcceptRecommendationLine | DismissRecommendationLine | HandOverLine | AcceptHandoverLine | InstallAssetLine | ReportUsageLine | MeasureWearLine | ReportDefectLine | ReportBreakdownLine | ScheduleMaintenanceLine | PerformMaintenanceLine | CancelMaintenanceLine | RetireAssetLine | OpenCaseLine | AssignCaseLine | RespondToCaseLine | ReplyToCaseLine | PauseCaseLine | ResumeCaseLine | EscalateCaseLine | ResolveCaseLine | ReopenCaseLine | CloseCaseLine | RateComplaintLine | DefineSegmentLine | RetireSegmentLine | DefineGuidanceLine | RetireGuidanceLine | PublishWebhookLine | RetireWebhookLine | PublishSubscriptionLine | RotateSubscriptionSecretLine | RetireSubscriptionLine | ListProductLine | ChangePriceLine | DelistProductLine | PublishLadderLine | PublishTiersLine | PublishServiceLine | PublishRfmLine | PublishCostsLine | FitValueModelLine | PublishPriceBandsLine | PublishRetentionLine | PublishPhonesLine | CloseDayLine | AcceptGapsLine;

export type BelievedTier = {
  "evidence": Record<string, unknown>;
  "policy_version": number;
  "since": string;
  "tier": string;
};

export type BelievedValue = {
  "as_of": string;
  "churn_reasons": (ValueSign)[];
  "churn_risk": string;
  "churn_risk_as_of": string;
  "clv_12m_minor": number;
  "clv_36m_minor": number;
  "currency": string;
  "expected_avg_value_minor": number;
  "expected_purchases_30d": number;
  "expected_purchases_365d": number;
  "expected_purchases_90d": number;
  "fit_position": number;
  "historic_ltv_minor": number;
  "model": string;
  "model_version": number;
  "p_alive": number;
  "worsens_on": string | null;
};

export type Belonging = {
  "evidence": Record<string, unknown>;
  "position": number;
  "segment": string;
  "since": string;
  "version": number;
};

export type BreakPromise = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The promise that was not kept */
  "promise_id": string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type BreakPromiseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type BreakPromiseLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "break_promise";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The promise that was not kept */
  "promise_id": string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Breakdown = {
  /** the asset */
  "asset_id"?: string;
  /** the breakdown */
  "breakdown_id": string;
  /** what failed */
  "component"?: string;
  /** where the asset stands */
  "customer_id": string;
  /** when */
  "failed_at"?: string;
  /** on which business day */
  "failed_on"?: string;
  /** that maintenance */
  "maintenance_id"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** when the maintenance for it was first performed */
  "repaired_at"?: string | null;
};

export type BreakdownList = {
  "breakdowns": (Breakdown)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type Campaign = {
  /** its name */
  "campaign": string;
  "cells"?: (CellOfCampaign)[];
  /** of its messages: email, sms, … */
  "channel"?: string;
  /** business day on which it ended */
  "closed_on"?: string | null;
  "costs"?: (CampaignCost)[];
  /** business day on which it began */
  "launched_on"?: string | null;
  /** business day of the plan */
  "planned_on"?: string;
  /** for which people have to consent */
  "purpose"?: string;
  /** how far it went */
  "state"?: "planned" | "launched" | "closed";
  /** what people call it */
  "title"?: string | null;
  /** purchases and visits on so many days from the assignment on are its results */
  "window_days"?: number;
};

export type CampaignCell = {
  /** Names the cell */
  "cell": string;
  /** Its people get no messages */
  "control"?: boolean;
};

/** What campaigns cost. */
export type CampaignCost = {
  /** minor units of currency */
  "amount_minor": number;
  /** the cost */
  "cost_id": string;
  /** business day */
  "cost_on": string;
  /** ISO 4217 */
  "currency": string;
  /** what for */
  "what": string | null;
};

export type CampaignList = {
  "campaigns": (Campaign)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type CampaignMembership = {
  /** business day of the assignment */
  "assigned_on"?: string;
  /** the campaign */
  "campaign": string;
  /** its cell to which they belong */
  "cell"?: string;
  /** the control group: they get no messages */
  "control"?: boolean;
  /** who */
  "customer_id": string;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** last business day whose purchases and visits are results of the campaign */
  "window_ends_on"?: string;
};

export type CampaignMembershipList = {
  "campaign_memberships": (CampaignMembership)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type CampaignMessage = {
  /** business day on which it came back */
  "bounced_on"?: string | null;
  /** of which campaign */
  "campaign"?: string;
  /** and which of its cells */
  "cell"?: string;
  /** through which it went */
  "channel"?: string;
  /** business day on which a link in it was first followed */
  "clicked_on"?: string | null;
  /** to whom */
  "customer_id": string;
  /** business day on which it arrived */
  "delivered_on"?: string | null;
  /** the message */
  "message_id": string;
  /** business day on which it was first opened */
  "opened_on"?: string | null;
  /** of the consent on which it rests */
  "purpose"?: string;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** business day on which it was sent */
  "sent_on"?: string;
  /** business day on which the customer wanted no more of them */
  "unsubscribed_on"?: string | null;
};

export type CampaignMessageList = {
  "messages": (CampaignMessage)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type CancelMaintenance = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The plan that is given up */
  "maintenance_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CancelMaintenanceAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type CancelMaintenanceLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "cancel_maintenance";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** The plan that is given up */
  "maintenance_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CancelOrder = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The order */
  "purchase_id": string;
  /** Why it was cancelled */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CancelOrderAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type CancelOrderLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "cancel_order";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The order */
  "purchase_id": string;
  /** Why it was cancelled */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CaptureLead = {
  /** Who did it */
  "actor"?: string;
  /** The campaign that caused it */
  "campaign"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What the customer may want */
  "interest"?: string;
  /** Names the lead; without it, one follows from the Idempotency-Key, or is new */
  "lead_id"?: string;
  /** What it came by: form, fair, call, … */
  "lead_source": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Who works on it */
  "owner"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CaptureLeadAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "lead_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type CaptureLeadLine = {
  /** Who did it */
  "actor"?: string;
  /** The campaign that caused it */
  "campaign"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "capture_lead";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** What the customer may want */
  "interest"?: string;
  /** Names the lead; without it, one follows from the Idempotency-Key, or is new */
  "lead_id"?: string;
  /** What it came by: form, fair, call, … */
  "lead_source": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Who works on it */
  "owner"?: string;
  /** The system that it comes from */
  "source"?: string;
};

/** Sorted by `due_at`, those come first whose clock runs out next: a queue. */
export type Case = {
  /** corrective: this one case was put right; preventive: its cause was removed */
  "action"?: string | null;
  /** the equipment that it is about */
  "asset_id"?: string | null;
  /** who has it */
  "assignee"?: string | null;
  /** the case */
  "case_id": string;
  /** what it is about */
  "category"?: string | null;
  /** through which it came */
  "channel"?: string | null;
  "clocks"?: (CaseClock)[];
  /** business day on which it was put away, or the customer erased */
  "closed_on"?: string | null;
  /** ISO 4217 */
  "compensation_currency"?: string | null;
  /** what the customer got for their trouble, minor units of compensation_currency */
  "compensation_minor"?: number | null;
  /** the same, minor units of the reporting currency */
  "compensation_reporting_minor"?: number | null;
  /** whose */
  "customer_id": string;
  /** that opened it */
  "department"?: string | null;
  /** when the first of its clocks runs out; null while none runs */
  "due_at"?: string | null;
  /** before whom it was brought last */
  "escalated_to"?: string | null;
  /** resolved by one answer at most, after which they did not come back; neither escalated nor reopened */
  "first_contact"?: boolean | null;
  /** when it was opened */
  "opened_at"?: string;
  /** on which business day */
  "opened_on"?: string;
  /** of the terms of service that set its clocks; 0 for the default ones */
  "policy_version"?: number;
  /** low, normal, high or urgent */
  "priority"?: string;
  /** the purchase that it is about */
  "purchase_id"?: string | null;
  /** where it waits */
  "queue"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** how often it was taken up again */
  "reopened"?: number;
  /** the complaint of the same category that it repeats */
  "repeat_of"?: string | null;
  /** how often the customer wrote again */
  "replies"?: number;
  "resolutions"?: (CaseResolution)[];
  /** when it was resolved; null while it is open */
  "resolved_at"?: string | null;
  /** on which business day */
  "resolved_on"?: string | null;
  /** how often we answered */
  "responses"?: number;
  /** why there was a case */
  "root_cause"?: string | null;
  /** open, paused, resolved or closed; erased where it was open when the customer was erased */
  "state"?: "open" | "paused" | "resolved" | "closed" | "erased";
  /** in a line */
  "subject"?: string | null;
  /** question, incident, complaint or service */
  "type"?: string;
  /** how often they waited for a next response */
  "waits"?: number;
};

/** The clocks of the cases: one for the first response, one for the resolution, and one for each time that the customer waited for a next response. They stop while a case is paused. */
export type CaseClock = {
  /** it ran out */
  "breached": boolean;
  /** business day on which that was found */
  "breached_on": string | null;
  /** response, next_response or resolution */
  "clock": "response" | "next_response" | "resolution";
  /** when it runs out; null while it does not run, and once it was breached */
  "due_at": string | null;
  /** when we answered or resolved; null before */
  "ended_at": string | null;
  /** 1, or of a next response: the how-manieth of the case */
  "number": number;
  /** how long it ran until running_since, or in all, s */
  "ran_s": number;
  /** null while it does not run */
  "running_since": string | null;
  /** what the terms of service allow, s */
  "target_s": number;
};

export type CaseList = {
  "cases": (Case)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

/** Every time that a case was resolved, the last time or one before it was reopened. */
export type CaseResolution = {
  /** their rating of what they got, 1 (not just at all) to 7 (entirely just) */
  "distributive": number | null;
  /** by one answer at most, after which they did not come back; neither escalated nor reopened */
  "first_contact": boolean;
  /** of how they were treated, 1 to 7 */
  "interactional": number | null;
  /** 1 for the first time */
  "number": number;
  /** of how it was decided, 1 to 7 */
  "procedural": number | null;
  /** business day on which the customer rated how their complaint was handled */
  "rated_on": string | null;
  /** business day on which it was taken up again; null if it was not */
  "reopened_on": string | null;
  /** how long the case had been worked on by then, pauses apart, s */
  "resolution_s": number;
  /** business day */
  "resolved_on": string;
};

/** The cells of campaigns, into which people are divided. */
export type CellOfCampaign = {
  /** its name within the campaign */
  "cell": string;
  /** the control group: its people get no messages */
  "control": boolean;
};

export type Change = {
  "from": unknown;
  "name": string;
  "to": unknown;
};

export type ChangePrice = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Per unit, in the product's currency */
  "price": string;
  /** The product */
  "sku"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** Cost of goods per unit; as before, unless it is said */
  "unit_cost"?: string;
};

export type ChangePriceAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ChangePriceLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "change_price";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Per unit, in the product's currency */
  "price": string;
  /** The product */
  "sku"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** Cost of goods per unit; as before, unless it is said */
  "unit_cost"?: string;
};

export type ChangeProfile = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** ISO 3166-1 name or code */
  "country"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** person or organisation */
  "kind"?: string;
  /** BCP 47 tag */
  "locale"?: string;
  /** What they are called */
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ChangeProfileAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ChangeProfileLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "change_profile";
  /** ISO 3166-1 name or code */
  "country"?: string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** person or organisation */
  "kind"?: string;
  /** BCP 47 tag */
  "locale"?: string;
  /** What they are called */
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Check = {
  "detail"?: string;
  "ok": boolean;
};

export type Checksum = {
  "digest": string;
  "rows": number;
  "table": string;
};

export type ChecksumsOutputBody = {
  "tables": (Checksum)[];
};

export type CloseCampaign = {
  /** Who did it */
  "actor"?: string;
  "campaign"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CloseCampaignAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type CloseCampaignLine = {
  /** Who did it */
  "actor"?: string;
  "campaign"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "close_campaign";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CloseCase = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CloseCaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type CloseCaseLine = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "close_case";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CloseDay = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** The day, today at the latest */
  "date": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type CloseDayAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type CloseDayLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "close_day";
  /** The day, today at the latest */
  "date": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

/** Each consent as it stands, as a preference centre shows it: a row for each purpose and channel that the customer was ever asked for. What was never granted has no row, and is not allowed. */
export type Consent = {
  /** whether the customer may be addressed so now */
  "allowed"?: boolean;
  /** through which: email, sms, … */
  "channel": string;
  /** whose */
  "customer_id": string;
  /** last business day on which it holds; null: until withdrawn */
  "expires_on"?: string | null;
  /** on what ground it was granted last */
  "legal_basis"?: string;
  /** what for: marketing, profiling, … */
  "purpose": string;
  /** place of the latest grant in the customer's stream */
  "revision"?: number;
  /** first business day of that state */
  "since"?: string;
  /** granted, withdrawn or expired; erased where it was granted when the customer was erased */
  "state"?: "granted" | "withdrawn" | "expired" | "erased";
  /** of the text by which they were asked last */
  "text_version"?: string;
};

export type ConsentList = {
  "consents": (Consent)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type ConsistencyOutputBody = {
  "from": HeadAnswer;
  /** Hashes that lead from the one root to the other, base64 */
  "path": (string)[];
  "to": HeadAnswer;
};

/** E-mail addresses, phone numbers and places that post goes to, also those that cannot be used any more. */
export type ContactPoint = {
  /** who recorded it */
  "actor"?: string | null;
  /** business day on which we knew of it */
  "added_on"?: string;
  /** city */
  "city"?: string | null;
  /** the contact point */
  "contact_point_id": string;
  /** of the address */
  "country"?: string | null;
  /** who */
  "customer_id": string;
  /** that recorded it */
  "department"?: string | null;
  /** the channel: email, phone, post, social or messenger */
  "kind"?: string;
  /** what for or whose */
  "label"?: string | null;
  /** such as c/o, the floor, the department */
  "more"?: string | null;
  /** postal code */
  "postal_code"?: string | null;
  /** to be used before others of its kind */
  "preferred"?: boolean;
  /** why not */
  "reason"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** such as a state or a province */
  "region"?: string | null;
  /** business day from which it cannot be used any more; null while it can */
  "removed_on"?: string | null;
  /** the system that it came through */
  "source"?: string | null;
  /** of an address: street and number, or a box */
  "street"?: string | null;
  /** address, number or name */
  "value"?: string;
  /** how it was verified */
  "verified_by"?: string | null;
  /** business day on which it was verified; null: it never was */
  "verified_on"?: string | null;
};

export type ContactPointList = {
  "contact_points": (ContactPoint)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type ConvertReferral = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Theirs, by which it is known */
  "purchase_id"?: string;
  /** The referral that brought a customer */
  "referral_id": string;
  /** The customer who was brought */
  "referred_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type ConvertReferralAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ConvertReferralLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "convert_referral";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Theirs, by which it is known */
  "purchase_id"?: string;
  /** The referral that brought a customer */
  "referral_id": string;
  /** The customer who was brought */
  "referred_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type CorrectFact = {
  /** Who did it */
  "actor"?: string;
  /** What should have been recorded: a command as in a line of a batch, such as record_purchase, that tells the same kind of fact. Give its id again, or it gets a new one */
  "as": {
    /** Name of the command that records such a fact, as in a batch */
    "command": string;
  };
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** Of the fact in the stream of the customer whom the path names, as timeline and history have it */
  "revision"?: number;
  /** The system that it comes from */
  "source"?: string;
};

export type CorrectFactAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type CorrectFactLine = {
  /** Who did it */
  "actor"?: string;
  /** What should have been recorded: a command as in a line of a batch, such as record_purchase, that tells the same kind of fact. Give its id again, or it gets a new one */
  "as": {
    /** Name of the command that records such a fact, as in a batch */
    "command": string;
  };
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "correct_fact";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** Of the fact in the stream of the customer whom the path names, as timeline and history have it */
  "revision"?: number;
  /** The system that it comes from */
  "source"?: string;
};

export type CostsOutputBody = {
  "costs": PolicyCosts;
  "published_at": string;
  "version": number;
};

export type CustodyGap = {
  /** The first revision that it lacks */
  "first": number;
  /** The last one */
  "last": number;
  /** The stream */
  "stream": string;
};

/** By an identity, a name or an attribute, by where they belong, or by a rule over the facts of the catalogue. Which customers there are is as of the business date; a rule is judged as it would be for a segment. */
export type Customer = {
  /** the campaign that brought them */
  "acquisition_campaign"?: string | null;
  /** what brought them */
  "acquisition_source"?: string | null;
  /** business day on which they were set aside; null while they are not */
  "archived_on"?: string | null;
  /** as registered */
  "country"?: string | null;
  /** reporting currency of the money columns, ISO 4217 */
  "currency"?: string | null;
  /** who */
  "customer_id": string;
  /** ids in other systems: [{"system","id"}] */
  "external_ids"?: ({
    "id": string;
    "system": string;
  })[];
  /** business day of the first purchase */
  "first_purchase_on"?: string | null;
  /** sum of purchases, minor units */
  "gross_revenue_minor"?: number;
  /** contacts that were not transactions */
  "interactions"?: number;
  /** person or organisation; empty before registration */
  "kind"?: string;
  /** business day of the last of them */
  "last_contact_on"?: string | null;
  /** newest day on which anything happened */
  "last_event_on"?: string | null;
  /** business day of the last purchase */
  "last_purchase_on"?: string | null;
  /** BCP 47 */
  "locale"?: string | null;
  /** as registered */
  "name"?: string | null;
  /** gross less returns, minor units */
  "net_revenue_minor"?: number;
  /** purchases */
  "orders"?: number;
  /** distinct days with a purchase */
  "purchase_days"?: number;
  /** business day of registration */
  "registered_on"?: string | null;
  /** returns */
  "returns"?: number;
  /** sum of refunds, minor units */
  "returns_value_minor"?: number;
  /** of the customer's stream, as far as it is in the tables */
  "revision"?: number;
  /** the segments that they belong to now */
  "segments"?: (string)[];
  /** stage of the loyalty ladder */
  "stage"?: string | null;
  /** the business day on which they stepped there */
  "stage_since"?: string | null;
};

export type CustomerAcquisition = {
  "campaign"?: string;
  /** What that cost */
  "cost"?: string;
  /** ISO 4217 code */
  "currency"?: string;
  "source"?: string;
};

export type CustomerAddress = {
  "city": string;
  /** ISO 3166-1 name or code */
  "country": string;
  /** Such as c/o, the floor, the department */
  "more"?: string;
  "postal_code"?: string;
  "region"?: string;
  /** With the number, or a box */
  "street"?: string;
};

export type CustomerCompensation = {
  /** In major units */
  "amount": string;
  /** ISO 4217 */
  "currency": string;
  /** Reporting currency per unit of currency; needed where they differ */
  "rate"?: string;
};

export type CustomerCompensationLimit = {
  /** Who grants; anybody, where nobody is given */
  "actor"?: string;
  /** At most, in major units of the reporting currency */
  "amount": string;
  /** Of which department; any, where none is given */
  "department"?: string;
  /** Only once the case was escalated */
  "escalated"?: boolean;
};

export type CustomerEvidence = {
  /** Name of a fact */
  "fact": string;
  /** What it was then */
  "value": string;
};

export type CustomerExternalID = {
  "id": string;
  "system": string;
};

export type CustomerInterviewAnswer = {
  "answer": string;
  "question": string;
};

export type CustomerLine = {
  "category"?: string;
  /** Price per unit before discount */
  "list_price"?: string;
  "name"?: string;
  /** Own use, gift, resale, … */
  "purpose"?: string;
  /** An exact decimal, as a string */
  "quantity": string;
  "sku": string;
  /** Cost of goods per unit */
  "unit_cost"?: string;
  /** What was paid per unit */
  "unit_price": string;
};

export type CustomerList = {
  "customers": (Customer)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type CustomerOutputBody = {
  "business_date": string | null;
  "country": string | null;
  "currency": string | null;
  "customer_id": string;
  "erased_on": string | null;
  /** What was asked for by expand, by the lists' names */
  "expanded"?: {
    "addresses"?: AddressList;
    "agreements"?: AgreementList;
    "assets"?: AssetList;
    "attributes"?: AttributeList;
    "breakdowns"?: BreakdownList;
    "campaign-memberships"?: CampaignMembershipList;
    "cases"?: CaseList;
    "consents"?: ConsentList;
    "contact-points"?: ContactPointList;
    "handovers"?: HandoverList;
    "identities"?: IdentityList;
    "insights"?: InsightList;
    "interactions"?: InteractionList;
    "interviews"?: InterviewList;
    "leads"?: LeadList;
    "maintenance"?: MaintenanceList;
    "merges"?: MergeList;
    "messages"?: CampaignMessageList;
    "offers"?: OfferList;
    "opportunities"?: OpportunityList;
    "orders"?: OrderList;
    "points"?: PointsAccount;
    "points/lots"?: PointsLotList;
    "points/movements"?: PointsMovementList;
    "promises"?: PromiseMadeList;
    "purchases"?: PurchaseList;
    "receivables"?: ReceivableList;
    "recommendations"?: CustomerRecommendationList;
    "referrals"?: ReferralList;
    "relationships"?: RelationshipList;
    "returns"?: ReturnList;
    "roles"?: CustomerRoleList;
    "surveys"?: SurveyList;
    "testimonials"?: TestimonialList;
    "tier"?: Tier;
  };
  "external_ids": unknown;
  "first_purchase_on": string | null;
  "frequency": number;
  "gross_revenue_minor": number;
  "interactions": number;
  "kind": string;
  "last_contact_on": string | null;
  "last_purchase_on": string | null;
  "locale": string | null;
  "name": string | null;
  "net_revenue_minor": number;
  "orders": number;
  "purchase_days": number;
  "recency_days": number | null;
  "registered_on": string;
  "returns": number;
  "returns_value_minor": number;
  "revision": number;
  "segments": (string)[];
  "stage": string | null;
  "stage_since": string | null;
};

export type CustomerRecommendation = {
  /** what */
  "action"?: string;
  /** who recommended */
  "actor"?: string | null;
  /** business day on which it was accepted or dismissed */
  "answered_on"?: string | null;
  /** who should do it */
  "assignee"?: string;
  /** that is suggested; null where none is */
  "category"?: string | null;
  /** for whom something should be done */
  "customer_id": string;
  /** that recommended */
  "department"?: string | null;
  /** why it was dismissed */
  "dismissed_because"?: string | null;
  /** last business day before it is overdue */
  "due_on"?: string;
  /** what that rests on, a list of texts */
  "evidence"?: (string)[];
  /** ISO 4217 */
  "expected_currency"?: string | null;
  /** expected value, minor units of expected_currency; null where it could not be told */
  "expected_minor"?: number | null;
  /** the guidance that recommended it; null where a person did, as are all columns below */
  "guidance"?: string | null;
  /** of its definition */
  "guidance_version"?: number | null;
  /** when it was recommended */
  "issued_at"?: string;
  /** business day */
  "issued_on"?: string;
  /** what counts as success: none, purchase, complaint_resolved, maintenance_performed, points_spent or contact */
  "outcome"?: string | null;
  /** last business day on which it does; null where nothing does */
  "outcome_until"?: string | null;
  /** its day was over before it was answered */
  "overdue"?: boolean;
  /** place in the log of the fact that recommended it */
  "position"?: number;
  /** why */
  "reason"?: string;
  /** the recommendation */
  "recommendation_id": string;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** of the customer's stream: the fact that recommended it */
  "revision"?: number;
  /** that the customer had entered */
  "segment"?: string | null;
  /** of its rule */
  "segment_version"?: number | null;
  /** open, accepted or dismissed; erased where it was open when the customer was erased */
  "state"?: "open" | "accepted" | "dismissed" | "erased";
  /** business day on which that stay began */
  "stay_from"?: string | null;
};

export type CustomerRecommendationList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "recommendations": (CustomerRecommendation)[];
};

export type CustomerReturnLine = {
  "name"?: string;
  /** An exact decimal, as a string */
  "quantity": string;
  "sku": string;
  /** What was refunded per unit */
  "unit_price": string;
};

export type CustomerRole = {
  /** who recorded it */
  "actor"?: string | null;
  /** who */
  "customer_id": string;
  /** that recorded it */
  "department"?: string | null;
  /** why it ended */
  "reason"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** buyer, payer, end_user, partner, supplier, referrer, influencer, employee or recruit */
  "role": string;
  /** first business day on which they had it */
  "valid_from": string;
  /** first business day on which they did not any more; null while they have it */
  "valid_to"?: string | null;
};

export type CustomerRoleList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "roles": (CustomerRole)[];
};

export type CustomerServiceTarget = {
  /** Seconds from when the case is opened, day and night */
  "first_response_s": number;
  /** Seconds from when the customer writes again */
  "next_response_s": number;
  /** low, normal, high or urgent */
  "priority": string;
  /** Seconds from when the case is opened */
  "resolution_s": number;
  /** question, incident, complaint or service; any, where none is given */
  "type"?: string;
};

export type CustomerServiceTerms = {
  /** Limits; where none fits, nothing may be granted */
  "compensation": (CustomerCompensationLimit)[];
  /** Days for which a complaint of the same category is a repeat */
  "repeat_days": number;
  /** Every case needs one, and what is more pressing may not have to wait longer */
  "targets": (CustomerServiceTarget)[];
};

export type DeclareRelationship = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What this customer is to the other: household, employee_of, parent_company_of, supplier_of, partner_of, influences, pays_for, represents or referred_by */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The other customer */
  "other_id": string;
  /** Names the relationship; without it, one follows from the Idempotency-Key, or is new */
  "relationship_id"?: string;
  /** First day of it, if anybody knows */
  "since"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type DeclareRelationshipAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "relationship_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type DeclareRelationshipLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "declare_relationship";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** What this customer is to the other: household, employee_of, parent_company_of, supplier_of, partner_of, influences, pays_for, represents or referred_by */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The other customer */
  "other_id": string;
  /** Names the relationship; without it, one follows from the Idempotency-Key, or is new */
  "relationship_id"?: string;
  /** First day of it, if anybody knows */
  "since"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type DefineGuidance = {
  /** What the colleague should do */
  "action": string;
  /** Who did it */
  "actor"?: string;
  /** Who should do it: a person, or a role */
  "assignee": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** Days in which it is not recommended again for the same customer */
  "cooldown_days": number;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Days after which it is overdue */
  "due_days": number;
  /** A number as a CEL expression over the facts, in major units of the reporting currency: 0.1 * avg_order_value */
  "expected_value"?: string;
  /** On whose behalf: sales, service, marketing, … */
  "for_department"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What counts as success: purchase, complaint_resolved, maintenance_performed, points_spent, contact or none */
  "outcome": string;
  /** Days within which it does */
  "outcome_days"?: number;
  /** Why, as a sentence */
  "reason": string;
  /** A segment in force: whoever enters it */
  "segment": string;
  /** The system that it comes from */
  "source"?: string;
  /** category: names the one that customers of the same favourite buy most above average, and this one does not; who has none is left out */
  "suggests"?: string;
};

export type DefineGuidanceAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type DefineGuidanceLine = {
  /** What the colleague should do */
  "action": string;
  /** Who did it */
  "actor"?: string;
  /** Who should do it: a person, or a role */
  "assignee": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "define_guidance";
  /** Days in which it is not recommended again for the same customer */
  "cooldown_days": number;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Days after which it is overdue */
  "due_days": number;
  /** A number as a CEL expression over the facts, in major units of the reporting currency: 0.1 * avg_order_value */
  "expected_value"?: string;
  /** On whose behalf: sales, service, marketing, … */
  "for_department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What counts as success: purchase, complaint_resolved, maintenance_performed, points_spent, contact or none */
  "outcome": string;
  /** Days within which it does */
  "outcome_days"?: number;
  /** Why, as a sentence */
  "reason": string;
  /** A segment in force: whoever enters it */
  "segment": string;
  /** The system that it comes from */
  "source"?: string;
  /** category: names the one that customers of the same favourite buy most above average, and this one does not; who has none is left out */
  "suggests"?: string;
};

export type DefineSegment = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Such as recency_days <= 30 && net_revenue >= 1000.0 */
  "rule": string;
  /** The system that it comes from */
  "source"?: string;
  "title"?: string;
};

export type DefineSegmentAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type DefineSegmentLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "define_segment";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Such as recency_days <= 30 && net_revenue >= 1000.0 */
  "rule": string;
  /** The system that it comes from */
  "source"?: string;
  "title"?: string;
};

export type DelistProduct = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The product */
  "sku"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type DelistProductAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type DelistProductLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "delist_product";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The product */
  "sku"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type DeliverOrder = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The order */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type DeliverOrderAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type DeliverOrderLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "deliver_order";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The order */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type Delivery = {
  "dead": number;
  "delivered": number;
  "delivered_at": string | null;
  "failing_since": string | null;
  "last_error": string | null;
  "oldest_waiting_at": string | null;
  "position": number;
  "superseded": number;
  "waiting": number;
};

export type Difference = {
  "entered": (Belonging)[];
  "entries": (Entry)[];
  "entries_gone": (Entry)[];
  "entries_total": number;
  "facts": (Change)[];
  "figures": (Change)[];
  "from": Moment;
  "left": (Belonging)[];
  "next_cursor"?: string;
  "rules": (RuleChanged)[];
  "standing": (Change)[];
  "to": Moment;
  "value": (Change)[];
};

export type DismissRecommendation = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why not */
  "reason": string;
  /** The recommendation that is not followed */
  "recommendation_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type DismissRecommendationAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type DismissRecommendationLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "dismiss_recommendation";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why not */
  "reason": string;
  /** The recommendation that is not followed */
  "recommendation_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type EarnPoints = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which they can be spent; for ever without it */
  "expires_on"?: string;
  /** What earns them */
  "for"?: string;
  /** Names the lot; without it, one follows from the Idempotency-Key, or is new */
  "lot_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** How many */
  "points": number;
  /** The purchase that earns them */
  "purchase_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type EarnPointsAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "lot_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type EarnPointsLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "earn_points";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which they can be spent; for ever without it */
  "expires_on"?: string;
  /** What earns them */
  "for"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Names the lot; without it, one follows from the Idempotency-Key, or is new */
  "lot_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** How many */
  "points": number;
  /** The purchase that earns them */
  "purchase_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type EndAgreement = {
  /** Who did it */
  "actor"?: string;
  /** The agreement that ended before its last day */
  "agreement_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type EndAgreementAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type EndAgreementLine = {
  /** Who did it */
  "actor"?: string;
  /** The agreement that ended before its last day */
  "agreement_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "end_agreement";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type EndRelationship = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** What the customer is to another one no more */
  "relationship_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type EndRelationshipAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type EndRelationshipLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "end_relationship";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** What the customer is to another one no more */
  "relationship_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type EndRole = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** What the customer is to us no more */
  "role": string;
  /** The system that it comes from */
  "source"?: string;
};

export type EndRoleAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type EndRoleLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "end_role";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** What the customer is to us no more */
  "role": string;
  /** The system that it comes from */
  "source"?: string;
};

export type Entry = {
  "corrected_by"?: number;
  "customer_id": string;
  "data": unknown;
  "event_id": string;
  "metadata": unknown;
  "occurred_at": string;
  "position": number;
  "recorded_at": string;
  "revision": number;
  "summary": string;
  "type": string;
  "voided_by"?: number;
};

export type EraseCustomer = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why, as a code that is no personal data: it stays */
  "reason": string;
  /** The system that it comes from */
  "source"?: string;
};

export type EraseCustomerAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type EraseCustomerLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "erase_customer";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why, as a code that is no personal data: it stays */
  "reason": string;
  /** The system that it comes from */
  "source"?: string;
};

export type Erasure = {
  "customer_id": string;
  "erased_on": string;
  "files_cleaned_at": string | null;
  "key_destroyed_at": string | null;
  "position": number;
  "reason": string;
  "survivor_id": string | null;
};

export type EscalateCase = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** A person, a team or a level */
  "to": string;
};

export type EscalateCaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type EscalateCaseLine = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "escalate_case";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** A person, a team or a level */
  "to": string;
};

export type Event = {
  "actor"?: string;
  "channel"?: string;
  /** The command that led to it */
  "command_id": string;
  /** What it belongs to: the X-Request-Id by which the command came, or what follows from that */
  "correlation_id": string;
  /** Whose stream it stands in; null where it is of no customer */
  "customer_id": string | null;
  /** The event, as docs/events.md describes it; what is personal in it is empty. Null where this server does not know the type */
  "data": Record<string, unknown> | null;
  "department"?: string;
  "id": string;
  "occurred_at": string;
  /** The absorbed customer whose thing it concerns; null where there is none */
  "of": string | null;
  /** Its place in the log, to follow from */
  "position": number;
  "recorded_at": string;
  /** Its place in the stream */
  "revision": number;
  "source"?: string;
  "stream": string;
  "type": string;
};

export type EventPage = {
  /** Nothing more was there */
  "caught_up": boolean;
  "events": (Event)[];
  /** Follow from here */
  "position": number;
};

export type EventProofOutputBody = {
  "event": EventStruct;
  "head": HeadAnswer;
  /** Hash of all of the event, base64 */
  "leaf": string;
  /** Hashes that lead from the leaf to the root, base64 */
  "path": (string)[];
};

export type EventStruct = {
  /** As the log has it, base64 */
  "data": string;
  "event_id": string;
  /** As the log has it, base64 */
  "metadata": string;
  /** Which leaf of the tree it is, from 0 */
  "ordinal": number;
  "position": number;
  "recorded_at": string;
  "revision": number;
  "stream": string;
  "type": string;
};

export type Explanation = {
  "because": RulesPart;
  "belongs": boolean;
  "business_date": string;
  "customer_id": string;
  "position": number;
  "rule": string;
  "segment": string;
  "since": string | null;
  "version": number;
};

export type Fact = {
  "doc": string;
  /** As rules write it; N stands for a number of days */
  "name": string;
  "type": "int" | "double" | "string" | "bool" | "list of string" | "text by name";
  "unit"?: string;
};

export type FactsOutputBody = {
  "facts": (Fact)[];
};

export type Failure = {
  "error": string;
  "failed_at": string;
  "position": number;
  "status": string;
  "stream": string;
  "type": string;
};

export type FailuresOutputBody = {
  "failures": (Failure)[];
};

export type Fault = {
  /** What is wrong with it, for programs */
  "code"?: string;
  /** In body, path, query or header */
  "location": string;
  "message": string;
};

export type FillStatus = {
  "changes": number;
  "customers": number;
  "customers_done": number;
  "started_at": string;
};

export type Finding = {
  "detail": string;
  "kind": "altered" | "removed" | "added" | "moved" | "unreadable" | "rewritten" | "unkept" | "forged" | "gap" | "repeated" | "misindexed" | "hidden" | "accepted" | "backwards";
  /** Log position of the event, where it is about one */
  "position"?: number;
  /** Log position of the last event that may be concerned, where it is a run of them */
  "until"?: number;
};

export type FitValueModel = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last days on which to test it; a third of those since the first purchase, at most 273, where it is not given, none for 0 */
  "holdout_days"?: number;
  /** bg_nbd, mbg_nbd or pareto_nbd; bg_nbd where it is not given */
  "model"?: string;
  /** By how much less a purchase a month later is worth; 0.01 where it is not given */
  "monthly_discount"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type FitValueModelAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type FitValueModelLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "fit_value_model";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last days on which to test it; a third of those since the first purchase, at most 273, where it is not given, none for 0 */
  "holdout_days"?: number;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** bg_nbd, mbg_nbd or pareto_nbd; bg_nbd where it is not given */
  "model"?: string;
  /** By how much less a purchase a month later is worth; 0.01 where it is not given */
  "monthly_discount"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Foreign = {
  /** How many there are: they are passed over */
  "events": number;
  /** Some of the streams that they stand in, the newest first */
  "streams": (string)[];
};

export type GapsOutputBody = {
  "gaps": (AcceptedGap)[];
};

export type GiveTestimonial = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** Names the recommendation; without it, one follows from the Idempotency-Key, or is new */
  "testimonial_id"?: string;
  /** What the customer said */
  "text"?: string;
  /** Where: a review site, a fair, a newspaper, … */
  "where": string;
};

export type GiveTestimonialAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
  /** Present where it was made here */
  "testimonial_id"?: string;
};

export type GiveTestimonialLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "give_testimonial";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** Names the recommendation; without it, one follows from the Idempotency-Key, or is new */
  "testimonial_id"?: string;
  /** What the customer said */
  "text"?: string;
  /** Where: a review site, a fair, a newspaper, … */
  "where": string;
};

export type GrantConsent = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it holds; without it, it holds until it is withdrawn */
  "expires_on"?: string;
  /** consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests */
  "legal_basis": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What for: marketing, profiling, … */
  "purpose": string;
  /** The system that it comes from */
  "source"?: string;
  /** Version of the text by which they were asked */
  "text_version": string;
  /** The channel by which they may be addressed: email, sms, phone, post, … */
  "through": string;
};

export type GrantConsentAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type GrantConsentLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "grant_consent";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it holds; without it, it holds until it is withdrawn */
  "expires_on"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests */
  "legal_basis": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What for: marketing, profiling, … */
  "purpose": string;
  /** The system that it comes from */
  "source"?: string;
  /** Version of the text by which they were asked */
  "text_version": string;
  /** The channel by which they may be addressed: email, sms, phone, post, … */
  "through": string;
};

export type GuidanceInForce = {
  "acceptance_rate": number | null;
  "accepted": number;
  "action": string;
  "assignee": string;
  "cooldown_days": number;
  "dismissed": number;
  "due_days": number;
  "expected_minor": number;
  "expected_value": string | null;
  "for_department": string | null;
  "guidance": string;
  "issued": number;
  "measured": number;
  "open": number;
  "outcome": string;
  "outcome_days": number;
  "overdue": number;
  "reason": string;
  "revenue_minor": number;
  "segment": string;
  "since": string;
  "status": string;
  "success_rate": number | null;
  "successes": number;
  "suggests": string | null;
  "version": number;
};

export type HandOver = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The department that gives */
  "from": string;
  /** Names the hand-over; without it, one follows from the Idempotency-Key, or is new */
  "handover_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The department that is to take */
  "to": string;
  /** The work */
  "what": string;
};

export type HandOverAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "handover_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type HandOverLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "hand_over";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The department that gives */
  "from": string;
  /** Names the hand-over; without it, one follows from the Idempotency-Key, or is new */
  "handover_id"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The department that is to take */
  "to": string;
  /** The work */
  "what": string;
};

export type Handover = {
  /** when it was taken; null while it waits */
  "accepted_at"?: string | null;
  /** on whom the work is */
  "customer_id": string;
  /** business day on which the customer was erased before it was taken */
  "erased_on"?: string | null;
  /** who gave */
  "from_department"?: string;
  /** when it was given */
  "handed_over_at"?: string;
  /** the hand-over */
  "handover_id": string;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** who is to take */
  "to_department"?: string;
  /** the work */
  "what"?: string;
};

export type HandoverList = {
  "handovers": (Handover)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type HeadAnswer = {
  /** The signed note that says all this: keep it where nobody can change it who could change the log */
  "note": string;
  /** Log position of the newest of them */
  "position": number;
  /** Hash of the Merkle tree over them (RFC 6962, SHA-256), base64 */
  "root": string;
  "signed_at": string;
  /** How many events the log had */
  "size": number;
};

export type HeadsOutputBody = {
  "heads": (HeadAnswer)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type HealthOutputBody = {
  "status": string;
};

export type Held = {
  "customer_id": string;
  "evidence": Record<string, unknown>;
};

export type History = {
  "acquisition_campaign": string | null;
  "acquisition_source": string | null;
  "archived_on": string | null;
  "avg_interpurchase_days": number | null;
  "avg_order_value_minor": number | null;
  "business_date": string;
  "country": string | null;
  "currency": string | null;
  "customer_id": string;
  "entries": (Entry)[];
  "entries_total": number;
  "erased_on": string | null;
  "evidence"?: Record<string, unknown>;
  "external_ids": (CustomerExternalID)[];
  "facts": Record<string, unknown>;
  "first_purchase_on": string | null;
  "frequency": number;
  "gross_revenue_minor": number;
  "interactions": number;
  "kind": string | null;
  "last_contact_on": string | null;
  "last_event_on": string | null;
  "last_purchase_on": string | null;
  "locale": string | null;
  "margin_minor": number | null;
  "monetary_value_minor": number | null;
  "name": string | null;
  "net_revenue_minor": number;
  "next_cursor"?: string;
  "orders": number;
  "policy_version": number | null;
  "position": number;
  "purchase_days": number;
  "recency_days": number | null;
  "registered_on": string | null;
  "returns": number;
  "returns_value_minor": number;
  "revision": number;
  "rules": InForce;
  "segments": (Belonging)[];
  "stage": string | null;
  "stage_reason": string | null;
  "stage_since": string | null;
  "stands_for": (string)[];
  "t_age": number | null;
  "t_x": number | null;
  "tier": BelievedTier | null;
  "time_zone": string;
  "value": BelievedValue | null;
};

export type HoldInterview = {
  /** Who did it */
  "actor"?: string;
  /** The questions, each with its answer */
  "answers": (CustomerInterviewAnswer)[] | null;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** How long it took, in seconds */
  "duration_s"?: number;
  /** Names the interview; without it, one follows from the Idempotency-Key, or is new */
  "interview_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What it was about, in the same words for interviews that are to be compared */
  "topic": string;
};

export type HoldInterviewAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "interview_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type HoldInterviewLine = {
  /** Who did it */
  "actor"?: string;
  /** The questions, each with its answer */
  "answers": (CustomerInterviewAnswer)[] | null;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "hold_interview";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** How long it took, in seconds */
  "duration_s"?: number;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Names the interview; without it, one follows from the Idempotency-Key, or is new */
  "interview_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What it was about, in the same words for interviews that are to be compared */
  "topic": string;
};

export type Horizon = {
  "clv_minor": number;
  "days": number;
  "expected_purchases": number;
};

export type Identity = {
  /** who */
  "customer_id": string;
  /** email, phone or external */
  "kind": string;
  /** business day on which it was linked, the last time */
  "linked_on"?: string;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** the system of an external id; empty for the others */
  "system": string;
  /** business day on which it was unlinked; null while it is linked */
  "unlinked_on"?: string | null;
  /** in normal form: addresses in lower case, numbers without punctuation */
  "value": string;
};

export type IdentityList = {
  "identities": (Identity)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type InForce = {
  "policies": Record<string, RuleVersion>;
  "segments": Record<string, RuleVersion>;
  "value_model": RuleVersion | null;
};

export type Insight = {
  /** who concluded it */
  "actor"?: string | null;
  /** how sure they are, from 0 to 1 */
  "confidence"?: string;
  /** about whom */
  "customer_id": string;
  /** that concluded it */
  "department"?: string | null;
  /** the insight */
  "insight_id": string;
  /** need, habit, risk, … */
  "kind"?: string | null;
  /** what it rests on beside events, a list of texts */
  "links"?: (string)[];
  /** why it was retracted */
  "reason"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** business day of the conclusion */
  "recorded_on"?: string;
  /** business day on which it was retracted; null while it stands */
  "retracted_on"?: string | null;
  /** what was concluded */
  "statement"?: string;
};

export type InsightList = {
  "insights": (Insight)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type InstallAsset = {
  /** Who did it */
  "actor"?: string;
  /** Names the asset; without it, one follows from the Idempotency-Key, or is new */
  "asset_id"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Its age counts from this day */
  "installed_on": string;
  /** What it is */
  "model": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** As the maker numbers it */
  "serial"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type InstallAssetAnswer = {
  /** Present where it was made here */
  "asset_id"?: string;
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type InstallAssetLine = {
  /** Who did it */
  "actor"?: string;
  /** Names the asset; without it, one follows from the Idempotency-Key, or is new */
  "asset_id"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "install_asset";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Its age counts from this day */
  "installed_on": string;
  /** What it is */
  "model": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** As the maker numbers it */
  "serial"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Interaction = {
  /** who of us */
  "actor"?: string | null;
  /** through which */
  "channel"?: string | null;
  /** with whom */
  "customer_id": string;
  /** whose */
  "department"?: string | null;
  /** inbound: the customer sought it; outbound: we did */
  "direction"?: string;
  /** how long, s; 0 where it has no length */
  "duration_s"?: number;
  /** the contact */
  "interaction_id": string;
  /** email, call, meeting, … */
  "kind"?: string;
  /** when */
  "occurred_at"?: string;
  /** on which business day */
  "occurred_on"?: string;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** what about */
  "subject"?: string | null;
};

export type InteractionList = {
  "interactions": (Interaction)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type Interview = {
  "answers"?: (InterviewAnswer)[];
  /** who was asked */
  "customer_id": string;
  /** whose */
  "department"?: string | null;
  /** business day of the interview */
  "held_on"?: string;
  /** the interview */
  "interview_id": string;
  /** who asked */
  "interviewer"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** what the interview was about */
  "topic"?: string;
};

/** What customers said in interviews: a row for each question. */
export type InterviewAnswer = {
  /** what was said; null where nothing was */
  "answer": string | null;
  /** of the question within the interview, from 1 */
  "number": number;
  /** what was asked */
  "question": string;
};

export type InterviewList = {
  "interviews": (Interview)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type IssueInputBody = {
  /** From when on it is good no more, within ten years; never without it */
  "expires_at"?: string;
  /** Whose it is: the actor of commands that name none */
  "name": string;
  /** app, analyst, auditor or admin; the first token is an admin's */
  "role": string;
};

export type IssueOutputBody = {
  /** What its owner sends as Authorization: Bearer. It is told this once */
  "token": string;
  /** By which it can be revoked */
  "token_id": string;
};

export type IssueRecommendation = {
  /** What */
  "action": string;
  /** Who did it */
  "actor"?: string;
  /** Who should do it */
  "assignee": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day before it is overdue */
  "due_on": string;
  /** What that rests on */
  "evidence"?: (string)[] | null;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason": string;
  /** Names the recommendation; without it, one follows from the Idempotency-Key, or is new */
  "recommendation_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type IssueRecommendationAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "recommendation_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type IssueRecommendationLine = {
  /** What */
  "action": string;
  /** Who did it */
  "actor"?: string;
  /** Who should do it */
  "assignee": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "issue_recommendation";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day before it is overdue */
  "due_on": string;
  /** What that rests on */
  "evidence"?: (string)[] | null;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason": string;
  /** Names the recommendation; without it, one follows from the Idempotency-Key, or is new */
  "recommendation_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

/** What each version of a questionnaire asks. */
export type ItemOfQuestionnaire = {
  /** what it belongs to: reliability, trust, … */
  "dimension": string | null;
  /** the item's name */
  "item": string;
  /** highest answer */
  "max": number;
  /** lowest answer */
  "min": number;
  /** it may be left out */
  "optional": boolean;
  /** where it stands, from 1 */
  "place": number;
  /** its text */
  "question": string | null;
};

export type KeepPromise = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The promise that was kept */
  "promise_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type KeepPromiseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type KeepPromiseLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "keep_promise";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The promise that was kept */
  "promise_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type LadderOutputBody = {
  "ladder": PolicyLadder;
  "published_at": string;
  "version": number;
};

export type LaunchCampaign = {
  /** Who did it */
  "actor"?: string;
  "campaign"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type LaunchCampaignAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type LaunchCampaignLine = {
  /** Who did it */
  "actor"?: string;
  "campaign"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "launch_campaign";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Lead = {
  /** when sales took it over */
  "accepted_at"?: string | null;
  /** that caused it */
  "campaign"?: string | null;
  /** when it was captured */
  "captured_at"?: string;
  /** on which business day */
  "captured_on"?: string;
  /** who may want something */
  "customer_id": string;
  /** that captured it */
  "department"?: string | null;
  /** hours from qualification until sales took it over */
  "handover_hours"?: number | null;
  /** what the customer may want */
  "interest"?: string | null;
  /** the lead */
  "lead_id": string;
  /** that it became */
  "opportunity_id"?: string | null;
  /** who works on it */
  "owner"?: string | null;
  /** hours from capture to qualification */
  "qualification_hours"?: number | null;
  /** when it was found worth the work of sales */
  "qualified_at"?: string | null;
  /** why */
  "qualified_because"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** when it was rejected */
  "rejected_at"?: string | null;
  /** why */
  "rejected_because"?: string | null;
  /** how good it is, 0 to 100; null where nobody said */
  "score"?: number | null;
  /** what it came by */
  "source"?: string;
  /** how far it is; erased where it was open when the customer was erased */
  "status"?: "captured" | "qualified" | "accepted" | "rejected" | "erased";
};

export type LeadList = {
  "leads": (Lead)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type LeavesOutputBody = {
  /** Hashes of the events in their order, base64 */
  "leaves": (string)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type Letter = {
  "attempts": number;
  "error": string | null;
  "id": string;
  "next_attempt_at": string | null;
  "position": number;
  "since": string;
  "status": "waiting" | "dead";
  "subject": string;
  "type": string;
};

export type LettersOutputBody = {
  "letters": (Letter)[];
};

export type LinkIdentity = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** email, phone or external */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The other system, for an external id */
  "system"?: string;
  /** The address, the international number, or the id */
  "value": string;
};

export type LinkIdentityAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type LinkIdentityLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "link_identity";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** email, phone or external */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The other system, for an external id */
  "system"?: string;
  /** The address, the international number, or the id */
  "value": string;
};

export type ListProduct = {
  /** Who did it */
  "actor"?: string;
  /** What it belongs to */
  "category"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** ISO 4217 code of price and cost */
  "currency": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What it is called */
  "name": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Per unit, before discounts */
  "price": string;
  /** Names the good or service, as the lines of purchases do */
  "sku"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** Cost of goods per unit */
  "unit_cost"?: string;
};

export type ListProductAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ListProductLine = {
  /** Who did it */
  "actor"?: string;
  /** What it belongs to */
  "category"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "list_product";
  /** ISO 4217 code of price and cost */
  "currency": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** What it is called */
  "name": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Per unit, before discounts */
  "price": string;
  /** Names the good or service, as the lines of purchases do */
  "sku"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** Cost of goods per unit */
  "unit_cost"?: string;
};

export type LogVerification = {
  "events": number;
  "problem"?: Problem;
  "report"?: Report;
  "verifier"?: string;
};

export type LoseOpportunity = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** To whom it was lost */
  "competitor"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity */
  "opportunity_id": string;
  /** Why it was lost */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type LoseOpportunityAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type LoseOpportunityLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "lose_opportunity";
  /** To whom it was lost */
  "competitor"?: string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity */
  "opportunity_id": string;
  /** Why it was lost */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Maintenance = {
  /** who performed it */
  "actor"?: string | null;
  /** the asset */
  "asset_id"?: string;
  /** what it repaired */
  "breakdown_id"?: string | null;
  /** what is worked on */
  "component"?: string;
  /** where the asset stands */
  "customer_id": string;
  /** that performed it */
  "department"?: string | null;
  /** last business day on which it is in time; null where it was not planned */
  "due_on"?: string | null;
  /** of what was performed: preventive, or reactive for a breakdown */
  "kind"?: "preventive" | "reactive" | null;
  /** it was missed, whatever came after */
  "late"?: boolean;
  /** the work */
  "maintenance_id": string;
  /** when it was performed */
  "performed_at"?: string | null;
  /** on which business day */
  "performed_on"?: string | null;
  /** business day on which it was planned; null where it was not */
  "planned_on"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** planned, missed, performed or cancelled; erased where it was before us when the customer was erased */
  "state"?: "planned" | "missed" | "performed" | "cancelled" | "erased";
};

export type MaintenanceList = {
  "maintenance": (Maintenance)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type MakePromise = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it can be kept */
  "due_on": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the promise; without it, one follows from the Idempotency-Key, or is new */
  "promise_id"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What was promised */
  "what": string;
};

export type MakePromiseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "promise_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type MakePromiseLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "make_promise";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it can be kept */
  "due_on": string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the promise; without it, one follows from the Idempotency-Key, or is new */
  "promise_id"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What was promised */
  "what": string;
};

export type MakeReferral = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the referral; without it, one follows from the Idempotency-Key, or is new */
  "referral_id"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** By what means: link, card, word of mouth, … */
  "via"?: string;
};

export type MakeReferralAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "referral_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type MakeReferralLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "make_referral";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the referral; without it, one follows from the Idempotency-Key, or is new */
  "referral_id"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** By what means: link, card, word of mouth, … */
  "via"?: string;
};

export type MeasureWear = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** Part of the asset */
  "component": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Names the measurement; without it, one follows from the Idempotency-Key, or is new */
  "measurement_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** From 0, as new, to 1, worn out */
  "wear": string;
};

export type MeasureWearAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "measurement_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type MeasureWearLine = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "measure_wear";
  /** Part of the asset */
  "component": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Names the measurement; without it, one follows from the Idempotency-Key, or is new */
  "measurement_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** From 0, as new, to 1, worn out */
  "wear": string;
};

export type MembersOutputBody = {
  "members": (Membership)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type Membership = {
  "customer_id": string;
  "evidence": unknown;
  /** By what they may be addressed now, where that was asked for */
  "reach"?: Reach;
  "segment": string;
  "valid_from": string;
  "valid_to": string | null;
  "version": number;
};

export type Merge = {
  /** the absorbed one */
  "absorbed_id"?: string;
  /** merged or split */
  "happened"?: "merged" | "split";
  /** business day */
  "happened_on"?: string;
  /** place in the log */
  "position": number;
  /** place in their stream */
  "revision"?: number;
  /** who stands for them from then on, or no more */
  "survivor_id"?: string;
};

export type MergeCustomers = {
  /** The other customer, for whom this one stands */
  "absorbed_id": string;
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type MergeCustomersAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type MergeCustomersLine = {
  /** The other customer, for whom this one stands */
  "absorbed_id": string;
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "merge_customers";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type MergeList = {
  "merges": (Merge)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type ModelOutputBody = {
  "fit": ValueFitted;
  "fitted_at": string;
  "version": number;
};

export type Moment = {
  "business_date": string;
  "customer_id": string;
  "known": boolean;
  "position": number;
  "revision": number;
  "stands_for": (string)[];
};

export type MoveOpportunity = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity */
  "opportunity_id": string;
  /** The system that it comes from */
  "source"?: string;
  /** The stage that it is in now */
  "stage": string;
};

export type MoveOpportunityAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type MoveOpportunityLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "move_opportunity";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity */
  "opportunity_id": string;
  /** The system that it comes from */
  "source"?: string;
  /** The stage that it is in now */
  "stage": string;
};

export type Offer = {
  /** business day on which it was accepted, or redeemed where nobody said so before */
  "accepted_on"?: string | null;
  /** who proposed it */
  "actor"?: string | null;
  /** that the offer is good for */
  "category"?: string | null;
  /** of the price, ISO 4217 */
  "currency"?: string | null;
  /** to whom */
  "customer_id": string;
  /** that proposed it */
  "department"?: string | null;
  /** off the list price; null where a price is offered */
  "discount_percent"?: string | null;
  /** what that rests on: a list of {fact, value} */
  "evidence"?: ({
    "fact": string;
    "value": string;
  })[];
  /** business day at whose end it expired */
  "expired_on"?: string | null;
  /** the offer */
  "offer_id": string;
  /** that decided on it, where no person did */
  "policy"?: string | null;
  /** per unit, in currency; null where a discount is offered */
  "price"?: string | null;
  /** business day */
  "proposed_on"?: string;
  /** that redeemed it */
  "purchase_id"?: string | null;
  /** why it was proposed to this customer */
  "reason"?: string;
  /** that it follows */
  "recommendation_id"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** business day on which it was redeemed */
  "redeemed_on"?: string | null;
  /** why */
  "rejected_because"?: string | null;
  /** business day on which it was rejected */
  "rejected_on"?: string | null;
  /** good or service that is offered */
  "sku"?: string | null;
  /** what became of it; erased where it was open when the customer was erased */
  "state"?: "open" | "accepted" | "rejected" | "expired" | "redeemed" | "erased";
  /** as the customer sees it */
  "title"?: string | null;
  /** last business day for accepting it */
  "valid_until"?: string;
};

export type OfferList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "offers": (Offer)[];
};

export type OpenCase = {
  /** Who did it */
  "actor"?: string;
  /** The equipment that it is about */
  "asset_id"?: string;
  /** Names the case; without it, one follows from the Idempotency-Key, or is new */
  "case_id"?: string;
  /** What it is about; a complaint needs one */
  "category"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** low, normal (unless another is given), high or urgent */
  "priority"?: string;
  /** The purchase that it is about */
  "purchase_id"?: string;
  /** Where it waits */
  "queue"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** In a line */
  "subject"?: string;
  /** question, incident, complaint or service */
  "type": string;
};

export type OpenCaseAnswer = {
  /** Present where it was made here */
  "case_id"?: string;
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type OpenCaseLine = {
  /** Who did it */
  "actor"?: string;
  /** The equipment that it is about */
  "asset_id"?: string;
  /** Names the case; without it, one follows from the Idempotency-Key, or is new */
  "case_id"?: string;
  /** What it is about; a complaint needs one */
  "category"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "open_case";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** low, normal (unless another is given), high or urgent */
  "priority"?: string;
  /** The purchase that it is about */
  "purchase_id"?: string;
  /** Where it waits */
  "queue"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** In a line */
  "subject"?: string;
  /** question, incident, complaint or service */
  "type": string;
};

export type OpenOpportunity = {
  /** Who did it */
  "actor"?: string;
  /** What it comes to, where somebody knows */
  "amount"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** ISO 4217 code of its amounts */
  "currency": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When its end is expected */
  "expected_close_on"?: string;
  /** What people call it */
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the opportunity; without it, one follows from the Idempotency-Key, or is new */
  "opportunity_id"?: string;
  /** Who works on it */
  "owner"?: string;
  /** What it is about */
  "product"?: string;
  /** Reporting currency per unit of currency, where they differ */
  "rate"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** Where it begins: prospecting unless said; then usually qualifying, engaging, proposing, negotiating, or any word */
  "stage"?: string;
};

export type OpenOpportunityAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "opportunity_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type OpenOpportunityLine = {
  /** Who did it */
  "actor"?: string;
  /** What it comes to, where somebody knows */
  "amount"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "open_opportunity";
  /** ISO 4217 code of its amounts */
  "currency": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When its end is expected */
  "expected_close_on"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** What people call it */
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the opportunity; without it, one follows from the Idempotency-Key, or is new */
  "opportunity_id"?: string;
  /** Who works on it */
  "owner"?: string;
  /** What it is about */
  "product"?: string;
  /** Reporting currency per unit of currency, where they differ */
  "rate"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** Where it begins: prospecting unless said; then usually qualifying, engaging, proposing, negotiating, or any word */
  "stage"?: string;
};

export type Opportunity = {
  /** what it comes to, or was won for, minor units of currency; null where unknown */
  "amount_minor"?: number | null;
  /** business day on which it was won or lost, or the customer erased */
  "closed_on"?: string | null;
  /** to whom it was lost */
  "competitor"?: string | null;
  /** of the amount, ISO 4217 */
  "currency"?: string;
  /** who may buy */
  "customer_id": string;
  /** days from opening to end; null while it is open */
  "days_open"?: number | null;
  /** that opened it */
  "department"?: string | null;
  /** business day on which its end was expected when it was opened */
  "expected_close_on"?: string | null;
  /** what people call it */
  "name"?: string | null;
  /** business day on which it was opened */
  "opened_on"?: string;
  /** the opportunity */
  "opportunity_id": string;
  /** who works on it */
  "owner"?: string | null;
  /** what it is about */
  "product"?: string | null;
  /** why it was lost */
  "reason"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** of the books, ISO 4217 */
  "reporting_currency"?: string;
  /** the same in minor units of the reporting currency */
  "reporting_minor"?: number | null;
  /** the stage that it is in, or was in at its end */
  "stage"?: string;
  "stages"?: (OpportunityStage)[];
  /** open, won or lost; erased where it was open when the customer was erased */
  "state"?: "open" | "won" | "lost" | "erased";
  /** stages that it went through, counted each time */
  "steps"?: number;
};

export type OpportunityList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "opportunities": (Opportunity)[];
};

/** Every stage that an opportunity went through, one row each time. */
export type OpportunityStage = {
  /** days from the one to the other; null while it is there */
  "days_in_stage": number | null;
  /** business day on which it came into the stage */
  "entered_on": string;
  /** business day on which it left the stage, or ended; null while it is there */
  "left_on": string | null;
  /** the stage */
  "stage": string;
  /** number within the opportunity, from 1 */
  "step": number;
};

export type Order = {
  /** business day on which it was cancelled */
  "cancelled_on"?: string | null;
  /** who brings it */
  "carrier"?: string | null;
  /** of the purchase, ISO 4217 */
  "currency"?: string;
  /** who ordered */
  "customer_id": string;
  /** business day by which delivery was promised */
  "deliver_by"?: string | null;
  /** business day on which it was delivered */
  "delivered_on"?: string | null;
  /** what was to be paid when it was placed, minor units of currency */
  "owed_minor"?: number;
  /** the same in minor units of the reporting currency */
  "owed_reporting_minor"?: number;
  /** what was paid, minor units of currency */
  "paid_minor"?: number;
  /** business day of the payment that made it full */
  "paid_on"?: string | null;
  /** the same in minor units of the reporting currency */
  "paid_reporting_minor"?: number;
  /** last business day for paying */
  "payment_due_on"?: string | null;
  "payments"?: (Payment)[];
  /** business day on which it was placed */
  "placed_on"?: string;
  /** the purchase */
  "purchase_id": string;
  /** why it was cancelled */
  "reason"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** business day on which it was shipped */
  "shipped_on"?: string | null;
  /** how far it is; paid: in full, and not shipped yet */
  "state"?: "placed" | "paid" | "shipped" | "delivered" | "cancelled";
};

export type OrderList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "orders": (Order)[];
};

export type PauseCase = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What we wait for */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type PauseCaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PauseCaseLine = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "pause_case";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What we wait for */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type PayOrder = {
  /** Who did it */
  "actor"?: string;
  /** What was paid, in the currency of the purchase */
  "amount": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Card, transfer, voucher, … */
  "method"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the payment; without it, one follows from the Idempotency-Key, or is new */
  "payment_id"?: string;
  /** The order */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type PayOrderAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "payment_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PayOrderLine = {
  /** Who did it */
  "actor"?: string;
  /** What was paid, in the currency of the purchase */
  "amount": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "pay_order";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Card, transfer, voucher, … */
  "method"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the payment; without it, one follows from the Idempotency-Key, or is new */
  "payment_id"?: string;
  /** The order */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

/** Every payment for an order. */
export type Payment = {
  /** minor units of currency */
  "amount_minor": number;
  /** of the purchase, ISO 4217 */
  "currency": string;
  /** card, transfer, voucher, … */
  "method": string | null;
  /** when */
  "paid_at": string;
  /** on which business day */
  "paid_on": string;
  /** the payment */
  "payment_id": string;
  /** the same in minor units of the reporting currency */
  "reporting_minor": number;
};

export type PerformMaintenance = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** The breakdown of this component that it repaired */
  "breakdown_id"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** What was worked on */
  "component": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The plan that was carried out; another or none where it was not planned */
  "maintenance_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type PerformMaintenanceAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "maintenance_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PerformMaintenanceLine = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** The breakdown of this component that it repaired */
  "breakdown_id"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "perform_maintenance";
  /** What was worked on */
  "component": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** The plan that was carried out; another or none where it was not planned */
  "maintenance_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type PhonesOutputBody = {
  "phones": PolicyPhones;
  "published_at": string;
  "version": number;
};

export type PlaceOrder = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** Day by which delivery is promised */
  "deliver_by"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Last day for paying */
  "payment_due_on"?: string;
  /** The purchase that is ordered */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type PlaceOrderAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PlaceOrderLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "place_order";
  "customer_id": string;
  /** Day by which delivery is promised */
  "deliver_by"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Last day for paying */
  "payment_due_on"?: string;
  /** The purchase that is ordered */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type PlanCampaign = {
  /** Who did it */
  "actor"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "campaign"?: string;
  "cells": (CampaignCell)[] | null;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** For which people have to consent: marketing, … */
  "purpose": string;
  /** The system that it comes from */
  "source"?: string;
  /** The channel of its messages: email, sms, … */
  "through": string;
  "title"?: string;
  /** Purchases and visits on so many days, from the day of the assignment on, are its results */
  "window_days": number;
};

export type PlanCampaignAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PlanCampaignLine = {
  /** Who did it */
  "actor"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "campaign"?: string;
  "cells": (CampaignCell)[] | null;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "plan_campaign";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** For which people have to consent: marketing, … */
  "purpose": string;
  /** The system that it comes from */
  "source"?: string;
  /** The channel of its messages: email, sms, … */
  "through": string;
  "title"?: string;
  /** Purchases and visits on so many days, from the day of the assignment on, are its results */
  "window_days": number;
};

/** A customer who never earned any has a balance of 0. */
export type PointsAccount = {
  /** points that can be spent: what the lots hold */
  "balance"?: number;
  /** whose */
  "customer_id": string;
  /** points ever earned */
  "earned"?: number;
  /** points that expired, or lapsed when the customer was erased */
  "expired"?: number;
  /** business day on which points were last earned */
  "last_earned_on"?: string | null;
  /** business day on which points were last spent */
  "last_spent_on"?: string | null;
  /** points that went with a return after they were spent: the next ones earned pay them */
  "owed"?: number;
  /** points that went with the return of the purchase that had earned them */
  "reversed"?: number;
  /** points ever spent */
  "spent"?: number;
};

export type PointsAccountList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "points": (PointsAccount)[];
};

export type PointsLot = {
  /** whose */
  "customer_id": string;
  /** what earned it */
  "earned_for"?: string | null;
  /** business day on which it was earned */
  "earned_on"?: string;
  /** points that expired in it, or lapsed when the customer was erased */
  "expired"?: number;
  /** last business day on which it can be spent; null where it does not expire */
  "expires_on"?: string | null;
  /** the lot */
  "lot_id": string;
  /** that it still holds */
  "open_points"?: number;
  /** as earned */
  "points"?: number;
  /** purchase that earned it */
  "purchase_id"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** points of it that paid what was owed */
  "repaid"?: number;
  /** points taken out of it by returns, whichever lot those concerned */
  "reversed"?: number;
  /** points spent out of it */
  "spent"?: number;
};

export type PointsLotList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "points_lots": (PointsLot)[];
};

export type PointsMovement = {
  /** who did */
  "actor"?: string | null;
  /** whose */
  "customer_id": string;
  /** that recorded it */
  "department"?: string | null;
  /** the purchase that earned, the spending, or the return */
  "document_id"?: string | null;
  /** earned, repaid, spent, reversed or expired; erased where they lapsed when the customer was erased */
  "kind": "earned" | "repaid" | "spent" | "reversed" | "expired" | "erased";
  /** the lot */
  "lot_id": string;
  /** business day */
  "moved_on"?: string;
  /** into the lot if positive, out of it if negative */
  "points"?: number;
  /** place in the log of the fact that moved the points */
  "position": number;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** of the customer's stream: the fact that moved the points */
  "revision"?: number;
  /** what the customer got */
  "spent_for"?: string | null;
};

export type PointsMovementList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "points_movements": (PointsMovement)[];
};

export type PolicyActivityCost = {
  /** purchase, return, interaction, case, message or maintenance */
  "activity": string;
  /** Each time, in major units */
  "cost": string;
  /** The kind of the interaction, the type of the case, or the channel of the others; any, where none is given */
  "kind"?: string;
};

export type PolicyCategoryBands = {
  "bands": (PolicyPriceBand)[];
  /** As lines of purchases have it */
  "category": string;
};

export type PolicyCosts = {
  "activities": (PolicyActivityCost)[];
  /** That of the books */
  "currency": string;
};

export type PolicyLadder = {
  "stages": (PolicyStage)[];
};

export type PolicyPhones = {
  /** ISO 3166-1, two capital letters; empty: numbers have to be international */
  "region": string;
};

export type PolicyPriceBand = {
  /** Not in it any more, in major units; absent from the last band */
  "below"?: string;
  /** In it, in major units */
  "from": string;
  "name": string;
};

export type PolicyPriceBands = {
  /** For goods of all categories without bands of their own */
  "bands": (PolicyPriceBand)[];
  "categories"?: (PolicyCategoryBands)[];
  /** That of the books */
  "currency": string;
};

export type PolicyRFM = {
  /** 5 for quintiles, 4 for quartiles */
  "groups": number;
  /** A list for each recency score from 1, in it a name for each fm score from 1, the rounded mean of the other two; the standard names where it is absent */
  "segments"?: ((string)[] | null)[];
};

export type PolicyRetention = {
  "rules": (PolicyRetentionRule)[];
};

export type PolicyRetentionRule = {
  /** archive or erase */
  "action": string;
  /** 0 to 36600; 30 at least for a rule that erases */
  "after_days": number;
  /** Its name: 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "rule": string;
  /** A segment in force */
  "segment": string;
  /** Filled in here: the definition in force */
  "segment_version"?: number;
};

export type PolicyStage = {
  "away"?: boolean;
  "name": string;
  "rule": string;
};

export type Prediction = {
  "as_of": string;
  "churn_reasons": unknown;
  "churn_risk": string;
  "clv_12m_minor": number;
  "clv_36m_minor": number;
  "currency": string;
  "customer_id": string;
  "expected_avg_value_minor": number;
  "expected_purchases_30d": number;
  "expected_purchases_365d": number;
  "expected_purchases_90d": number;
  "historic_ltv_minor": number;
  "horizon"?: Horizon;
  "model": string;
  "model_version": number;
  "p_alive": number;
  "worsens_on": string | null;
};

export type PreferContactPoint = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** The one to be used before others of its kind */
  "contact_point_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type PreferContactPointAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PreferContactPointLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "prefer_contact_point";
  /** The one to be used before others of its kind */
  "contact_point_id": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Preview = {
  "business_date": string;
  "customers": number;
  "exact": boolean;
  "held": number;
  "judged": number;
  "position": number;
  "rule": string;
  "sample": (Held)[];
  "size": number;
  "size_high": number;
  "size_low": number;
};

export type PriceBandsOutputBody = {
  "price_bands": PolicyPriceBands;
  "published_at"?: string;
  /** 0 for the built-in bands, which hold in any currency */
  "version": number;
};

export type Problem = {
  /** What is wrong, for programs */
  "code": string;
  /** What is wrong, in a sentence */
  "detail"?: string;
  /** The fields that are to blame */
  "errors"?: (Fault)[];
  /** The id of what stands in the way, such as the owner of an e-mail address */
  "existing"?: string;
  /** Names an internal error in the server's log */
  "instance"?: string;
  "status": number;
  /** The status in words */
  "title": string;
  /** Always about:blank: the code tells the kinds of problem apart */
  "type": string;
};

export type Product = {
  "category": string | null;
  "currency": string;
  "delisted_at": string | null;
  "listed_at": string;
  "name": string;
  /** An exact decimal, as a string */
  "price": string;
  "sku": string;
  "state": string;
  /** An exact decimal, as a string */
  "unit_cost": string | null;
};

export type ProductsOutputBody = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "products": (Product)[];
};

export type PromiseMade = {
  /** who promised */
  "actor"?: string | null;
  /** to whom */
  "customer_id": string;
  /** that promised */
  "department"?: string | null;
  /** last business day on which it can be kept */
  "due_on"?: string;
  /** business day on which it was kept or broken, or the customer erased */
  "ended_on"?: string | null;
  /** business day of the promise */
  "made_on"?: string;
  /** broken because its day was over */
  "overdue"?: boolean;
  /** the promise */
  "promise_id": string;
  /** why it was broken */
  "reason"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** open, kept or broken; erased where it was open when the customer was erased */
  "state"?: "open" | "kept" | "broken" | "erased";
  /** what was promised */
  "what"?: string;
};

export type PromiseMadeList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "promises": (PromiseMade)[];
};

export type ProofKeyOutputBody = {
  /** Statements that another key signs from now on, each a note that both keys signed */
  "changes": (string)[];
  /** The public key of the heads, in the form of golang.org/x/mod/sumdb/note; its name is that of the log */
  "verifier": string;
};

export type ProposeOffer = {
  /** Who did it */
  "actor"?: string;
  /** What the offer is good for */
  "category"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** ISO 4217 code of the price */
  "currency"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Off the list price, above 0 and at most 100 */
  "discount_percent"?: string;
  /** What that rests on */
  "evidence"?: (CustomerEvidence)[] | null;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the offer; without it, one follows from the Idempotency-Key, or is new */
  "offer_id"?: string;
  /** The policy that decided on it, where no person did */
  "policy"?: string;
  /** Price per unit, with its currency; or say a discount */
  "price"?: string;
  /** Why it is proposed to this customer */
  "reason": string;
  /** The recommendation that it follows */
  "recommendation_id"?: string;
  /** The good or service; or say the category, or a title */
  "sku"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The offer as the customer sees it */
  "title"?: string;
  /** Last day for accepting it */
  "valid_until": string;
};

export type ProposeOfferAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "offer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ProposeOfferLine = {
  /** Who did it */
  "actor"?: string;
  /** What the offer is good for */
  "category"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "propose_offer";
  /** ISO 4217 code of the price */
  "currency"?: string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Off the list price, above 0 and at most 100 */
  "discount_percent"?: string;
  /** What that rests on */
  "evidence"?: (CustomerEvidence)[] | null;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the offer; without it, one follows from the Idempotency-Key, or is new */
  "offer_id"?: string;
  /** The policy that decided on it, where no person did */
  "policy"?: string;
  /** Price per unit, with its currency; or say a discount */
  "price"?: string;
  /** Why it is proposed to this customer */
  "reason": string;
  /** The recommendation that it follows */
  "recommendation_id"?: string;
  /** The good or service; or say the category, or a title */
  "sku"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The offer as the customer sees it */
  "title"?: string;
  /** Last day for accepting it */
  "valid_until": string;
};

export type PublishCosts = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "costs": PolicyCosts;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishCostsAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishCostsLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_costs";
  "costs": PolicyCosts;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishLadder = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Its stages, from the first to be asked to the last */
  "ladder": PolicyLadder;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishLadderAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishLadderLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_ladder";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Its stages, from the first to be asked to the last */
  "ladder": PolicyLadder;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishPhones = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "phones": PolicyPhones;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishPhonesAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishPhonesLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_phones";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "phones": PolicyPhones;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishPriceBands = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "price_bands": PolicyPriceBands;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishPriceBandsAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishPriceBandsLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_price_bands";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "price_bands": PolicyPriceBands;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishQuestionnaire = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What is asked, in that order */
  "items": (QuestionnaireItem)[] | null;
  /** nps, csat, ces (one item on the kind's scale), servqual (each item as expected and as perceived), kano (each feature as if it were there and as if it were not, from 1 to 5), ecsi, relationship_quality, six_markets or maturity (each item plainly) */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "questionnaire"?: string;
  /** The system that it comes from */
  "source"?: string;
  "title"?: string;
};

export type PublishQuestionnaireAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishQuestionnaireLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_questionnaire";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** What is asked, in that order */
  "items": (QuestionnaireItem)[] | null;
  /** nps, csat, ces (one item on the kind's scale), servqual (each item as expected and as perceived), kano (each feature as if it were there and as if it were not, from 1 to 5), ecsi, relationship_quality, six_markets or maturity (each item plainly) */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "questionnaire"?: string;
  /** The system that it comes from */
  "source"?: string;
  "title"?: string;
};

export type PublishRetention = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "retention": PolicyRetention;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishRetentionAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishRetentionLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_retention";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "retention": PolicyRetention;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishRfm = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "rfm": PolicyRFM;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishRfmAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishRfmLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_rfm";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "rfm": PolicyRFM;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishService = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "service": CustomerServiceTerms;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishServiceAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishServiceLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_service";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  "service": CustomerServiceTerms;
  /** The system that it comes from */
  "source"?: string;
};

export type PublishSubscription = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** CEL over the facts: only events of customers for whom it holds when they are sent; that somebody was erased is always sent */
  "rule"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "subscription"?: string;
  "title"?: string;
  /** Names of types of events; a star at the end stands for any ending: customer.case_* */
  "types": (string)[] | null;
  /** Where events are posted: http or https. It is no secret */
  "url": string;
};

export type PublishSubscriptionAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishSubscriptionLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_subscription";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** CEL over the facts: only events of customers for whom it holds when they are sent; that somebody was erased is always sent */
  "rule"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "subscription"?: string;
  "title"?: string;
  /** Names of types of events; a star at the end stands for any ending: customer.case_* */
  "types": (string)[] | null;
  /** Where events are posted: http or https. It is no secret */
  "url": string;
};

export type PublishTiers = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The tiers, as the stages of a ladder */
  "tiers": PolicyLadder;
};

export type PublishTiersAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishTiersLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_tiers";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The tiers, as the stages of a ladder */
  "tiers": PolicyLadder;
};

export type PublishWebhook = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** CEL for a list of commands, as lines of a batch; all are of customers */
  "commands": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** CEL for the sender's id of a delivery: the same delivery is carried out once */
  "key": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** How many deliveries are taken in a minute: 600 if not told */
  "per_minute"?: number;
  /** Names the shared secret, which the server has in RAPPORT_WEBHOOK_SECRET_ and this name */
  "secret": string;
  /** How deliveries are signed: HMAC-SHA256 */
  "signature": WebhookSignature;
  /** The system that it comes from */
  "source"?: string;
  "title"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "webhook"?: string;
};

export type PublishWebhookAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type PublishWebhookLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "publish_webhook";
  /** CEL for a list of commands, as lines of a batch; all are of customers */
  "commands": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** CEL for the sender's id of a delivery: the same delivery is carried out once */
  "key": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** How many deliveries are taken in a minute: 600 if not told */
  "per_minute"?: number;
  /** Names the shared secret, which the server has in RAPPORT_WEBHOOK_SECRET_ and this name */
  "secret": string;
  /** How deliveries are signed: HMAC-SHA256 */
  "signature": WebhookSignature;
  /** The system that it comes from */
  "source"?: string;
  "title"?: string;
  /** 1 to 63 of a-z, 0-9, _ and -, beginning with a letter */
  "webhook"?: string;
};

export type PublishedSubscription = {
  /** in the log, of its publication */
  "position"?: number;
  /** until when the secret before signs too */
  "previous_secret_until"?: string | null;
  /** business day from which on it was in force */
  "published_on"?: string;
  /** business day on which this version's use ended without a next one */
  "retired_on"?: string | null;
  /** CEL over the facts: only what concerns customers for whom it holds */
  "rule"?: string | null;
  /** number of the secret that signs */
  "secret"?: number;
  /** its name */
  "subscription": string;
  /** what people call it */
  "title"?: string | null;
  /** names of types of events, a list of texts; a star at the end stands for any ending */
  "types"?: (string)[];
  /** where events go */
  "url"?: string;
  /** counts from 1 */
  "version"?: number;
};

export type PublishedSubscriptionList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "subscriptions": (PublishedSubscription)[];
};

export type PublishedWebhook = {
  /** CEL for the commands that a delivery means */
  "commands"?: string;
  /** CEL for the sender's id of a delivery */
  "key"?: string;
  /** deliveries taken in a minute */
  "per_minute"?: number;
  /** business day from which on it was in force */
  "published_on"?: string;
  /** business day on which this version's use ended without a next one */
  "retired_on"?: string | null;
  /** name of the shared secret */
  "secret"?: string;
  /** what people call it */
  "title"?: string | null;
  /** counts from 1 */
  "version"?: number;
  /** its name, the source of what it records */
  "webhook": string;
};

export type PublishedWebhookList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "webhooks": (PublishedWebhook)[];
};

export type Purchase = {
  /** its order was cancelled before delivery: it counts nowhere as a purchase */
  "cancelled"?: boolean;
  /** through which */
  "channel"?: string | null;
  /** it was paid in, ISO 4217 */
  "currency"?: string;
  /** who bought */
  "customer_id": string;
  /** that made the sale */
  "department"?: string | null;
  "lines"?: (PurchaseLine)[];
  /** of these, those without a category */
  "lines_without_category"?: number;
  /** of these, those without the cost of the goods */
  "lines_without_cost"?: number;
  /** of these, those without a name */
  "lines_without_name"?: number;
  /** how it was paid */
  "payment_method"?: string | null;
  /** the purchase */
  "purchase_id": string;
  /** when */
  "purchased_at"?: string;
  /** on which business day */
  "purchased_on"?: string;
  /** reporting currency per unit of currency; null where they are the same */
  "rate"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** invoice or receipt number */
  "reference"?: string | null;
  /** of the books, ISO 4217 */
  "reporting_currency"?: string;
  /** sum of the lines, minor units of the reporting currency */
  "reporting_total_minor"?: number;
  /** the system that it came through */
  "source"?: string | null;
  /** sum of the lines, minor units of currency */
  "total_minor"?: number;
};

/** Every line of every purchase. */
export type PurchaseLine = {
  /** quantity × unit price, rounded half-even, minor units of the purchase's currency */
  "amount_minor": number;
  /** what it belongs to */
  "category": string | null;
  /** quantity × unit cost, minor units of the reporting currency; null where unknown */
  "cost_minor": number | null;
  /** number within the purchase, from 1 */
  "line": number;
  /** quantity × list price, minor units of the reporting currency; null where unknown */
  "list_minor": number | null;
  /** per unit before discount, currency of the purchase */
  "list_price": string | null;
  /** what it is called */
  "name": string | null;
  /** what it was bought for */
  "purpose": string | null;
  /** how many */
  "quantity": string;
  /** the same in minor units of the reporting currency */
  "reporting_minor": number;
  /** good or service */
  "sku": string;
  /** cost of goods per unit, currency of the purchase */
  "unit_cost": string | null;
  /** paid per unit, currency of the purchase */
  "unit_price": string;
};

export type PurchaseList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "purchases": (Purchase)[];
};

export type QualifyLead = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The lead */
  "lead_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why it is worth the work */
  "reason"?: string;
  /** How good it is, from 0 to 100 */
  "score"?: number;
  /** The system that it comes from */
  "source"?: string;
};

export type QualifyLeadAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type QualifyLeadLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "qualify_lead";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** The lead */
  "lead_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why it is worth the work */
  "reason"?: string;
  /** How good it is, from 0 to 100 */
  "score"?: number;
  /** The system that it comes from */
  "source"?: string;
};

export type Questionnaire = {
  "items"?: (ItemOfQuestionnaire)[];
  /** nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity */
  "kind"?: string;
  /** business day of the publication */
  "published_on"?: string;
  /** its name */
  "questionnaire": string;
  /** what people call it */
  "title"?: string | null;
  /** counts from 1 */
  "version"?: number;
};

export type QuestionnaireAnswer = {
  /** expectation or perception (servqual), functional or dysfunctional (kano); absent for other kinds */
  "aspect"?: string;
  /** The item of the questionnaire */
  "item": string;
  /** On the item's scale */
  "value": number;
};

export type QuestionnaireItem = {
  /** What the item belongs to; needed for ecsi, relationship_quality, six_markets and maturity */
  "dimension"?: string;
  /** Names the item */
  "item": string;
  /** Highest answer */
  "max": number;
  /** Lowest answer */
  "min": number;
  /** It may be left out */
  "optional"?: boolean;
  /** The question */
  "text"?: string;
};

export type QuestionnaireList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "questionnaires": (Questionnaire)[];
};

export type RateComplaint = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What they got, 1 to 7 */
  "distributive": number;
  /** How they were treated, 1 to 7 */
  "interactional": number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** How it was decided, 1 to 7 */
  "procedural": number;
  /** The system that it comes from */
  "source"?: string;
};

export type RateComplaintAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RateComplaintLine = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "rate_complaint";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What they got, 1 to 7 */
  "distributive": number;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** How they were treated, 1 to 7 */
  "interactional": number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** How it was decided, 1 to 7 */
  "procedural": number;
  /** The system that it comes from */
  "source"?: string;
};

export type Reach = {
  /** Those through which they allow to be addressed for that purpose */
  "channels": (string)[];
  /** What can be used of theirs, what they prefer first; none where they allow no channel */
  "contact_points": (ReachPoint)[];
  /** BCP 47 tag */
  "locale": string | null;
  /** What they are called */
  "name": string | null;
};

export type ReachPoint = {
  "contact_point_id": string;
  /** email, phone, post, social or messenger */
  "kind": string;
  "preferred": boolean;
  "value": string;
  "verified_on": string | null;
};

export type Read = {
  "conditions": unknown;
  "customer_id": string | null;
  "operation": string;
  "position": number;
  "purpose": string | null;
  "read_at": string;
  "reader": string;
  "role": string;
  "table": string | null;
};

export type Readiness = {
  "checks": Record<string, Check>;
  "status": "ready" | "not ready";
};

export type ReadsOutputBody = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "reads": (Read)[];
};

export type RebuildOutputBody = {
  /** GET /v1/projections tells how far it is */
  "state": "rebuilding" | "rebuilt";
};

export type RebuildStatus = {
  "head": number;
  "position": number;
  "started_at": string;
};

export type Receivable = {
  /** ISO 4217 */
  "currency"?: string;
  /** who owes */
  "customer_id": string;
  /** days from the order to the payment that made it full; null before */
  "days_to_pay"?: number | null;
  /** what is still to be paid, minor units of currency */
  "open_minor"?: number;
  /** days since the last one for paying; 0 where it is paid or has time */
  "overdue_days"?: number;
  /** what was paid, minor units of currency */
  "paid_minor"?: number;
  /** last business day for paying */
  "payment_due_on"?: string | null;
  /** business day on which it was placed */
  "placed_on"?: string;
  /** the order */
  "purchase_id": string;
  /** taken off by returns, minor units of currency */
  "refunded_minor"?: number;
  /** what was bought, minor units of currency */
  "total_minor"?: number;
};

export type ReceivableList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "receivables": (Receivable)[];
};

export type Recommendation = {
  "action": string;
  "assignee": string;
  "category": string | null;
  "customer_id": string;
  "department": string | null;
  "due_on": string;
  "evidence": unknown;
  "expected_currency": string | null;
  "expected_minor": number | null;
  "guidance": string | null;
  "issued_on": string;
  "overdue": boolean;
  "reason": string;
  "recommendation_id": string;
};

export type RecordCampaignCost = {
  /** Who did it */
  "actor"?: string;
  /** In the currency */
  "amount": string;
  "campaign"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** Names the cost; without it, one follows from the Idempotency-Key, or is new */
  "cost_id"?: string;
  /** ISO 4217 code */
  "currency": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What for */
  "what"?: string;
};

export type RecordCampaignCostAnswer = {
  /** Present where it was made here */
  "cost_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RecordCampaignCostLine = {
  /** Who did it */
  "actor"?: string;
  /** In the currency */
  "amount": string;
  "campaign"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "record_campaign_cost";
  /** Names the cost; without it, one follows from the Idempotency-Key, or is new */
  "cost_id"?: string;
  /** ISO 4217 code */
  "currency": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What for */
  "what"?: string;
};

export type RecordInsight = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** How sure they are, from 0 to 1; without it, 1 */
  "confidence"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The events that it rests on, by their revisions in the customer's history */
  "evidence"?: (number)[] | null;
  /** Names the insight; without it, one follows from the Idempotency-Key, or is new */
  "insight_id"?: string;
  /** Need, habit, risk, … */
  "kind"?: string;
  /** Documents that it rests on */
  "links"?: (string)[] | null;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What was concluded */
  "statement": string;
};

export type RecordInsightAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "insight_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RecordInsightLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "record_insight";
  /** How sure they are, from 0 to 1; without it, 1 */
  "confidence"?: string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The events that it rests on, by their revisions in the customer's history */
  "evidence"?: (number)[] | null;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Names the insight; without it, one follows from the Idempotency-Key, or is new */
  "insight_id"?: string;
  /** Need, habit, risk, … */
  "kind"?: string;
  /** Documents that it rests on */
  "links"?: (string)[] | null;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What was concluded */
  "statement": string;
};

export type RecordInteraction = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** inbound where the customer sought the contact, outbound where we did */
  "direction": string;
  /** How long it took, in seconds */
  "duration_s"?: number;
  /** Names the contact; without it, one follows from the Idempotency-Key, or is new */
  "interaction_id"?: string;
  /** email, call, meeting, interview, chat, social_post, web_visit, form, letter, sms or store_visit */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  "subject"?: string;
  "text"?: string;
};

export type RecordInteractionAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "interaction_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RecordInteractionLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "record_interaction";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** inbound where the customer sought the contact, outbound where we did */
  "direction": string;
  /** How long it took, in seconds */
  "duration_s"?: number;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Names the contact; without it, one follows from the Idempotency-Key, or is new */
  "interaction_id"?: string;
  /** email, call, meeting, interview, chat, social_post, web_visit, form, letter, sms or store_visit */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  "subject"?: string;
  "text"?: string;
};

export type RecordPurchase = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** ISO 4217 code */
  "currency": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "lines": (CustomerLine)[] | null;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The offer that the purchase redeems */
  "offer_id"?: string;
  "payment_method"?: string;
  /** Names the purchase; without it, one follows from the Idempotency-Key, or is new */
  "purchase_id"?: string;
  /** Reporting currency per unit of currency, where they differ */
  "rate"?: string;
  /** Invoice or receipt number */
  "reference"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RecordPurchaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "purchase_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RecordPurchaseLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "record_purchase";
  /** ISO 4217 code */
  "currency": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  "lines": (CustomerLine)[] | null;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The offer that the purchase redeems */
  "offer_id"?: string;
  "payment_method"?: string;
  /** Names the purchase; without it, one follows from the Idempotency-Key, or is new */
  "purchase_id"?: string;
  /** Reporting currency per unit of currency, where they differ */
  "rate"?: string;
  /** Invoice or receipt number */
  "reference"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RecordReturn = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** ISO 4217 code */
  "currency": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "lines": (CustomerReturnLine)[] | null;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The purchase that it belongs to, if that is known */
  "purchase_id"?: string;
  /** Reporting currency per unit of currency, where they differ; that of the purchase by default */
  "rate"?: string;
  /** Why it came back */
  "reason"?: string;
  /** Number of the credit note */
  "reference"?: string;
  /** Names the return; without it, one follows from the Idempotency-Key, or is new */
  "return_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RecordReturnAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "return_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RecordReturnLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "record_return";
  /** ISO 4217 code */
  "currency": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  "lines": (CustomerReturnLine)[] | null;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The purchase that it belongs to, if that is known */
  "purchase_id"?: string;
  /** Reporting currency per unit of currency, where they differ; that of the purchase by default */
  "rate"?: string;
  /** Why it came back */
  "reason"?: string;
  /** Number of the credit note */
  "reference"?: string;
  /** Names the return; without it, one follows from the Idempotency-Key, or is new */
  "return_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RedeemOffer = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The offer */
  "offer_id": string;
  /** The purchase */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type RedeemOfferAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RedeemOfferLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "redeem_offer";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The offer */
  "offer_id": string;
  /** The purchase */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type Referral = {
  /** through which */
  "channel"?: string | null;
  /** business day on which it was known to have brought a customer; null until then */
  "converted_on"?: string | null;
  /** who referred */
  "customer_id": string;
  /** that recorded the referral */
  "department"?: string | null;
  /** business day of the referral */
  "made_on"?: string;
  /** theirs, by which it is known */
  "purchase_id"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** the referral */
  "referral_id": string;
  /** the customer who was brought */
  "referred_id"?: string | null;
  /** by what means */
  "via"?: string | null;
};

export type ReferralList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "referrals": (Referral)[];
};

export type RefundPurchase = {
  /** Who did it */
  "actor"?: string;
  /** Above 0, in the currency of the purchase */
  "amount": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** For which purchase */
  "purchase_id": string;
  /** Why: goodwill, a delivery that was late, … */
  "reason"?: string;
  /** Names the refund; without it, one follows from the Idempotency-Key, or is new */
  "refund_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RefundPurchaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "refund_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RefundPurchaseLine = {
  /** Who did it */
  "actor"?: string;
  /** Above 0, in the currency of the purchase */
  "amount": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "refund_purchase";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** For which purchase */
  "purchase_id": string;
  /** Why: goodwill, a delivery that was late, … */
  "reason"?: string;
  /** Names the refund; without it, one follows from the Idempotency-Key, or is new */
  "refund_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RegisterCustomer = {
  /** What brought the customer */
  "acquired"?: CustomerAcquisition;
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** ISO 3166-1 name or code */
  "country"?: string;
  /** The customer's id here, if it is to be a certain one */
  "customer_id"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** How other systems call the customer */
  "external_ids"?: (CustomerExternalID)[] | null;
  /** person or organisation */
  "kind": string;
  /** BCP 47 tag */
  "locale"?: string;
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RegisterCustomerAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RegisterCustomerBy = {
  "acquired"?: CustomerAcquisition;
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "country"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** How yet other systems call the customer: only in a batch */
  "external_ids"?: (CustomerExternalID)[] | null;
  "kind": string;
  "locale"?: string;
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RegisterCustomerByAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RegisterCustomerByLine = {
  "acquired"?: CustomerAcquisition;
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "register_customer_by";
  "country"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** How yet other systems call the customer: only in a batch */
  "external_ids"?: (CustomerExternalID)[] | null;
  "idempotency_key"?: string;
  "if_revision"?: number;
  "kind": string;
  "locale"?: string;
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RegisterCustomerLine = {
  /** What brought the customer */
  "acquired"?: CustomerAcquisition;
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "register_customer";
  /** ISO 3166-1 name or code */
  "country"?: string;
  /** The customer's id here, if it is to be a certain one */
  "customer_id"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** How other systems call the customer */
  "external_ids"?: (CustomerExternalID)[] | null;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** person or organisation */
  "kind": string;
  /** BCP 47 tag */
  "locale"?: string;
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RejectLead = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** The lead */
  "lead_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why it leads nowhere */
  "reason": string;
  /** The system that it comes from */
  "source"?: string;
};

export type RejectLeadAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RejectLeadLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "reject_lead";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** The lead */
  "lead_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why it leads nowhere */
  "reason": string;
  /** The system that it comes from */
  "source"?: string;
};

export type RejectOffer = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The offer */
  "offer_id": string;
  /** Why the customer does not want it */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RejectOfferAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RejectOfferLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "reject_offer";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The offer */
  "offer_id": string;
  /** Why the customer does not want it */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

/** Each relationship is read from both ends. */
export type Relationship = {
  /** at whose end */
  "customer_id": string;
  /** whether this end is what the kind says to the other end, or the other way round */
  "declared": boolean;
  /** business day on which it was declared */
  "declared_on"?: string;
  /** business day from which it was no more; null while it is */
  "ended_on"?: string | null;
  /** what one is to the other */
  "kind"?: string;
  /** who is at the other end */
  "other_id"?: string;
  /** the relationship */
  "relationship_id": string;
  /** first business day of it; null where nobody said */
  "since"?: string | null;
};

export type RelationshipList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "relationships": (Relationship)[];
};

export type RemoveAttribute = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Of the attribute that the department does not hold to be so any more */
  "name": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RemoveAttributeAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RemoveAttributeLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "remove_attribute";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Of the attribute that the department does not hold to be so any more */
  "name": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RemoveContactPoint = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** The one by which the customer cannot be reached any more */
  "contact_point_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why: moved, bounced, asked for it, … */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RemoveContactPointAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RemoveContactPointLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "remove_contact_point";
  /** The one by which the customer cannot be reached any more */
  "contact_point_id": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why: moved, bounced, asked for it, … */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ReopenCase = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ReopenCaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ReopenCaseLine = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "reopen_case";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ReplyToCase = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names what they wrote; without it, one follows from the Idempotency-Key, or is new */
  "reply_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ReplyToCaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "reply_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ReplyToCaseLine = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "reply_to_case";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names what they wrote; without it, one follows from the Idempotency-Key, or is new */
  "reply_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type Report = {
  /** How many things are not as they were; 0: nothing was altered */
  "differences": number;
  /** Events that were read */
  "events": number;
  /** The first of them, in the order of the log */
  "findings": (Finding)[];
  /** Signed heads that the log was held against */
  "heads": number;
  /** Events whose hashes were kept */
  "kept": number;
  /** Log position of the newest of them */
  "position": number;
  /** Events under the newest head that holds */
  "signed": number;
  /** What is as it was written down, and odd all the same: times of recording that step back, missing revisions that a person accepted */
  "warnings"?: (Finding)[];
};

export type ReportBreakdown = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** Names the breakdown; without it, one follows from the Idempotency-Key, or is new */
  "breakdown_id"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** What failed */
  "component": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ReportBreakdownAnswer = {
  /** Present where it was made here */
  "breakdown_id"?: string;
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ReportBreakdownLine = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** Names the breakdown; without it, one follows from the Idempotency-Key, or is new */
  "breakdown_id"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "report_breakdown";
  /** What failed */
  "component": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ReportDefect = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** As the maker names the error */
  "code": string;
  /** Where it is, if that is known */
  "component"?: string;
  /** Names the defect; without it, one follows from the Idempotency-Key, or is new */
  "defect_id"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ReportDefectAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "defect_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ReportDefectLine = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** As the maker names the error */
  "code": string;
  "command": "report_defect";
  /** Where it is, if that is known */
  "component"?: string;
  "customer_id": string;
  /** Names the defect; without it, one follows from the Idempotency-Key, or is new */
  "defect_id"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ReportUsage = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the reading; without it, one follows from the Idempotency-Key, or is new */
  "reading_id"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What the meter shows, in unit */
  "total": string;
  /** What it counts: hours, km, cycles, …; always the same for one asset */
  "unit": string;
};

export type ReportUsageAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "reading_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ReportUsageLine = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "report_usage";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the reading; without it, one follows from the Idempotency-Key, or is new */
  "reading_id"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** What the meter shows, in unit */
  "total": string;
  /** What it counts: hours, km, cycles, …; always the same for one asset */
  "unit": string;
};

export type ResolveAttribute = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Instead of the value: the department that is right */
  "keep"?: string;
  /** Of the attribute */
  "name": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The value that is right; one of those that are said */
  "value"?: string;
};

export type ResolveAttributeAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ResolveAttributeLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "resolve_attribute";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Instead of the value: the department that is right */
  "keep"?: string;
  /** Of the attribute */
  "name": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The value that is right; one of those that are said */
  "value"?: string;
};

export type ResolveCase = {
  /** corrective where this one case was put right, preventive where its cause was removed */
  "action": string;
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "compensation"?: CustomerCompensation;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why there was a case; a complaint needs one */
  "root_cause"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ResolveCaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ResolveCaseLine = {
  /** corrective where this one case was put right, preventive where its cause was removed */
  "action": string;
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "resolve_case";
  "compensation"?: CustomerCompensation;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why there was a case; a complaint needs one */
  "root_cause"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RespondToCase = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the answer; without it, one follows from the Idempotency-Key, or is new */
  "response_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RespondToCaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Present where it was made here */
  "response_id"?: string;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RespondToCaseLine = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "respond_to_case";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Names the answer; without it, one follows from the Idempotency-Key, or is new */
  "response_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RestoreCustomer = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RestoreCustomerAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RestoreCustomerLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "restore_customer";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ResumeCase = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ResumeCaseAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ResumeCaseLine = {
  /** Who did it */
  "actor"?: string;
  "case_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "resume_case";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RetentionForecast = {
  "after_days": number;
  "business_date": string;
  "due": number;
  "members": number;
  "on": string;
  "position": number;
  "sample": (RetentionStay)[];
  "segment": string;
  "segment_version": number;
};

export type RetentionOutputBody = {
  "published_at": string;
  "retention": PolicyRetention;
  "version": number;
};

export type RetentionStay = {
  "customer_id": string;
  "due_on": string;
  "stay_from": string;
};

export type RetireAsset = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** Another asset of the customer, which took its place */
  "replaced_by"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RetireAssetAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RetireAssetLine = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "retire_asset";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** Another asset of the customer, which took its place */
  "replaced_by"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RetireGuidance = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RetireGuidanceAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RetireGuidanceLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "retire_guidance";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RetireSegment = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RetireSegmentAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RetireSegmentLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "retire_segment";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  "name"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type RetireSubscription = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  "subscription"?: string;
};

export type RetireSubscriptionAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RetireSubscriptionLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "retire_subscription";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  "subscription"?: string;
};

export type RetireWebhook = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  "webhook"?: string;
};

export type RetireWebhookAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RetireWebhookLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "retire_webhook";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  "webhook"?: string;
};

export type RetractInsight = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What is not so */
  "insight_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason": string;
  /** The system that it comes from */
  "source"?: string;
};

export type RetractInsightAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RetractInsightLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "retract_insight";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** What is not so */
  "insight_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason": string;
  /** The system that it comes from */
  "source"?: string;
};

export type RetriedOutputBody = {
  /** How many events are tried again */
  "waiting": number;
};

export type Return = {
  /** of an order that was cancelled before delivery: it counts nowhere as a return */
  "cancelled"?: boolean;
  /** through which */
  "channel"?: string | null;
  /** of the refund, ISO 4217 */
  "currency"?: string;
  /** who brought back */
  "customer_id": string;
  /** that took it back */
  "department"?: string | null;
  "lines"?: (ReturnLine)[];
  /** whether money alone was refunded: nothing came back, there are no lines */
  "money_only"?: boolean;
  /** the purchase that it belongs to, where known */
  "purchase_id"?: string | null;
  /** reporting currency per unit of currency; null where they are the same */
  "rate"?: string | null;
  /** why */
  "reason"?: string | null;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** credit note number */
  "reference"?: string | null;
  /** of the books, ISO 4217 */
  "reporting_currency"?: string;
  /** sum of the lines, minor units of the reporting currency */
  "reporting_total_minor"?: number;
  /** the return */
  "return_id": string;
  /** when */
  "returned_at"?: string;
  /** on which business day */
  "returned_on"?: string;
  /** sum of the lines, minor units of currency */
  "total_minor"?: number;
};

/** Every line of every return. */
export type ReturnLine = {
  /** quantity × unit price, rounded half-even, minor units of the return's currency */
  "amount_minor": number;
  /** number within the return, from 1 */
  "line": number;
  /** what it is called */
  "name": string | null;
  /** how many came back */
  "quantity": string;
  /** the same in minor units of the reporting currency */
  "reporting_minor": number;
  /** good or service */
  "sku": string;
  /** refunded per unit, currency of the return */
  "unit_price": string;
};

export type ReturnList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "returns": (Return)[];
};

export type RevalueOpportunity = {
  /** Who did it */
  "actor"?: string;
  /** What it comes to now, in the opportunity's currency */
  "amount": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity */
  "opportunity_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type RevalueOpportunityAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RevalueOpportunityLine = {
  /** Who did it */
  "actor"?: string;
  /** What it comes to now, in the opportunity's currency */
  "amount": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "revalue_opportunity";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity */
  "opportunity_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type RfmOutputBody = {
  "published_at"?: string;
  "rfm": PolicyRFM;
  /** 0 for the built-in scheme */
  "version": number;
};

export type RotateSubscriptionSecret = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  "subscription"?: string;
};

export type RotateSubscriptionSecretAnswer = {
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type RotateSubscriptionSecretLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "rotate_subscription_secret";
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  "subscription"?: string;
};

export type RowDifference = {
  "columns": (string)[];
  "key": unknown;
  "what": "missing" | "unfounded" | "other";
};

export type RuleChanged = {
  "from": RuleVersion | null;
  "rule": string;
  "to": RuleVersion | null;
};

export type RuleVersion = {
  "position": number;
  "version": number;
};

export type RulesPart = {
  "expression": string;
  "holds"?: boolean;
  "joins"?: string;
  "parts"?: (RulesPart)[];
  "values"?: Record<string, unknown>;
};

export type ScheduleMaintenance = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** What is to be worked on */
  "component": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it is in time */
  "due_on": string;
  /** Names the work; without it, one follows from the Idempotency-Key, or is new */
  "maintenance_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ScheduleMaintenanceAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "maintenance_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ScheduleMaintenanceLine = {
  /** Who did it */
  "actor"?: string;
  "asset_id": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "schedule_maintenance";
  /** What is to be worked on */
  "component": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it is in time */
  "due_on": string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Names the work; without it, one follows from the Idempotency-Key, or is new */
  "maintenance_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ScrubOutputBody = Record<string, unknown>;

export type SecretsOutputBody = {
  /** Those that sign, the newest first */
  "secrets": (string)[];
};

export type Segment = {
  "defined_on": string | null;
  "ended_on": string | null;
  "members": number;
  "progress": number;
  "rule": string;
  "segment": string;
  "state": "filling" | "live";
  "status": string;
  "title": string | null;
  "version": number;
};

export type SegmentsOutputBody = {
  "segments": (Segment)[];
};

export type SendCampaignMessage = {
  /** Who did it */
  "actor"?: string;
  /** The campaign, in a cell of which the customer is */
  "campaign": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Names the message; without it, one follows from the Idempotency-Key, or is new */
  "message_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type SendCampaignMessageAnswer = {
  "customer_id"?: string;
  /** Present where it was made here */
  "message_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type SendCampaignMessageLine = {
  /** Who did it */
  "actor"?: string;
  /** The campaign, in a cell of which the customer is */
  "campaign": string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "send_campaign_message";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Names the message; without it, one follows from the Idempotency-Key, or is new */
  "message_id"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ServiceOutputBody = {
  "published_at": string;
  "service": CustomerServiceTerms;
  "version": number;
};

export type SetAttribute = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** How sure they are, from 0 to 1; without it, 1 */
  "confidence"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it holds; without it, it holds until they say otherwise */
  "expires_on"?: string;
  /** Of the attribute: a-z, 0-9 and _, such as income */
  "name": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** First day on which it held; without it, the day on which it is said */
  "valid_from"?: string;
  /** What is so */
  "value": string;
};

export type SetAttributeAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type SetAttributeLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "set_attribute";
  /** How sure they are, from 0 to 1; without it, 1 */
  "confidence"?: string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it holds; without it, it holds until they say otherwise */
  "expires_on"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Of the attribute: a-z, 0-9 and _, such as income */
  "name": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** First day on which it held; without it, the day on which it is said */
  "valid_from"?: string;
  /** What is so */
  "value": string;
};

export type ShareData = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What was shared, by name */
  "fields": (string)[] | null;
  /** On what ground: consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests */
  "legal_basis": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What for: a-z, 0-9 and _, as in consents */
  "purpose": string;
  /** With whom: a partner's name */
  "recipient"?: string;
  /** Or another customer, who must be registered */
  "recipient_id"?: string;
  /** Names the sharing; without it, one follows from the Idempotency-Key, or is new */
  "share_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ShareDataAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
  /** Present where it was made here */
  "share_id"?: string;
};

export type ShareDataLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "share_data";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What was shared, by name */
  "fields": (string)[] | null;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** On what ground: consent, contract, legal_obligation, vital_interests, public_task or legitimate_interests */
  "legal_basis": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What for: a-z, 0-9 and _, as in consents */
  "purpose": string;
  /** With whom: a partner's name */
  "recipient"?: string;
  /** Or another customer, who must be registered */
  "recipient_id"?: string;
  /** Names the sharing; without it, one follows from the Idempotency-Key, or is new */
  "share_id"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type ShipOrder = {
  /** Who did it */
  "actor"?: string;
  /** Who brings it */
  "carrier"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The order */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type ShipOrderAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type ShipOrderLine = {
  /** Who did it */
  "actor"?: string;
  /** Who brings it */
  "carrier"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "ship_order";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The order */
  "purchase_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type SignAgreement = {
  /** Who did it */
  "actor"?: string;
  /** Names the agreement; without it, one follows from the Idempotency-Key, or is new */
  "agreement_id"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it is; without it, until it is ended */
  "ends_on"?: string;
  /** Such as framework, partnership or co_creation */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** First day on which it is in force */
  "starts_on": string;
};

export type SignAgreementAnswer = {
  /** Present where it was made here */
  "agreement_id"?: string;
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type SignAgreementLine = {
  /** Who did it */
  "actor"?: string;
  /** Names the agreement; without it, one follows from the Idempotency-Key, or is new */
  "agreement_id"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "sign_agreement";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** Last day on which it is; without it, until it is ended */
  "ends_on"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** Such as framework, partnership or co_creation */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** First day on which it is in force */
  "starts_on": string;
};

export type SpendPoints = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What the customer gets for them */
  "for"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** How many */
  "points": number;
  /** The system that it comes from */
  "source"?: string;
  /** Names the spending; without it, one follows from the Idempotency-Key, or is new */
  "spend_id"?: string;
};

export type SpendPointsAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
  /** Present where it was made here */
  "spend_id"?: string;
};

export type SpendPointsLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "spend_points";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** What the customer gets for them */
  "for"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** How many */
  "points": number;
  /** The system that it comes from */
  "source"?: string;
  /** Names the spending; without it, one follows from the Idempotency-Key, or is new */
  "spend_id"?: string;
};

export type SplitCustomers = {
  /** The other customer, for whom this one stands */
  "absorbed_id": string;
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type SplitCustomersAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type SplitCustomersLine = {
  /** The other customer, for whom this one stands */
  "absorbed_id": string;
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "split_customers";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type StageCount = {
  "customers": number;
  "stage": string;
};

export type StagesOutputBody = {
  "stages": (StageCount)[];
};

export type Standing = {
  /** What went wrong, as long as it stands */
  "error"?: string;
  /** Events of other applications in streams that are Rapport's own; absent where there are none */
  "foreign_events"?: Foreign;
  /** Log position of the newest of them */
  "position": number;
  /** How many events the newest head that this process signed or found tells of */
  "signed": number;
  /** How many events the tree has */
  "size": number;
  /** broken: the log is not what was written down of it */
  "state": "following" | "standby" | "unavailable" | "broken";
};

export type Status = {
  "age_seconds": number;
  "events_per_second": number;
  "filling"?: FillStatus;
  "head": number;
  "lag_events": number | null;
  "lag_seconds": number | null;
  "last_error": string | null;
  "position": number;
  "rebuild"?: RebuildStatus;
  "rebuild_error"?: string;
  "state": string;
  "updated_at": string;
};

export type Survey = {
  /** business day of the answers */
  "answered_on"?: string;
  "answers"?: (SurveyAnswer)[];
  /** through which they answered */
  "channel"?: string | null;
  /** what they added in words */
  "comment"?: string | null;
  /** who answered */
  "customer_id": string;
  /** that asked */
  "department"?: string | null;
  /** nps, csat, ces, servqual, kano, ecsi, relationship_quality, six_markets or maturity */
  "kind"?: string;
  /** what was asked */
  "questionnaire"?: string;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** the one answer of nps (0 to 10), csat (1 to 5) and ces (1 to 7); null for other kinds */
  "score"?: number | null;
  /** the survey */
  "survey_id": string;
  /** in which version */
  "version"?: number;
};

/** What was answered to each item, and to each aspect of it. */
export type SurveyAnswer = {
  /** expectation or perception, functional or dysfunctional; empty where an item has no aspects */
  "aspect": string;
  /** the item of the questionnaire */
  "item": string;
  /** the answer, on the item's scale */
  "value": number;
};

export type SurveyList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "surveys": (Survey)[];
};

export type Table = {
  "columns": (TableColumn)[];
  "comment": string;
  "indexes"?: (TableIndex)[];
  "kind": string;
  "name": string;
};

export type TableColumn = {
  "comment": string;
  "name": string;
  "nullable": boolean;
  "personal": boolean;
  "type": string;
};

export type TableDifference = {
  "differing": number;
  "live_rows": number;
  "rebuilt_rows": number;
  "rows": (RowDifference)[];
  "table": string;
};

export type TableIndex = {
  "comment": string;
  "on": string;
};

export type TablesOutputBody = {
  "tables": (Table)[];
};

export type TellMessageFate = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** delivered, opened, clicked, bounced or unsubscribed */
  "fate": string;
  /** The message */
  "message_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type TellMessageFateAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type TellMessageFateLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "tell_message_fate";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** delivered, opened, clicked, bounced or unsubscribed */
  "fate": string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** The message */
  "message_id": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type TestedOutputBody = {
  /** The receiver took it */
  "delivered": boolean;
  /** Why not */
  "error": string | null;
};

export type Testimonial = {
  /** what they said */
  "content"?: string | null;
  /** who recommended us */
  "customer_id": string;
  /** business day */
  "given_on"?: string;
  /** where */
  "published_in"?: string;
  /** the absorbed customer whose this is, while a merge lasts; null where it is customer_id's own */
  "recorded_for"?: string | null;
  /** the recommendation */
  "testimonial_id": string;
};

export type TestimonialList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "testimonials": (Testimonial)[];
};

export type Tier = {
  /** who */
  "customer_id": string;
  /** version of the tiers that put them there */
  "policy_version"?: number;
  /** the business day from which they are in it */
  "since"?: string;
  /** the tier */
  "tier"?: string;
};

export type TierList = {
  /** Absent on the last page */
  "next_cursor"?: string;
  "tiers": (Tier)[];
};

export type TiersOutputBody = {
  "published_at": string;
  "tiers": PolicyLadder;
  "version": number;
};

export type TimelineEntry = {
  "actor": string | null;
  "amount_minor": number | null;
  "channel": string | null;
  "corrected_by": number | null;
  "currency": string | null;
  "customer_id": string;
  "department": string | null;
  /** Ids of what it tells of, by their names in the event, such as purchase_id */
  "ids": Record<string, string>;
  "occurred_at": string;
  "position": number;
  "recorded_at": string;
  "recorded_for": string | null;
  "revision": number;
  "source": string | null;
  "summary": string;
  "type": string;
  "voided": boolean;
  "voided_by": number | null;
};

export type TimelineOutputBody = {
  "entries": (TimelineEntry)[];
  /** Absent on the last page */
  "next_cursor"?: string;
};

export type TokenInList = {
  "expires_at"?: string;
  "issued_at": string;
  "issued_by"?: string;
  "name": string;
  "revoked_at"?: string;
  "revoked_by"?: string;
  "role": string;
  "state": "in_force" | "expired" | "revoked";
  "token_id": string;
};

export type TokensOutputBody = {
  "tokens": (TokenInList)[];
};

export type Transition = {
  "changed_on": string;
  "customer_id": string;
  "evidence": unknown;
  "from_stage": string | null;
  "policy_version": number;
  "reason": string;
  "to_stage": string;
};

export type TransitionsOutputBody = {
  "transitions": (Transition)[];
};

export type UnlinkIdentity = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** email, phone or external */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The other system, for an external id */
  "system"?: string;
  /** The address, the international number, or the id */
  "value": string;
};

export type UnlinkIdentityAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type UnlinkIdentityLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "unlink_identity";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** email, phone or external */
  "kind": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
  /** The other system, for an external id */
  "system"?: string;
  /** The address, the international number, or the id */
  "value": string;
};

export type ValueFitted = {
  "as_of": string;
  "currency": string;
  "customers": number;
  "fallback"?: string;
  "holdout"?: ValueHoldout;
  "log_likelihood": number;
  "model": string;
  "monthly_discount": number;
  "parameters": ValueParameters;
  "patterns": number;
  "position": number;
  "repeaters": number;
  "returned_share": number;
  "spend": ValueSpend;
  "time_unit": string;
};

export type ValueHoldout = {
  "actual_purchases": number;
  "customers": number;
  "days": number;
  "expected_purchases": number;
  "log_likelihood"?: number;
  "mean_absolute_error"?: number;
  "model"?: string;
  "parameters"?: ValueParameters;
  "reason"?: string;
  "relative_error"?: number;
  "spend"?: ValueSpend;
};

export type ValueParameters = {
  "a"?: number;
  "alpha": number;
  "b"?: number;
  "beta"?: number;
  "r": number;
  "s"?: number;
};

export type ValueSign = {
  "below": number;
  "figure": string;
  "value": number;
};

export type ValueSpend = {
  "customers": number;
  "fallback"?: string;
  "log_likelihood"?: number;
  "mean": number;
  "model": string;
  "p"?: number;
  "q"?: number;
  "v"?: number;
};

export type Verification = {
  "differences": (TableDifference)[];
  "position": number;
  "rows": number;
  "tables": number;
};

export type VerificationStatus = {
  "ended_at": string | null;
  "error": string | null;
  "found": Verification | null;
  "started_at": string;
  "state": "verifying" | "same" | "different" | "failed";
};

export type VerifyContactPoint = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** The one by which the customer can indeed be reached */
  "contact_point_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** How it was found out: link, code, call, letter, … */
  "method": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type VerifyContactPointAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type VerifyContactPointLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "verify_contact_point";
  /** The one by which the customer can indeed be reached */
  "contact_point_id": string;
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** How it was found out: link, code, call, letter, … */
  "method": string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The system that it comes from */
  "source"?: string;
};

export type VerifyOutputBody = {
  /** GET /v1/projections/verification returns what was found */
  "state": "verifying" | "verified";
};

export type VoidFact = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** Of the fact in the stream of the customer whom the path names, as timeline and history have it */
  "revision"?: number;
  /** The system that it comes from */
  "source"?: string;
};

export type VoidFactAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type VoidFactLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "void_fact";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** Why */
  "reason"?: string;
  /** Of the fact in the stream of the customer whom the path names, as timeline and history have it */
  "revision"?: number;
  /** The system that it comes from */
  "source"?: string;
};

export type WebhookOutputBody = {
  "commands": string;
  "key": string;
  "per_minute"?: number;
  "published_at": string;
  "secret": string;
  /** The server has the secret */
  "secret_known": boolean;
  "signature": WebhookSignature;
  "title"?: string;
  "version": number;
};

export type WebhookSignature = {
  /** hex or base64 */
  "encoding": string;
  /** The header that has the signature */
  "header": string;
  /** What stands before it, such as sha256= */
  "prefix"?: string;
  /** The header that has the Unix time; then it, a point and the body are signed, else the body alone */
  "timestamp_header"?: string;
  /** By how many seconds that time may be off: 300 if not told */
  "tolerance_s"?: number;
};

export type WhoamiOutputBody = {
  "name": string;
  /** As events keep it: token: and its id, or oidc: and the subject; absent where no token is needed */
  "principal"?: string;
  "roles": (string)[];
};

export type WinOpportunity = {
  /** Who did it */
  "actor"?: string;
  /** What it was won for, in the opportunity's currency; as last said unless given */
  "amount"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity */
  "opportunity_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type WinOpportunityAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type WinOpportunityLine = {
  /** Who did it */
  "actor"?: string;
  /** What it was won for, in the opportunity's currency; as last said unless given */
  "amount"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "win_opportunity";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** The opportunity */
  "opportunity_id": string;
  /** The system that it comes from */
  "source"?: string;
};

export type WithdrawConsent = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What for */
  "purpose": string;
  /** The system that it comes from */
  "source"?: string;
  /** The channel that it was for */
  "through": string;
};

export type WithdrawConsentAnswer = {
  "customer_id"?: string;
  /** In the log: pass it to a query as after */
  "position": number;
  /** Of the command's last event in its stream */
  "revision": number;
};

export type WithdrawConsentLine = {
  /** Who did it */
  "actor"?: string;
  /** By what way: web, store, phone, e-mail, … */
  "channel"?: string;
  "command": "withdraw_consent";
  "customer_id": string;
  /** For whom: sales, service, marketing, … */
  "department"?: string;
  "idempotency_key"?: string;
  "if_revision"?: number;
  /** When it happened, if not now; at most a day ahead */
  "occurred_at"?: string;
  /** What for */
  "purpose": string;
  /** The system that it comes from */
  "source"?: string;
  /** The channel that it was for */
  "through": string;
};

export type WorklistOutputBody = {
  "recommendations": (Recommendation)[];
};


package domaintest

import (
	"fmt"

	"github.com/govalues/decimal"

	"github.com/rapport-crm/rapport/domain/business"
	"github.com/rapport-crm/rapport/domain/calendar"
	"github.com/rapport-crm/rapport/domain/campaign"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/facts"
	"github.com/rapport-crm/rapport/domain/guidance"
	"github.com/rapport-crm/rapport/domain/identity"
	"github.com/rapport-crm/rapport/domain/policy"
	"github.com/rapport-crm/rapport/domain/product"
	"github.com/rapport-crm/rapport/domain/questionnaire"
	"github.com/rapport-crm/rapport/domain/segment"
	"github.com/rapport-crm/rapport/domain/subscription"
	"github.com/rapport-crm/rapport/domain/webhook"
)

// Commands lists all that apps and the start of a server may ask for. A new command gets a line here, and words
// below for its members whose values are not any text, number, day or id: a test names what is missing.
var Commands = []any{
	business.SetCurrency{},
	business.SetTimeZone{},
	calendar.CloseDay{},
	campaign.Plan{},
	campaign.Launch{},
	campaign.RecordCost{},
	campaign.Close{},
	customer.Register{},
	customer.ChangeProfile{},
	customer.Absorb{},
	customer.Separate{},
	customer.Erase{},
	customer.SetAttribute{},
	customer.RemoveAttribute{},
	customer.ResolveAttribute{},
	customer.AddContactPoint{},
	customer.PreferContactPoint{},
	customer.VerifyContactPoint{},
	customer.RemoveContactPoint{},
	customer.AssignRole{},
	customer.EndRole{},
	customer.DeclareRelationship{},
	customer.EndRelationship{},
	customer.RecordInsight{},
	customer.RetractInsight{},
	customer.ShareData{},
	customer.LinkIdentity{},
	customer.UnlinkIdentity{},
	customer.RecordPurchase{},
	customer.PlaceOrder{},
	customer.PayOrder{},
	customer.ShipOrder{},
	customer.DeliverOrder{},
	customer.CancelOrder{},
	customer.RecordReturn{},
	customer.RefundPurchase{},
	customer.VoidFact{},
	customer.CorrectFact{},
	customer.RecordInteraction{},
	customer.HoldInterview{},
	customer.MakePromise{},
	customer.KeepPromise{},
	customer.BreakPromise{},
	customer.Archive{},
	customer.Restore{},
	customer.CaptureLead{},
	customer.QualifyLead{},
	customer.AcceptLead{},
	customer.RejectLead{},
	customer.OpenOpportunity{},
	customer.MoveOpportunity{},
	customer.RevalueOpportunity{},
	customer.WinOpportunity{},
	customer.LoseOpportunity{},
	customer.ProposeOffer{},
	customer.AcceptOffer{},
	customer.RejectOffer{},
	customer.RedeemOffer{},
	customer.GrantConsent{},
	customer.WithdrawConsent{},
	customer.AnswerSurvey{},
	customer.AssignToCampaign{},
	customer.SendCampaignMessage{},
	customer.TellFate{},
	customer.EarnPoints{},
	customer.SpendPoints{},
	customer.MakeReferral{},
	customer.ConvertReferral{},
	customer.GiveTestimonial{},
	customer.SignAgreement{},
	customer.EndAgreement{},
	customer.IssueRecommendation{},
	customer.AcceptRecommendation{},
	customer.DismissRecommendation{},
	customer.HandOver{},
	customer.AcceptHandover{},
	customer.InstallAsset{},
	customer.ReportUsage{},
	customer.MeasureWear{},
	customer.ReportDefect{},
	customer.ReportBreakdown{},
	customer.ScheduleMaintenance{},
	customer.PerformMaintenance{},
	customer.CancelMaintenance{},
	customer.RetireAsset{},
	customer.OpenCase{},
	customer.AssignCase{},
	customer.RespondToCase{},
	customer.ReplyToCase{},
	customer.RateComplaint{},
	customer.PauseCase{},
	customer.ResumeCase{},
	customer.EscalateCase{},
	customer.ResolveCase{},
	customer.ReopenCase{},
	customer.CloseCase{},
	guidance.Define{},
	guidance.Retire{},
	policy.PublishLadder{},
	policy.PublishTiers{},
	policy.PublishRFM{},
	policy.PublishService{},
	policy.PublishCosts{},
	policy.PublishPriceBands{},
	policy.PublishRetention{},
	policy.PublishPhones{},
	product.List{},
	product.ChangePrice{},
	product.Delist{},
	questionnaire.Publish{},
	segment.Define{},
	segment.Retire{},
	subscription.Publish{},
	subscription.RotateSecret{},
	subscription.Retire{},
	webhook.Publish{},
	webhook.Retire{},
}

// Departments are those for which commands are asked.
var Departments = []any{"sales", "service"}

// words are what members are drawn from, by their JSON name, or by the command's name too where the same name
// means something else.
var words = map[string][]any{
	"currency":              {"EUR", "EUR", "EUR", "EUR", "EUR", "USD"},
	"ProposeOffer.currency": {"", "EUR"},
	"rate":                  {decimal.MustParse("0.9")},
	"time_zone":             {"Europe/Berlin", "America/New_York"},

	"Register.kind": {customer.Person, customer.Organisation},
	"system":        {"shop", "till"},
	// Rarely well formed: those who were erased take nothing any more.
	"Erase.reason": {"asked", "Asked", "He asked", "He asked.", "asked for", "asked!", "1", "?", "-", "_"},
	"Key": {
		identity.Key{Kind: identity.Email, Value: "ann@example.org"},
		identity.Key{Kind: identity.Email, Value: "bob@example.org"},
		identity.Key{Kind: identity.Phone, Value: "+44 1632 960961"},
		identity.Key{Kind: identity.External, System: "shop", Value: "tea"},
	},
	"AddContactPoint.kind":     {"email", "phone", "post"},
	"AddContactPoint.value":    {"ann@example.org", "+44 1632 960961", "01632 960961"},
	"role":                     {"payer", "partner"},
	"DeclareRelationship.kind": {"household", "employee_of"},
	"RecordInsight.evidence":   {[]int64{0}, []int64{0, 1}},
	"RecordInteraction.kind":   {"call", "email", "web_visit"},
	"direction":                {customer.Inbound, customer.Outbound},
	"SignAgreement.kind":       {"framework", "cocreation"},

	"name":       {"income", "hair_colour"}, // of an attribute
	"value":      {"brown", "30"},
	"keep":       Departments,
	"confidence": {decimal.One, decimal.MustParse("0.5")},

	"sku":        {"tea", "cup"},
	"category":   {"drinks"},
	"quantity":   {decimal.MustParse("1"), decimal.MustParse("2"), decimal.MustParse("0.5")},
	"unit_price": {decimal.MustParse("2.00"), decimal.MustParse("3.50"), decimal.MustParse("0.085")},
	"stage":      {"prospecting", "engaging", "offer"},
	"points":     {10, 50, 100},

	"HandOver.from": {"sales", "marketing"},
	"HandOver.to":   {"service", "marketing"},

	"purpose":     {"marketing", "marketing", "marketing", "marketing", "research"},
	"through":     {"email", "email", "email", "email", "phone"},
	"legal_basis": {"consent", "legitimate_interests"},
	"campaign":    {"spring", "spring", "spring", "spring", "autumn"},
	"window_days": {1, 14},
	"cells":       {[]campaign.Cell{{Cell: "letter"}, {Cell: "none", Control: true}}},
	"cell":        {"letter", "letter", "letter", "none"},
	"fate":        {customer.Delivered, customer.Opened, customer.Clicked, customer.Bounced, customer.Unsubscribed},

	"questionnaire": {"visit", "year"},
	"version":       {1, 1, 1, 2},
	"Template":      templates(),
	"AnswerSurvey.answers": {
		[]questionnaire.Answer{{Item: "it", Value: 1}}, []questionnaire.Answer{{Item: "it", Value: 5}},
		[]questionnaire.Answer{{Item: "it", Aspect: "expectation", Value: 5}, {Item: "it", Aspect: "perception", Value: 3}},
		[]questionnaire.Answer{{Item: "it", Aspect: "functional", Value: 1}, {Item: "it", Aspect: "dysfunctional", Value: 5}},
	},

	"component": {"rope", "door"},
	"unit":      {"h"},
	"total":     {decimal.MustParse("1"), decimal.MustParse("20"), decimal.MustParse("300.5")},
	"wear":      {decimal.MustParse("0.1"), decimal.MustParse("0.8")},

	"type":     {customer.Question, customer.Incident, customer.Complaint, customer.Service},
	"priority": {customer.Low, customer.Normal, customer.High, customer.Urgent},
	"action":   {customer.CorrectiveAction, customer.PreventiveAction},

	"rfm":     {policy.RFM{Groups: 4}, policy.RFM{Groups: 5}},
	"service": {customer.DefaultServiceTerms()},
	"costs": {policy.Costs{Currency: "EUR", Activities: []policy.ActivityCost{
		{Activity: policy.Interaction, Kind: "call", Cost: decimal.MustParse("4.50")}, {Activity: policy.Case, Cost: decimal.Ten}}}},
	"price_bands": {priceBands("any"), priceBands("any", "1"), policy.PriceBands{Currency: "GBP", Bands: policy.DefaultPriceBands().Bands}},
	"ladder":      {policy.DefaultLadder(), twoStages("orders >= 2"), twoStages("recency_days <= 5")},
	"tiers":       {twoStages("net_revenue >= 10.0"), twoStages("orders_in(10) >= 1")},
	"phones":      {policy.Phones{}, policy.Phones{Region: "GB"}, policy.Phones{Region: "DE"}},
	"retention": {policy.Retention{}, policy.Retention{Rules: []policy.RetentionRule{
		{Rule: "dormant", Segment: "some", AfterDays: 3, Action: policy.ArchiveAction}}}},
	"Archive.rule": {"dormant"},
	"Define.name":  {"some", "many"},
	"webhook":      {"shop", "till"},
	"subscription": {"shop", "desk"},
	"Terms": {webhook.Terms{Secret: "SHOP", Key: "payload.id", Commands: "[]", PerMinute: 10,
		Signature: webhook.Signature{Header: "X-Signature", Encoding: "hex"}}},
	"url":          {"https://shop.example.com/events"},
	"types":        {[]string{"customer.*"}, []string{subscription.SegmentEntered, "customer.case_*"}},
	"Publish.rule": {"orders >= 2", "recency_days <= 30"},
	"Define.Terms": {guidance.Terms{Segment: "some", Action: "call", Reason: "so", Assignee: "bob", DueDays: 2, CooldownDays: 3,
		ExpectedValue: "2 * orders", Outcome: customer.PurchaseOutcome, OutcomeDays: 5}},
	"Retire.name":   {"some", "many"},
	"Define.rule":   ruleOfEach(facts.Catalogue),
	"Define.title":  {"Some", "Many"},
	"country":       {"France", "Germany"},
	"locale":        {"en-GB"},
	"Register.name": {"Ann", "Bob"},
}

// kin are members that name things of another name's kind.
var kin = map[string]string{
	"absorbed_id": "customer",
	"other_id":    "customer",
	"referred_id": "customer",
	"replaced_by": "asset_id",
}

// spans are the first and the last day, from the command's own, that a member is drawn from.
var spans = map[string][2]int{
	"date":         {-1, 4},
	"installed_on": {-60, 0},
	"starts_on":    {-30, 10},
	"valid_from":   {-10, 0},
}

var (
	numbers = []decimal.Decimal{decimal.MustParse("0.01"), decimal.MustParse("2"), decimal.MustParse("4.50")}
	texts   = []string{"tea", "cup", "a word of thanks"}
)

func twoStages(rule string) policy.Ladder {
	return policy.Ladder{Stages: []policy.Stage{{Name: "upper", Rule: rule}, {Name: "lower", Rule: "true"}}}
}

// priceBands are bands that end at the given prices, and one above them.
func priceBands(name string, ends ...string) policy.PriceBands {
	bands := []policy.PriceBand{{Name: name}}
	for i, end := range ends {
		price := decimal.MustParse(end)
		bands[i].Below = &price
		bands = append(bands, policy.PriceBand{Name: fmt.Sprint(name, i+1), From: price})
	}
	return policy.PriceBands{Currency: "EUR", Bands: bands}
}

// templates are questionnaires of every form, all with one item of one name.
func templates() []any {
	of := func(kind questionnaire.Kind, dimension string, lowest, highest int) any {
		return questionnaire.Template{Kind: kind, Items: []questionnaire.Item{
			{Item: "it", Dimension: dimension, Min: lowest, Max: highest}}}
	}
	return []any{
		of(questionnaire.NPS, "", 0, 10), of(questionnaire.CSAT, "", 1, 5), of(questionnaire.CES, "", 1, 7),
		of(questionnaire.SERVQUAL, "reliability", 1, 7), of(questionnaire.Kano, "", 1, 5),
		of(questionnaire.ECSI, "loyalty", 1, 10), of(questionnaire.RelationshipQuality, "trust", 1, 7),
		of(questionnaire.SixMarkets, "referral", 1, 5), of(questionnaire.Maturity, "strategy", 1, 5),
	}
}

// ruleOfEach answers, for every fact, a rule that rests on it.
func ruleOfEach(catalogue []facts.Fact) []any {
	var rules []any
	for _, f := range catalogue {
		name := f.Name
		if f.IsWindow() {
			name += "(7)"
		}
		switch f.Kind {
		case facts.Int:
			rules = append(rules, name+" >= 2")
		case facts.Double:
			rules = append(rules, name+" >= 2.0")
		case facts.String:
			rules = append(rules, name+` != "France"`)
		case facts.List:
			rules = append(rules, fmt.Sprintf("size(%s) == 1", name))
		case facts.Bool:
			rules = append(rules, name)
		case facts.Map:
			rules = append(rules, name+`["income"] == "30"`)
		}
	}
	return rules
}

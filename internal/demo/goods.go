package demo

import (
	"slices"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// good is something that the shop sells; prices in hundredths.
type good struct {
	sku, name, category string
	cost, price         int64
}

var goods = []good{
	{"COF-1001", "House blend, 250 g", "coffee", 310, 790},
	{"COF-1002", "House blend, 1 kg", "coffee", 1080, 2590},
	{"COF-1003", "Ethiopia Yirgacheffe, 250 g", "coffee", 480, 1190},
	{"COF-1004", "Colombia Huila, 250 g", "coffee", 430, 1050},
	{"COF-1005", "Espresso Notte, 1 kg", "coffee", 1150, 2790},
	{"COF-1006", "Decaf, water process, 250 g", "coffee", 420, 990},
	{"TEA-2001", "Darjeeling first flush, 100 g", "tea", 520, 1350},
	{"TEA-2002", "Earl Grey, 100 g", "tea", 240, 690},
	{"TEA-2003", "Sencha, 100 g", "tea", 390, 990},
	{"TEA-2004", "Herbs of the Alps, 80 g", "tea", 180, 590},
	{"BRW-3001", "Pour-over dripper, ceramic", "brewing", 890, 2290},
	{"BRW-3002", "French press, 1 l", "brewing", 1240, 2990},
	{"BRW-3003", "Moka pot, 6 cups", "brewing", 1390, 3290},
	{"BRW-3004", "Teapot with strainer, 1.2 l", "brewing", 1560, 3890},
	{"BRW-3005", "Gooseneck kettle, electric", "brewing", 4150, 8900},
	{"GRD-4001", "Hand grinder", "grinders", 3120, 6900},
	{"GRD-4002", "Electric burr grinder", "grinders", 8900, 17900},
	{"MCH-5001", "Espresso machine Piccolo", "machines", 23800, 42900},
	{"MCH-5002", "Espresso machine Doppio", "machines", 61500, 109900},
	{"ACC-6001", "Filter papers, 100", "accessories", 110, 390},
	{"ACC-6002", "Descaler, 500 ml", "accessories", 260, 890},
	{"ACC-6003", "Cup and saucer", "accessories", 340, 990},
	{"ACC-6004", "Airtight tin, 500 g", "accessories", 420, 1290},
	{"BOK-7001", "The book of coffee at home", "books", 1250, 2490},
}

func goodsOf(category string) []good {
	return slices.DeleteFunc(slices.Clone(goods), func(g good) bool { return g.category != category })
}

// taste is how often a category is chosen, in parts of 100: most people buy what is used up.
type taste struct {
	category string
	weight   int
}

var tastes = []taste{
	{"coffee", 48}, {"tea", 20}, {"accessories", 16}, {"brewing", 9}, {"grinders", 3}, {"machines", 2}, {"books", 2},
}

var returnReasons = []string{"damaged in transit", "not as described", "ordered twice", "changed their mind",
	"wrong item sent", "defective"}

// monthly is the season: how much of the busiest month's custom each month sees.
var monthly = [12]float64{.62, .55, .58, .60, .58, .52, .48, .50, .62, .70, .92, 1}

func season(d domain.Day) float64 { return monthly[d.Time().Month()-1] }

// contact is a kind of interaction, as it comes about by itself (not because of a purchase).
type contact struct {
	kind                customer.InteractionKind
	direction           customer.Direction
	department, channel string
	weight              int
	subjects            []string
	minutes             int // at most; 0 where it has no length
}

var contacts = []contact{
	{"email", "outbound", "marketing", "email", 40, []string{"This month's roasts", "New harvest from Huila",
		"Ten per cent on all teas", "Your guide to the perfect pour-over"}, 0},
	{"web_visit", "inbound", "marketing", "web", 30, []string{"Looked at grinders", "Read the brewing guide",
		"Left a full basket", "Compared espresso machines"}, 25},
	{"call", "inbound", "service", "phone", 8, []string{"Asked about a delivery", "Needs a spare part",
		"Changed the address"}, 15},
	{"chat", "inbound", "service", "web", 7, []string{"Which grind for a moka pot?", "Is the kettle in stock?"}, 12},
	{"social_post", "inbound", "marketing", "social", 4, []string{"Showed their morning cup", "Asked for a recipe"}, 0},
	{"store_visit", "inbound", "sales", "store", 5, []string{"Tasted the new blend", "Looked around"}, 40},
	{"letter", "outbound", "marketing", "post", 2, []string{"Winter catalogue", "A voucher for your birthday"}, 0},
	{"sms", "outbound", "service", "phone", 2, []string{"Your parcel comes today"}, 0},
	{"form", "inbound", "sales", "web", 1, []string{"Asked for a quotation"}, 0},
	{"interview", "outbound", "marketing", "phone", 1, []string{"How you make your coffee"}, 30},
}

var visits = contact{"meeting", "outbound", "sales", "on_site", 0, []string{"Yearly talk", "Machine on trial",
	"Terms for next year"}, 90}

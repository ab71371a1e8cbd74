package domain_test

import (
	"testing"

	"github.com/rapport-crm/rapport/api/apitest"
	"github.com/rapport-crm/rapport/domain"
)

func TestRefusalsOverHTTP(t *testing.T) {
	const ann = "/v1/customers/0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01"
	bought := func(currency, price string) []apitest.Ask {
		return []apitest.Ask{
			{Method: "POST", Path: "/v1/customers", Body: `{"kind":"person","customer_id":"0b8f3c52-3f0e-4c39-9a3e-5a3f0f6f2d01"}`},
			{Method: "POST", Path: ann + "/purchases", Body: `{"currency":"` + currency +
				`","lines":[{"sku":"tea","quantity":1000000,"unit_price":"` + price + `"}]}`}}
	}
	apitest.Suite[struct{}, domain.Needs]{Asked: map[string][]apitest.Ask{
		"currency_unknown":   bought("ZZZ", "1"),
		"money_out_of_range": bought("EUR", "1000000000"),
		"text_blank":         {{Method: "POST", Path: "/v1/customers", Body: `{"kind":"person","name":"\u200b "}`}},
		"text_malformed":     {{Method: "POST", Path: "/v1/customers", Body: `{"kind":"person","name":"\u0000"}`}},
	}}.Refusals(t)
}

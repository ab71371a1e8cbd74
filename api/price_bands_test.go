package api_test

import (
	"strings"
	"testing"
)

func TestPriceBandsInForce(t *testing.T) {
	w := newWorld(t)
	standard := w.must(200, "GET", "/v1/policies/price_bands", "").json(t)
	if bands := standard["price_bands"].(map[string]any)["bands"].([]any); standard["version"] != 0.0 || len(bands) != 6 {
		t.Errorf("built in: %v", standard)
	}
	const bands = `{"price_bands":{"currency":"EUR","bands":[{"name":"low","from":"0","below":"5"},{"name":"high","from":"5"}]}}`
	w.must(201, "PUT", "/v1/policies/price_bands", bands)
	w.must(200, "PUT", "/v1/policies/price_bands", strings.ReplaceAll(bands, `"5"`, `"5.0"`))
	got := w.must(200, "GET", "/v1/policies/price_bands", "").json(t)
	if got["version"] != 1.0 || marshal(t, got["price_bands"]) != marshal(t, answer{text: bands}.json(t)["price_bands"]) {
		t.Errorf("in force: %v", got)
	}
	for _, c := range []struct{ from, to, want string }{
		{`"from":"5"`, `"from":"6"`, "422 price_band_gap body.price_bands.bands[1].from"},
		{`"from":"5"`, `"from":"4"`, "422 price_bands_overlap body.price_bands.bands[1].from"},
		{`"from":"5"`, `"from":"5","below":"9"`, "422 price_band_end body.price_bands.bands[1].below"},
		{`"EUR"`, `"GBP"`, "422 price_bands_currency body.price_bands.currency"},
	} {
		if got := told(t, w.do("PUT", "/v1/policies/price_bands", strings.Replace(bands, c.from, c.to, 1))); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

package facts

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

// Value is what the customer bought and brought back, in minor units of the reporting currency. Totals
// are kept beside the days, so that reading them costs nothing.
type Value struct {
	Currency domain.Currency `json:"currency,omitempty"` // of the reports
	Digits   int             `json:"digits,omitempty"`   // decimals of its minor unit

	Orders       int64 `json:"orders,omitempty"`  // purchases
	Returns      int64 `json:"returns,omitempty"` // returns, not goods
	GrossMinor   int64 `json:"gross_minor,omitempty"`
	ReturnsMinor int64 `json:"returns_minor,omitempty"`
	NetMinor     int64 `json:"net_minor,omitempty"` // gross less returns
	// CostMinor is what the lines with a known cost cost us, CostedMinor what they sold for.
	CostMinor   int64 `json:"cost_minor,omitempty"`
	CostedMinor int64 `json:"costed_minor,omitempty"`
	Costed      bool  `json:"costed,omitempty"` // the cost of at least one line is known
	// DiscountsMinor is what lines sold for less than their list price.
	DiscountsMinor int64 `json:"discounts_minor,omitempty"`

	// PurchaseDays counts the days with a purchase. First and Last of them mean something once it is > 0.
	PurchaseDays    int64      `json:"purchase_days,omitempty"`
	FirstPurchaseOn domain.Day `json:"first_purchase_on,omitzero"`
	LastPurchaseOn  domain.Day `json:"last_purchase_on,omitzero"`

	Days Days `json:"days,omitempty"`
}

// FirstPurchase answers the day of the earliest purchase; false where there is none.
func (v *Value) FirstPurchase() (domain.Day, bool) { return v.FirstPurchaseOn, v.PurchaseDays > 0 }

// LastPurchase answers the day of the latest purchase; false where there is none.
func (v *Value) LastPurchase() (domain.Day, bool) { return v.LastPurchaseOn, v.PurchaseDays > 0 }

// Frequency counts the repeat purchases as the field's models do: the days with a purchase but the first.
func (v *Value) Frequency() int64 { return max(0, v.PurchaseDays-1) }

// RepeatMinor answers what was bought on the days after the first one, in minor units of the reporting currency.
func (v *Value) RepeatMinor() int64 {
	i, bought := find(v.Days, v.FirstPurchaseOn)
	if !bought || v.PurchaseDays == 0 {
		return 0
	}
	return v.GrossMinor - v.Days[i].GrossMinor
}

// TX answers t_x, the customer's age at the last purchase, in days; false without a purchase.
func (v *Value) TX() (int64, bool) {
	return int64(v.LastPurchaseOn - v.FirstPurchaseOn), v.PurchaseDays > 0
}

// Age answers the days since the first purchase, 0 where that is after on; false without one.
func (v *Value) Age(on domain.Day) (int64, bool) {
	return int64(max(0, on-v.FirstPurchaseOn)), v.PurchaseDays > 0
}

// RecencyDays answers the days since the last purchase, 0 where that is after on; false without one.
func (v *Value) RecencyDays(on domain.Day) (int64, bool) {
	return int64(max(0, on-v.LastPurchaseOn)), v.PurchaseDays > 0
}

// MarginMinor returns what the lines with a known cost sold for, less that cost and all refunds; false where none is
// known. Goods that came back count as lost.
func (v *Value) MarginMinor() (int64, bool) {
	return v.CostedMinor - v.CostMinor - v.ReturnsMinor, v.Costed
}

func (v *Value) bought(e customer.PurchaseRecorded, day domain.Day) {
	v.reportIn(e.ReportingCurrency)
	d := at(&v.Days, day, Day{On: day})
	d.Orders++
	d.GrossMinor += e.ReportingTotalMinor
	for _, l := range e.Lines {
		if l.ListMinor != nil {
			v.DiscountsMinor += max(0, *l.ListMinor-l.ReportingMinor)
		}
		if l.CostMinor != nil {
			d.CostMinor += *l.CostMinor
			v.CostMinor += *l.CostMinor
			v.CostedMinor += l.ReportingMinor
			v.Costed = true
		}
	}
	v.Orders++
	v.GrossMinor += e.ReportingTotalMinor
	v.NetMinor += e.ReportingTotalMinor
	if d.Orders > 1 {
		return
	}
	if v.PurchaseDays == 0 {
		v.FirstPurchaseOn, v.LastPurchaseOn = day, day
	}
	v.FirstPurchaseOn, v.LastPurchaseOn = min(v.FirstPurchaseOn, day), max(v.LastPurchaseOn, day)
	v.PurchaseDays++
}

func (v *Value) reportIn(c domain.Currency) {
	if v.Currency != c {
		v.Currency = c
		v.Digits, _ = c.MinorDigits()
	}
}

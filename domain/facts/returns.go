package facts

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func (v *Value) returned(e customer.ReturnRecorded, day domain.Day) {
	v.reportIn(e.ReportingCurrency)
	d := at(&v.Days, day, Day{On: day})
	if !e.MoneyOnly {
		d.Returns++
		v.Returns++
	}
	d.ReturnedMinor += e.ReportingTotalMinor
	v.ReturnsMinor += e.ReportingTotalMinor
	v.NetMinor -= e.ReportingTotalMinor
}

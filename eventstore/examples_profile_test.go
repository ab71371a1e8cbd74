package eventstore_test

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
)

func profileExamples() []domain.Event {
	income := customer.AttributeKey{Name: "income", Department: "sales"}
	return []domain.Event{
		customer.AttributeSet{AttributeKey: income, Value: "high", Source: "call centre", Confidence: number("0.8"),
			ValidFrom: 15034, ExpiresOn: point(domain.Day(15400))},
		customer.AttributeRemoved{AttributeKey: income, RemovedOn: 15100},
		customer.AttributeExpired{AttributeKey: income, ExpiredOn: 15400},
		customer.AttributeResolved{Name: "income", Value: "high", Upheld: []string{"sales"}, Overruled: []string{"service"},
			Reason: "a pay slip"},
	}
}

package eventstore_test

import (
	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/value"
)

var valueExamples = []domain.Event{
	value.Fitted{Model: value.ParetoNBD, Parameters: value.Parameters{R: 0.5533, Alpha: 10.5777, A: 0.7929, B: 2.4259, S: 0.6062,
		Beta: 11.6687}, LogLikelihood: -9594.976, TimeUnit: "week", AsOf: 10134, Position: 9276, Customers: 2357,
		Repeaters: 946, Patterns: 1016,
		Spend: value.Spend{Model: value.GammaGamma, P: 6.2496, Q: 3.7442, V: 15.4435, Mean: 35.171, Customers: 946,
			LogLikelihood: -4055.9177, Fallback: "the gamma-gamma model does not converge"},
		Currency: "USD", ReturnedShare: 0.03, MonthlyDiscount: 0.01,
		Holdout: &value.Holdout{Days: 91, Model: value.ParetoNBD,
			Parameters: &value.Parameters{R: 0.55, Alpha: 10.5, A: 0.8, B: 2.4, S: 0.6, Beta: 11.6}, LogLikelihood: -7000.5,
			Spend: &value.Spend{Model: value.PlainMean, P: 6, Q: 3, V: 15, Mean: 34.5, Customers: 800, LogLikelihood: -4000,
				Fallback: "too few customers bought again for money"},
			Customers: 2300, Actual: 700, Expected: 630, Error: -0.1, MeanAbsoluteError: 0.4,
			Reason: "too few customers had bought again before the days held out"},
		Fallback: "the model bg_nbd does not converge"},
}

package policy_test

import "github.com/rapport-crm/rapport/domain/policy"

func phones() []story {
	publish := func(region string) policy.PublishPhones {
		return policy.PublishPhones{Phones: policy.Phones{Region: region}}
	}
	published := func(version int, region string) policy.Event {
		return policy.Published{Policy: policy.PhonesName, Version: version, Phones: &policy.Phones{Region: region}}
	}
	return []story{
		{Name: "phone numbers of a region", When: publish("DE"), Then: []policy.Event{published(1, "DE")}},
		{Name: "of the same region again", Given: []policy.Event{published(1, "DE")}, When: publish("DE")},
		{Name: "of another region", Given: []policy.Event{published(1, "DE")}, When: publish("AT"), Then: []policy.Event{published(2, "AT")}},
		{Name: "international numbers again", Given: []policy.Event{published(1, "DE")}, When: publish(""), Then: []policy.Event{published(2, "")}},
		{Name: "international numbers, as they are", When: publish("")},
		{Name: "phone numbers of no region", When: publish("Narnia"), Refused: policy.ErrPhoneRegion},
		{Name: "phone numbers of a region in small letters", When: publish("de"), Refused: policy.ErrPhoneRegion},
	}
}

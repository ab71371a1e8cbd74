package importer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/importer"
)

func olistFolder(t *testing.T) string {
	t.Helper()
	return folder(t, map[string]string{
		"olist_customers_dataset.csv": "customer_id,customer_unique_id\nc1,ann\nc2,ann\nc3,bob\n",
		"olist_products_dataset.csv":  "product_id,product_category_name\npot,casa\n",
		"olist_order_items_dataset.csv": "order_id,product_id,price,freight_value\no1,pot,5.00,1.25\no1,cup,2.00,0.75\no2,pot,5.00,1.00\n" +
			"o6,pot,5.00,1.00\no6,cup,five,1.00\no7,pot,5.00,1.00\n",
		"olist_order_payments_dataset.csv": "order_id,payment_sequential,payment_type,payment_value\n" +
			"o1,1,voucher,4.00\no1,2,credit_card,5.00\no2,1,boleto,6.00\no3,1,boleto,7.00\no7,1,boleto,\n",
		"olist_orders_dataset.csv": "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at," +
			"order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date\n" +
			"o1,c1,delivered,2018-03-01 10:00:00,2018-03-01 11:00:00,2018-03-01 09:00:00,2018-03-03 10:00:00,2018-03-09 00:00:00\n" +
			"o2,c2,canceled,2018-03-02 10:00:00,,2018-03-02 12:00:00,,2018-03-09 00:00:00\n" +
			"o3,c3,unavailable,2018-03-02 10:00:00,2018-03-02 11:00:00,,,2018-03-09 00:00:00\n" +
			"o4,c3,created,2018-03-02 10:00:00,,,,\n" +
			"o5,c4,created,2018-03-02 10:00:00,,,,\n" +
			"o6,c3,created,2018-03-02 10:00:00,,,,\no7,c3,created,2018-03-02 10:00:00,,,,\n",
		"olist_order_reviews_dataset.csv": "review_id,order_id,review_score,review_comment_title,review_comment_message," +
			"review_answer_timestamp\nr1,o1,5,,Bom,2018-03-04 12:00:00\nr2,o9,5,,,2018-03-04 12:00:00\n",
	})
}

func TestOlist(t *testing.T) {
	server := serve(t)
	o := importer.Options{Client: server.client(t, client.Options{}), Paths: []string{olistFolder(t)}, Preset: "olist"}
	report, err := importer.Run(t.Context(), o)
	if err != nil || len(report.Skipped) > 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	var counts []int
	for _, h := range report.Holds {
		counts = append(counts, h.Count)
	}
	if diff := cmp.Diff([]int{3, 1, 1, 1, 1, 4, 1}, counts); diff != "" {
		t.Error(diff)
	}
	want := []importer.Count{{Of: "lines", Reason: "number_malformed", Count: 2}, {Of: "lines", Reason: "order_incomplete", Count: 2},
		{Of: "lines", Reason: "customer_unknown", Count: 1}, {Of: "lines", Reason: "order_empty", Count: 1}, {Of: "lines", Reason: "order_unknown", Count: 1}}
	if diff := cmp.Diff(want, report.Refused, cmpopts.IgnoreFields(importer.Count{}, "Examples")); diff != "" {
		t.Error(diff)
	}
	told := map[string][]string{}
	for _, r := range server.recorded(t) {
		if e, ok := r.Event.(customer.Told); ok {
			told[r.Stream] = append(told[r.Stream], r.Metadata.OccurredAt.Format("02 15h ")+e.Summary())
		}
	}
	streamOf := func(id string) string {
		return customer.Stream(customer.IDFrom(customer.ExternalID{System: "olist", ID: id}))
	}
	if diff := cmp.Diff(map[string][]string{
		streamOf("ann"): {
			"01 10h registered as a person", "01 10h bought 3 lines for 9.00 BRL (invoice o1)",
			"01 10h placed an order of 9.00 BRL", "01 10h an order was shipped", "01 11h paid 4.00 BRL for an order",
			"01 11h paid 5.00 BRL for an order", "02 10h bought 2 lines for 6.00 BRL (invoice o2)",
			"02 10h placed an order of 6.00 BRL", "02 10h paid 6.00 BRL for an order", "02 12h an order was shipped",
			"03 10h an order was delivered", "04 12h answered a survey: CSAT 5"},
		streamOf("bob"): {
			"02 10h registered as a person", "02 10h bought 1 line for 7.00 BRL (invoice o3)",
			"02 10h placed an order of 7.00 BRL", "02 11h paid 7.00 BRL for an order", "02 11h an order was cancelled",
			"02 11h returned 1 line for 7.00 BRL"},
	}, told); diff != "" {
		t.Error(diff)
	}
}

func TestTheDataSetOfOlistImportsTwice(t *testing.T) {
	server := serve(t)
	o := importer.Options{Client: server.client(t, client.Options{}), Preset: "olist", Paths: []string{importer.DataSet(t, "olist")}}
	first, err := importer.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	second, err := importer.Run(t.Context(), o)
	if err != nil || second.EventsAppended != 0 || second.EventsKnown != first.EventsAppended {
		t.Errorf("%+v, then %+v, %v", first, second, err)
	}
	if first.Holds[0] != (importer.Content{What: "orders", Count: 4_000}) || first.Customers != 3_998 ||
		len(first.Refused)+len(first.Skipped) > 0 {
		t.Errorf("%+v", first)
	}
}

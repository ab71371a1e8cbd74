package projections

import (
	"testing"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/domain/policy"
)

func TestTiers(t *testing.T) {
	w := newWorld(t, nil)
	w.start()
	w.ladder()
	publish := func(version int, gold string) {
		l := policy.Ladder{Stages: []policy.Stage{{Name: "gold", Rule: gold}, {Name: "basic", Rule: "true"}}}
		w.append(policy.Stream(policy.TiersName), "2024-01-01", policy.Published{Policy: policy.TiersName, Version: version, Ladder: &l})
	}
	publish(1, "points_earned >= 100 && orders_in(30) > 0")
	w.register("ann", "2024-01-01")
	w.register("bob", "2024-01-01")
	w.buys("ann", "2024-01-05", 9900)
	w.append(streamOf("ann"), "2024-01-05", customer.PointsEarned{LotID: uuid.UUID{1}, Points: 99})
	w.settle()
	w.append(streamOf("ann"), "2024-01-06", customer.PointsEarned{LotID: uuid.UUID{2}, Points: 1})
	w.settle()
	const now = "SELECT name, tier, since, policy_version FROM loyalty_tier JOIN customer_360 USING (customer_id) ORDER BY name"
	expect(t, "tiers", w.text(now), "\nann gold 2024-01-06 1\nbob basic 2024-01-01 1")
	w.closeDay("2024-02-04")
	w.settle()
	expect(t, "tiers when time has passed", w.text(now), "\nann basic 2024-02-04 1\nbob basic 2024-01-01 1")
	w.stop()
	w.start() // with the tiers as the tables hold them
	w.buys("ann", "2024-02-10", 100)
	w.closeDay("2024-02-11")
	publish(2, "points_earned >= 1000")
	w.settle()
	expect(t, "steps", w.text(`SELECT changed_on, from_stage, to_stage, reason, policy_version FROM loyalty_tier_history
		WHERE customer_id = $1 ORDER BY changed_on`, [16]byte(who("ann"))), `
2024-01-01 <nil> basic became_known 1
2024-01-06 basic gold own_doing 1
2024-02-04 gold basic time_passed 1
2024-02-10 basic gold own_doing 1
2024-02-11 gold basic policy_changed 2`)
	expect(t, "versions", w.text("SELECT version FROM loyalty_tiers ORDER BY 1"), "\n1\n2")
	expect(t, "the ladder is another matter", w.text("SELECT stage, policy_version FROM loyalty_stage WHERE customer_id = $1",
		[16]byte(who("ann"))), "\ncustomer 1")
	live := w.checksums()
	if err := w.engine.Rebuild(w.ctx); err != nil {
		t.Fatal(err)
	}
	for table, sum := range w.checksums() {
		if live[table] != sum {
			t.Errorf("%s: %s live, %s rebuilt", table, live[table], sum)
		}
	}
}

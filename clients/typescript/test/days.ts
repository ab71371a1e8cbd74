// The day of a web shop and that of a help desk, with this client alone: node dist/test/days.js URL [THROUGH], of
// a server that has no tokens, and of what stands between.
import { strict as assert } from "node:assert";
import { Rapport, Refused } from "../src/index.js";

const url = process.argv[2] ?? "http://127.0.0.1:8080";
const through = process.argv[3] ?? url;
let steps = 0;

/** A step that must be carried out. */
async function did<T>(what: string, answer: Promise<T>): Promise<T> {
  steps++;
  try {
    return await answer;
  } catch (fault) {
    throw new Error(`step ${steps}, ${what}: ${fault}`);
  }
}

/** A step that reads what must be so. */
async function read<T>(what: string, answer: Promise<T>, so: (got: T) => boolean): Promise<T> {
  const got = await did(what, answer);
  assert.ok(so(got), `step ${steps}, ${what}: ${JSON.stringify(got).slice(0, 800)}`);
  return got;
}

/** A step that must be refused. */
async function refused(what: string, answer: Promise<unknown>): Promise<void> {
  steps++;
  await assert.rejects(answer, (fault) => fault instanceof Refused && fault.code !== "", `step ${steps}, ${what}`);
}

const on = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function shopsDay(c: Rapport): Promise<void> {
  await read("who am I", c.getCaller(), (me) => me.name === "day");
  const person = { kind: "person", name: "Tess Turner", country: "GB", locale: "en-GB" };
  const tess = await did("Tess signs up", c.registerCustomerBy("ts-shop", "4711", person));
  await read("once", c.registerCustomerBy("ts-shop", "4711", person), (again) => again.customer_id === tess.customer_id);
  const id = tess.customer_id!;
  const bob = await did("Bob signs up", c.registerCustomer({ kind: "person", name: "Bob Tenner" }, { idempotencyKey: "ts-bob" }));
  const mail = await did("her address", c.addContactPoint(id, { kind: "email", value: "tess@example.com" }));
  await did("she clicks the link", c.verifyContactPoint(id, { contact_point_id: mail.contact_point_id!, method: "link" }));
  let at = (await did("her number", c.addContactPoint(id, { kind: "phone", value: "+44 20 7946 0999" }))).position;
  for (const query of [{ email: "TESS@example.com" }, { phone: "+442079460999" }, { external_id: "ts-shop:4711" }, { name: "tess t" }])
    await read("find Tess", c.listCustomers({ ...query, after: at }), (found) => found.customers.length === 1 && found.customers[0]!.customer_id === id);
  await read("find nobody", c.listCustomers({ email: "ts-nobody@example.com" }), (found) => found.customers.length === 0);
  await read("how to reach her", c.listCustomerContactPoints(id), (all) => all.contact_points.length === 2);

  for (const through of ["email", "sms"])
    await did("she agrees", c.grantConsent(id, { purpose: "marketing", through, legal_basis: "consent", text_version: "2026-1" }));
  at = (await did("but not by text message", c.withdrawConsent(id, { purpose: "marketing", through: "sms" }))).position;
  await read("her preferences", c.listCustomerConsents(id, { after: at }), (all) => all.consents.length === 2);
  await read("may we mail her", c.getCustomerConsent(id, "marketing", "email"), (one) => one.allowed === true);

  const basket = { currency: "EUR", reference: "TS-1", channel: "web", lines: [
    { sku: "kettle", name: "Kettle", category: "kitchen", quantity: "1", unit_price: "29.90" },
    { sku: "cup", name: "Cup", category: "kitchen", quantity: "4", unit_price: "3.50" }] };
  const bought = await did("she buys a basket", c.recordPurchase(id, basket, { idempotencyKey: "TS-1" }));
  await read("once", c.recordPurchase(id, basket, { idempotencyKey: "TS-1" }), (twice) => twice.purchase_id === bought.purchase_id);
  const order = bought.purchase_id!;
  at = (await did("as an order", c.placeOrder(id, { purchase_id: order, payment_due_on: on(14) }))).position;
  await read("what she owes", c.getCustomerReceivable(id, order, { after: at }), (owed) => owed.open_minor === 4390);
  await did("she pays", c.payOrder(id, { purchase_id: order, amount: "43.90", method: "card" }));
  await did("it is sent", c.shipOrder(id, { purchase_id: order, carrier: "Parcels Ltd" }));
  at = (await did("it arrives", c.deliverOrder(id, { purchase_id: order }))).position;
  await read("her order", c.getCustomerOrder(id, order, { after: at }), (o) => o.state === "delivered" && o.paid_minor === 4390);
  await read("all orders", c.listOrders(), (all) => all.orders.length >= 1);
  await read("her purchases", c.listCustomerPurchases(id, { fields: ["total_minor", "lines"] }), (all) => all.purchases[0]!.lines!.length === 2);

  await did("points for it", c.earnPoints(id, { points: 120, purchase_id: order, for: "order TS-1" }));
  at = (await did("she spends some", c.spendPoints(id, { points: 50, for: "a mug" }))).position;
  await read("her balance", c.getCustomerPointsAccount(id, { after: at }), (account) => account.balance === 70);
  await refused("not more than that", c.spendPoints(id, { points: 500, for: "a car" }));
  await read("her lots", c.listCustomerPointsLots(id), (all) => all.points_lots.length === 1);
  await read("where they went", c.listCustomerPointsMovements(id), (all) => all.points_movements.length === 2);

  const coupon = await did("a coupon", c.proposeOffer(id, { title: "10 % off", discount_percent: "10", category: "kitchen", reason: "thanks", valid_until: on(30) }));
  await did("she takes it", c.acceptOffer(id, { offer_id: coupon.offer_id! }));
  const pan = await did("she buys a pan", c.recordPurchase(id, { currency: "EUR", reference: "TS-2", lines: [
    { sku: "pan", name: "Pan", category: "kitchen", quantity: "1", unit_price: "18.00", list_price: "20.00" }] }));
  at = (await did("with the coupon", c.redeemOffer(id, { offer_id: coupon.offer_id!, purchase_id: pan.purchase_id! }))).position;
  await read("the coupon is used", c.getCustomerOffer(id, coupon.offer_id!, { after: at }), (o) => o.state === "redeemed");

  const cups = (quantity: string, reference: string) => c.recordReturn(id, { purchase_id: order, currency: "EUR", reason: "broken", reference,
    lines: [{ sku: "cup", quantity, unit_price: "3.50" }] });
  at = (await did("a cup comes back", cups("1", "TS-R1"))).position;
  await read("her returns", c.listCustomerReturns(id, { after: at }), (all) => all.returns.length === 1 && all.returns[0]!.total_minor === 350);
  await refused("no more than she bought", cups("9", "TS-R2"));

  const answers = await read("ten visits", c.batch(Array.from({ length: 10 }, () => ({ command: "record_interaction" as const, customer_id: id,
    kind: "web_visit", direction: "inbound" }))), (all) => all.length === 10 && all.every((a) => a.status === 201));
  at = answers[9]!.position!;
  const seen = await read("the first page of them", c.listCustomerInteractions(id, { after: at, limit: 4 }), (page) => page.interactions.length === 4 && !!page.next_cursor);
  await read("the rest", c.listCustomerInteractions(id, { limit: 10, cursor: seen.next_cursor! }), (page) => page.interactions.length === 6 && !page.next_cursor);
  await read("Tess at a glance", c.getCustomer(id, { expand: ["consents", "orders"] }), (one) => one.orders === 2 && one.returns === 1);
  await read("what happened last", c.getTimeline(id, { limit: 5 }), (page) => page.entries.length === 5 && !!page.next_cursor);
  await read("what became of orders", c.followEvents({ customer_id: [id], types: "customer.order_*" }), (page) => page.events.length === 4);
  await refused("nothing is no purchase", c.recordPurchase(id, { currency: "EUR", lines: [] }));
  await did("segments", c.listSegments());
  await refused("which are not for a shop to define", c.defineSegment("mine", { rule: "orders >= 1" }));
  at = (await did("her size", c.setAttribute(id, { name: "ts_size", value: "M" }))).position;
  await read("who wears that", c.listCustomers({ attributes: { "attribute.ts_size": "M" }, after: at }), (all) => all.customers.length === 1);
  await did("who bought twice", c.listCustomers({ rule: "orders >= 2" }));
  await did("her sign-in", c.linkIdentity(id, { kind: "email", value: "tess@example.com" }));
  await refused("which is hers alone", c.linkIdentity(bob.customer_id!, { kind: "email", value: "tess@example.com" }));
  await refused("nothing on what is no more", c.setAttribute(id, { name: "ts_size", value: "L" }, { ifRevision: 1 }));
}

async function desksDay(c: Rapport, root: Rapport): Promise<void> {
  const mark = `ts${Date.now()}`;
  await root.defineSegment(mark, { rule: 'interactions >= 1 && kind == "person"' });
  await root.planCampaign(mark, { purpose: "marketing", through: "email", window_days: 14, cells: [{ cell: "mail" }] });
  await root.launchCampaign(mark, {});
  const ids: string[] = [];
  let at = 0;
  for (const [i, name] of ["Cleo Carter", "Dan Dyer", "Eve Ellis"].entries()) {
    const id = (await did("a caller", c.registerCustomerBy(mark, String(i), { kind: "person", name }))).customer_id!;
    ids.push(id);
    await did("their address", c.addContactPoint(id, { kind: "email", value: `caller${i}@${mark}.example.com` }));
    await did("they call", c.recordInteraction(id, { kind: "call", direction: "inbound", subject: "it leaks", department: "service" }));
    at = (await did("and may be mailed", c.grantConsent(id, { purpose: "marketing", through: "email", legal_basis: "consent", text_version: "2026-1" }))).position;
  }
  const [cleo, dan, eve] = ids as [string, string, string];
  await read("who calls", c.listCustomers({ email: `caller0@${mark}.example.com`, after: at }), (all) => all.customers[0]!.customer_id === cleo);

  const cases: string[] = [];
  for (const [i, [priority, type]] of ([["low", "incident"], ["urgent", "complaint"], ["high", "incident"]] as const).entries()) {
    const opened = await did("a case", c.openCase(ids[i]!, { type, priority, category: "leak", subject: "it leaks", queue: mark, department: "service" }));
    cases.push(opened.case_id!);
    at = opened.position;
  }
  const urgent = cases[1]!;
  const work = await read("the queue by due time", c.listCases({ queue: [mark], state: ["open"], sort: "due_at", after: at }),
    (all) => all.cases.length === 3 && all.cases[0]!.case_id === urgent && all.cases[2]!.case_id === cases[0]);
  const first = await read("its first page", c.listCases({ queue: [mark], sort: "due_at", limit: 1 }), (all) => all.cases.length === 1 && !!all.next_cursor);
  await read("and the next", c.listCases({ queue: [mark], sort: "due_at", limit: 1, cursor: first.next_cursor! }), (all) => all.cases[0]!.case_id === cases[2]);
  await read("what is due before the second", c.listCases({ queue: [mark], due_before: work.cases[1]!.due_at! }), (all) => all.cases.length === 1);

  at = (await did("Zoe takes it", c.assignCase(dan, { case_id: urgent, assignee: "zoe" }))).position;
  await read("what is hers", c.listCases({ assignee: ["zoe"], queue: [mark], after: at }), (all) => all.cases.length === 1);
  await did("she calls back", c.respondToCase(dan, { case_id: urgent, channel: "phone" }));
  await did("Dan answers", c.replyToCase(dan, { case_id: urgent, channel: "email" }));
  await did("she writes", c.respondToCase(dan, { case_id: urgent, channel: "email" }));
  at = (await did("and waits", c.pauseCase(dan, { case_id: urgent, reason: "waiting for a photo" }))).position;
  await read("the case waits", c.getCustomerCase(dan, urgent, { after: at }), (one) => one.state === "paused");
  await did("the photo comes", c.resumeCase(dan, { case_id: urgent }));
  await did("it goes up", c.escalateCase(dan, { case_id: urgent, to: "head of service", reason: "it leaks again" }));
  const promise = await did("a promise", c.makePromise(dan, { what: "a new tap by tomorrow", due_on: on(1) }));
  await read("what was promised", c.listCustomerPromises(dan, { after: promise.position }), (all) => all.promises.length === 1);
  await did("it is kept", c.keepPromise(dan, { promise_id: promise.promise_id! }));
  await did("it is resolved", c.resolveCase(dan, { case_id: urgent, action: "corrective", root_cause: "worn seal", compensation: { amount: "10.00", currency: "EUR" } }));
  await did("Dan rates that", c.rateComplaint(dan, { case_id: urgent, distributive: 5, procedural: 4, interactional: 6 }));
  at = (await did("and it is closed", c.closeCase(dan, { case_id: urgent }))).position;
  await read("its thread", c.getCustomerCase(dan, urgent, { after: at }), (one) => one.state === "closed" && one.responses === 2 && one.replies === 1 && one.resolutions!.length === 1);
  await read("word for word", c.followEvents({ customer_id: [dan], types: "customer.case_*" }), (page) => page.events.length === 10);
  await refused("what is closed stays closed", c.resolveCase(dan, { case_id: urgent, action: "corrective" }));
  at = (await did("unless it leaks again", c.reopenCase(dan, { case_id: urgent, reason: "it leaks again" }))).position;
  await read("it is in the queue again", c.listCases({ queue: [mark], state: ["open"], after: at }), (all) => all.cases.length === 3);
  await refused("no advertising meanwhile", c.sendCampaignMessage(dan, { campaign: mark }));
  await did("for good", c.resolveCase(dan, { case_id: urgent, action: "preventive", root_cause: "worn pipe" }));
  await did("and closed", c.closeCase(dan, { case_id: urgent }));

  const handed = await did("to sales", c.handOver(eve, { from: "service", to: "sales", what: "wants a second tap" }));
  await read("their inbox", c.listHandovers({ after: handed.position }), (all) => all.handovers.some((h) => h.handover_id === handed.handover_id && h.accepted_at === null));
  at = (await did("sales takes it", c.acceptHandover(eve, { handover_id: handed.handover_id! }))).position;
  await read("it was taken", c.getCustomerHandover(eve, handed.handover_id!, { after: at }), (one) => one.accepted_at !== null);

  const members = await read("who belongs to the segment", c.listMembers(mark, { after: at }), (all) => all.members.length >= 3);
  for (const { customer_id } of members.members.filter((m) => ids.includes(m.customer_id))) {
    await did("into the campaign", c.assignToCampaign(customer_id, { campaign: mark, cell: "mail" }));
    at = (await did("their mail", c.sendCampaignMessage(customer_id, { campaign: mark }))).position;
  }
  await read("what was sent", c.listMessages({ campaign: [mark], after: at }), (all) => all.messages.length === 3);
  await refused("not into what is not there", c.assignToCampaign(cleo, { campaign: "nowhere", cell: "mail" }));
  await read("Dan at a glance", c.getCustomer(dan, { expand: ["cases", "promises"] }), (one) => one.interactions === 1 && one.segments.includes(mark));
  await read("and what happened", c.getTimeline(dan), (page) => page.entries.length > 15);
}

const admin = await new Rapport({ url }).issueToken({ name: "root", role: "admin" });
const root = new Rapport({ url, token: admin.token });
const own = await root.issueToken({ name: "day", role: "app" });
const c = new Rapport({ url: through, token: own.token });
for (const [name, day] of [["shop", shopsDay], ["desk", (c: Rapport) => desksDay(c, root)]] as const) {
  steps = 0;
  await day(c);
  assert.ok(steps >= 55, `${steps} steps are no day`);
  console.log(`the ${name}'s day: ${steps} steps`);
}

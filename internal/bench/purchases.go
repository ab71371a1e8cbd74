package bench

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/domain"
	"github.com/rapport-crm/rapport/domain/customer"
	"github.com/rapport-crm/rapport/internal/client"
	"github.com/rapport-crm/rapport/internal/demo"
)

// currency of all books here.
const currency domain.Currency = "EUR"

// purchase is a command of an app, as a request of which only the two ids are to be filled in.
type purchase struct {
	command  customer.RecordPurchase
	how      client.Circumstances
	body     []byte
	request  []byte
	customer int // where in the request the ids stand
	id       int
}

// purchases answers some of one to three lines, as the customers of the made-up shop buy. They happen now.
func purchases() ([]purchase, error) {
	const enough = 64
	var all []purchase
	for line := range demo.Generate(demo.Options{Customers: 100, Currency: currency}) {
		if line.Command != "record_purchase" {
			continue
		}
		p, err := newPurchase(line)
		if err != nil {
			return nil, err
		}
		if len(p.command.Lines) > 3 {
			continue
		}
		if all = append(all, p); len(all) == enough {
			break
		}
	}
	return all, nil
}

func newPurchase(line client.Line) (p purchase, err error) {
	var said struct {
		customer.RecordPurchase
		client.Circumstances
	}
	text, err := json.Marshal(line.Body)
	if err == nil {
		err = json.Unmarshal(text, &said)
	}
	if err != nil {
		return p, fmt.Errorf("read a generated purchase: %w", err)
	}
	said.OccurredAt = time.Time{}
	p = purchase{command: said.RecordPurchase, how: said.Circumstances}
	if p.body, err = json.Marshal(said); err != nil {
		return p, fmt.Errorf("write a purchase: %w", err)
	}
	const before = "POST /v1/customers/"
	p.request = fmt.Appendf(nil, before+"%s/purchases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"+
		"Content-Length: %d\r\n\r\n%s", uuid.Nil, len(p.body), p.body)
	p.customer = len(before)
	p.id = bytes.Index(p.request, []byte(said.PurchaseID.String()))
	return p, nil
}

// appendRequest writes the request for a customer, under a new id.
func (p *purchase) appendRequest(to []byte, customer []byte) []byte {
	at := len(to)
	to = append(to, p.request...)
	copy(to[at+p.customer:], customer)
	writeID(to[at+p.id:])
	return to
}

// appendBody writes the body alone, under a new id.
func (p *purchase) appendBody(to []byte) []byte {
	at := len(to)
	to = append(to, p.body...)
	writeID(to[at+p.id-(len(p.request)-len(p.body)):])
	return to
}

// anew answers the same purchase under a new id.
func (p *purchase) anew() customer.RecordPurchase {
	c := p.command
	c.PurchaseID = uuid.New()
	return c
}

// writeID writes a random UUID over the next 36 bytes.
func writeID(to []byte) {
	var id uuid.UUID
	low, high := rand.Uint64(), rand.Uint64()
	for i := range 8 {
		id[i], id[8+i] = byte(low>>(8*i)), byte(high>>(8*i))
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	hex.Encode(to, id[:4])
	hex.Encode(to[9:], id[4:6])
	hex.Encode(to[14:], id[6:8])
	hex.Encode(to[19:], id[8:10])
	hex.Encode(to[24:], id[10:])
}

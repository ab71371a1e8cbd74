package api

import (
	"sync"
	"sync/atomic"
	"time"
)

// pace bounds how often something is done: as often in a burst as in a minute, and evenly after that.
type pace struct {
	mu   sync.Mutex
	left float64
	at   time.Time
	// wrote is the position of the newest event that they wrote, which their reads wait for.
	wrote atomic.Uint64
}

// written remembers that an event was written.
func (p *pace) written(position uint64) {
	if p == nil {
		return
	}
	for was := p.wrote.Load(); was < position && !p.wrote.CompareAndSwap(was, position); {
		was = p.wrote.Load()
	}
}

// newest returns where the newest event stands that was written; 0 where none was.
func (p *pace) newest() uint64 {
	if p == nil {
		return 0
	}
	return p.wrote.Load()
}

// take answers how long to wait; zero when it may be done now. A pace that is nil bounds nothing.
func (p *pace) take(perMinute int, now time.Time) time.Duration {
	if p == nil {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	most := float64(perMinute)
	if p.at.IsZero() {
		p.left = most
	} else if since := now.Sub(p.at); since > 0 {
		p.left = min(most, p.left+most*since.Minutes())
	}
	p.at = now
	if p.left < 1 {
		return time.Duration((1 - p.left) / most * float64(time.Minute))
	}
	p.left--
	return 0
}

// state returns how many are left, and how long it takes until all are.
func (p *pace) state(perMinute int, now time.Time) (left int, full time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	most := float64(perMinute)
	held := p.left
	if p.at.IsZero() {
		held = most
	} else if since := now.Sub(p.at); since > 0 {
		held = min(most, held+most*since.Minutes())
	}
	return max(int(held), 0), time.Duration((most - held) / most * float64(time.Minute)).Round(time.Second)
}

// owe takes more of what was begun already; what is not left is waited for by those who come next.
func (p *pace) owe(n int) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.left -= float64(n)
}

// seconds rounds a wait up to what Retry-After takes.
func seconds(wait time.Duration) int { return int(wait/time.Second) + 1 }

// paces are a pace for each of those who came lately. Who was away the longest is forgotten first.
type paces struct {
	mu          sync.Mutex
	now, before map[string]*pace
}

// maxPaces bounds the memory: as many may be in each of the two generations.
const maxPaces = 4096

func (p *paces) of(name string) *pace {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known := p.now[name]; known != nil {
		return known
	}
	if p.now == nil || len(p.now) >= maxPaces {
		p.now, p.before = map[string]*pace{}, p.now
	}
	known := p.before[name]
	if known == nil {
		known = &pace{}
	}
	p.now[name] = known
	return known
}

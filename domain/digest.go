package domain

import (
	"github.com/google/uuid"
	"github.com/govalues/decimal"
)

// Digest sums up content (FNV-1a, 64 bit), to tell the same thing said again from another thing said
// under the same id. It guards against mistakes, not against forgery.
type Digest uint64

// NewDigest answers the digest of nothing.
func NewDigest() Digest { return 14695981039346656037 }

// Text adds a string; its length is part of it, so neighbours cannot flow into each other.
func (d Digest) Text(s string) Digest {
	d = d.Int(int64(len(s)))
	for i := range len(s) {
		d = (d ^ Digest(s[i])) * 1099511628211
	}
	return d
}

// Int adds a whole number.
func (d Digest) Int(n int64) Digest {
	for range 8 {
		d = (d ^ Digest(n&0xff)) * 1099511628211
		n >>= 8
	}
	return d
}

// ID adds an id.
func (d Digest) ID(id uuid.UUID) Digest { return d.Text(string(id[:])) }

// Decimal adds a number by its value: 2.50 and 2.5 are the same.
func (d Digest) Decimal(n decimal.Decimal) Digest {
	n = n.Trim(0)
	return d.Int(int64(n.Coef())).Int(int64(n.Scale())).Int(int64(n.Sign()))
}

// Optional adds a number that may be absent.
func (d Digest) Optional(n *decimal.Decimal) Digest {
	if n == nil {
		return d.Int(0)
	}
	return d.Int(1).Decimal(*n)
}

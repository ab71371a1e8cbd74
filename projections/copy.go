package projections

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// Rows that are new go to PostgreSQL by COPY in its binary format, written straight from the structs: a rebuild does
// little else. See "COPY", Binary Format, in PostgreSQL's manual.

var (
	copyHeader  = []byte("PGCOPY\n\xff\r\n\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	copyTrailer = []byte{0xff, 0xff}
)

// copy sends rows that are new by COPY.
func (s *rowSet[R]) copy(ctx context.Context, tx pgx.Tx) error {
	out := append(make([]byte, 0, 256*len(s.rows)), copyHeader...)
	for i := range s.rows {
		out = s.appendRow(out, s.row(&s.rows[i]))
	}
	out = append(out, copyTrailer...)
	_, err := tx.Conn().PgConn().CopyFrom(ctx, bytes.NewReader(out),
		"COPY "+s.name+" ("+strings.Join(s.names(), ", ")+") FROM STDIN (FORMAT binary)")
	if err != nil {
		return fmt.Errorf("copy into %s: %w", s.name, err)
	}
	return nil
}

func (t *table[R]) appendRow(out []byte, row reflect.Value) []byte {
	out = binary.BigEndian.AppendUint16(out, uint16(len(t.columns)))
	for _, c := range t.columns {
		out = c.put(out, row.Field(c.field))
	}
	return out
}

// Each of these appends a value as PostgreSQL sends and takes it: its length, -1 for NULL, and its bytes.

func putNull(out []byte) []byte { return binary.BigEndian.AppendUint32(out, math.MaxUint32) }

func putText(out []byte, s string) []byte {
	return append(binary.BigEndian.AppendUint32(out, uint32(len(s))), s...)
}

func putInt64(out []byte, n int64) []byte {
	return binary.BigEndian.AppendUint64(append(out, 0, 0, 0, 8), uint64(n))
}

func putFloat64(out []byte, f float64) []byte { return putInt64(out, int64(math.Float64bits(f))) }

func putBool(out []byte, b bool) []byte {
	if b {
		return append(out, 0, 0, 0, 1, 1)
	}
	return append(out, 0, 0, 0, 1, 0)
}

// epochMicros and epochDays are from 1970 to 2000, where PostgreSQL counts from.
const (
	epochDays   = 10957
	epochMicros = epochDays * 24 * 3600 * 1_000_000
)

func putTime(out []byte, t time.Time) []byte { return putInt64(out, t.UnixMicro()-epochMicros) }

func putUUID(out []byte, id pgtype.UUID) []byte {
	if !id.Valid {
		return putNull(out)
	}
	return append(append(out, 0, 0, 0, 16), id.Bytes[:]...)
}

func putDate(out []byte, d pgtype.Date) []byte {
	if !d.Valid {
		return putNull(out)
	}
	days := d.Time.Unix()/(24*3600) - epochDays
	return binary.BigEndian.AppendUint32(append(out, 0, 0, 0, 4), uint32(int32(days)))
}

var numericPlan = pgtype.NumericCodec{}.PlanEncode(nil, pgtype.NumericOID, pgtype.BinaryFormatCode, pgtype.Numeric{})

func putNumeric(out []byte, n pgtype.Numeric) []byte {
	if !n.Valid {
		return putNull(out)
	}
	at := len(out)
	out, err := numericPlan.Encode(n, append(out, 0, 0, 0, 0))
	if err != nil {
		panic(fmt.Sprintf("write %v as numeric: %v", n, err)) // every decimal has such a form
	}
	binary.BigEndian.PutUint32(out[at:], uint32(len(out)-at-4))
	return out
}

func putJSON(out []byte, text *string) []byte {
	if text == nil {
		return putNull(out)
	}
	out = append(binary.BigEndian.AppendUint32(out, uint32(len(*text)+1)), 1) // the version of the format
	return append(out, *text...)
}

// orNull appends what a pointer points at.
func orNull[P any](put func([]byte, P) []byte) func([]byte, *P) []byte {
	return func(out []byte, p *P) []byte {
		if p == nil {
			return putNull(out)
		}
		return put(out, *p)
	}
}

package embedded

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"time"

	"github.com/google/uuid"

	"github.com/rapport-crm/rapport/eventstore"
)

// An event on disk is a header of fixed size and then the stream's name, the type, the metadata and the
// data. Its checksum also covers its position, so that an event in another's place is found as well.
//
//	0  crc32c of position and all that follows   13 revision      39 length of the type
//	4  layout, and whether the data is binary    21 id            41 length of the metadata
//	5  recorded at, microseconds                 37 length of the stream's name
const (
	recordHeaderSize = 45

	recordBinary  = 0x80 // set where the writer did not say that the data is JSON
	recordVersion = 2
	// unflaggedVersion is the layout of earlier programs, which kept no content type: what is no JSON is binary.
	unflaggedVersion = 1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// rawRecord is an event within the bytes that it was read from.
type rawRecord struct {
	id                          uuid.UUID
	stream, typ, metadata, data []byte
	revision                    uint64
	recordedMicros              int64
	binary                      bool
}

func recordSize(stream string, e eventstore.Proposed) int {
	return recordHeaderSize + len(stream) + len(e.Type) + len(e.Metadata) + len(e.Data)
}

// putRecord writes an event into b, which has its recordSize.
func putRecord(b []byte, at eventstore.Position, stream string, revision uint64, recorded time.Time,
	e eventstore.Proposed) {
	b[4] = recordVersion
	if e.Binary {
		b[4] |= recordBinary
	}
	binary.BigEndian.PutUint64(b[5:], uint64(recorded.UnixMicro()))
	binary.BigEndian.PutUint64(b[13:], revision)
	copy(b[21:], e.ID[:])
	binary.BigEndian.PutUint16(b[37:], uint16(len(stream)))
	binary.BigEndian.PutUint16(b[39:], uint16(len(e.Type)))
	binary.BigEndian.PutUint32(b[41:], uint32(len(e.Metadata)))
	rest := b[recordHeaderSize:]
	rest = rest[copy(rest, stream):]
	rest = rest[copy(rest, e.Type):]
	rest = rest[copy(rest, e.Metadata):]
	copy(rest, e.Data)
	binary.BigEndian.PutUint32(b, checksum(at, b))
}

func checksum(at eventstore.Position, b []byte) uint32 {
	var position [8]byte
	binary.BigEndian.PutUint64(position[:], uint64(at))
	return crc32.Update(crc32.Checksum(position[:], castagnoli), castagnoli, b[4:])
}

// parseRecord finds an event's parts in b, which it goes on to share.
func parseRecord(at eventstore.Position, b []byte) (rawRecord, error) {
	if len(b) < recordHeaderSize || binary.BigEndian.Uint32(b) != checksum(at, b) {
		return rawRecord{}, misread(at, fmt.Errorf("its checksum is wrong: %w", ErrCorrupt))
	}
	layout, binaryData := b[4]&^recordBinary, b[4]&recordBinary != 0
	if layout != recordVersion && b[4] != unflaggedVersion {
		return rawRecord{}, &eventstore.DamageError{Position: at, Err: fmt.Errorf("written in the newer layout %d", layout)}
	}
	rest := b[recordHeaderSize:]
	texts := int(binary.BigEndian.Uint16(b[37:])) + int(binary.BigEndian.Uint16(b[39:])) + int(binary.BigEndian.Uint32(b[41:]))
	if texts > len(rest) || binary.BigEndian.Uint16(b[39:]) == 0 { // whoever wrote this knows checksums
		return rawRecord{}, misread(at, fmt.Errorf("its lengths are wrong: %w", ErrCorrupt))
	}
	cut := func(n int) []byte {
		part := rest[:n:n]
		rest = rest[n:]
		return part
	}
	raw := rawRecord{
		recordedMicros: int64(binary.BigEndian.Uint64(b[5:])),
		revision:       binary.BigEndian.Uint64(b[13:]),
		id:             uuid.UUID(b[21:37]),
		stream:         cut(int(binary.BigEndian.Uint16(b[37:]))),
		typ:            cut(int(binary.BigEndian.Uint16(b[39:]))),
		metadata:       cut(int(binary.BigEndian.Uint32(b[41:]))),
		data:           rest,
		binary:         binaryData,
	}
	// Nearly all data is an object, and is not looked at any closer.
	if layout == unflaggedVersion && (len(raw.data) == 0 || raw.data[0] != '{') {
		raw.binary = !json.Valid(raw.data)
	}
	return raw, nil
}

func (r rawRecord) system() bool { return r.typ[0] == '$' }

func (r rawRecord) recorded() time.Time { return time.UnixMicro(r.recordedMicros).UTC() }

// own answers the event in memory of its own.
func (r rawRecord) own(at eventstore.Position) eventstore.Record {
	body := bytes.Join([][]byte{r.metadata, r.data}, nil)
	n := len(r.metadata)
	return eventstore.Record{ID: r.id, Stream: string(r.stream), Type: string(r.typ), Metadata: body[:n:n],
		Data: body[n:], Binary: r.binary, Revision: r.revision, Position: at, RecordedAt: r.recorded()}
}

package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/rapport-crm/rapport/domain"
)

// Signature says where a delivery carries its HMAC-SHA256, and of what. Without a header of the time the body alone is
// signed, and an old delivery cannot be told from a new one but by its id.
type Signature struct {
	Header          string `json:"header"`                     // of the request
	Prefix          string `json:"prefix,omitempty"`           // before the signature in it, such as sha256=
	Encoding        string `json:"encoding"`                   // hex or base64
	TimestampHeader string `json:"timestamp_header,omitempty"` // Unix time, s; then time, a point and the body are signed
	ToleranceS      int    `json:"tolerance_s,omitempty"`      // by which that time may differ from ours, s
}

const (
	defaultToleranceS = 300
	maxToleranceS     = 3600
)

// MinSecretBytes is the least length of a secret that protects anything.
const MinSecretBytes = 16

// settled answers the signature with what it leaves open.
func (s Signature) settled() (Signature, error) {
	if s.TimestampHeader != "" && s.ToleranceS == 0 {
		s.ToleranceS = defaultToleranceS
	}
	switch {
	case !headerPattern.MatchString(s.Header):
		return s, ErrHeader.At("signature.header")
	case s.TimestampHeader != "" && (!headerPattern.MatchString(s.TimestampHeader) || strings.EqualFold(s.TimestampHeader, s.Header)):
		return s, ErrHeader.At("signature.timestamp_header")
	case !prefixPattern.MatchString(s.Prefix):
		return s, ErrPrefix
	case s.Encoding != "hex" && s.Encoding != "base64":
		return s, ErrEncoding
	case s.ToleranceS < 0 || s.ToleranceS > maxToleranceS, s.TimestampHeader == "" && s.ToleranceS != 0:
		return s, ErrTolerance
	}
	return s, nil
}

// Check refuses a delivery that none of the secrets has signed, or whose time is too far from now. It takes as long
// for a signature that is nearly right as for any other.
func (s Signature) Check(secrets []string, header func(string) string, body []byte, now time.Time) error {
	given, ok := strings.CutPrefix(header(s.Header), s.Prefix)
	if !ok || given == "" {
		return ErrUnsigned
	}
	var signature []byte
	var err error
	if s.Encoding == "hex" {
		signature, err = hex.DecodeString(given)
	} else {
		signature, err = base64.StdEncoding.DecodeString(given)
	}
	if err != nil {
		return ErrSignature
	}
	signed := false
	for _, secret := range secrets {
		mac := hmac.New(sha256.New, []byte(secret))
		if s.TimestampHeader != "" {
			mac.Write([]byte(header(s.TimestampHeader) + "."))
		}
		mac.Write(body)
		signed = hmac.Equal(mac.Sum(nil), signature) || signed
	}
	if !signed {
		return ErrSignature
	}
	if s.TimestampHeader == "" {
		return nil
	}
	at, err := strconv.ParseInt(header(s.TimestampHeader), 10, 64)
	if err != nil {
		return ErrSignatureTime
	}
	if off := now.Sub(time.Unix(at, 0)).Abs(); off > time.Duration(s.ToleranceS)*time.Second {
		return ErrSignatureTime
	}
	return nil
}

var (
	headerPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,99}$`)
	prefixPattern = regexp.MustCompile(`^[!-~]{0,20}$`)
)

// What is wrong with a delivery that has not come from where it should. They tell nothing of the secret.
var (
	ErrUnsigned      = errors.New("the delivery is not signed")
	ErrSignature     = errors.New("the signature is not that of the delivery")
	ErrSignatureTime = errors.New("the time of the signature is not near enough to now")
)

var (
	ErrHeader = &domain.Rejection{Kind: domain.Invalid, Code: "header_malformed",
		Reason: "a header's name is 1 to 100 letters, digits and hyphens, and each header has one meaning"}
	ErrPrefix = &domain.Rejection{Kind: domain.Invalid, Code: "prefix_malformed", Field: "signature.prefix",
		Reason: "a prefix is at most 20 visible ASCII characters"}
	ErrEncoding = &domain.Rejection{Kind: domain.Invalid, Code: "encoding_unknown", Field: "signature.encoding",
		Reason: "a signature is written in hex or base64"}
	ErrTolerance = &domain.Rejection{Kind: domain.Invalid, Code: "tolerance_out_of_range", Field: "signature.tolerance_s",
		Reason: "the signed time, where there is one, may differ by 1 to 3600 s"}
)

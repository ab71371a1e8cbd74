package vault

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/tink-crypto/tink-go/v2/tink"
)

// Transit is the client of a key management service that speaks the transit protocol of HashiCorp Vault and OpenBao.
// It knows a key by hcvault://HOST:PORT/MOUNT/keys/NAME, as Tink's own integrations do; the key must be of a type
// that takes associated data, such as aes256-gcm96.
type Transit struct {
	Client *http.Client // with the time limits of its calls
	Token  string
}

const transitScheme = "hcvault://"

// Supported tells whether the URI names a key of such a service.
func (t Transit) Supported(uri string) bool { return strings.HasPrefix(uri, transitScheme) }

// GetAEAD answers the key that the URI names.
func (t Transit) GetAEAD(uri string) (tink.AEAD, error) {
	u, err := url.Parse(uri)
	if err != nil {
		return nil, fmt.Errorf("read the URI of the master key: %w", err)
	}
	mount, name, found := strings.Cut(strings.Trim(u.Path, "/"), "/keys/")
	if u.Host == "" || !found || mount == "" || name == "" || strings.Contains(name, "/") {
		return nil, fmt.Errorf("%s names no key: it is %sHOST:PORT/MOUNT/keys/NAME", uri, transitScheme)
	}
	return transitKey{transit: t, address: "https://" + u.Host + "/v1/" + mount + "/", name: name}, nil
}

// transitKey is one key of the service, which never leaves it.
type transitKey struct {
	transit       Transit
	address, name string
}

// transitText is what the service takes and answers; it takes bytes in base64.
type transitText struct {
	Plaintext      []byte `json:"plaintext,omitempty"`
	Ciphertext     string `json:"ciphertext,omitempty"`
	AssociatedData []byte `json:"associated_data,omitempty"`
}

func (k transitKey) Encrypt(plaintext, associatedData []byte) ([]byte, error) {
	answer, err := k.ask("encrypt", transitText{Plaintext: plaintext, AssociatedData: associatedData})
	if err == nil && answer.Ciphertext == "" {
		err = fmt.Errorf("the key management service did not encrypt")
	}
	return []byte(answer.Ciphertext), err
}

func (k transitKey) Decrypt(ciphertext, associatedData []byte) ([]byte, error) {
	answer, err := k.ask("decrypt", transitText{Ciphertext: string(ciphertext), AssociatedData: associatedData})
	return answer.Plaintext, err
}

func (k transitKey) ask(operation string, text transitText) (transitText, error) {
	body, err := json.Marshal(text)
	if err != nil {
		return transitText{}, err
	}
	request, err := http.NewRequest(http.MethodPost, k.address+operation+"/"+url.PathEscape(k.name), bytes.NewReader(body))
	if err != nil {
		return transitText{}, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Vault-Token", k.transit.Token)
	response, err := k.transit.Client.Do(request)
	if err != nil {
		return transitText{}, fmt.Errorf("ask the key management service: %w", err)
	}
	defer response.Body.Close()
	var answer struct {
		Data   transitText `json:"data"`
		Errors []string    `json:"errors"`
	}
	err = json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(&answer)
	if response.StatusCode != http.StatusOK {
		return transitText{}, fmt.Errorf("the key management service answered %s: %s", response.Status,
			cmp.Or(strings.Join(answer.Errors, "; "), "no reason"))
	}
	if err != nil {
		return transitText{}, fmt.Errorf("read the key management service's answer: %w", err)
	}
	return answer.Data, nil
}

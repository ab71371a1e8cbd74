package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/core/registry"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"

	"github.com/rapport-crm/rapport/internal/files"
)

// Master says where the master key is: in a file (a Tink keyset in JSON, readable by its owner alone), or in a key
// management service, by a URI that a client knows.
type Master struct {
	Key     string
	Clients []registry.KMSClient
}

// open answers the master key.
func (m Master) open() (tink.AEAD, error) {
	if strings.Contains(m.Key, "://") {
		return m.remote()
	}
	info, err := os.Stat(m.Key)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the master key %s is missing, while the vault holds keys that it wraps: restore it from "+
			"its backup, or name where it is by --master-key; without it, nothing personal in the log can be read", m.Key)
	}
	if err != nil {
		return nil, fmt.Errorf("look at the master key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("the master key %s may be read by others: chmod 600 %s, and consider "+
			"rapport keys rotate --master", m.Key, m.Key)
	}
	text, err := files.Private(m.Key)
	if err != nil {
		return nil, fmt.Errorf("read the master key: %w", err)
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(text)))
	if err != nil {
		return nil, fmt.Errorf("%s is not a master key: %w", m.Key, err)
	}
	return aead.New(handle)
}

func (m Master) remote() (tink.AEAD, error) {
	for _, client := range m.Clients {
		if client.Supported(m.Key) {
			return client.GetAEAD(m.Key)
		}
	}
	return nil, fmt.Errorf("no key management service is known by a URI such as %s", m.Key)
}

// openOrMake answers the master key, and makes a file that is missing.
func (m Master) openOrMake() (tink.AEAD, error) {
	if !strings.Contains(m.Key, "://") {
		if _, err := files.Once(m.Key, makeMaster); err != nil {
			return nil, fmt.Errorf("the master key: %w", err)
		}
	}
	return m.open()
}

// makeMaster answers the text of a new master key.
func makeMaster() ([]byte, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	err = insecurecleartextkeyset.Write(handle, keyset.NewJSONWriter(&text))
	return text.Bytes(), err
}

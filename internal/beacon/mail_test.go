package beacon_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rapport-crm/rapport/eventstore/proof"
	"github.com/rapport-crm/rapport/internal/beacon"
)

// postOffice speaks as much of SMTP as a letter takes.
type postOffice struct {
	t       *testing.T
	address string
	tls     *tls.Config

	mu      sync.Mutex
	letters []string
	said    []string // commands, from the newest connection
	refuses int      // so many letters are refused first
}

func newPostOffice(t *testing.T) (*postOffice, *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(trusted)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &postOffice{t: t, address: l.Addr().String(),
		tls: &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go o.serve(conn)
		}
	}()
	return o, &tls.Config{RootCAs: roots}
}

func (o *postOffice) serve(conn net.Conn) {
	defer func() { conn.Close() }()
	o.mu.Lock()
	o.said = nil
	o.mu.Unlock()
	lines := bufio.NewReader(conn)
	answer := func(text string) { fmt.Fprintf(conn, "%s\r\n", text) }
	answer("220 post office")
	for secured := false; ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		o.mu.Lock()
		o.said = append(o.said, line)
		o.mu.Unlock()
		switch command, _, _ := strings.Cut(line, " "); {
		case command == "EHLO" && secured:
			answer("250-post office\r\n250 AUTH PLAIN")
		case command == "EHLO":
			answer("250-post office\r\n250 STARTTLS")
		case command == "STARTTLS":
			answer("220 go on")
			conn = tls.Server(conn, o.tls)
			lines, secured = bufio.NewReader(conn), true
		case command == "AUTH":
			answer("235 welcome")
		case command == "DATA":
			answer("354 go on")
			o.take(lines, answer)
		case command == "QUIT":
			answer("221 bye")
			return
		default:
			answer("250 fine")
		}
	}
}

func (o *postOffice) take(lines *bufio.Reader, answer func(string)) {
	var letter strings.Builder
	for line, err := lines.ReadString('\n'); err == nil && line != ".\r\n"; line, err = lines.ReadString('\n') {
		letter.WriteString(line)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.refuses > 0 {
		o.refuses--
		answer("451 later")
		return
	}
	o.letters = append(o.letters, letter.String())
	answer("250 taken")
}

// A head goes by mail over TLS, with a password, also where it is refused at first; who gets the letter can verify it as
// it is.
func TestHeadsGoByMail(t *testing.T) {
	s := newSigner(t)
	office, trusting := newPostOffice(t)
	office.refuses = 2
	c := s.config()
	c.MailTLS = trusting
	c.To = []string{"smtp://crm:s%25cret@" + office.address + "/auditor@example.com?from=crm@example.com"}
	if err := beacon.Check(c.To, nil); err != nil {
		t.Fatal(err)
	}
	s.run(c)
	h := s.grow(5)
	var letter string
	until(t, "a letter has come", func() bool {
		office.mu.Lock()
		defer office.mu.Unlock()
		if len(office.letters) == 0 {
			return false
		}
		letter = office.letters[0]
		return true
	})
	headers, text, _ := strings.Cut(letter, "\r\n\r\n")
	for _, want := range []string{"From: crm@example.com", "To: auditor@example.com", "5 events"} {
		if !strings.Contains(headers, want) {
			t.Errorf("%q is not in %s", want, headers)
		}
	}
	if got, err := proof.Trust(s.key.Check()).ReadHead(text); err != nil || got.Root != h.Root {
		t.Errorf("the head in the letter: %+v, %v\n%s", got, err, text)
	}
	office.mu.Lock()
	defer office.mu.Unlock()
	said := strings.Join(office.said, "\n")
	secret := base64.StdEncoding.EncodeToString([]byte("\x00crm\x00s%cret"))
	if !strings.Contains(said, "AUTH PLAIN "+secret) || strings.Index(said, "STARTTLS") > strings.Index(said, "AUTH") {
		t.Errorf("the post office was told:\n%s", said)
	}
}

// What is no mailbox is said at start.
func TestMailboxesAreChecked(t *testing.T) {
	for place, ok := range map[string]bool{
		"smtp://mail.example.com/ann@example.com": true, "smtps://mail.example.com:465/ann@example.com?from=crm@example.com": true,
		"smtp://mail.example.com": false, "smtp:///ann@example.com": false, "smtp://mail.example.com/ann@example.com?from=nobody": false,
		"smtp://mail.example.com/ann@example.com%0d%0aBcc:x@example.com": false, "mailto:ann@example.com": false,
	} {
		if err := beacon.Check([]string{place}, nil); (err == nil) != ok {
			t.Errorf("%s: %v", place, err)
		}
	}
}

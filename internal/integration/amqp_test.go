package integration_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"

	"github.com/rapport-crm/rapport/internal/integration"
)

// rabbit is a RabbitMQ of the test's own, which can be stopped and started again.
type rabbit struct {
	t       *testing.T
	program string
	dir     string
	port    int
	env     []string
	process *exec.Cmd
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// newRabbit prepares a broker, and starts what its nodes find each other by.
func newRabbit(t *testing.T) *rabbit {
	t.Helper()
	program := "/usr/lib/rabbitmq/bin/rabbitmq-server" // Debian's own one in the path insists on its user
	if _, err := os.Stat(program); err != nil {
		if program, err = exec.LookPath("rabbitmq-server"); err != nil {
			t.Fatal("NOTHING WAS TESTED: there is no rabbitmq-server on this machine; make setup installs it")
		}
	}
	r := &rabbit{t: t, program: program, dir: t.TempDir(), port: freePort(t)}
	file := func(name, text string) string {
		path := filepath.Join(r.dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	names := strconv.Itoa(freePort(t))
	r.env = append(os.Environ(), "HOME="+r.dir, "RABBITMQ_ALLOW_INPUT=1", // so that the script becomes the broker
		"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=-noinput", fmt.Sprintf("RABBITMQ_NODENAME=rapport%d@localhost", r.port),
		"RABBITMQ_NODE_IP_ADDRESS=127.0.0.1", fmt.Sprint("RABBITMQ_NODE_PORT=", r.port), fmt.Sprint("RABBITMQ_DIST_PORT=", freePort(t)),
		"RABBITMQ_MNESIA_BASE="+filepath.Join(r.dir, "mnesia"), "RABBITMQ_LOG_BASE="+filepath.Join(r.dir, "log"), "RABBITMQ_LOGS=-",
		"RABBITMQ_PID_FILE="+filepath.Join(r.dir, "pid"), "RABBITMQ_CONF_ENV_FILE="+file("env.conf", ""),
		"RABBITMQ_CONFIG_FILE="+file("rabbitmq.conf", ""), "RABBITMQ_ENABLED_PLUGINS_FILE="+file("plugins", "[]."),
		"ERL_EPMD_ADDRESS=127.0.0.1", "ERL_EPMD_PORT="+names)
	r.run("epmd", "-port", names, "-address", "127.0.0.1")
	return r
}

// run starts a process that ends with the test.
func (r *rabbit) run(name string, args ...string) *exec.Cmd {
	r.t.Helper()
	process := exec.Command(name, args...)
	process.Env = r.env
	process.Stdout, process.Stderr = r.t.Output(), r.t.Output()
	if err := process.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() {
		_ = process.Process.Kill() // it may be gone
		_ = process.Wait()
	})
	return process
}

func (r *rabbit) start() *amqp.Channel {
	r.t.Helper()
	r.process = r.run(r.program)
	deadline, look := time.NewTimer(2*time.Minute), time.NewTicker(100*time.Millisecond)
	defer deadline.Stop()
	defer look.Stop()
	for {
		conn, err := amqp.Dial(r.url())
		if err == nil {
			r.t.Cleanup(func() { conn.Close() })
			channel, err := conn.Channel()
			if err != nil {
				r.t.Fatal(err)
			}
			return channel
		}
		select {
		case <-look.C:
		case <-deadline.C:
			r.t.Fatalf("the broker does not start: %v", err)
		}
	}
}

func (r *rabbit) url() string { return fmt.Sprintf("amqp://guest:guest@127.0.0.1:%d/", r.port) }

const failedBy = `SELECT coalesce(bool_or(error LIKE '%%%s%%'), false)::text FROM integration.letter`

// What is published to an exchange of RabbitMQ is delivered when a queue has it: not while the broker is away, without the
// exchange, or while no queue is bound to it; and a broker that is killed loses nothing.
func TestLongAnExchangeHasEveryEvent(t *testing.T) {
	r := newRabbit(t)
	p, failed := fillOutbox(t, 150), make(signal, 1)
	p.run(r.url()+"?exchange=crm", integration.Config{Attempts: 1_000_000, Timeout: 5 * time.Second, Logger: slog.New(slog.NewTextHandler(failed, nil))})
	p.until("true", fmt.Sprintf(failedBy, "connect to the broker"))
	channel := r.start()
	p.until("true", fmt.Sprintf(failedBy, "no exchange"))
	if err := channel.ExchangeDeclare("crm", "topic", true, false, false, false, nil); err != nil {
		t.Fatal(err)
	}
	p.until("true", fmt.Sprintf(failedBy, "NO_ROUTE"))
	p.until("", "SELECT coalesce(nullif(sum(delivered), 0)::text, '') FROM integration.subscription")
	queue, err := channel.QueueDeclare("desk", true, false, false, false, nil)
	if err == nil {
		err = channel.QueueBind(queue.Name, "rapport.segment.#", "crm", false, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	p.until("delivered 150", counts)
	r.took(channel, 0, 150)

	if err := r.process.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = r.process.Wait() // it was killed
	for i := range 20 {
		p.announce(150+i, "segment.entered", fmt.Sprint("s", 150+i), 150+i, "")
	}
	p.until("true", "SELECT (count(*) > 0)::text FROM integration.letter")
	channel = r.start()
	p.until("delivered 170", counts)
	r.took(channel, 150, 170)
}

// took takes events out of the queue until it had all of some. A broker that was killed may give again what was taken before.
func (r *rabbit) took(channel *amqp.Channel, from, to int) {
	r.t.Helper()
	missing := map[string]bool{}
	for i := from; i < to; i++ {
		missing[numbered(i).String()] = true
	}
	for len(missing) > 0 {
		m, ok, err := channel.Get("desk", true)
		if err != nil || !ok {
			r.t.Fatalf("%d events are not in the queue: %v", len(missing), err)
		}
		var e struct {
			SpecVersion, ID, Type string
			Data                  struct{ Segment string }
		}
		if err := json.Unmarshal(m.Body, &e); err != nil {
			r.t.Fatal(err)
		}
		if e.SpecVersion != "1.0" || m.MessageId != e.ID || m.Type != e.Type || m.RoutingKey != e.Type || m.DeliveryMode != amqp.Persistent ||
			m.ContentType != "application/cloudevents+json" {
			r.t.Errorf("%+v", m)
		}
		delete(missing, e.ID)
	}
}

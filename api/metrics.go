package api

import (
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

type metrics struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	lines    *prometheus.CounterVec
}

func newMetrics(registry *prometheus.Registry) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rapport_http_requests_total",
			Help: "Requests answered, by route and status."}, []string{"method", "route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "rapport_http_request_seconds",
			Help: "How long requests took, by route.", Buckets: prometheus.ExponentialBuckets(0.0005, 4, 8)},
			[]string{"method", "route"}),
		lines: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "rapport_batch_lines_total",
			Help: "Lines of batches answered, by status."}, []string{"status"}),
	}
	registry.MustRegister(m.requests, m.seconds, m.lines)
	return m
}

// route answers a function that counts a request of one route.
func (m *metrics) route(method, route string) func(status int, took time.Duration) {
	seconds := m.seconds.WithLabelValues(method, route)
	var counters sync.Map // status → prometheus.Counter: the vector's own look-up sorts and hashes labels each time
	return func(status int, took time.Duration) {
		counter, ok := counters.Load(status)
		if !ok {
			counter, _ = counters.LoadOrStore(status, m.requests.WithLabelValues(method, route, strconv.Itoa(status)))
		}
		counter.(prometheus.Counter).Inc()
		seconds.Observe(took.Seconds())
	}
}

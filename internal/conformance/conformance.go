// Package conformance holds the embedded log's face against what others made for EventStoreDB: the tests of streams of
// the official Go and Node clients, and scenes that the Node client played to a real server. It decides nothing; its
// tests run by make conformance alone, because they fetch what they need.
package conformance

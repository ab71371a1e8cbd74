// Package projections turns the log into the tables that analysts query: the read models, in PostgreSQL
// schema crm. It decides what rows a fact becomes; it must not know commands or HTTP.
//
// One page of events is one Watermill message, one transaction and one checkpoint for all tables, so any
// tables joined tell of the same place in the log. A projector is a value that reads as a table: which
// events it takes and what they become. The engine owns the page, the transaction, the checkpoint, the
// lease, retries, the isolation of poison events, and rebuilds.
//
// The tables are never migrated. They follow from the log, so a new shape is a rebuild beside the tables in
// use, which are then swapped.
package projections

// Package tidy holds nothing but tests: by them the repository checks that it keeps its own rules, those of
// its architecture first. What a rule is for stands beside it; an exception stands in a table, with a reason.
package tidy

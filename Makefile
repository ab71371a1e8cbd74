# `make` or `make help` lists what there is. Works with GNU Make 3.81, as macOS has it.

SHELL := /bin/sh
# Where Go and Homebrew install themselves, for machines whose PATH does not know yet.
export PATH := $(PATH):/usr/local/go/bin:/opt/homebrew/bin:/usr/local/bin

# Flags for the program: make run ARGS="--listen 127.0.0.1:9000"
ARGS ?=
# Flags for the tests: make test TESTFLAGS="-run Purchase ./projections/..." What takes longest comes first.
TESTFLAGS ?= ./cmd/rapport ./projections ./...
# Tests whose names begin so take long: real years, hangs, benches, a browser. make check runs them, make test does not.
LONG := ^TestLong
# The packages that have such.
LONGFLAGS ?= $$(grep -rl --include='*_test.go' '^func TestLong' . | sed 's|/[^/]*$$||' | sort -u)
# Packages in which goroutines share memory. The domain has none, tidy reads sources; what cmd tests are processes, built
# without the detector.
SHARING := ./projections/... ./api/... ./commands/... ./eventstore/... ./web/... $$(go list ./internal/... | grep -v /internal/tidy)

# Where a connection is lost in the middle of a call, the official EventStoreDB client reads headers that gRPC writes: a race of
# theirs, which this test provokes. It runs without the detector.
RACES := ^TestALogThatWentBackIsNoticed$$

# Real purchases, for the tests that use them. RAPPORT_TEST_DATA names another folder.
DATA := ../shared/data
# What EventStoreDB answered to scenes of its Node client, for make conformance.
SCENES := ../shared/esdb

.PHONY: help
help: ## list what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' Makefile

.PHONY: setup
setup: ## install what is missing on this machine: Go, PostgreSQL server, C compiler, Chromium
	@.ci/setup

.PHONY: build
build: ## build bin/rapport
	go build -trimpath -o bin/rapport ./cmd/rapport

.PHONY: run
run: setup build ## set up, build, and start everything, with customers to look at (ARGS="--data DIR …")
	bin/rapport demo $(ARGS)

# Real purchases are used where the folder is there.
USE_DATA = if [ -z "$$RAPPORT_TEST_DATA" ] && [ -d "$(DATA)" ]; then \
		RAPPORT_TEST_DATA="$$(cd "$(DATA)" && pwd)"; export RAPPORT_TEST_DATA; \
	fi; \
	echo "tests on real purchases: $${RAPPORT_TEST_DATA:-off, there is no $(DATA)}"

.PHONY: test
test: setup ## set up, then run the tests, but for those that take long (TESTFLAGS="-run Name ./package")
	@$(USE_DATA); set -x; go test -shuffle=on -timeout 10m -skip '$(LONG)' $(TESTFLAGS)

.PHONY: test-race
test-race: setup ## run them with the race detector, where goroutines share memory; fewer random lives, no real purchases
	go test -race -short -shuffle=on -timeout 20m -skip '$(LONG)|$(RACES)' $(SHARING)

.PHONY: test-long
test-long: setup ## run the tests that take long
	@$(USE_DATA); set -x; go test -shuffle=on -timeout 40m -run '$(LONG)' $(LONGFLAGS)

.PHONY: lint
lint: ## check form and suspicious code
	@unformatted="$$(gofmt -l .)"; \
	if [ -n "$$unformatted" ]; then echo "not formatted (make fmt):"; echo "$$unformatted"; exit 1; fi
	go vet ./...

.PHONY: staticcheck
staticcheck: ## look for more suspicious code (staticcheck.conf says which rules are off, and why)
	go tool staticcheck ./...

.PHONY: check
check: lint staticcheck test test-long test-race ## everything that CI checks

.PHONY: openapi
openapi: build ## hold the OpenAPI document against two linters (fetches them from npm)
	bin/rapport openapi > bin/openapi.json
	npx --yes @redocly/cli@2.77.0 lint bin/openapi.json --config .ci/redocly.yaml --max-problems 50
	npx --yes @stoplight/spectral-cli@6.16.3 lint bin/openapi.json --ruleset .ci/spectral.yaml --fail-severity warn

.PHONY: clients
clients: build ## write the clients anew, live a day with each, behind a validating proxy too, and have five generators read it (fetches all that from npm)
	bin/rapport openapi | go run ./client/generate
	go vet ./client/...
	cd clients/typescript && npm install --no-package-lock --no-audit --no-fund --ignore-scripts && npx tsc
	cd clients/checks && npm install --no-package-lock --no-audit --no-fund --ignore-scripts
	RAPPORT_CLIENTS=1 go test -count=1 -v -timeout 20m -run TestThe ./client

.PHONY: noun
noun: ## add a noun of customers, from the command to the list (NAME=site_visit, PLURAL=… where an s does not do)
	go run ./internal/scaffold $(NAME) $(PLURAL)
	go test ./eventstore ./commands ./projections ./docs -update -run \
		'^TestGolden$$|^TestFold$$|TestTheSameLogicMakesTheSameRows|TestEveryTableHasItsGolden|^TestTables$$|^TestEvents$$'
	go run ./cmd/rapport openapi | go run ./client/generate

.PHONY: conformance
conformance: setup ## hold the log's EventStoreDB face against the official clients' own tests (fetches them)
	@if [ -z "$$RAPPORT_CONFORMANCE_SCENES" ] && [ -d "$(SCENES)" ]; then \
		RAPPORT_CONFORMANCE_SCENES="$$(cd "$(SCENES)" && pwd)"; export RAPPORT_CONFORMANCE_SCENES; \
	fi; \
	echo "scenes of the Node client: $${RAPPORT_CONFORMANCE_SCENES:-off, there is no $(SCENES)}"; \
	set -x; RAPPORT_CONFORMANCE=1 go test -count=1 -v -timeout 20m -run 'TestScenes|TestGoClient|TestNodeClient' \
		./eventstore/face ./internal/conformance

.PHONY: chaos
chaos: setup ## kill and cut off everything for ten minutes, then count (KILLS=200 FAULTS=500 SECONDS=600 SEED=…)
	RAPPORT_CHAOS=1 RAPPORT_CHAOS_KILLS=$(KILLS) RAPPORT_CHAOS_FAULTS=$(FAULTS) RAPPORT_CHAOS_SECONDS=$(SECONDS) \
		RAPPORT_CHAOS_SEED=$(SEED) go test -count=1 -v -timeout 30m -run TestChaos ./cmd/rapport

.PHONY: laws
laws: setup ## live many more random lives than the tests do (LIVES=300)
	go test -count=1 -v -timeout 180m -run \
		'^(TestLaws|TestDecisionsAreAsOnOneStream|TestAReplayOfRandomLives|TestTablesAreTheLogs|TestTablesAreTheLogsAfterErasures)$$' \
		./commands ./projections -rapid.checks=$(or $(LIVES),300)

.PHONY: fuzz
fuzz: ## feed everything that reads from outside with inputs at random (SECONDS=30, of each)
	@set -e; grep -r --include='*_test.go' '^func Fuzz' . | sed 's/^\(.*\)\/[^/]*:func \(Fuzz[A-Za-z]*\).*/\1 \2/' | \
	while read -r package name; do \
		echo "$$package $$name"; \
		go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(or $(SECONDS),30)s "$$package"; \
	done

.PHONY: merges
merges: setup ## merge and split pairs of customers while the server is killed (ROUNDS=50 PAIRS=600)
	RAPPORT_CHAOS_ROUNDS=$(or $(ROUNDS),50) RAPPORT_CHAOS_PAIRS=$(or $(PAIRS),600) go test -count=1 -v -timeout 90m \
		-run TestLongMergesOutliveKills ./cmd/rapport

.PHONY: bench
bench: setup build ## measure how fast it is here (ARGS="--json")
	bin/rapport bench $(ARGS)

.PHONY: pictures
pictures: setup ## take the pictures of the documentation anew, with Chromium
	go test -count=1 -run '^TestPictures$$' ./web -pictures "$(CURDIR)/docs/images"

.PHONY: fmt
fmt: ## format the code
	gofmt -w .

.PHONY: clean
clean: ## remove what was built; data is left alone
	rm -rf bin

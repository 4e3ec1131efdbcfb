# Everything that is done to this repository, one target each. `make` lists them.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# What the binary says about itself (sirenbase version).
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
COMMIT  ?= $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)

# The tools, each with the version that everybody uses. They are built once into
# TOOLS, which takes minutes the first time; set TOOLS to share them.
TOOLS         ?= $(CURDIR)/.tools
GOLANGCI_LINT := $(TOOLS)/golangci-lint-v2.15.0
GOVULNCHECK   := $(TOOLS)/govulncheck-v1.9.0

# What is made of the API document is made by these, which are no dependencies:
# they run from the caches of go and npm.
OAPI_CODEGEN       := github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2
OPENAPI_TYPESCRIPT := openapi-typescript@7.13.0

# How long each fuzz target runs, and which benchmarks.
FUZZTIME   ?= 5s
BENCHMARKS ?= .

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-17s  %s\n", $$1, $$2 }'

.PHONY: build
build: ## build the static binary bin/sirenbase
	CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags '$(LDFLAGS)' -o bin/sirenbase ./cmd/sirenbase

.PHONY: run
run: ## serve a throwaway database full of demo data
	go run ./cmd/sirenbase serve --demo

# PostgreSQL tests use TEST_DATABASE_URL, or start a server of their own from
# what is installed; where there is none they are skipped, and the report at the
# end says so. REQUIRE_POSTGRES=1 makes that a failure, STRICT=1 any skip.
# The race detector needs cgo and a C compiler; without them the tests run, and
# the last line says that it was left out.
RACE ?= $(shell [ "$$(go env CGO_ENABLED)" = 1 ] && command -v "$$(go env CC)" > /dev/null && echo -race)

.PHONY: test
test: ## run all tests with the race detector, and say what was left out
	go test $(RACE) -timeout 20m -json $(TESTFLAGS) ./... 2>&1 | go run .ci/testreport.go $(if $(STRICT),-strict)
	@$(if $(RACE),true,echo '!!! LEFT OUT: the race detector, which needs a C compiler (Debian: apt-get install gcc libc6-dev)'$(if $(STRICT),; exit 1))

.PHONY: lint
lint: $(GOLANGCI_LINT) ## run the linters of .golangci.yml, formatting included
	$(GOLANGCI_LINT) run

.PHONY: fmt
fmt: $(GOLANGCI_LINT) ## format the code
	$(GOLANGCI_LINT) fmt

.PHONY: fmt-check
fmt-check: $(GOLANGCI_LINT) ## show what is not formatted
	$(GOLANGCI_LINT) fmt --diff

.PHONY: check-deploy
check-deploy: ## have the files of deploy/ read by the programs that they are for
	deploy/check

# Exit status 3 of govulncheck means that there is a vulnerability, any other
# that it could not look: it needs the vulnerability database from the network.
.PHONY: vuln
vuln: $(GOVULNCHECK) ## look for known vulnerabilities in what the code calls
	$(GOVULNCHECK) ./...

# One target a time, which is all that go test can do. A finding is written to
# testdata/fuzz and becomes a test: commit it with the fix.
.PHONY: fuzz
fuzz: ## fuzz each target for FUZZTIME
	@go test -list '^Fuzz' ./... \
	| awk '/^Fuzz/ { names[n++] = $$1 } /^(ok|\?)/ { for (i = 0; i < n; i++) print $$2, names[i]; n = 0 }' \
	| while read -r package name; do \
		echo "== $$package $$name"; \
		go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$package" < /dev/null; \
	done

# Which of them: Floor, Size or Streams. Options go to BENCHFLAGS: -rounds, -seconds, -only.
BENCH ?= .

.PHONY: bench
bench: ## measure the real server against its floor, and write docs/performance.md's tables
	go test ./bench -run '^$$' -bench '$(BENCH)' -benchtime 1x -timeout 1h -args $(BENCHFLAGS)

.PHONY: benchmarks
benchmarks: ## run the benchmarks of the packages that BENCHMARKS matches
	go test -run '^$$' -bench '$(BENCHMARKS)' -benchmem $$(go list ./... | grep -v /bench$$)

# The document must be there before what is made of it, also under make -j.
.PHONY: generate
generate: ## write the API document and what is made of it; raise api.Version first
	$(MAKE) generate-document
	$(MAKE) generate-client
	$(MAKE) generate-types

.PHONY: generate-document
generate-document: ## write docs/openapi.json
	go test ./internal/app -count=1 -run TheDocumentChanges -update

.PHONY: generate-client
generate-client: ## write the Go client of docs/openapi.json
	go run $(OAPI_CODEGEN) -config client/generate.yaml docs/openapi.json

.PHONY: generate-types
generate-types: ## write the TypeScript types of docs/openapi.json; needs npm
	npx --yes $(OPENAPI_TYPESCRIPT) docs/openapi.json --root-types --root-types-no-schema-prefix -o web/src/api/schema.d.ts

# The web app. Its built files are committed, so that Go alone builds the program;
# these need Node.js 20.19 or later with npm.
# Not `npm ci`: it refuses a lock file that leaves out the packages of other platforms.
web/node_modules: web/package-lock.json
	cd web && npm install --no-save --no-audit --no-fund
	@touch $@

.PHONY: web
web: web/node_modules ## build the web app into web/dist, which is committed
	cd web && npm run build
	go run ./web/pack web/dist

.PHONY: check-web
check-web: web/node_modules ## check and test the web app, without a browser
	cd web && npm run check && npm test

.PHONY: e2e
e2e: build web/node_modules ## use the built program in a browser, on SQLite and PostgreSQL; needs Chromium
	cd web && npm run e2e -- $(E2EFLAGS)

.PHONY: tools
tools: $(GOLANGCI_LINT) $(GOVULNCHECK) ## build the tools

$(GOLANGCI_LINT):
	$(call install,github.com/golangci/golangci-lint/v2/cmd/golangci-lint)

$(GOVULNCHECK):
	$(call install,golang.org/x/vuln/cmd/govulncheck)

# install builds a command at the version that its file name ends in. It is
# built in a folder of its own, so that an interrupted build leaves nothing.
define install
	@echo "building $(notdir $@) into $(TOOLS)"
	@mkdir -p $(TOOLS)/new
	GOBIN=$(TOOLS)/new go install $(1)@v$(lastword $(subst -v, ,$(notdir $@)))
	@mv $(TOOLS)/new/$(notdir $(1)) $@
endef

.PHONY: clean
clean: ## remove what was built, but not the tools
	rm -rf bin coverage.*

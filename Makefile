# Every target that a person calls has its help after "##".
SHELL := /bin/bash
.DEFAULT_GOAL := help
NODES ?= 3
BIN := node_modules/.bin
# A simulation makes much that dies young: the default young generation costs a quarter of its time.
SIM_OPTIONS := --max-semi-space-size=64 --min-semi-space-size=64
export CI ?=

.PHONY: help install build check format test test-peers cluster stop status demo sim mutants proto docs clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts
	$(BIN)/tap build >/dev/null 2>&1 || true
	@touch $@

install: node_modules/.installed ## Install the packages (npm ci, nothing is built)

build: install ## Compile src, test and scripts into dist
	@scripts/build.sh

check: build ## Type check, lint, format check and the layer test
	$(BIN)/eslint --cache --cache-location dist/.eslintcache --no-error-on-unmatched-pattern --max-warnings 0 src test scripts
	$(BIN)/prettier --check --cache --cache-location dist/.prettiercache --log-level warn src test scripts
	@scripts/run-tests.sh dist/test/layers.test.js

format: install ## Format the sources
	$(BIN)/prettier --write --log-level warn src test scripts

test: build ## Run every test that needs nothing but Node
	@scripts/run-tests.sh

test-peers: build ## Run the tests that need foreign tools (Jest, Vitest and what test-peers has)
	@scripts/test-peers.sh

cluster: build ## Start NODES (3) nodes in the background, data and logs in ./data
	@scripts/start-cluster.sh --nodes $(NODES)

stop: ## Stop the nodes that make cluster started
	@scripts/stop-cluster.sh

status: build ## Show the cluster that make cluster started
	@nodes=$$(sed -n 's#^listeners=.*GRPC://\([^,]*\).*#\1#p' data/node-*/server.properties 2>/dev/null | paste -sd, -); \
	  VARVE_BOOTSTRAP="$${VARVE_BOOTSTRAP:-$$nodes}" node dist/src/bin/varve.cjs cluster status

sim: build ## Whole clusters with faults in one process, from a seed: SEED=7 COUNT=100 SECONDS=10 FAULTS=kill,... TRACE=1 SHRINK=1 COVERAGE=1
	@node $(SIM_OPTIONS) dist/scripts/sim.js --seed $(or $(SEED),1) --count $(or $(COUNT),1) --seconds $(or $(SECONDS),10) \
	  $(if $(FAULTS),--faults $(FAULTS)) --nodes $(NODES) $(if $(TRACE),--trace) $(if $(SHRINK),--shrink) \
	  $(if $(COVERAGE),--require-coverage) $(if $(JOBS),--jobs $(JOBS)) $(if $(PLAIN),--plain) $(if $(THIN),--thin) $(if $(PLAN),--plan '$(PLAN)') $(if $(STRIKES),--strikes $(STRIKES))

.PHONY: sim-soak
sim-soak: build ## Seed after seed for MINUTES (60), from SEED (the time) on, SECONDS (60) each, in JOBS (the processors) processes
	@node $(SIM_OPTIONS) dist/scripts/sim.js --seed $(or $(SEED),$(shell date +%s)) --minutes $(or $(MINUTES),60) \
	  --seconds $(or $(SECONDS),60) --nodes $(NODES) $(if $(JOBS),--jobs $(JOBS)) $(if $(FAULTS),--faults $(FAULTS)) \
	  $(if $(COVERAGE),--require-coverage)

mutants: build ## Take each mend out of a copy of the code, one at a time: the simulation must find it by name, with BY=test its test (ONLY=text SHARE=K/N)
	@node dist/scripts/mutants.js $(if $(ONLY),--only '$(ONLY)') $(if $(BY),--by $(BY)) $(if $(SHARE),--share $(SHARE)) $(if $(JOBS),--jobs $(JOBS))

demo: build ## Three nodes, 20,000 records/s (RATE), two of the nodes killed: nothing that was acknowledged is lost
	@env RATE=$(RATE) STEADY_SECONDS=$(STEADY_SECONDS) node dist/scripts/demo.js

.PHONY: chaos
chaos: build ## Kill, pause, wipe and cut off real nodes under load: SECONDS (60) of the plan of SEED, NETWORK=namespaces|proxies|none KEEP=1
	@env SECONDS=$(SECONDS) SEED=$(SEED) NETWORK=$(NETWORK) KEEP=$(KEEP) node dist/scripts/chaos.js

.PHONY: bench
bench: build ## Measure three nodes on this machine (QUICK=1 for a look, PEER=kafka against Kafka, ONLY=part,part)
	@QUICK=$(QUICK) RUNS=$(RUNS) RUN_SECONDS=$(RUN_SECONDS) TRIALS=$(TRIALS) PEER=$(PEER) PEER_TRIALS=$(PEER_TRIALS) ONLY=$(ONLY) SIZES=$(SIZES) PROFILE=$(PROFILE) node dist/scripts/bench.js

docs: build ## Generate the configuration and metrics reference in docs
	@node dist/scripts/generate-docs.js

proto: install ## Generate src/protocol from proto
	@scripts/generate-protocol.sh

clean: ## Remove what was built (not ./data)
	rm -rf dist .tap

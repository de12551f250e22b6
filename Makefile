# `make` lists what there is. All builds here are the same debug build; `make install` and `make bench` make release ones.
SHELL := /bin/bash
PREFIX ?= /usr/local
BUILD := swift build --explicit-target-dependency-import-check error
# Programs hold the Swift runtime where that is possible: they run on machines without it, and a hook takes half the time.
RELEASE := swift build -c release $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)

.PHONY: help bootstrap build release demo test format lint tidy sim crashes planted chaos fuzz differential bench bench-law bench-peers bench-interfaces bench-sync docs check install man snapshots clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

bootstrap: ## Check for Swift, install what is missing
	@Scripts/bootstrap

build: bootstrap ## Build hived and hivectl
	$(BUILD) --product hived
	$(BUILD) --product hivectl

release: bootstrap ## Build hived and hivectl as they are installed
	$(RELEASE) --product hived
	$(RELEASE) --product hivectl

demo: build ## Three nodes share memory and obey one law (KEEP=1 leaves them running)
	.venv/bin/python Scripts/demo $(if $(KEEP),--keep)

test: build ## Everything that proves itself: unit, property, simulation, real processes, real clients
	$(BUILD) --build-tests
	swift test --skip-build
	.venv/bin/python -m pytest -q Tests/Python

format: ## Format all sources
	swift format --in-place --recursive --parallel Sources Tests Package.swift

lint: ## Check the format of all sources
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

tidy: ## Check imports, sizes and habits
	$(BUILD) --build-tests
	swift test --skip-build --filter TidyTests

sim: ## Simulate SEEDS histories, or replay one: SEED=n
	$(BUILD) --build-tests
	HIVE_SIM_SEEDS=$(or $(SEEDS),10000) $(if $(SEED),HIVE_SIM_SEED=$(SEED)) swift test --skip-build --filter SimulationTests

crashes: ## Cut the power at every write of a thousand operations
	$(BUILD) --build-tests
	HIVE_CRASH_STRIDE=1 swift test --skip-build --filter CrashTests

planted: ## Let known bugs in, and write how many of SEEDS it takes to notice each: Docs/Benchmarks/planted-bugs.md
	$(BUILD) --build-tests
	HIVE_PLANTED=$(or $(SEEDS),300) swift test --skip-build --filter PlantedBugTests

chaos: build ## Real nodes in network namespaces under faults for SECONDS, or KILLS rounds of kill -9; SEED=n repeats it
	command -v faketime >/dev/null || Scripts/bootstrap faketime
	.venv/bin/python Tests/Chaos --seconds $(or $(SECONDS),120) $(if $(KILLS),--kills $(KILLS)) $(if $(SEED),--seed $(SEED))

fuzz: bootstrap ## Feed bytes to a TARGET (cbor, wire, frames, log, import, rules; all) for SECONDS, or COUNT expressions: TARGET=cel
ifeq ($(TARGET),cel)
	$(BUILD) --build-tests
	HIVE_CEL_FUZZ=$(or $(COUNT),100000) swift test --skip-build --filter FuzzTests
else
	Scripts/fuzz $(TARGET) --seconds $(or $(SECONDS),60) $(if $(KEEP),--keep)
endif

differential: build ## Compare HiveCEL with the official C++ engine on COUNT generated expressions
	.venv/bin/pip install -q cel-expr-python
	.venv/bin/python Scripts/cel-differential --count $(or $(COUNT),20000)

bench: ## Measure, in a release build
	cd Benchmarks && swift run -c release hive-bench

bench-law: bootstrap ## Measure the law beside its peers, write Docs/Benchmarks/law.md
	.venv/bin/pip install -q -r Benchmarks/Peers/requirements.txt
	cd Benchmarks && swift build -c release --product law-bench
	.venv/bin/python Scripts/bench-law --engine Benchmarks/.build/release/law-bench

bench-peers: release ## Measure memory beside its peers, write Docs/Benchmarks/memory.md (TEXTS=20000,100000)
	python3 -m venv .build/peers
	.build/peers/bin/pip install -q -r Benchmarks/Memory/requirements.txt
	.build/peers/bin/python Scripts/bench-peers --hived .build/release/hived --texts $(or $(TEXTS),20000)

bench-interfaces: release ## Measure MCP and REST beside a peer, write Docs/Benchmarks/interfaces.md (SOAK=minutes)
	command -v wrk >/dev/null || Scripts/bootstrap wrk
	python3 -m venv .build/peers
	.build/peers/bin/pip install -q -r Benchmarks/Interfaces/requirements.txt
	.build/peers/bin/python Scripts/bench-interfaces --bin .build/release --soak $(or $(SOAK),0)

bench-sync: release ## Measure writes and sync beside their peers, write Docs/Benchmarks/sync.md
	for tool in wrk etcd redis-server; do command -v $$tool >/dev/null || Scripts/bootstrap wrk etcd-server redis-server; done
	python3 -m venv .build/peers
	.build/peers/bin/pip install -q -r Benchmarks/Sync/requirements.txt
	cd Benchmarks && swift build -c release --product sync-bench
	.build/peers/bin/python Scripts/bench-sync --bin .build/release --engine Benchmarks/.build/release/sync-bench

docs: ## Build the documentation of every library
	@for target in HiveCore HiveCEL HiveSync HiveRules HivePacks HiveChecks HiveNode HiveAPI HiveStore HiveEmbedding HiveBackup HivePortability HiveKeys HiveTransport HiveServer HiveTelemetry HiveHooks HiveOnboarding HiveTesting HiveRulesTesting; do \
		swift package generate-documentation --target $$target || exit 1; \
	done

check: lint test ## What must hold before a change lands

install: release ## Build for release and install to PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin
	install -s -m 755 .build/release/hived .build/release/hivectl $(DESTDIR)$(PREFIX)/bin
	Scripts/install-manual .build/release $(DESTDIR)$(PREFIX)/share

man: build ## Write the man pages and completions to .build/share
	Scripts/install-manual .build/debug .build/share

snapshots: build ## Record anew what every command of hivectl prints
	HIVE_SNAPSHOTS=record .venv/bin/python -m pytest -q Tests/Python/test_snapshots.py

clean: ## Remove all that was built
	rm -rf .build Benchmarks/.build Fuzz/.build .venv

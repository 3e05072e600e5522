# The index of habits. `make` alone prints it.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

# Every test target is fast but `live`, which needs the test bed, and `parity`, which needs its kubectl.
fast := $(patsubst tests/%.rs,%,$(wildcard tests/*.rs)) $(patsubst tests/%/main.rs,%,$(wildcard tests/*/main.rs))
fast := $(filter-out live parity,$(fast))

.PHONY: help demo demo-down build krew test test-fast lint docs screens bench chaos

help: ## print this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## a real cluster on this machine, and an ensemble of three servers in it
	hack/demo

demo-down: ## take the demo down, cluster and all
	testbed/testbed down

build: ## the plugin, as it is released: target/release/kubectl-zk
	cargo build --release --locked

krew: ## the release's archive for this machine, and krew's manifest of it: dist/, krew/zk.yaml
	hack/krew

test: test-fast ## all tests, those on the test bed too: its real cluster, its kubectl
	testbed/testbed up
	testbed/testbed clients
	eval "$$(testbed/testbed env)"; failed=0; \
	cargo test --locked --test parity || failed=1; \
	cargo test --locked --test live -- --test-threads=7 || failed=1; \
	exit $$failed

test-fast: ## the tests that need no cluster
	cargo test --locked --no-fail-fast --lib --bins --examples $(fast:%=--test %)

lint: ## formatting, clippy, documentation, shell scripts, licences, duplicate crates
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --locked --no-deps
	hack/shell-files | xargs shellcheck
	hack/lint-workflows
	cargo deny --locked check -D warnings bans licenses sources

chaos: ## scaling, restarts, updates under writers while everything breaks, at random: make chaos MINUTES=20 [SEED=…]
	hack/chaos $(or $(MINUTES),5) $(SEED)

docs: ## what is written from the code: rights, JSON schemas, pages of the verbs, manual pages, the shells' scripts
	UPDATE=1 cargo test --quiet --locked --test cli page

screens: ## the README's pictures, from real runs on the test bed
	hack/screens

bench: build ## ratios measured side by side on the test bed
	hack/bench

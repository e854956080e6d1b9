# Everything a person types. Each target first brings what it needs to this machine; what is there already costs nothing.
#   make run     build the product and start it with demo data on http://127.0.0.1:3000
#   make test    formatting, lints, all Rust tests, a release build, the journeys in Chromium
#   make build   target/release/finsupport and target/site
#   make dev     watch, rebuild and reload while you edit
#   make bench   how it does with 100,000 tickets, beside what the machine can do; SIZE=1000000 for a million
#   make soak    ten minutes of mixed load: memory, errors; `make bench-gateway`: what a gateway costs
# Needed beforehand: rustup, Node 20 or newer, make, git and a C compiler. What is missing is named with its remedy.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

# Which journeys run, by title: `make journeys JOURNEYS=phone`.
JOURNEYS ?= .
# How many tickets the benchmark has.
SIZE ?= 100000
ADDR ?= 127.0.0.1:3000
DATA ?= ./data

# cargo-leptos takes tailwindcss and wasm-opt from PATH; it would download others if it found none.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(CURDIR)/style/node_modules/.bin:$(PATH)

# What the build is made from. The folders are named too, so that a removed file counts as a change.
SOURCES := $(shell find crates/*/Cargo.toml crates/*/migrations crates/*/src src public; \
	find style Cargo.toml Cargo.lock Leptos.toml .cargo rust-toolchain.toml -maxdepth 1 -type f)
BUILT := target/release/finsupport.built

.PHONY: help run build test dev bench bench-gateway soak bench-built lint unit journeys setup setup-browser

help:
	@sed -n '2,7s/^#   //p' Makefile

run: build
	@exec target/release/finsupport serve --demo --data '$(DATA)' --addr '$(ADDR)'

build: setup $(BUILT)

# cargo-leptos repeats wasm-bindgen and wasm-opt at every call, so it is called only when something is newer.
$(BUILT): $(SOURCES)
	@echo "Building in release: about 10 minutes the first time on 2 cores, 1 to 4 after a change …"
	@rm -rf target/site/pkg
	cargo leptos build --release --split
	@node scripts/divided.mjs target/site/pkg
	@node scripts/compress.mjs target/site
	@touch $@

test: lint unit journeys
	@node scripts/count.mjs target/unit.log end2end/test-results/results.json

lint: setup
	@echo "Formatting and lints: about 4 minutes the first time …"
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy --lib --target wasm32-unknown-unknown --no-default-features --features hydrate -- -D warnings

unit: setup
	@echo "Rust tests: about 4 minutes the first time …"
	cargo test --workspace --no-fail-fast 2>&1 | tee target/unit.log

journeys: build setup-browser
	@echo "Journeys in Chromium: about 10 minutes …"
	cd end2end && npm run --silent check && CHROMIUM="$$(../scripts/setup browser)" npm test --silent -- --grep "$(JOURNEYS)"

bench: bench-built setup-browser
	CHROMIUM="$$(scripts/setup browser)" node bench/run.mjs '$(SIZE)'

soak: bench-built
	node bench/soak.mjs 10 '$(SIZE)'

bench-gateway: build
	@scripts/setup bench
	node bench/gateway.mjs

bench-built: build
	@scripts/setup bench
	cargo build --release --package yardsticks

dev: setup
	cargo leptos watch --split -- serve --demo --data '$(DATA)' --addr '$(ADDR)'

setup:
	@scripts/setup tools

setup-browser: setup
	@scripts/setup browser >/dev/null

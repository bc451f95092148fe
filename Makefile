# Everything a user or developer types. On Debian and Ubuntu missing packages are installed.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
BUILD := swift build -c release
BIN := .build/release/lightreplay
PACKAGES := libsqlite3-dev zlib1g-dev libzstd-dev libcurl4-openssl-dev pkg-config

.PHONY: demo test build check lint bench test-browser test-notebook packages clean

demo: build  ## Build, recommend from the example in traces/, write reports/demo.*
	@./.ci/demo

test: packages  ## Build everything and run every test
	$(BUILD) --build-tests
	swift test -c release --skip-build

build: packages  ## The program, at .build/release/lightreplay
	$(BUILD) --product lightreplay

check: lint  ## What a developer runs all day
	$(BUILD) --build-tests
	swift test -c release --skip-build --skip RealDataTests

lint: packages  ## Format, undeclared imports, purity of the core
	@./.ci/lint

bench: build  ## Timings of the hot paths; see Benchmarks in the documentation
	@./.ci/bench

test-browser: build  ## Report pages in a headless Chromium; screenshots in .build/screenshots
	@./.ci/test-browser

test-notebook: build  ## The exported notebook, run from top to bottom
	@./.ci/test-notebook

packages:
	@./.ci/packages $(PACKAGES)

clean:
	swift package clean

# Everything a user or developer types. On Debian and Ubuntu missing packages are installed.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
BUILD := swift build -c release
BIN := .build/release/lightreplay
PREFIX := /usr/local
TIME ?= 10
PACKAGES := libsqlite3-dev zlib1g-dev libzstd-dev libcurl4-openssl-dev libgsl-dev pkg-config

.PHONY: demo examples test test-interop test-curves test-statistics test-browser test-notebook test-spark test-live test-install install fuzz test-asan test-tsan build check lint bench bundle packages clean

demo: build  ## Build, recommend from the recorded answers in traces/, write the report
	@./.ci/demo

examples: build  ## The committed report and notebook, made anew
	@./.ci/examples

test: packages  ## Build everything and run every test
	$(BUILD) --build-tests
	@./.ci/test

test-interop: build  ## What other programs say about our files; needs Python, and the network once
	$(BUILD) --product lightreplay-testserver
	@./.ci/packages python3-venv zstd
	@./.ci/test-interop

test-curves: packages  ## Curves: certified data, coverage of intervals by simulation
	$(BUILD) --build-tests
	swift test -c release --skip-build --filter CurveFittingTests

test-statistics: packages  ## The statistics against simulated truth: 7.5 minutes of CPU time on all cores
	$(BUILD) --product lightreplay-statistics
	.build/release/lightreplay-statistics

build: packages  ## The program, at .build/release/lightreplay
	$(BUILD) --product lightreplay

check: lint  ## What a developer runs all day
	$(BUILD) --build-tests
	swift test -c release --skip-build --skip RealDataTests --skip SimulationTests

lint: packages  ## Format, undeclared imports, purity of the core
	@./.ci/lint

bench: build  ## Timings of the hot paths; see Benchmarks in the documentation
	@./.ci/bench

test-browser: build  ## Report pages in a headless Chromium; screenshots in .build/screenshots
	@./.ci/test-browser

test-notebook: build  ## The exported notebook, run from top to bottom
	@./.ci/test-notebook

test-spark: build  ## The exported Spark job on two executors, one of them killed; needs Java, and the network once
	@./.ci/packages python3-venv
	@command -v java >/dev/null || ./.ci/packages default-jre-headless
	@./.ci/test-spark

bundle: build  ## The program with its shared libraries, for clusters: .build/lightreplay-bundle.tar.gz
	@./.ci/bundle

test-live: build  ## Two small real models: recorded, replayed, run live and compared; the network once
	@./.ci/packages python3-venv curl
	@./.ci/test-live

install: build  ## The program, its manual pages and completions; PREFIX=/usr/local, DESTDIR
	@DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" ./.ci/install

test-install: build  ## Installed into an empty folder and used from there
	@./.ci/test-install

fuzz: packages  ## libFuzzer on everything that takes bytes from anybody: make fuzz TIME=60 (seconds each)
	@./.ci/fuzz $(TIME)

test-asan: packages  ## The tests under AddressSanitizer, in .build-asan
	@./.ci/test-sanitized address

test-tsan: packages  ## The tests under ThreadSanitizer, in .build-tsan
	@./.ci/test-sanitized thread

packages:
	@./.ci/packages $(PACKAGES)

clean:
	swift package clean

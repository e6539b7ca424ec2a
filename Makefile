# custody: build, try, test and measure. Every target installs the Debian packages that it needs.

SHELL := /bin/bash
BINARY := .build/release/custody
BUILD := swift build -c release --static-swift-stdlib --explicit-target-dependency-import-check error
PACKAGES := libssl-dev libsqlite3-dev libyaml-dev libarchive-dev libxml2-dev libcurl4-openssl-dev libxlsxwriter-dev pkg-config
VENV := .build/referee

.PHONY: build demo manual gallery test test-bucket nightly lint benchmark packages gateway referee clean

build: packages
	$(BUILD) --product custody
	$(BUILD) --product custody-remote

# The main job from end to end on real input; leaves the store in .build/demo to play with.
demo: build
	CUSTODY=$(abspath $(BINARY)) bash Fixtures/demo/run .build/demo

# The manual: a page for man(1) of each command, and the book in Markdown.
manual: build
	mkdir -p .build/manual/man1 .build/manual/book
	$(BINARY) help --man --folder .build/manual/man1
	cp Sources/custody/Manual.docc/*.md Sources/Statements/Statements.docc/*.md .build/manual/book

# Every report of the demo's store in every format, with a page that leads to them.
gallery: demo
	CUSTODY=$(abspath $(BINARY)) bash Fixtures/demo/gallery .build/demo .build/gallery

test: packages referee
	@$(MAKE) --no-print-directory packages PACKAGES="faketime openssl chromium fonts-liberation"
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build --disable-xctest
	Controls/generate --check
	python3 Controls/tables/check.py
	$(VENV)/bin/python Tests/Referee/check_catalogs.py
	bash Tests/Referee/run $(abspath $(VENV))/bin/python
	bash Tests/Attacks/run $(abspath $(VENV))/bin/python
	CUSTODY=$(abspath .build/debug/custody) $(VENV)/bin/python Tests/Edges/run.py

# A store in a bucket: a Ceph with its S3 gateway is started and ended. BUCKET names one part of Tests/Bucket/run;
# CUSTODY_BUCKET_SECONDS and CUSTODY_BUCKET_CRASHES make it long.
BUCKET ?=
test-bucket: packages referee gateway
	swift build --product custody --explicit-target-dependency-import-check error
	swift build --product custody-remote --explicit-target-dependency-import-check error
	CUSTODY=$(abspath .build/debug/custody) REFEREE_PYTHON=$(abspath $(VENV))/bin/python bash Tests/Bucket/run $(BUCKET)

# What takes too long for every day: a hundred thousand random histories against second implementations, every state that
# a power cut can leave, and every fault, of every command that writes, and the pages of a store of ten thousand artifacts.
HISTORIES ?= 100000
nightly: packages referee
	swift build --build-tests --explicit-target-dependency-import-check error
	CUSTODY_HISTORIES=$(HISTORIES) swift test --skip-build --disable-xctest --filter 'RandomWorldTests|RandomPromiseTests|RandomKeepingTests|RandomDutyTests|RandomPaperTests|RandomActionTests'
	CUSTODY=$(abspath .build/debug/custody) $(VENV)/bin/python Tests/Edges/run.py --all
	$(VENV)/bin/python Tests/Referee/size_report.py $(abspath .build/debug/custody)
	CUSTODY_BUCKET_SECONDS=600 CUSTODY_BUCKET_CRASHES=all $(MAKE) --no-print-directory test-bucket

lint:
	swift format lint --strict --recursive Sources Tests Fixtures/library Package.swift

# Measures custody, and git, restic and borg beside it; SIZE is the log's number of entries, up to 1000000. Then 10,000 files
# in a bucket, with rclone and curl beside it.
SIZE ?= 10000
benchmark: build gateway
	@$(MAKE) --no-print-directory packages PACKAGES="git restic borgbackup"
	$(BUILD) --product custody-benchmark
	.build/release/custody-benchmark --custody $(BINARY) --size $(SIZE) --page .build/benchmark-$(SIZE).md
	set -o pipefail; CUSTODY=$(abspath $(BINARY)) bash Tests/Bucket/run speed | tee .build/benchmark-bucket.md

# Installs what is missing, with sudo where one is not root.
packages:
	@missing=(); for package in $(PACKAGES); do dpkg -s $$package >/dev/null 2>&1 || missing+=($$package); done; \
	if [ $${#missing[@]} -gt 0 ]; then \
	  if [ "$$(id -u)" = 0 ]; then run=; else run=sudo; fi; \
	  $$run apt-get update -q && $$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -q $(RECOMMENDED) $${missing[@]}; \
	fi

# A Ceph with its S3 gateway, and what writes to it beside custody.
gateway:
	@$(MAKE) --no-print-directory packages RECOMMENDED=--no-install-recommends \
	  PACKAGES="ceph-mon ceph-mgr ceph-osd radosgw ceph-common rclone iproute2 openssl curl"

# The independent checkers that the tests ask: Python programs that share no code with custody.
referee: packages
	@if [ ! -x $(VENV)/bin/python ] || ! cmp -s Tests/Referee/requirements.txt $(VENV)/requirements.txt; then \
	  python3 -c 'import venv, ensurepip' 2>/dev/null || $(MAKE) --no-print-directory packages PACKAGES=python3-venv; \
	  rm -rf $(VENV) && python3 -m venv $(VENV) && \
	  $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check -r Tests/Referee/requirements.txt && \
	  cp Tests/Referee/requirements.txt $(VENV)/requirements.txt; \
	fi

clean:
	rm -rf .build

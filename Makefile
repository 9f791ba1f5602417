# `make run` sets everything up and serves the product; `make test` proves it. Both need only
# Python 3.11 or newer and Node 20.19 or newer.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3,11))' 2>/dev/null && { echo $$p; break; }; done)
PWA_SOURCES := $(shell find pwa sync/client sync/contract -path pwa/node_modules -prune -o -path pwa/dist -prune -o -type f -print 2>/dev/null)
PRINT_SOURCES := $(shell find printing -name __pycache__ -prune -o -type f -print) pwa/engine/build.mjs
PORT ?= 8000
# HOST=lan: https for real phones of this network, beside a page that makes them trust it.
HOST ?= local

.PHONY: run test screens vectors check bench soak clean setup site pytest-core

run: export ANXUN_PORT = $(PORT)
run: setup site
	$(PY) -m backend.cli demo
	$(PY) -m backend.cli serve $(if $(filter lan,$(HOST)),--lan)

test: setup site .stamps/browser
	$(PY) tests/budget.py

screens: setup site .stamps/browser
	@mkdir -p .cache/screens
	ANXUN_SCREENS=$${ANXUN_SCREENS:-.cache/screens} $(PY) -m pytest tests/browser/screens -s

vectors: setup
	$(PY) -m pytest tests/conformance -q -s | grep -E '^\.*vectors |passed|failed' | sed 's/^\.*//'
	cd sync/client && NO_COLOR=1 ../../pwa/node_modules/.bin/vitest run --reporter=dot 2>&1 | grep -oE 'vectors [^:]*: [0-9]+|Tests .*'
	cd pwa && NO_COLOR=1 node_modules/.bin/vitest run --reporter=dot rules.test 2>&1 | grep -oE 'vectors [^:]*: [0-9]+|Tests .*'

check: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m backend.cli export-contract --check
	cd pwa && npm run -s typecheck && npm run -s deps

bench: setup site
	$(PY) -m tests.bench.run

soak: setup
	ANXUN_HISTORIES=20000 $(PY) -m pytest tests/simulation -v

setup: .stamps/python .stamps/node

.stamps/python: pyproject.toml requirements.lock
	@mkdir -p .stamps
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.stamps/node: pwa/package.json pwa/package-lock.json pwa/.npmrc
	@mkdir -p .stamps
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number);if(a<20||(a==20&&b<19)){console.error("Node 20.19 or newer is needed, found "+process.version);process.exit(1)}'
	cd pwa && npm ci
	@touch $@

.stamps/faces: .stamps/python .stamps/node printing/build_faces.py printing/layout/faces.toml
	$(PY) -m printing.build_faces --npm pwa/node_modules --out .cache/faces
	@touch $@

.stamps/engine: .stamps/faces $(PRINT_SOURCES)
	node pwa/engine/build.mjs --python $(PY)
	@touch $@

site: .stamps/site
.stamps/site: .stamps/engine $(PWA_SOURCES)
	cd pwa && npm run -s build
	@touch $@

.stamps/browser: tests/browser/find_browser.py .stamps/python
	$(PY) tests/browser/find_browser.py
	@touch $@

clean:
	rm -rf .stamps .cache .data $(VENV) pwa/node_modules pwa/dist

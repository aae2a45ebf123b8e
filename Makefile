# Everything that a checkout needs: Python 3.11 or later with its venv module, and GNU make.
# `make` alone lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV ?= .venv
BENCH_VENV ?= .venv-bench
PYTHON ?=
BIN := $(VENV)/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --no-input
LOCKS := base dev docs bench

# A version manager may leave a `python3.13` on the path which only says that it is not active: so each one is tried.
FIND_PYTHON = for python in $(PYTHON) $(if $(PYTHON),,python3.13 python3.12 python3.11 python3.14 python3 python); do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then break; fi; python=""; \
	done; \
	if [ -z "$$python" ]; then \
	    echo "No working Python 3.11 or later found$(if $(PYTHON), as '$(PYTHON)'). Install one, or name it: make $(or $(MAKECMDGOALS),venv) PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	fi; \
	if ! "$$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	    echo "$$python lacks the venv and ensurepip modules. On Debian and Ubuntu: apt-get install python3-venv" >&2; \
	    exit 1; \
	fi

# $(call make_venv,FOLDER): the folder becomes a virtual environment with a current pip, if it is not one that works.
define make_venv
	if ! $(1)/bin/python -m pip --version >/dev/null 2>&1; then \
	    $(FIND_PYTHON); \
	    echo "Making $(1) with $$("$$python" --version) …"; \
	    rm -rf $(1); "$$python" -m venv $(1); \
	fi
endef

.PHONY: help venv run demo up test test-slow test-all referee referee-live browser postgres bench bench-durable bench-emulator lint types docs generate lock clean

help: ## list the targets
	@echo "Targets (PYTHON=… chooses the interpreter):"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r name words; do \
	    printf '%-16s %s\n' "$$name" "$$words"; done

venv: $(VENV)/.ready ## make .venv with the locked requirements and the project in it
	@:

$(VENV)/.ready: requirements/dev.txt pyproject.toml
	@$(call make_venv,$(VENV))
	@echo "Installing the locked requirements into $(VENV) (some 300 MB the first time) …"
	@$(BIN)/python $(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements/dev.txt
	@$(BIN)/python $(PIP_INSTALL) --no-build-isolation --no-deps --no-index --editable .
	@touch $@
	@echo "$(VENV) is ready."

run: demo ## show what kie does: the demo, on the emulator, into out/

demo: venv
	@$(BIN)/kie demo -o out

up: venv ## server and studio (not built yet)
	@echo "The server and the studio are not built yet, so there is nothing to bring up." >&2
	@echo "The emulator of kie.ai is: $(BIN)/kie emulator --port 8788" >&2
	@exit 2

test: venv ## the fast tests, in parallel
	@$(BIN)/python -m pytest -m "not (slow or crash or load or postgres or browser)" $(PYTEST)

test-slow: venv browser postgres ## the tests that the fast run leaves out (pytest's "none found" is no failure)
	@$(BIN)/python -m pytest -m "slow or crash or load or postgres or browser" $(PYTEST) || [ $$? -eq 5 ]

test-all: test test-slow ## every test

referee: venv ## hold the emulator against the vendor's documents and recordings
	@$(BIN)/python -m pytest tests/referee $(PYTEST)

# Spends real credits: KIE_API_KEY must be set. LIVE="--max-price-rub 1 --budget-rub 10 --rub-per-usd 80 --live-json out.json"
referee-live: venv ## the same contract against the real API; needs KIE_API_KEY, spends at most 10 RUB (LIVE="--budget-rub 0": nothing)
	@$(BIN)/python -m pytest -n 0 -v tests/referee/live --live $(LIVE)

CHROMIUM := chromium chromium-browser google-chrome
# Installs into the system, so only where that is simple: as root (or with a sudo that does not ask), and with apt.
browser: ## get Chromium for the tests in the browser, where apt is at hand
	@for name in $(CHROMIUM); do if command -v "$$name" >/dev/null; then exit 0; fi; done; \
	if ! command -v apt-get >/dev/null; then \
	    echo "No Chromium and no apt-get here: the tests in the browser will be skipped. Install Chromium to run them."; exit 0; \
	fi; \
	if [ "$$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else \
	    echo "No Chromium, and installing it wants root: sudo apt-get install chromium. Its tests will be skipped."; exit 0; \
	fi; \
	echo "Installing Chromium (some 100 MB) …"; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$sudo apt-get update -qq && $$sudo apt-get install -qq -y --no-install-recommends chromium fonts-noto-core >/dev/null

postgres: ## get PostgreSQL for the tests on a server, where apt is at hand
	@if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	    echo "No PostgreSQL and no apt-get here: its tests will be skipped. Install PostgreSQL to run them."; exit 0; \
	fi; \
	if [ "$$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else \
	    echo "No PostgreSQL, and installing it wants root: sudo apt-get install postgresql. Its tests will be skipped."; exit 0; \
	fi; \
	echo "Installing PostgreSQL (some 60 MB) …"; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$sudo apt-get update -qq && $$sudo apt-get install -qq -y --no-install-recommends postgresql >/dev/null

bench: venv $(BENCH_VENV)/.ready ## the measurements, in an environment of their own
	@$(BENCH_VENV)/bin/python bench/run.py $(BENCH)
	@$(BIN)/python bench/emulated/run.py $(filter --quick --docs --strict,$(BENCH))
	@$(BENCH_VENV)/bin/python bench/durable/run.py $(filter --quick --docs --strict,$(BENCH))

bench-durable: venv postgres $(BENCH_VENV)/.ready ## the durable service beside a workflow engine and a queue of jobs, some ten minutes
	@$(BENCH_VENV)/bin/python bench/durable/run.py $(BENCH)

bench-emulator: venv ## the emulator's measurements alone, some two minutes
	@$(BIN)/python bench/emulated/run.py $(BENCH)

$(BENCH_VENV)/.ready: requirements/bench.txt pyproject.toml
	@$(call make_venv,$(BENCH_VENV))
	@echo "Installing what the measurements compare with into $(BENCH_VENV) …"
	@$(BENCH_VENV)/bin/python $(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements/bench.txt
	@$(BENCH_VENV)/bin/python $(PIP_INSTALL) --no-build-isolation --no-deps --no-index --editable .
	@touch $@

lint: venv ## style, formatting, types, import contracts
	@echo "ruff check";    $(BIN)/ruff check --quiet .
	@echo "ruff format";   $(BIN)/ruff format --check --quiet .
	@echo "mypy";          $(BIN)/mypy
	@echo "lint-imports";  $(BIN)/lint-imports --no-logo

types: venv ## mypy on everything, and what an editor sees of the typing tests
	@echo "mypy";          $(BIN)/mypy
	@if ls tests/typing/*.py >/dev/null 2>&1; then echo "basedpyright"; $(BIN)/basedpyright; fi

docs: venv ## build the documentation into site/, warnings are errors
	@$(BIN)/zensical build --strict --clean
	@echo "Documentation: site/index.html"

# Reads the package index alone, whatever else this machine is told to look at. Keeps what is locked unless UPGRADE=1.
generate: venv ## make again what is made: catalogue and emulator facts (from ../shared), types, reference, pictures
	@if [ -d ../shared/kie-api ]; then $(BIN)/python tools/import_catalogue.py ../shared/kie-api; $(BIN)/python tools/emulator_facts.py; \
	    $(BIN)/python tools/make_differences.py; \
	    else echo "The vendor's documents are not in ../shared/kie-api: the catalogue and the emulator's facts stay as they are."; fi
	@$(BIN)/python tools/make_types.py
	@$(BIN)/python tools/make_reference.py
	@$(BIN)/python tools/make_pictures.py

lock: venv ## lock requirements/*.in again (UPGRADE=1: newest versions)
	@for name in $(LOCKS); do \
	    echo "Locking requirements/$$name.txt …"; \
	    env -u UV_FIND_LINKS -u UV_INDEX -u UV_EXTRA_INDEX_URL UV_NO_CONFIG=1 $(BIN)/uv pip compile --quiet \
	        --universal --python-version 3.11 --only-binary :all: --generate-hashes --no-emit-index-url --no-header \
	        $(if $(UPGRADE),--upgrade) requirements/$$name.in --output-file requirements/$$name.txt; \
	done

clean: ## remove what commands made, the environments too
	@rm -rf $(VENV) $(BENCH_VENV) out site dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

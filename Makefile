# Everything one does with this project. `make help` lists it. Needs make and Python 3.11 or newer; no more to run it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8000
ARGS ?=
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# The two source roots: docs/decisions/0001-path-roots.md
export PYTHONPATH := $(CURDIR):$(CURDIR)/platform
export PIP_DISABLE_PIP_VERSION_CHECK := 1
INSTALL := $(BIN)/python scripts/install.py

.PHONY: help run leave-demo test check lint format types contracts browser js rehearsal bench bench-cases faults soak stack \
	stack-stop backup restore messages migrations requirements screenshots dev

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# -- Set-up: each step once, and again only when what it is made from has changed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Anfiteatro needs Python 3.11 or newer.") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv module is missing (Debian: apt install python3-venv)."; exit 1; }

.venv/.installed: requirements.txt | $(BIN)/python
	@echo "Installing what the project runs on…"
	@$(INSTALL) requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@echo "Installing what checking it needs…"
	@$(INSTALL) requirements-dev.txt
	@touch $@

.env: | $(BIN)/python
	@umask 077 && $(BIN)/python scripts/first_env.py > $@.new && mv $@.new $@
	@echo "Wrote .env: a key of your own, demo and rehearsal switched on."

CATALOGUES := $(wildcard platform/web/locale/*/LC_MESSAGES/*.po)
var/.translated: $(CATALOGUES) .venv/.installed | .env
	@mkdir -p var && $(MANAGE) compile_translations && touch $@

STATIC := $(shell find static -type f 2>/dev/null)
var/.collected: $(STATIC) platform/web/import_map.py platform/web/static_storage.py .venv/.installed | .env
	@mkdir -p var && echo "Collecting static files…" && DEBUG=0 $(MANAGE) collectstatic --noinput --verbosity 0 && touch $@

dev: .venv/.installed-dev .env var/.translated ## Set up everything that checking needs

# -- Run it

run: .venv/.installed .env ## Start on http://127.0.0.1:$(PORT), PORT=8000; first with the demo
	@mkdir -p var && ANFITEATRO_PORT=$(PORT) exec $(BIN)/python -m config.server --prepare --port $(PORT)

leave-demo: .venv/.installed .env ## Delete the demo, for real use; asks before
	@$(MANAGE) leave_demo --port $(PORT)

stack: dev var/.collected ## Start the scaled set-up from processes: nginx, PostgreSQL, Redis, S3, two servers, a worker
	@exec $(BIN)/python scripts/stack.py start $(ARGS)

stack-stop: ## Stop what `make stack` started
	@$(BIN)/python scripts/stack.py stop

rehearsal: dev var/.collected ## Replay the reference event and check it; ARGS="--spawn stack" for the scaled set-up
	@exec $(BIN)/python tests/load/rehearsal.py $(ARGS)

backup: .venv/.installed .env ## Back everything up while it runs: TO=folder (var/backups)
	@$(MANAGE) backup $(or $(TO),var/backups)

restore: .venv/.installed .env ## Put a backup back, after the servers were stopped: FROM=archive
	@$(if $(FROM),,echo "Say which archive: make restore FROM=….tar"; exit 1;) $(MANAGE) restore $(FROM)

# -- Check it

check: lint types contracts js test ## The one check command: lint, format, types, contracts, tests

test: dev ## Run the tests; those that need PostgreSQL and Redis first, where they answer
	@$(BIN)/python scripts/services.py $(BIN)/pytest -q -m services $$(grep -rl --include='*.py' 'mark\.services' tests/services tests/unit tests/web tests/realtime)
	@$(BIN)/pytest -q -n auto --dist worksteal -m "not services" $(ARGS)

browser: dev var/.collected ## Run the tests that drive a browser
	@$(BIN)/pytest tests/browser -m browser $(ARGS)

lint: dev ## Lint and check the format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: dev ## Format, and mend what can be mended
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

types: dev ## Check the types
	@$(BIN)/mypy

contracts: dev ## Check which package may import which
	@$(BIN)/lint-imports

node_modules/.installed: package.json package-lock.json
	@npm ci --silent --no-audit --no-fund && touch $@

ifeq ($(shell command -v npm),)
js: ## Check and test the browser's modules
	@echo "SKIPPED: the browser's modules were not checked, npm is missing."
else
js: node_modules/.installed ## Check and test the browser's modules
	@npm run --silent types && npm test --silent
endif

# -- Hurt it

faults: dev ## Hurt servers in every way we promise to survive, for as long as promised (an hour or two)
	@FAULTS=full $(BIN)/python scripts/services.py $(BIN)/pytest -s -m "faults and services" tests/faults $(ARGS)
	@FAULTS=full $(BIN)/pytest -s -m "faults and not services" tests/faults $(ARGS)

soak: dev ## Of these only what takes ten minutes and more
	@FAULTS=full $(BIN)/pytest -s -m soak tests/faults $(ARGS)

# -- Measure it

bench: dev var/.collected ## Measure the live room; ARGS="--only saturation --people 235", --quick, or --write
	@exec $(BIN)/python tests/load/bench/run.py $(ARGS)

bench-cases: dev var/.collected ## Measure lists, search and sending of cases; ARGS="--only lists --rounds 40"
	@exec $(BIN)/python tests/load/cases/bench.py $(ARGS)

# -- Keep it

messages: dev ## Extract the texts into the catalogues (needs gettext)
	@mkdir -p platform/web/locale && $(MANAGE) makemessages --locale es --locale pt --add-location file --no-wrap --no-obsolete \
		--ignore '.venv/*' --ignore 'node_modules/*' --ignore 'var/*' --ignore 'tests/*' --ignore 'scripts/*'

migrations: dev ## Write the migrations the models ask for
	@$(MANAGE) makemigrations

requirements: dev ## Pin requirements*.in with hashes
	@$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-header --allow-unsafe \
		--output-file requirements.txt requirements.in
	@$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-header --allow-unsafe \
		--output-file requirements-dev.txt requirements-dev.in
	@$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-header --allow-unsafe \
		--output-file requirements-uv.txt requirements-uv.in

screenshots: dev ## Take the pictures of the README
	@$(BIN)/python scripts/screenshots.py

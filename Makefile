# Everything a developer types; `make help` explains.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
DATA ?= .demo
FORM ?= short
# Refusals are written where they are raised: the first words of each are a sentence to translate.
REFUSALS := Refusal Invalid Missing FeedRevoked HasEnded InvitationSpent LastAdmin LinkSpent NameSpent NoMoreSlides \
  NoRoomYet NoSeatFree NothingToAnswer NothingToChange OfferGone RegistrationClosed TooLarge TooOften
EXTRACT := -F babel.cfg $(foreach word,N_ _l lazy_gettext $(REFUSALS),-k $(word)) --add-location=file --width=100 \
  --sort-by-file --project=webinar --version=0.1 --copyright-holder="the webinar contributors"
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export HEADLESS

.PHONY: help setup demo demo-reset test test-sqlite test-postgres test-browser check run worker migrate bench chaos \
  screenshots translations lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.runtime ## make .venv with the console script `webinar`, from pinned versions with hashes

.venv/.runtime: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what webinar needs into .venv (a minute or two) …" >&2
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock >&2
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . >&2
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock >&2
	@touch $@

demo: setup ## a whole society on embedded SQLite, with sign-in links (PORT=8000, DATA=.demo, HEADLESS=1: links as JSON)
	@$(BIN)/webinar demo --port $(PORT) --data $(DATA)

demo-reset: setup ## the demo afresh: forgets what was changed in it
	@$(BIN)/webinar demo --port $(PORT) --data $(DATA) --reset

test: test-sqlite test-postgres test-browser ## all tests: on SQLite, on a real PostgreSQL, and journeys in Chromium

test-sqlite: .venv/.dev ## everything but the browser, on SQLite
	$(BIN)/python -m pytest -n auto -m "not browser"

test-postgres: .venv/.dev ## what touches a database, on PostgreSQL from its wheel
	$(BIN)/python -m pytest -n auto -m "not browser and not pure" --database postgresql

test-browser: .venv/.dev ## the journeys in a real Chromium
	$(BIN)/python -m pytest -m browser

check: .venv/.dev ## style, types, import contracts, templates, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint webinar/templates --quiet --lint
	$(BIN)/deptry .

run: setup ## serve the pages with granian under the settings of the environment
	$(BIN)/webinar run

worker: setup ## deliver mails and reminders under the settings of the environment
	$(BIN)/webinar worker

migrate: setup ## bring the database of the settings to the newest migration
	$(BIN)/webinar db upgrade

bench: .venv/.dev ## speed, each figure beside its floor in the same run
	$(BIN)/python -m bench

chaos: .venv/.dev ## crashes and races on both databases (FORM=long for the full counts, T=R01 for one, SEED=7)
	$(BIN)/python -m chaos --form $(FORM) $(if $(T),--test $(T)) $(if $(SEED),--seed $(SEED))

translations: .venv/.dev ## read what pages say, bring the catalogues up to date, compile them (then translate and run it again)
	@$(BIN)/pybabel -q extract $(EXTRACT) -o webinar/translations/messages.pot .
	@$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --width=100 --domain=messages \
	  -i webinar/translations/messages.pot -d webinar/translations
	@$(BIN)/pybabel compile --statistics -d webinar/translations

screenshots: .venv/.dev ## the README's pictures, from a running demo
	$(BIN)/python -m tools.screenshots

lock: ## resolve the pinned versions anew (needs uv)
	uv pip compile -q --python-version 3.11 --extra build --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile -q --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements-dev.lock

clean: ## remove what was built
	rm -rf .venv .judges .demo build dist .mypy_cache .ruff_cache .pytest_cache

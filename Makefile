# Every target does its own set-up: a machine needs Python 3.11 (with venv) and make, no more.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help environment browser run seed reseller backfill plan publish reconcile test test-fast check bench fmt clean

PYTHON ?=
BIN := .venv/bin
# Two processes suit two cores and up: each worker has a PostgreSQL server of its own.
TEST_PROCESSES ?= 2

# What is built, audited and published together; `plan` and `publish` are about one of them.
DATASETS := catalog sales
DATASET ?= catalog

# An empty home: models are linted and tested in memory, whether or not a platform runs here.
SQLMESH := TIQZY_HOME=.cache/no-home $(BIN)/sqlmesh

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: environment ## Start everything here: PostgreSQL, sandbox, shop :8000, dashboards :8501, Dagster :3000; VISITORS=6 a minute
	@$(BIN)/python -m deploy.local $(if $(VISITORS),--visitors $(VISITORS))

seed: environment ## Make the three demo shops, their sign-ins and MONTHS=13 of sales, where they are missing
	@$(BIN)/python -m api.seed --months $(or $(MONTHS),13)

reseller: environment ## Make a reseller with a shop: NAME="Hotel Mira" SLUG=hotel-mira [HOST=tickets.mira.example] [ZONE=Europe/London]
	@$(if $(and $(NAME),$(SLUG)),,$(error use: make reseller NAME="Hotel Mira" SLUG=hotel-mira))
	@$(BIN)/python -m api.resellers --name "$(NAME)" --slug "$(SLUG)" $(if $(HOST),--host "$(HOST)") $(if $(ZONE),--time-zone "$(ZONE)")

backfill: environment ## Load days again, build and publish: FROM=2026-12-01 TO=2026-12-31 WHAT=availability|prices|sales
	@$(if $(and $(FROM),$(TO),$(WHAT)),,$(error use: make backfill FROM=2026-12-01 TO=2026-12-31 WHAT=availability))
	@$(BIN)/python -m dagster_project.backfill --from $(FROM) --to $(TO) --what $(WHAT) $(if $(AGAIN),--again)

plan: environment ## Build the models from what is loaded, and audit them: DATASET=catalog|sales
	@$(BIN)/python -m warehouse --dataset $(DATASET) build

publish: environment ## Audit DATASET=catalog|sales and publish it to its readers; ROLLBACK=VERSION goes back to that release
	@$(BIN)/python -m warehouse --dataset $(DATASET) $(if $(ROLLBACK),rollback $(ROLLBACK),publish)

reconcile: environment ## Compare every order's ledger with its sale and with Stripe, and name what differs; SINCE=2026-11-01
	@$(BIN)/python -m api.ledger reconcile $(if $(SINCE),--since $(SINCE))

test: environment browser ## The whole suite, slow and browser tests included
	@$(BIN)/python -m pytest -n $(TEST_PROCESSES)

test-fast: environment ## The suite without whole-process and browser tests
	@$(BIN)/python -m pytest -n $(TEST_PROCESSES) -m "not slow and not browser"

check: environment ## All that is static (format, lint, types, import contract, house rules), and the SQL models' tests
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@for dataset in $(DATASETS); do for step in "format --check" lint test; do \
		echo "$(SQLMESH) --config $$dataset $$step"; $(SQLMESH) --config $$dataset $$step || exit 1; done; done
	$(BIN)/python -m pytest tests/house

bench: environment ## Measure the platform's figures, or ONLY=ready_seconds, into benchmarks/results.json
	@$(BIN)/python -m benchmarks $(if $(ONLY),--only $(ONLY))

fmt: environment ## Format Python and SQL
	@$(BIN)/ruff format -q .
	@$(BIN)/ruff check -q --fix --select I .
	@for dataset in $(DATASETS); do $(SQLMESH) --config $$dataset format; done

clean: ## Remove the environment and caches; DATA=yes also what `make run` keeps in .tiqzy
	@$(if $(DATA),$(BIN)/python -m core.db.embedded delete && rm -rf .tiqzy)
	@rm -rf .venv .cache .ruff_cache .hypothesis .import_linter_cache logs

environment:
	@PYTHON="$(PYTHON)" deploy/setup/python.sh

browser:
	@deploy/setup/browser.sh

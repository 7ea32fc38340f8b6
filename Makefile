# What one types here. `make help` lists it.
PYTHON3 ?= python3
PY := .venv/bin/python
UV := .cache/uv/bin/uv
AUDIT := .cache/pip-audit/bin/pip-audit
ARGS ?=
LOCK := $(UV) pip compile pyproject.toml --universal --generate-hashes --no-header --quiet --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help run setup setup-test test check crash mutants promises format screenshots audit locks

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## the demo school with its phones, on this machine (sets itself up first)
	@exec $(PY) app.py $(ARGS)

test: setup-test ## every test, with a real PostgreSQL and a real browser (ARGS="-k drink"; ARGS=--everywhere)
	@$(PY) -m pytest -n 2 $(ARGS) || { code=$$?; test $$code -ne 5 || echo "No test was found: ARGS=$(ARGS)"; exit $$code; }

check: setup-test ## formatting, lint, types, the laws of the house, tests (TESTED=1: tests ran already)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports
	$(if $(TESTED),@echo "The tests ran already (TESTED=$(TESTED)).",@$(MAKE) --no-print-directory test)

crash: setup-test ## a thousand kills on both databases, about 15 minutes (KILLS=10000; DATABASE=sqlite)
	@KILLS="$(KILLS)" DATABASE="$(DATABASE)" $(PY) -m tests.crash

mutants: setup-test ## Tasuki with one safeguard left out, eleven times: each must be noticed
	@$(PY) -m tests.hunt

promises: setup-test ## the figures of docs/promises.md, measured anew (half an hour; KILLS=1000)
	@KILLS="$(KILLS)" $(PY) -m tests.bench.promises

format: setup-test ## put every file into the house's form
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

screenshots: setup-test ## the pictures in docs/screenshots, made anew by the browser test
	TASUKI_SCREENSHOTS=docs/screenshots $(PY) -m pytest tests/test_browser.py tests/test_browser_jobs.py $(ARGS)

audit: $(AUDIT) ## known faults in the packages we run on (needs the network; fails if it cannot look)
	@PYTHONPATH=.cache/pip-audit $(PYTHON3) .ci/audit.py

locks: $(UV) ## the two locks, made anew from pyproject.toml (ARGS=--upgrade for newer versions)
	$(LOCK) $(ARGS) --output-file requirements.txt
	$(LOCK) $(ARGS) --group test --constraints requirements.txt --output-file requirements-test.txt

setup: ; @$(PYTHON3) bootstrap.py run
setup-test: ; @$(PYTHON3) bootstrap.py test

$(UV): ; $(PYTHON3) -m pip install --quiet --root-user-action=ignore --target .cache/uv uv
$(AUDIT): ; $(PYTHON3) -m pip install --quiet --root-user-action=ignore --target .cache/pip-audit pip-audit

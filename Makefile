# The repository's own commands. Each works on a clean checkout with Python 3.11 or newer and make.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help install demo test check check-reports bench example-files soak clean

PYTEST_JOBS ?= 2
BIN := .venv/bin
INSTALLED := .venv/.installed

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) ## Make .venv with every extra, so that .venv/bin/sheets-pipeline works

# The pins hold for the build backend too: older pips read PIP_CONSTRAINT for it, newer ones PIP_BUILD_CONSTRAINT.
$(INSTALLED): pyproject.toml constraints.txt
	@test -x $(BIN)/python || { python=$$(scripts/find-python) && "$$python" -m venv .venv; }
	@echo "Installing into .venv (a few minutes the first time)"
	@PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 \
		$(BIN)/python -m pip install --quiet --editable '.[all]'
	@touch $@

demo: install ## Play the whole main job on a fictional round, into build/demo
	@rm -rf build/demo
	$(BIN)/sheets-pipeline demo --to build/demo

test: install ## Run every test (on Debian, as root, it first installs the programs that some of them drive)
	@scripts/system-packages
	@scripts/gate-programs
	$(BIN)/python -m pytest -n $(PYTEST_JOBS) --dist loadfile

check: install ## Check format, lint, types, layers, dependencies and documents
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m pytest -q tests/docs

check-reports: install ## Judge every kind of output: accessibility, valid files, nothing fetched, extremes of size and length
	@scripts/system-packages
	@scripts/gate-programs
	$(BIN)/python -m pytest -m "not soak" tests/gates tests/reports tests/exports

bench: install ## Measure ratios of speed, into build/bench.json
	$(BIN)/python -m tests.bench

example-files: install ## Renew the example's workbooks that LibreOffice has saved
	$(BIN)/python -m tests.office.example_files

soak: install ## Run the tests that take a long time
	$(BIN)/python -m pytest -m soak

clean: ## Remove what make made, but for the environment
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find sheets_pipeline tests -name __pycache__ -type d -prune -exec rm -rf {} +

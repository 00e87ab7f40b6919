# Two commands on a fresh machine with Python 3.10+, git and make: `make demo`, `make test`.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check mutations chaos bench clean

demo: .venv/.package  ## set all up and watch three short conversations become memory
	$(BIN)/memoryos demo

test: .venv/.tools  ## set all up and run the tests
	$(BIN)/pytest -n auto

check: test  ## what must hold before a change lands
	$(BIN)/ruff check .
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

mutations: .venv/.tools  ## break each kept promise on purpose, and see its tests fail
	$(BIN)/python tests/mutations.py

chaos: .venv/.tools  ## kill, cut, fill and jump, for some 20 minutes, and see that nothing is lost
	cd tests && ../$(BIN)/python -m chaos

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 10) or sys.exit("MemoryOS needs Python 3.10 or later: make PYTHON=/path/to/python3.10")'
	$(PYTHON) -m venv .venv

.venv/.package: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/.tools: .venv/.package
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

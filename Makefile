# Everything here works from a clean clone with Python 3.11 or later and make; see README.md.

PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header pyproject.toml

.PHONY: help install dev run test test-full check bench requirements

help:
	@echo "make run        start everything and print the addresses (PORT, HOST, DATA_DIR are honoured)"
	@echo "make install    the set-up alone"
	@echo "make test       the tests"
	@echo "make test-full  the long proofs"
	@echo "make check      format, lint, types, import contracts, templates, migrations"
	@echo "make bench      the benchmarks"
	@echo "make requirements  pin the dependencies of pyproject.toml anew"

install: .venv/installed
	@:

dev: .venv/installed-dev
	@:

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Coproduce needs Python 3.11 or later: install it, or name one with PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { \
		echo "Python cannot make a virtual environment: install its venv module (Debian: python3-venv)." >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/installed: requirements.txt | $(BIN)/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt | $(BIN)/uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch .venv/installed $@

run: install
	@exec $(BIN)/python -m engines.run --with-parent

test: dev
	@CHROMIUM="$$($(BIN)/python -m engines.chromium)" || exit 1; export CHROMIUM; \
		exec $(BIN)/python -m pytest -m "not full" --numprocesses auto --dist worksteal

test-full: dev
	@CHROMIUM="$$($(BIN)/python -m engines.chromium)" || exit 1; export CHROMIUM; \
		exec $(BIN)/python -m pytest -m full --numprocesses auto --dist worksteal

check: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python -m engines.throwaway $(BIN)/python -m flask --app wsgi database check

bench: dev
	@exec $(BIN)/python -m bench

requirements: dev
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra dev --constraint requirements.txt -o requirements-dev.txt

# Two commands for a fresh machine:  make book  makes the books,  make test  tests all.
SHELL := bash
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help book test lint bench gallery clean
.DEFAULT_GOAL := help

help:   ## this list
	@grep -E '^[a-z]+: .*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

book: .venv/book   ## every book under sources/, into build/
	$(BIN)/publisher build
	@printf '%s\n' '做好的书在 build/ 里。再用：$(BIN)/publisher，或先 source $(BIN)/activate，再写 publisher。' \
	  'The books are in build/. The tool is $(BIN)/publisher; after "source $(BIN)/activate" it is plain publisher.'

test: .venv/test   ## all tests, with coverage; a missing validator fails
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest -n auto --dist loadfile --cov --cov-report=term:skip-covered

lint: .venv/test   ## style, types, and which module may import which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/test   ## ratios against peers in one run, into build/bench.json
	$(BIN)/python tests/bench.py
	$(BIN)/python -m tests.read.bench
	$(BIN)/python tests/bench_conversion.py
	$(BIN)/python tests/bench_lines.py
	$(BIN)/python -m tests.bench_claims
	$(BIN)/python -m tests.bench_epub
	$(BIN)/python -m tests.bench_many

gallery: .venv/test   ## a picture of each kind of page in each preset, into build/gallery
	$(BIN)/python -m tests.gallery.gallery

clean:  ## forget the environment and all results
	rm -rf .venv build/* build/.cache

# The environment: the Debian packages, then the locked Python packages, then ourselves.
.venv/book: pyproject.toml constraints.txt .ci/system
	PYTHON=$(PYTHON) .ci/system book
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	$(BIN)/python -m compileall -q publisher
	touch $@

.venv/test: .venv/book .ci/ace tests/epub/ace/package-lock.json
	PYTHON=$(PYTHON) .ci/system test
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	.ci/ace
	touch $@

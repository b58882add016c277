# Every task of the project. `make help` lists them; each sets up what it needs first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup chat test check format eval results docs bench screenshot clean

help: ## List the tasks
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(READY) ## Install everything into .venv (once; about two minutes)

# torch first and by itself, so that its pinned build is there before anything asks for torch
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Kutip needs Python 3.11 or newer; name one: make PYTHON=python3.12 …' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

chat: $(READY) ## Ask the sample articles a question, in the terminal
	@$(BIN)/qa chat

test: $(READY) ## Run the tests
	$(BIN)/python -m pytest -n auto

check: $(READY) ## Format, lint, types, import contracts, tests with coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --cov --cov-report=term:skip-covered --cov-fail-under=90

format: $(READY) ## Put the code into the agreed format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: $(READY) ## Run the question benchmark (with KUTIP_DATA=DIR also the large one)
	$(BIN)/qa-eval run --set seeds-dev
	$(if $(KUTIP_DATA),$(BIN)/qa-eval run --set idk-mrc-dev --data $(KUTIP_DATA))

# Every system but those that differ from another in answering only. One job: times are kept.
RANKERS := $(addprefix --system ,lexical dense hybrid hybrid-read lexical-no-lexicon \
  dense-no-lexicon hybrid-no-lexicon lexical-no-lexicon-no-stemming lexical-no-stemming \
  hybrid-no-stemming hybrid-rrf hybrid-minmax dense-no-sentences hybrid-no-sentences rank_bm25 \
  bm25s all-MiniLM-L6-v2)
KEEP = $(BIN)/qa-eval run $(RANKERS) --answers-by hybrid --answers-by hybrid-noreader \
  --no-texts --json eval/results/$(1).json --set $(1)
# Only the sample articles are pages with clutter to take out.
UNCLEANED := --system hybrid-no-cleaning --answers-by hybrid-no-cleaning

results: $(READY) ## Renew the kept results (KUTIP_DATA=DIR: all of them) and the pages made of them
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[training]'
	$(call KEEP,seeds-dev) $(UNCLEANED)
	$(call KEEP,seeds-test) $(UNCLEANED)
	$(call KEEP,seeds-values) $(UNCLEANED)
ifdef KUTIP_DATA
	$(call KEEP,idk-mrc-dev) --data $(KUTIP_DATA)
	$(BIN)/qa-eval read --data $(KUTIP_DATA) --json eval/results/reading-idk-mrc-dev.json
endif
	$(BIN)/qa-eval speed --json > eval/results/speed.json
	$(BIN)/qa-eval docs

docs: $(READY) ## Write docs/results.md, its plots and the README's tables out of the kept results
	$(BIN)/qa-eval docs

bench: $(READY) ## Measure speed beside peers
	$(BIN)/python -m eval.speed

screenshot: $(READY) ## Draw the README's picture of the chat from the real screen
	$(BIN)/python docs/screenshot.py

clean: ## Remove what set-up and the tests made
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage

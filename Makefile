# Two commands: `make run` and `make test`. `make help` lists the others.
PYTHON ?= $(shell for p in python3.11 python3; do $$p -c '' 2>/dev/null && echo $$p && exit; done; echo python3)
VENV := .venv/bin
BIN := PATH="$(CURDIR)/$(VENV):$$PATH"

.DEFAULT_GOAL := help
.PHONY: help setup run test check lock lint clean sbom audit screenshots local-llm

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: ## install everything, fetch the model weights, migrate, build the pages
	@$(PYTHON) -m scripts.setup

run: setup ## set up, then serve on one port (PORT=3000, HOST=127.0.0.1) until Ctrl-C
	@exec $(VENV)/python -m interview_platform serve

test: ## set up with what the tests need, lint, check types, run every test
	@$(PYTHON) -m scripts.setup --tests
	@$(MAKE) --no-print-directory check
	@$(BIN) $(VENV)/python -m tests

check: ## ruff and mypy, without the tests (needs `make test` once)
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy

lint: ## put the code in order with ruff
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

lock: ## compile requirements*.in to fully pinned requirements*.txt
	@$(PYTHON) -m scripts.lock

sbom: ## write what is installed, with versions and licences, to .cache/sbom.json (CycloneDX; needs the package index)
	@mkdir -p .cache && $(PYTHON) -m venv .venv/audit && .venv/audit/bin/python -m pip install -q cyclonedx-bom
	.venv/audit/bin/cyclonedx-py environment --output-reproducible --of JSON -o .cache/sbom.json $(VENV)/python

audit: ## compare the pinned packages with the known vulnerabilities (pip-audit; needs the network)
	@$(PYTHON) -m venv .venv/audit && .venv/audit/bin/python -m pip install -q pip-audit
	.venv/audit/bin/pip-audit --strict --no-deps --disable-pip -r requirements.txt

screenshots: ## take the pictures of the README from the running product
	@$(PYTHON) -m scripts.setup --tests
	@$(BIN) $(VENV)/python -m scripts.screenshots

local-llm: ## serve a small language model on this machine that words follow-ups (1.1 GB; LOCAL_LLM=path.gguf)
	@exec $(VENV)/python -m scripts.local_llm

clean: ## remove what was built here; data (.data) and weights (CACHE_DIR) stay
	rm -rf .venv .web .states .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache assets/external

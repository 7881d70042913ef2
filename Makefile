# Leadfarm: `make demo` to look at it, `make test` to check it.
# Honoured: PORT (8000), LEADFARM_HOME (.leadfarm), PYTHON (python3).

.DEFAULT_GOAL := help
PY := .venv/bin/python
.PHONY: help setup demo test soak check lock clean

help: ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

setup: ## .venv with everything, also for developing
	@bin/setup --dev

demo: ## a believable company in your browser
	@bin/setup
	@exec $(PY) -m leadfarm demo

test: setup ## all tests but the long ones
	@$(PY) scripts/chromium.py
	@$(PY) -m pytest -n 2 --dist worksteal $(TESTS)

soak: setup ## the proofs at full size, with their figures
	@$(PY) scripts/chromium.py
	@$(PY) -m pytest -m soak -s $(TESTS)

check: setup ## style, types, floors, licences
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache
	@$(PY) scripts/licences.py

lock: setup ## renew the locks from pyproject.toml
	@scripts/lock

clean: ## remove what was made here, not the data in .leadfarm
	@if [ -f .test-home/cluster.json ]; then $(PY) -m leadfarm.engine.postgres.remove .test-home; fi
	@rm -rf .venv .test-home .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	@find leadfarm tests scripts -name __pycache__ -prune -exec rm -rf {} +

# make run and make test each work first, alone, on a machine with Python 3.11 and make.
.DEFAULT_GOAL := help
.PHONY: help run test soak mutants lint docs check-docs reliability weights bench notebook pin clean

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
READY := $(VENV)/.ready

help: ## Show these lines
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "%-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) ## Process raw/ into processed/
	@$(BIN)/gongbao run raw/

test: $(READY) ## Run the test suite on every core; the slowest tests are named at the end
	@$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal -m "not soak"

soak: $(READY) ## Run what takes minutes: many kills, long schedules, bulk
	@$(BIN)/python -m pytest -m soak --verbose

# PATH=… on the command line would hide the shell's own tools from every recipe: it is taken as the package instead.
ifeq ($(origin PATH),command line)
PACKAGE := $(PATH)
override PATH := /usr/local/bin:/usr/bin:/bin
endif
mutants: $(READY) ## Break a package in 200 small ways, tell which its tests notice: make mutants PATH=extractors/targets
	@$(BIN)/python -m checks.mutants $(PACKAGE)

lint: $(READY) ## ruff, mypy, definitions that nothing uses, words of the language in code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m checks.dead_code
	@$(BIN)/python -m checks.words_in_code > /dev/null || { $(BIN)/python -m checks.words_in_code; exit 1; }

docs: $(READY) ## Write the generated pages: data dictionary, import graph, vocabulary
	@$(BIN)/python -m schemas.dictionary > docs/data-dictionary.md
	@$(BIN)/python -m checks.import_graph > docs/import-graph.md
	@$(BIN)/python -m pipeline.analysis.vocabulary > docs/vocabulary.md

check-docs: $(READY) ## Fail when the generated pages are not up to date
	@$(BIN)/python -m schemas.dictionary | diff -u docs/data-dictionary.md - \
		|| { echo "docs/data-dictionary.md is not up to date: make docs"; exit 1; }
	@$(BIN)/python -m checks.import_graph | diff -u docs/import-graph.md - \
		|| { echo "docs/import-graph.md is not up to date: make docs"; exit 1; }
	@$(BIN)/python -m pipeline.analysis.vocabulary | diff -u docs/vocabulary.md - \
		|| { echo "docs/vocabulary.md is not up to date: make docs"; exit 1; }

reliability: $(READY) ## Measure the columns anew on tests/gold/heldout, for the data dictionary
	@$(BIN)/python -m checks.reliability

weights: $(READY) ## Fit the models of confidence anew from tests/gold (not the held-out set)
	@$(BIN)/python -m checks.weights

bench: $(READY) ## Measure speed and scale, write docs/benchmarks.md (a quarter of an hour); AGAINST=REV: only compare
ifdef AGAINST
	@$(BIN)/python -m benchmarks --against $(AGAINST)
else
	@$(PIP) install --no-deps --upgrade --target $(VENV)/others -r benchmarks/requirements.txt
	@GONGBAO_OTHERS=$(VENV)/others $(BIN)/python -m benchmarks
endif

notebook: $(READY) ## Open the notebooks in JupyterLab (installed at the first use)
	@$(BIN)/python -c "import jupyterlab" 2>/dev/null || $(PIP) install jupyterlab
	@cd notebooks && ../$(BIN)/python -m jupyterlab

pin: $(READY) ## Pin the dependencies anew, with hashes
	@printf 'setuptools>=77\nwheel\n' > $(VENV)/build.in
	@$(BIN)/pip-compile $(COMPILE) --no-annotate -o requirements-build.txt $(VENV)/build.in
	@$(BIN)/pip-compile $(COMPILE) --extra ocr -o requirements.txt pyproject.toml
	@$(BIN)/pip-compile $(COMPILE) -c requirements.txt --extra ocr --extra dev -o requirements-dev.txt pyproject.toml

COMPILE := --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

clean: ## Remove the environment and everything that was made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find processed -mindepth 1 ! -name README.md -delete

# The build tools come first and are pinned too: nothing is built in an environment that pip fills on its own. The
# requirements are the whole closure: pip, which would look for newer packages behind extras, resolves nothing.
$(READY): requirements-build.txt requirements-dev.txt pyproject.toml
	@echo "making the environment in $(VENV) (some minutes, once)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements-build.txt
	@$(PIP) install --require-hashes --no-deps --no-build-isolation -r requirements-dev.txt
	@PYTHONWARNINGS=ignore $(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

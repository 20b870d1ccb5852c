# Paperbound. `make` lists the targets; each sets up what it needs in .venv, from the lock files.
PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
SITE_ARGUMENTS ?=
PORT ?= 8000
BASE_URL ?= http://localhost:8000/

.DEFAULT_GOAL := help
# Programs that tests start find their modules compiled, wherever the environment says otherwise.
export PYTHONDONTWRITEBYTECODE :=
.PHONY: help setup site serve dist test test-all test-long markup judges check golden docs pages reference release-check sbom screenshots peers bench bench-search bench-digest torture fuzz odd clean

help: ## List the targets
	@echo "Paperbound: make TARGET"
	@sed -n 's/^\([a-z0-9_-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  %-16s%s\n", $$1, $$2}'

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Paperbound needs Python 3.11 or later; say make PYTHON=python3.11"; exit 1; }
	@echo "setting up .venv"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements-dev.lock .venv/ready
	@echo "setting up what the tests need"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/ready

site: .venv/ready ## Set up and build the site of content/ into site/
	@$(BIN)/paperbound build $(SITE_ARGUMENTS)

serve: site ## Build, show on this machine, rebuild on every save (PORT=8000)
	@$(BIN)/paperbound serve --port $(PORT) $(SITE_ARGUMENTS)

dist: .venv/ready ## Build the wheel and the source archive into dist/; the same bytes each time
	@$(BIN)/python -m hatchling build -d dist

judges: .venv/dev
	@sh tests/judges/install.sh

test: .venv/dev judges ## Set up and run the tests, browser tests and judges included, but not the slow ones
	@$(BIN)/python -m pytest -q -n 2 -m "not slow"

test-all: .venv/dev judges ## Run all tests; .ci/run checks everything: make check and this, and no test may be skipped
	@$(BIN)/python -m pytest -q -n 2

test-long: .venv/dev judges ## Run the slow tests with all seeds and rows of those that only repeat, of which test-all has a part
	@PAPERBOUND_WHOLE=yes $(BIN)/python -m pytest -q -n 2 -m slow

markup: .venv/dev ## Try 2,400 payloads in every field and every place, in Chromium, with the policy of the pages and without it
	@PAPERBOUND_MARKUP=whole $(BIN)/python -m pytest -q -s -n 0 tests/browser/markup

check: .venv/dev ## Formatting, lint, types, directions of imports
	@$(BIN)/ruff format --check generator tests benchmarks release
	@$(BIN)/ruff check generator tests benchmarks release
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_architecture.py tests/test_language.py

golden: .venv/dev ## Write the golden trees of tests/sites anew (commit them alone, with the reason)
	@$(BIN)/python -m pytest -q tests/test_sites.py --write-golden

docs: .venv/ready ## Build the documentation of docs/ into site-docs/
	@$(BIN)/paperbound build --content docs --output site-docs $(SITE_ARGUMENTS)

pages: .venv/ready ## Build site and documentation into public/ and public/docs/ (BASE_URL=https://example.org/papers/)
	@$(BIN)/paperbound build --base-url $(BASE_URL)
	@$(BIN)/paperbound build --content docs --output site-docs --base-url $(BASE_URL)docs/
	@rm -rf public && cp -a site public && cp -a site-docs public/docs

reference: .venv/dev ## Write the references in docs/ anew from the code: commands, settings, fields, theme contract
	@$(BIN)/python tests/references/write_references.py

release-check: .venv/dev judges ## Say what holds for a release and what does not; dist/ gets what to publish
	@$(BIN)/python -m release.check

sbom: .venv/dev ## Write the bill of materials of the locked packages into dist/
	@$(BIN)/python -m release.check sbom

screenshots: .venv/dev judges site ## Write the screenshots of docs/screenshots anew
	@PYTHONPATH=tests:tests/browser $(BIN)/python tests/browser/screenshots.py

bench: peers ## Measure builds and rebuilds; JSON and a table in benchmarks/results
	@$(BIN)/python benchmarks/bench.py

peers: .venv/dev judges
	@sh benchmarks/peers/install.sh

bench-search: peers ## Measure search: relevance, bytes, times, beside other engines
	@$(BIN)/python benchmarks/search.py

bench-digest: .venv/dev ## Measure digests: one, and 10,000 personal ones
	@$(BIN)/python benchmarks/digests.py

torture: .venv/dev ## 2,000 faults while building, importing, collecting, mailing; the table of docs/security.md
	@$(BIN)/python tests/torture/torture.py --write

fuzz: .venv/dev ## 10,000 edits of everything, each rebuild compared with a clean build
	@$(BIN)/python tests/fuzz/fuzz.py --write

odd: .venv/dev ## Build sites of 3,000 authors of a paper, 100,000 like titles, …: time and memory in docs/security.md
	@$(BIN)/python tests/odd/odd.py --write

clean: ## Delete the site, the state of builds, and .venv
	@rm -rf site site-docs public .paperbound .venv tests/judges/node_modules benchmarks/peers/node_modules benchmarks/results

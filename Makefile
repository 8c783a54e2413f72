# Sets up a fresh machine that has Python, make, git and apt. Start with: make build, make test
.DELETE_ON_ERROR:
SHELL := /bin/bash
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
APT := $(shell [ "$$(id -u)" = 0 ] || echo sudo) apt-get
CAMPAIGN_PLACE ?= ee/tartu
export NO_MKDOCS_2_WARNING := 1

build: .venv/ready ## Build all sites into sites/
	$(BIN)/campaign build

test: .venv/ready .venv/system ## Run lint, type checks and all tests, in a real browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

test-quick: .venv/ready ## Run lint, type checks, and the tests that need no build, browser, root or server
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest tests/unit

serve: .venv/ready ## Preview one municipality: make serve MUNICIPALITY=ee/narva LANGUAGES=et
	MUNICIPALITY=$(or $(MUNICIPALITY),$(CAMPAIGN_PLACE)) $(BIN)/mkdocs serve

check: .venv/ready ## Check contacts, words and pages, without a build
	$(BIN)/campaign check

bench: .venv/ready .venv/system ## Measure builds, the preview, the weight of a first view, the search, and scale
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.preview
	$(BIN)/python -m bench.weight
	$(BIN)/python -m bench.first_screen
	$(BIN)/python -m bench.search
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r bench/weasyprint.txt
	$(BIN)/python -m bench.kit
	$(BIN)/python -m bench.scale

audit: .venv/ready .venv/system audit/node_modules/ready spare supply-chain recipes storage ## Run external checks (some minutes): Lighthouse, vnu, html-validate, WebKitGTK
	$(BIN)/python -m tests.build.test_cost 1000000
	EXAMPLES=1000 $(BIN)/pytest tests/unit/test_spreadsheet.py tests/unit/test_hostile.py
	$(BIN)/python -m audit.run

supply-chain: .venv/ready ## Write sbom.json (CycloneDX) of the lock file, and check the licences of what makes the site
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r audit/supply-chain.txt
	$(BIN)/python -m audit.supply_chain

recipes: .venv/ready audit/node_modules/ready ## Lint the recipes of deploy/ that cannot run here
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r audit/recipes.txt
	$(BIN)/python -m audit.recipes

# In an environment of its own, because aws needs other versions than the site.
storage: .venv/ready ## Try deploy/s3.sh with an S3 server on this machine
	[ -x build/storage/bin/python ] || $(PYTHON) -m venv build/storage
	build/storage/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r audit/object-storage.txt
	$(BIN)/python -m audit.object_storage

spare: .venv/ready ## Render all countries with properdocs in place of MkDocs and show the differences
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r audit/requirements.txt
	$(BIN)/python -m audit.properdocs_compare

handbook: .venv/ready .venv/system ## Build the handbook into build/handbook/, with new pictures and references
	$(BIN)/python -m handbook.screenshots build/handbook-pictures
	HANDBOOK_PICTURES=$(CURDIR)/build/handbook-pictures $(BIN)/mkdocs build --strict -f handbook/mkdocs.yml -d ../build/handbook

handbook-serve: .venv/ready ## Preview the handbook, after make handbook
	HANDBOOK_PICTURES=$(CURDIR)/build/handbook-pictures $(BIN)/mkdocs serve -f handbook/mkdocs.yml

lock: .venv/ready ## Renew requirements.txt from pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --extra dev --generate-hashes --allow-unsafe --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header -c requirements.txt \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file audit/supply-chain.txt audit/supply-chain.in
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header -c requirements.txt \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file bench/weasyprint.txt bench/weasyprint.in
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header -c requirements.txt \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file audit/recipes.txt audit/recipes.in
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file audit/object-storage.txt audit/object-storage.in

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

# Debian's python3 has no venv, so apt installs it. All other packages are in the lock file, with hashes.
.venv/ready: requirements.txt pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed"; exit 1; }
	[ -x $(BIN)/python ] || $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { $(APT) update -q && $(APT) install -y -q python3-venv; }
	[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# System packages for the tests: a real browser and real web servers.
.venv/system: system-packages.txt | .venv/ready
	missing=$$(for package in $$(grep -v '^#' system-packages.txt); do \
	  [ "$$(dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null)" = installed ] || echo $$package; done); \
	[ -z "$$missing" ] || { $(APT) update -q && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 $(APT) install -y -q --no-install-recommends $$missing; }
	touch $@

# Packages for the audit, if missing: node, Java, and WebKitGTK with its driver, its bindings for printing and a virtual
# screen. npm installs the checkers from their lock file, with hashes.
audit/node_modules/ready: audit/package.json audit/package-lock.json audit/.npmrc Makefile
	missing=$$(command -v node >/dev/null || echo nodejs; command -v npm >/dev/null || echo npm; \
	  command -v java >/dev/null || echo default-jre-headless; command -v Xvfb >/dev/null || echo xvfb; \
	  command -v WebKitWebDriver >/dev/null || echo webkit2gtk-driver; \
	  /usr/bin/python3 -c 'import gi; gi.require_version("WebKit2", "4.1")' 2>/dev/null || echo python3-gi gir1.2-webkit2-4.1); \
	[ -z "$$missing" ] || { $(APT) update -q && DEBIAN_FRONTEND=noninteractive $(APT) install -y -q --no-install-recommends $$missing; }
	cd audit && npm ci --ignore-scripts
	touch $@

.PHONY: build test test-quick serve check bench audit spare supply-chain recipes storage handbook handbook-serve lock help

# Everything needs Python 3.11 or later, make and git; the first command builds .venv.
# `make run PYTHON=python3.12` names another Python.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
DEVELOP := .venv/.installed-dev
ENGINES := .venv-engines/.installed
SITE := .venv/.installed-docs
# Of a sample, only in.* is a document; the other files say what must become of it.
DOCUMENTS := --exclude 'expected.*' --exclude 'changes.txt'
CORE := edits offsets hidden text protected markdown writing code budget cleaned selection cleaner packs/* filters/*
comma := ,
space := $(subst ,, )

.PHONY: help run test test-engines lint format bench bench-engines golden corpus-diff nightly fuzz mutants coverage docs
.PHONY: site clean

help: ## what there is to make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 22

run: $(INSTALLED) $(PACKS) ## clean corpus_samples into build/corpus, and show what happened
	@rm -rf build/corpus
	$(BIN)/cleanr clean corpus_samples build/corpus $(DOCUMENTS)
	@echo
	@echo "One of them, before and after (cleanr check --diff):"
	@$(BIN)/cleanr check --quiet --diff corpus_samples/en-obituary-light-residue/in.txt; test $$? -le 1
	@echo
	@echo "All of them: build/corpus. Why a line changed: $(BIN)/cleanr explain FILE:LINE"

# The packs as look-ups need them; a wheel brings its own. Without it, each start reads them from TOML, for seconds.
PACKS := src/cleanr/packs/compiled.bin

$(PACKS): $(INSTALLED) $(wildcard src/cleanr/packs/*.toml src/cleanr/packs/*.py)
	@$(BIN)/python scripts/compile_packs.py

test: $(DEVELOP) $(PACKS) ## the tests; HYPOTHESIS_PROFILE=dev (default), ci or nightly
	$(BIN)/pytest $(ARGS)

# What engines warn about, of themselves and of each other, is not ours to mend. Nothing here may ask the network.
test-engines: $(ENGINES) $(PACKS) ## the tests with Ray, Spark, datatrove, datasets and others; needs Java 17 or later
	CLEANR_ENGINES=1 HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1 .venv-engines/bin/pytest -o filterwarnings=default \
		-n 2 --dist loadfile tests/engines src/cleanr/adapters $(ARGS)

lint: $(DEVELOP) ## ruff and mypy --strict
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict

format: $(DEVELOP) ## what lint would complain about, where ruff can mend it
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(DEVELOP) $(PACKS) ## how fast: ratios against others, growth, and the cost of a start
	@$(BIN)/pip install --quiet --disable-pip-version-check --group bench || echo "What is missing is left out."
	$(BIN)/python benchmarks/bench.py $(ARGS)
	$(BIN)/python benchmarks/records.py

golden: $(DEVELOP) $(PACKS) ## write changes.txt of every sample anew; with ACCEPT=1 expected.* too
	$(BIN)/python tests/golden.py $(if $(ACCEPT),--accept)
	@git status --short -- corpus_samples
	@git --no-pager diff --stat -- corpus_samples

# Until there is a release, HEAD stands for it: then this shows what the uncommitted work changes. The old outputs are
# made by the old code; by which rules lines went, each version tells that keeps records.
corpus-diff: $(INSTALLED) ## what the working tree makes of corpus_samples otherwise than the last release
	@rm -rf build/base build/base-out build/tree-out && mkdir -p build/base
	@base=$$(git describe --tags --abbrev=0 2>/dev/null || echo HEAD); \
	echo "old: $$base ($$(git rev-parse --short $$base)), new: the working tree"; \
	git archive "$$base" src | tar -x -C build/base
	@keep() { PYTHONPATH=$$1 $(BIN)/python -m cleanr clean --help | grep -q -e --record && echo "--record removals"; }; \
	PYTHONPATH=build/base/src $(BIN)/python -m cleanr clean -q corpus_samples build/base-out $(DOCUMENTS) \
		$$(keep build/base/src); \
	case $$? in 0|2) ;; *) echo "The old version does not run: there is nothing to compare with."; exit 0;; esac; \
	PYTHONPATH=src $(BIN)/python -m cleanr clean -q corpus_samples build/tree-out $(DOCUMENTS) $$(keep src); \
	PYTHONPATH=src $(BIN)/python -m cleanr compare build/base-out build/tree-out $(ARGS); test $$? -le 1

nightly: $(DEVELOP) $(PACKS) fuzz ## the laws on 100,000 examples each, behind a run of the fuzzer: hours
	HYPOTHESIS_PROFILE=nightly $(BIN)/pytest tests/test_laws.py --timeout 0 $(ARGS)
	CLEANR_KILLS=200 CLEANR_MEMORY=4000 $(BIN)/pytest tests/test_faults.py tests/test_bounds.py --timeout 0 $(ARGS)

# What was found before is in build/fuzz, and the next run begins with it. A finding stops the run.
fuzz: $(DEVELOP) $(PACKS) ## a coverage-guided fuzzer over cleaning, readers and settings; SECONDS=600 for each
	$(BIN)/pip install --quiet --disable-pip-version-check --group fuzz
	@for target in cleaning readers settings; do \
		$(BIN)/python fuzz/seeds.py build/fuzz/$$target $$target && \
		$(BIN)/python fuzz/fuzz.py $$target build/fuzz/$$target -max_total_time=$(or $(SECONDS),600) \
			-len_control=0 -max_len=800 -artifact_prefix=build/fuzz/ || exit 1; \
	done

mutants: $(DEVELOP) $(PACKS) ## which changes of the core's arithmetic no test notices: half an hour
	$(BIN)/pip install --quiet --disable-pip-version-check --group mutants
	$(BIN)/mutmut run $(ARGS)
	@$(BIN)/mutmut results

# Clocks mean nothing under a tracer, so the test of linear cost stays out; the laws and all phrases of all packs would take
# long, and the tests of the core must reach each branch without them. So do those of what lies around the core.
AROUND := engines $(patsubst %,test_%.py,laws linear phrases faults bounds bad_inputs formats elsewhere cli checking config \
	docs site sample no_code_from_data records page preview report precommit tally ledger learning looking inert forensics)
coverage: $(DEVELOP) $(PACKS) ## branch coverage of the pure core: 100 % or it fails
	$(BIN)/pytest -q --cov --cov-report= $(addprefix --ignore tests/,$(AROUND)) $(ARGS)
	$(BIN)/coverage report --skip-covered --fail-under 100 \
		--include '$(subst $(space),$(comma),$(foreach part,$(CORE),src/cleanr/$(part)$(if $(findstring *,$(part)),,.py)))'

docs: $(DEVELOP) $(PACKS) ## write docs/filters.md from the filters
	$(BIN)/python scripts/filters_doc.py

site: $(SITE) ## the documentation as a site, in build/site; a warning is an error
	$(BIN)/mkdocs build --quiet --strict --clean
	@echo "build/site/index.html"

bench-engines: $(ENGINES) $(PACKS) ## what each engine costs per document, in multiples of the local pool
	.venv-engines/bin/python benchmarks/engines.py $(ARGS)

clean: ## remove everything that was made
	rm -rf .venv .venv-engines build dist mutants .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(INSTALLED): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "cleanr needs Python 3.11 or later, and $(PYTHON) is $$($(PYTHON) -V 2>&1)." \
	"Name another one: make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEVELOP): pyproject.toml $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --group dev
	@touch $@

$(ENGINES): pyproject.toml
	@test -x .venv-engines/bin/python || $(PYTHON) -m venv .venv-engines
	@.venv-engines/bin/pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	.venv-engines/bin/pip install --quiet --disable-pip-version-check --editable . --group engines
	@touch $@

$(SITE): pyproject.toml $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --group docs
	@touch $@

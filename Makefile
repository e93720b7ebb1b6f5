# Everything runs from .venv, which holds exactly what requirements.lock names.

PYTHON ?= python3
# Of the benchmark only rows with one of these words, e.g. make bench ROWS="ODS trace"
ROWS ?=
# Extra arguments for uv, e.g. make lock LOCK_ARGS=--upgrade
LOCK_ARGS ?=

PIP = -m pip --disable-pip-version-check --quiet

# The caller's own Python set-up stays out.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONDONTWRITEBYTECODE PIP_USER PIP_TARGET PIP_PREFIX

.DEFAULT_GOAL := help
.PHONY: help report pdf test nbval readers campaign bench bench-protection torture pictures lab lock clean-env

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

report: .venv/.installed ## build the report
	.venv/bin/genk-armoede build

pdf: report ## print the report to PDF, with a browser that is installed
	.venv/bin/genk-armoede pdf

test: .venv/.installed ## lint and tests, which build everything again and hold it against what is stored
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/pytest -q -n logical --dist worksteal tests

nbval: .venv/.installed ## run every notebook in a fresh kernel against its stored outputs, as CI does
	.venv/bin/pytest -q -p no:hypothesispytest -p no:anyio --nbval --nbval-current-env -n logical --dist loadscope notebooks

readers: .bench/readers/.installed ## get pandas with pyarrow, polars and Dask, with which `make test` then reads what we write

campaign: .venv/.installed ## damage good workbooks 20,000 times and read them (a long run)
	.venv/bin/python tests/campaign.py --tries 20000

bench: .venv/.installed .bench/.installed ## measure builds and big files against the usual tools; the table goes into README.md
	.venv/bin/python benchmarks $(ROWS)

bench-protection: .venv/.installed ## what hiding small counts costs, in time and in cells (minutes)
	.venv/bin/python benchmarks/protection.py

torture: .venv/.installed ## builds killed, interrupted, out of room and damaged: counts what is lost (minutes)
	.venv/bin/python benchmarks/torture.py

pictures: .venv/.installed ## draw the pictures of the guide again
	.venv/bin/python docs/pictures.py

lab: .venv/.installed ## open the notebooks in JupyterLab
	.venv/bin/jupyter lab notebooks

lock: ## write requirements.lock again (LOCK_ARGS=--upgrade for newer versions)
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python $(PIP) install 'uv>=0.8,<1'
	UV_CUSTOM_COMPILE_COMMAND='make lock' .venv-lock/bin/uv pip compile --quiet --no-config \
	  --python .venv-lock/bin/python --python-version 3.11 --universal --fork-strategy fewest \
	  --generate-hashes \
	  --group dev --group browser --group build $(LOCK_ARGS) --output-file requirements.lock pyproject.toml

clean-env: ## remove the virtual environments
	rm -rf .venv .venv-lock .bench

# Two stamps, so that a change in pyproject.toml alone does not install everything again.
.venv/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'genk-armoede needs Python 3.11 or newer and "$(PYTHON)" is not that.' >&2; \
	  echo 'Name another one, for example: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; \
	  exit 1; }
	@echo 'Installing the locked packages in .venv (a few minutes the first time) ...'
	@$(PYTHON) -m venv --clear .venv
	@.venv/bin/python $(PIP) install --require-hashes -r requirements.lock
	@touch $@

.venv/.installed: .venv/.locked pyproject.toml
	@.venv/bin/python $(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
	@echo 'The environment in .venv is ready.'

.bench/.installed: benchmarks/peers.txt
	@$(PYTHON) -m venv --clear .bench/peers
	@.bench/peers/bin/python $(PIP) install -r benchmarks/peers.txt
	@touch $@

.bench/readers/.installed: tests/readers.txt
	@$(PYTHON) -m venv --clear .bench/readers
	@.bench/readers/bin/python $(PIP) install -r tests/readers.txt
	@touch $@

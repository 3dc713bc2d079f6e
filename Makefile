# Two commands: `make demo` shows everything at work, `make test` checks everything.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: demo test types tests bench checkpoint clean

demo: $(VENV)/.demo
	$(BIN)/glocal demo out

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory --jobs=2 types tests

# Side by side: the type checker leaves a core idle.
types: $(VENV)/.test
	$(BIN)/mypy

tests: $(VENV)/.test
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks --size $(or $(SIZE),quick)

# After a change to data, ontology or rules: until then each start reads these files themselves.
checkpoint: $(VENV)/.demo
	$(BIN)/python -m glocal_kg._graph.checkpoint

clean:
	rm -rf $(VENV) checkpoint out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Compiled modules, which pip makes of every package but an editable one.
COMPILE = $(BIN)/python -m compileall -q glocal_kg

# A stamp for each set-up, made again when the project's metadata changes.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[picture]"
	$(COMPILE)
	touch $@

# Packages are compiled on all cores and without their tests: pip takes three times as long.
$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable ".[test]"
	$(COMPILE)
	$(BIN)/python -m compileall -qq -j 0 -x '/tests?/' $(VENV)/lib || true
	touch $@

$(VENV)/.bench: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	$(COMPILE)
	touch $@

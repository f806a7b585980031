# The commands of this checkout; `make` alone lists them.
home := $(or $(CORTEX_SIGNALS_HOME),$(CURDIR)/.cortex-signals)
python := "$(home)/venv/bin/python"

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

setup: ## make the Python environment, nothing else
	@sh include/launcher/setup.sh run

up: setup ## start PostgreSQL, source and Airflow; load, train, write signals (ARGS="--port 8090")
	@$(python) -m include.launcher up $(ARGS)

down: ## stop every process that `make up` started; the data stays
	@if [ -x $(python) ]; then $(python) -m include.launcher down $(ARGS); else echo "Nothing runs."; fi

clean: ## stop, then remove data, models, logs, secrets and the environment, after asking (ARGS=--yes)
	@if [ -x $(python) ]; then $(python) -m include.launcher clean $(ARGS); else echo "Nothing is there."; fi

test: ## run the tests, with what they need installed first
	@sh include/launcher/setup.sh dev
	@$(python) -m pytest -n 3 --dist loadfile $(ARGS)

airflow: setup ## Airflow's own command line, of what `make up` started (ARGS="dags list-import-errors")
	@$(python) -m include.launcher airflow $(ARGS)

lint: ## style, types, the arrows between the packages, and what bandit knows to be unsafe
	@sh include/launcher/setup.sh dev
	@"$(home)/venv/bin/ruff" check .
	@"$(home)/venv/bin/ruff" format --check .
	@"$(home)/venv/bin/mypy"
	@"$(home)/venv/bin/lint-imports" 
	@"$(home)/venv/bin/bandit" -q -c pyproject.toml -r include dags plugins

audit: ## ask PyPI's advisories about every pinned package (Error 3: not all could be asked about, which is no pass)
	@sh include/launcher/setup.sh dev
	@$(python) .ci/audit.py

docs: ## build the documentation as a site, strictly; open .cortex-signals/site/index.html
	@sh include/launcher/setup.sh dev
	@NO_MKDOCS_2_WARNING=1 $(python) -m mkdocs build --strict --site-dir "$(home)/site"

lock: ## pin the newest packages that pyproject.toml allows into the three requirements files
	@for group in "" server dev; do \
	    "$(home)/venv/bin/uv" pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
	        $${group:+--group $$group} -o "requirements$${group:+-$$group}.txt" pyproject.toml; done

secrets: ## make the passwords and keys of docker-compose.yaml, where there are none (docs/deployment.md)
	@sh deploy/make_secrets.sh

test-long: ## run the long suites: faults, gate, soak
	@sh include/launcher/setup.sh dev
	@$(python) -m pytest -m long $(ARGS)

.PHONY: help setup up down clean airflow test lint audit docs lock secrets test-long

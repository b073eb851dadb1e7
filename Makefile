# The commands of this project. `make run` tries it, `make test` proves it; the rest is for developing.
# What has been done is remembered in stamp files, so every command can be repeated at little cost.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
# Commands that need settings but no installation: practice settings, a data folder of their own.
PRACTICE_ENV := PRACTICE=1 DATA_DIR=.venv/check
# Settings as a real installation has them, for `check --deploy`. The keys are examples and open nothing.
PRODUCTION_ENV := SECRET_KEY=an-example-for-the-check-only-0123456789-abcdefghijklmnopqrstuvw \
	CREDENTIAL_KEYS=3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
	PUBLIC_URL=https://baton.example DATABASE_URL=postgres://baton@database.example/baton \
	CELERY_BROKER_URL=redis://broker.example/0 PRACTICE=0 DATA_DIR=.venv/check


.PHONY: setup run check test test-services bench bench-effort bench-form faults-form bench-live bench-queue \
	bench-scale bench-peers faults chaos eval screenshots sbom lock clean

setup: .venv/synced node_modules/installed
	@:

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Baton needs Python 3.11 or newer: make PYTHON=python3.11 ..."; exit 1; }
	@echo "Making .venv and installing what the lock file names."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check uv==$(UV_VERSION)

# Compiled at once: six processes that start together would each do it again.
.venv/synced: requirements-dev.lock | .venv/bin/uv
	@$(BIN)/uv pip sync --quiet --compile-bytecode requirements-dev.lock
	@touch $@

node_modules/installed: package.json package-lock.json .venv/synced
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --no-audit --no-fund
	@touch $@

# Prism, for tests against the vendors' published descriptions; `make test` asks for it where those are.
tests/vendors/node_modules/installed: tests/vendors/package.json tests/vendors/package-lock.json .venv/synced
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --prefix tests/vendors --silent --no-audit --no-fund
	@touch $@

run: setup
	@exec $(BIN)/python -m launch

check: setup
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(PRACTICE_ENV) $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/bandit --quiet --recursive --severity-level medium --configfile pyproject.toml config escalation launch
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/djlint --lint --quiet --profile jinja escalation/practice
	$(PRACTICE_ENV) $(BIN)/python -W 'ignore:Got an error checking' manage.py makemigrations --check --dry-run
	$(PRODUCTION_ENV) $(BIN)/python manage.py check --deploy --fail-level WARNING

# Everything, browser journeys too; nothing is skipped. The journeys run by themselves, because they watch the
# clock, and two files at a time: each process has a whole Baton of its own.
test: check
	$(BIN)/python -m launch.chromium
	@if [ -d "$${BATON_SHARED:-../shared}/specs" ]; then \
		$(MAKE) --no-print-directory tests/vendors/node_modules/installed; fi
	$(BIN)/pytest -n 2 --ignore tests/journeys --ignore tests/services
	$(BIN)/pytest -n 2 --dist loadfile tests/journeys

# The same code on real servers, given by TEST_DATABASE_URL, TEST_REDIS_URL and TEST_RABBITMQ_URL.
test-services: setup
	$(BIN)/python -m launch.real_servers

# Linking and syncing a hundred thousand names, and what each thing costs beside its own minimum.
bench: setup
	$(PRACTICE_ENV) $(BIN)/python manage.py bench_link
	$(BIN)/python -m launch.bench.own_database bench_sync
	$(BIN)/python -m launch.bench.own_database bench_ratios
	$(BIN)/python -m launch.bench.own_database bench_workers

# How many seconds of work a handoff is, by the keystroke-level model; fails above the budget.
bench-effort: setup
	$(BIN)/python -m launch.chromium
	$(BIN)/python -m launch.bench.effort

# How quick the form is: on the server with a hundred thousand names, and in a browser with a slowed
# processor; fails above a limit.
bench-form: setup
	$(BIN)/python -m launch.chromium
	$(BIN)/python -m launch.bench.own_database bench_preview
	$(BIN)/python -m launch.bench.form

# Typing through a hundred kills of tab, web server, worker, database and session; KILLS=10 for a short one.
KILLS ?= 100
faults-form: setup
	$(BIN)/python -m launch.chromium
	$(BIN)/python -m launch.bench.faults --kills $(KILLS)

# How live the timeline is, on a database of its own: about five minutes.
bench-live: setup
	$(BIN)/python -m launch.bench.own_database bench_live

# Is the queue instant, and its search, with a million handoffs; HANDOFFS=50000 for a short one, and with
# BENCH_FOLDER the next run finds them there.
bench-queue: setup
	$(BIN)/python -m launch.bench.own_database bench_queue --handoffs $(or $(HANDOFFS),1000000)

# Are the pages as quick with a million handoffs as with ten thousand, and does none read a large table whole?
# HANDOFFS=50000 for a short one; with BENCH_FOLDER the next run finds both databases there.
bench-scale: setup
	$(BIN)/python -m launch.bench.own_database bench_scale --handoffs $(or $(HANDOFFS),1000000)

# Beside django-helpdesk over ten thousand tickets, which is installed for it into a folder of its own;
# HANDOFFS=10000 for a short one.
bench-peers: setup
	$(BIN)/python -m launch.bench.peers --handoffs $(or $(HANDOFFS),1000000)

# A thousand handoffs into each of three tools that fail three calls in ten, by workers that are killed.
faults: setup
	$(BIN)/python -m launch.bench.own_database fault_run --handoffs $(or $(HANDOFFS),1000) --within 7200

# Everything is killed while handoffs go over two hops, once over Redis and once over RabbitMQ: as many of ten
# thousand as the machine begins in half of MINUTES. HANDOFFS=200 for a short one, MINUTES=90 for all of them here.
chaos: setup
	$(BIN)/python -m launch.bench.chaos --handoffs $(or $(HANDOFFS),10000) --minutes $(or $(MINUTES),10)

eval: setup
	$(PRACTICE_ENV) $(BIN)/python manage.py eval_link
	$(PRACTICE_ENV) $(BIN)/python manage.py eval_extract
	$(PRACTICE_ENV) $(BIN)/python manage.py eval_sayable
	$(PRACTICE_ENV) $(BIN)/python manage.py eval_secrets

screenshots: setup
	$(BIN)/python -m launch.chromium
	$(BIN)/python -m launch.screenshots

# What the product is made of, for whoever watches for advisories; `pip-audit` reads it, or the lock file.
sbom: setup
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --of JSON --output-reproducible \
		--output-file baton.cdx.json
	@echo "Written: baton.cdx.json"

# After a change in pyproject.toml; `make lock UPGRADE=--upgrade` also takes newer versions of everything.
# The lock files hold names, versions and hashes, and no address of a registry.
lock: .venv/bin/uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
		$(UPGRADE) pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
		$(UPGRADE) pyproject.toml --extra telemetry --constraint requirements.lock \
		--output-file requirements-telemetry.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
		$(UPGRADE) pyproject.toml --extra telemetry --group dev --constraint requirements-telemetry.lock \
		--output-file requirements-dev.lock

clean:
	rm -rf .venv node_modules tests/vendors/node_modules static-built .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

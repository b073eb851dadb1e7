# One image for every process: web, worker, beat, and upgrade before them. See docs/operations.md.
FROM python:3.13-slim AS build
WORKDIR /baton
# requirements-telemetry.lock where traces are collected.
ARG LOCK=requirements.lock
COPY requirements.lock requirements-telemetry.lock package.json package-lock.json ./
# npm comes with a wheel that the lock file names; hashes are checked for both.
RUN python -m venv .venv \
    && .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "${LOCK}" \
    && PATH="/baton/.venv/bin:$PATH" .venv/bin/npm ci --silent --no-audit --no-fund
COPY config config
COPY escalation escalation
COPY fixtures fixtures
COPY launch launch
COPY static static
COPY templates templates
COPY manage.py LICENSE ./
# Static files do not depend on an installation: practice settings make them, and their secrets stay here.
RUN PRACTICE=1 DATA_DIR=/tmp/build .venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build node_modules

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin baton \
    && install --directory --owner baton --group baton --mode 0700 /data
# Owned by root: a process that is taken over cannot change the code it runs.
COPY --from=build /baton /baton
WORKDIR /baton
USER baton
ENV DATA_DIR=/data HOST=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 CELERY_SKIP_CHECKS=1
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["/baton/.venv/bin/python", "-m", "launch.serve", "healthy"]
ENTRYPOINT ["/baton/.venv/bin/python", "-m", "launch.serve"]
CMD ["web"]

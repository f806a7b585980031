# The one image of cortex-signals: every process of Airflow, the command line, and the lab.
FROM python:3.11.13-slim-bookworm AS packages
WORKDIR /build
COPY requirements-server.txt ./
# Wheels alone, checked against their hashes: nothing is compiled, so no build tools are needed. The list is whole, so pip
# resolves nothing; it compiles to bytecode, without which `import airflow.sdk` takes twice as long.
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --only-binary=:all: --no-deps --require-hashes -r requirements-server.txt \
    && /opt/venv/bin/pip check
# The package itself, for its console script and its provider entry point; its code is read from /opt/cortex-signals.
COPY pyproject.toml README.md LICENSE ./
COPY include include
RUN /opt/venv/bin/pip install --no-cache-dir --no-deps . && rm -rf /opt/venv/lib/python3.11/site-packages/include

FROM python:3.11.13-slim-bookworm
# LightGBM's threads.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 50000 --gid 0 --home-dir /var/lib/airflow --no-create-home --shell /usr/sbin/nologin airflow \
    && mkdir -p /var/lib/airflow/logs \
    && chown -R airflow:root /var/lib/airflow
COPY --from=packages /opt/venv /opt/venv
COPY deploy/with_secrets.py /usr/local/bin/with-secrets
COPY deploy/healthy.py /usr/local/bin/healthy
WORKDIR /opt/cortex-signals
COPY include include
COPY dags dags
COPY plugins plugins
RUN /opt/venv/bin/python -m compileall -q include dags plugins
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/opt/cortex-signals:/opt/cortex-signals/include/orchestration/local_settings \
    PYTHONUNBUFFERED=1 \
    HOME=/var/lib/airflow \
    AIRFLOW_HOME=/var/lib/airflow
USER 50000
ENTRYPOINT ["with-secrets"]
CMD ["cortex-signals", "--help"]

# One image for every process; docker-compose.yml gives each its command. No secret is ever part of it.

FROM python:3.11-slim AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-liberation libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin coproduce \
    && install -d -o coproduce -g coproduce -m 0700 /data
COPY --from=packages /venv /venv
COPY . /app
RUN python -m compileall -q /app
WORKDIR /app
USER coproduce
ENV PATH=/venv/bin:$PATH \
    DATA_DIR=/data \
    HOME=/tmp \
    MALLOC_ARENA_MAX=2 \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "wsgi:app", "--preload", "-w", "2", "--graceful-timeout", "8", "--no-control-socket", "-c", "deploy/gunicorn.py", "--bind", "0.0.0.0:8000"]

# The image of web, worker and beat. Builds the front end and the packages aside, and takes only what they made.

FROM node:22-trixie-slim AS front-end
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev
COPY bin/build.mjs bin/
COPY static static
RUN npm run build

FROM python:3.13-slim-trixie AS packages
RUN python -m venv /venv && pip install --no-cache-dir uv
COPY requirements.production.txt .
RUN uv pip sync --no-cache --python /venv/bin/python --require-hashes requirements.production.txt

FROM python:3.13-slim-trixie
RUN apt-get update \
 && apt-get install -y --no-install-recommends libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 postgresql-client-17 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /srv/embedded --shell /usr/sbin/nologin embedded \
 && install -d -o embedded -g embedded /data
WORKDIR /srv/embedded
COPY --from=packages /venv /venv
COPY manage.py ./
COPY embedded embedded
COPY guidance guidance
COPY programmes programmes
COPY templates templates
COPY static static
COPY --from=front-end /src/static/built static/built
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    EMBEDDED_DATA_DIR=/data \
    EMBEDDED_STATIC_ROOT=/srv/static
# The addresses lead nowhere: gathering static files asks no server.
RUN python -m compileall -q embedded guidance programmes \
 && DATABASE_URL=postgres:///none REDIS_URL=redis://none EMBEDDED_MODE=development \
    python manage.py collectstatic --no-input --verbosity 0
ENV EMBEDDED_MODE=production
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s CMD ["python", "-m", "embedded.local.probe", "web"]
CMD ["gunicorn", "embedded.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-class", "sync", "--timeout", "60", "--graceful-timeout", "30", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]

# One image for the servers, the worker and the set-up step of docker-compose.yml.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
# Videos of cases are cleaned and made small by ffmpeg; backups are made by PostgreSQL's own programs.
RUN apt-get update && apt-get install --yes --no-install-recommends ffmpeg postgresql-client && rm -rf /var/lib/apt/lists/*
COPY requirements.txt requirements-uv.txt ./
# As `make` does it: uv, or pip where it cannot be had.
RUN { pip install --require-hashes --requirement requirements-uv.txt \
    && uv pip install --system --no-cache --require-hashes --requirement requirements.txt; } \
    || pip install --require-hashes --requirement requirements.txt
# The two source roots: docs/decisions/0001-path-roots.md
ENV PYTHONPATH=/app:/app/platform
COPY . .
RUN useradd --system --uid 10001 anfiteatro \
    && SECRET_KEY=for-this-step-alone-and-kept-nowhere python manage.py compile_translations \
    && mkdir -p var/static \
    && chown -R anfiteatro var
USER anfiteatro
EXPOSE 8000
CMD ["python", "-m", "config.server", "--host", "0.0.0.0", "--port", "8000"]

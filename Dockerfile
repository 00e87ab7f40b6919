# One image for every role: the MCP server over HTTP, workers, and any other command of memoryos.
# docs/deploy.md says how it is built and run.

FROM python:3.13-slim-bookworm AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE ./
COPY src src
# The environment has no pip of its own: nothing that installs goes into the image that runs.
# Versions are chosen within the bounds of pyproject.toml.
# hadolint ignore=DL3013
RUN python -m venv --without-pip /opt/memoryos \
    && pip --python /opt/memoryos/bin/python install --no-cache-dir ".[postgres]"

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --create-home --home-dir /data --shell /usr/sbin/nologin memoryos \
    && chmod 0700 /data
COPY --from=build /opt/memoryos /opt/memoryos
ENV PATH="/opt/memoryos/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    MEMORYOS_DATA=/data
WORKDIR /data
VOLUME /data
# By number, so that a cluster can see that it is not root.
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# Writes to the database that is configured, and reads it back.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["memoryos", "doctor", "--quick"]
ENTRYPOINT ["memoryos"]
# Listens to other machines, and so refuses to start before there is a token.
CMD ["mcp", "--transport", "http", "--host", "0.0.0.0"]

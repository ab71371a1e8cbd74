# syntax=docker/dockerfile:1

# Rapport in one image. Alone it runs everything, its private PostgreSQL included:
#   docker run --rm -v rapport:/data rapport tokens issue --data /data --role admin --name YOU
#   docker run --init -p 127.0.0.1:8080:8080 -v rapport:/data rapport
# With --eventstore and --postgres it uses servers beside it, as docker-compose.yml shows.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/go/build \
    CGO_ENABLED=0 GOCACHE=/go/build go build -trimpath -buildvcs=false -ldflags="-s -w" -o /out/rapport ./cmd/rapport

FROM debian:bookworm-slim
# PostgreSQL's binaries without a cluster of their own; curl for the health check.
RUN mkdir -p /etc/postgresql-common/createcluster.d \
    && echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.d/none.conf \
    && apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        ca-certificates curl postgresql tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin rapport \
    && install -d -o rapport -g rapport -m 0700 /data
COPY --from=build /out/rapport /usr/local/bin/rapport

USER rapport
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["rapport"]
CMD ["serve", "--data", "/data", "--listen", "0.0.0.0:8080"]

# One image, one node a container. Settings: mount a properties file over /etc/varve/server.properties, or give
# --override key=value after the image's name.
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN scripts/build.sh && npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
LABEL org.opencontainers.image.title="varve" org.opencontainers.image.licenses="Apache-2.0"
# As packaging/varve.service has it.
ENV NODE_ENV=production UV_THREADPOOL_SIZE=16 NODE_OPTIONS=--max-semi-space-size=4 \
  MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=131072 MALLOC_TRIM_THRESHOLD_=16777216
WORKDIR /opt/varve
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist/src ./dist/src
COPY packaging/docker.properties /etc/varve/server.properties
RUN ln -s /opt/varve/dist/src/bin/varve.cjs /usr/local/bin/varve \
  && mkdir -p /var/lib/varve && chown node:node /var/lib/varve
USER node
VOLUME /var/lib/varve
# Kafka protocol, between nodes, gRPC, metrics and health.
EXPOSE 9092 9093 9094 9095
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=2s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9095/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["varve", "server", "--config", "/etc/varve/server.properties"]

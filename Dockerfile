# One image for everything: by default the supervisor with all three roles; compose runs one role per container
# (node dist/web.js, dist/ocpp.js, dist/worker.js; dist/migrate.js once before them).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 CPMS_DATA_DIR=/data HOST=0.0.0.0
RUN useradd --system --uid 10001 --create-home cpms && install -d -o cpms -m 0700 /data
WORKDIR /app
# owned by root and never written to: the root file system may be read-only, /data and /tmp are what changes
COPY --from=build /app /app
USER cpms
VOLUME /data
EXPOSE 3000 9220 9230
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(process.env.HEALTH_URL ?? 'http://127.0.0.1:9220/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/supervisor.js"]

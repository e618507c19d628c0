# One image, three roles: the supervisor by default, or `node dist/web.js`, `node dist/ocpp.js`, `node dist/worker.js` alone.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:20-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 CPMS_DATA_DIR=/data HOST=0.0.0.0
RUN useradd --create-home cpms && mkdir /data && chown cpms /data
WORKDIR /app
COPY --from=build --chown=cpms /app /app
USER cpms
VOLUME /data
EXPOSE 3000 9220 9230
HEALTHCHECK CMD node -e "fetch('http://127.0.0.1:9220/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "dist/supervisor.js"]

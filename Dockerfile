# One image for the worker and the receiver: node runs the sources as they are, so there is nothing to build.
FROM node:24-alpine

ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    LEADGAUGE_DATA=/data

WORKDIR /app

# Optional packages only bring Node to machines that lack it.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit \
    && npm cache clean --force \
    && mkdir /data && chown node:node /data

COPY src ./src
COPY jobs ./jobs
COPY config ./config

# Writes nothing but to /data: the rest of the file system may be read-only.
USER node
VOLUME /data
EXPOSE 3000

# For what serves HTTP: `start` and `start receiver`.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]

# As in package.json: V8 by itself takes up to 64 MB for what was just made. It sets no limit to the heap.
ENTRYPOINT ["node", "--max-semi-space-size=8", "src/cli/main.ts"]
CMD ["start"]

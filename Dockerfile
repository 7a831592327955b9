# Heed in a container. For a force's own PostgreSQL give DATABASE_URL; without it the embedded one runs in /var/lib/heed.
FROM node:22-bookworm-slim
RUN useradd --system --home-dir /var/lib/heed --create-home --shell /usr/sbin/nologin heed
WORKDIR /opt/heed
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY . .
USER heed
ENV HEED_DATA=/var/lib/heed HEED_HOST=0.0.0.0 HEED_PORT=8080
VOLUME /var/lib/heed
EXPOSE 8080
# Not npm: a signal must reach the service itself.
CMD ["node", "--max-semi-space-size=64", "bin/heed.js", "serve", "--config", "/etc/heed/heed.yaml"]
HEALTHCHECK --interval=15s --timeout=5s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

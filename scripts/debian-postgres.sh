#!/usr/bin/env bash
# Debian's PostgreSQL 15, the oldest that Heed works with, as a throw-away server for the tests.
# Usage: scripts/debian-postgres.sh start FOLDER   installs what is missing, starts it and prints a DATABASE_URL
#        scripts/debian-postgres.sh stop FOLDER    stops it and removes its data
# Example: HEED_TEST_DATABASE_URL="$(scripts/debian-postgres.sh start "$work")" npx vitest run
set -euo pipefail

major=15
programs="/usr/lib/postgresql/$major/bin"
action="${1:?start or stop}"
folder="${2:?a folder for its data}"
data="$folder/debian-pg$major"

# PostgreSQL refuses root: Debian's own account runs it then.
as_postgres() {
  if [[ "$(id -u)" != 0 ]]; then "$@"; else setpriv --reuid=postgres --regid=postgres --init-groups "$@"; fi
}

install_server() {
  if [[ -x "$programs/initdb" ]]; then return; fi
  if [[ "$(id -u)" != 0 ]]; then
    echo "debian-postgres: run as root once, to install postgresql-$major" >&2
    exit 1
  fi
  # Without this the package starts a server of its own on port 5432.
  mkdir -p /etc/postgresql-common
  if [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
    echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
  fi
  apt-get update >&2
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "postgresql-$major" >&2
}

start_server() {
  local port password password_file
  port="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
    console.log(s.address().port); s.close(); })')"
  password="$(node -p 'require("crypto").randomBytes(24).toString("hex")')"
  mkdir -p "$folder"
  if [[ "$(id -u)" == 0 ]]; then
    chmod o+x "$folder"
    install -d -o postgres -g postgres -m 700 "$data"
  fi
  password_file="$data.password"
  (umask 077 && echo "$password" > "$password_file")
  if [[ "$(id -u)" == 0 ]]; then chown postgres: "$password_file"; fi
  cd "$folder"
  as_postgres "$programs/initdb" -D "$data" --username=postgres --pwfile="$password_file" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --data-checksums >&2
  rm "$password_file"
  as_postgres "$programs/pg_ctl" start -w -D "$data" -l "$data/server.log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" >&2
  echo "postgres://postgres:$password@127.0.0.1:$port/postgres"
}

stop_server() {
  if [[ ! -d "$data" ]]; then return; fi
  cd "$folder"
  as_postgres "$programs/pg_ctl" stop -w -m fast -D "$data" >&2
  rm -rf "$data"
}

case "$action" in
  start) install_server && start_server ;;
  stop) stop_server ;;
  *)
    echo "debian-postgres: expected start or stop; found $action" >&2
    exit 1
    ;;
esac

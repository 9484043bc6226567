#!/usr/bin/env bash
# Sees to a Chromium for the browser tests: one on PATH, else Debian's when we are root; without any they are skipped.
set -uo pipefail

for browser in chromium chromium-browser google-chrome; do
    command -v "$browser" >/dev/null && exit 0
done
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "No Chromium on PATH: the browser tests will be skipped (install the package chromium to run them)."
    exit 0
fi
echo "Installing Debian's Chromium for the browser tests"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt-get update -q && apt-get install -q -y --no-install-recommends chromium; } >"$log" 2>&1; then
    tail -n 3 "$log"
    echo "Chromium could not be installed: the browser tests will be skipped."
fi
exit 0

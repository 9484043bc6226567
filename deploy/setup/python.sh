#!/usr/bin/env bash
# Makes .venv hold exactly what requirements.lock names; does nothing when it already does.
# requirements.lock -> uv (by pip, hash-checked) -> .venv (by uv, hash-checked, compiled)
set -euo pipefail
cd "$(dirname "$0")/../.."

lock=requirements.lock
stamp=.venv/.installed-lock
# Of this file too: an environment that an older one made may lack what this one does.
wanted=$(cat "$lock" deploy/setup/python.sh | sha256sum | cut -d' ' -f1)

is_3_11() { "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' >/dev/null 2>&1; }
give_up() { echo "$1" >&2; exit 1; }

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && is_3_11 .venv/bin/python; then exit 0; fi

if ! is_3_11 .venv/bin/python; then
    python=
    for candidate in "${PYTHON:-}" python3.11 python3 python; do
        if [ -n "$candidate" ] && is_3_11 "$candidate"; then python=$candidate; break; fi
    done
    [ -n "$python" ] || give_up "Tiqzy needs Python 3.11 on PATH as python3.11 or python3 (or name it: make run PYTHON=/path/to/python3.11)."
    "$python" -c 'import venv, ensurepip' 2>/dev/null || give_up "This Python 3.11 cannot make virtual environments: install the package python3.11-venv."
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv || give_up "Could not make .venv: see the lines above; is the disk full?"
fi

rm -f "$stamp"
echo "Installing what $lock names"
if [ ! -x .venv/bin/uv ]; then
    # pip alone is slow on some 200 packages, so it fetches the installer and that the rest.
    only_uv=$(mktemp)
    trap 'rm -f "$only_uv"' EXIT
    awk '/^[^ ]/ { is_uv = /^uv==/ } is_uv' "$lock" > "$only_uv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$only_uv" \
        || give_up "Could not install uv: is a Python package index reachable through pip?"
fi
# Compiled once here: ten processes start at each run, and where Python may not keep what it compiles, each would again.
.venv/bin/uv pip sync --quiet --compile-bytecode --python .venv/bin/python --require-hashes "$lock" \
    || give_up "Could not install the locked packages: see the lines above; 'make clean' then starts afresh."
echo "$wanted" > "$stamp"

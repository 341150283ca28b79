#!/usr/bin/env bash
# Runs the examples in bash, Python and PHP as their readers would, against the built command. (The one in vitest is part of npm test.)
# Ends with "N passed, N failed"; says so when one cannot be run here.
set -uo pipefail
cd "$(dirname "$0")" || exit
export HUBEX_MOCK=${HUBEX_MOCK:-node $(cd ../mock-server && pwd)/dist/cli.js}
passed=0 failed=0

# run COMMAND FILE: each example bounds its own waits; the limit is for what nobody thought of.
run() {
  if ! command -v "$1" >/dev/null; then
    echo "$2: not run, since there is no $1 here"
    return
  fi
  echo "== $1 $2"
  if timeout 180 "$1" "$2"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}
run bash hubex.sh
run python3 hubex.py
run php hubex.php

echo "$passed passed, $failed failed"
((failed == 0))

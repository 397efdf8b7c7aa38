#!/usr/bin/env bash
# Runs every check and test, one stage after the other, also after a failure, and sums them. The very last
# line is `N passed, N failed, N skipped`; the exit code is 1 when anything failed. Logs: target/test-logs/.
# `scripts/test.sh STAGE…` runs only the stages named (format, style, documents, licences, bans, clippy, rust,
# doctests, rustdoc, program, python, browser).
set -u
cd "$(dirname "$0")/.." || exit 3
export CARGO_TARGET_DIR=$PWD/target
logs=target/test-logs
mkdir -p "$logs"
only=" $* "
passed=0 failed=0 skipped=0
started=$SECONDS
failed_stages=()

scripts/setup.sh
make --no-print-directory places </dev/null
SIJIL_CHROMIUM='' PYTHON='' BROWSER='setup did not finish'
# shellcheck source=/dev/null
[ -f target/test-tools.env ] && . target/test-tools.env
export SIJIL_CHROMIUM

have() { command -v "$1" >/dev/null 2>&1; }
asked() { [ "$only" = "  " ] || [[ "$only" == *" $1 "* ]]; }

# skip STAGE WHY…: a stage that cannot run here counts as one skipped.
skip() {
  local stage=$1
  shift
  asked "$stage" || return 0
  skipped=$((skipped + 1))
  printf '%-10s skipped: %s\n' "$stage" "$*"
}

# run STAGE KIND COMMAND…: runs a stage and counts it. KIND is `check` (the stage is one test) or one that
# scripts/count-tests.py reads. REPORT names what it reads, when that is not the stage's own log.
run() {
  local stage=$1 kind=$2 log=$logs/$1.log code p=0 f=0 s=0 counted began=$SECONDS
  shift 2
  asked "$stage" || return 0
  [ "${REPORT:-}" = "" ] || rm -f "$REPORT"
  printf '%-10s running: %s\n' "$stage" "$*"
  if [ -t 1 ]; then
    timeout --kill-after=30 2400 "$@" 2>&1 </dev/null | tee "$log"
    code=${PIPESTATUS[0]}
  else
    timeout --kill-after=30 2400 "$@" >"$log" 2>&1 </dev/null
    code=$?
  fi
  [ "$code" -eq 124 ] && echo "stopped after 40 minutes" >>"$log"
  if [ "$kind" = check ]; then
    if [ "$code" -eq 0 ]; then p=1; else f=1; fi
  else
    counted=$("$PYTHON" scripts/count-tests.py "$kind" "${REPORT:-$log}" "$code") || counted="0 1 0"
    read -r p f s <<<"$(head -n 1 <<<"$counted")"
    tail -n +2 <<<"$counted" | sed 's/^/           /' | grep . | cut -c 1-300
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  printf '%-10s %s passed, %s failed, %s skipped in %s s\n' "$stage" "$p" "$f" "$s" $((SECONDS - began))
  if [ "$f" -gt 0 ]; then
    failed_stages+=("$stage")
    echo "--- the end of $log ---"
    tail -n "${TAIL:-60}" "$log"
    echo "--- end ---"
  fi
}

if [ -z "$PYTHON" ]; then
  echo "python3 is missing, and results cannot be counted without it. Install it and run again."
  echo "0 passed, 1 failed"
  exit 1
fi

# --- quick checks, which need no build -------------------------------------------------------------------
if cargo fmt --version >/dev/null 2>&1; then
  run format check cargo fmt --all --check
else
  skip format "no rustfmt (rustup component add rustfmt)"
fi
run style check "$PYTHON" scripts/check-style.py
run documents check "$PYTHON" scripts/check-docs.py
run licences check "$PYTHON" scripts/check-licences.py
if have cargo-deny; then
  run bans check cargo deny --offline check bans sources licenses
else
  skip bans "no cargo-deny (cargo install cargo-deny)"
fi

# --- Rust ------------------------------------------------------------------------------------------------
if cargo clippy --version >/dev/null 2>&1; then
  run clippy check cargo clippy --locked --workspace --all-targets -- -D warnings
else
  skip clippy "no clippy (rustup component add clippy)"
fi
if have cargo-nextest; then
  REPORT=target/nextest/default/junit.xml run rust junit cargo nextest run --locked --workspace
else
  run rust libtest cargo test --locked --workspace --lib --bins --tests --no-fail-fast -- --show-output
fi
run doctests libtest cargo test --locked --workspace --doc --no-fail-fast
RUSTDOCFLAGS="-D warnings" run rustdoc check cargo doc --locked --workspace --no-deps

# --- other languages: they drive the program that the Rust tests have just built ---------------------------
export SIJIL=$PWD/target/debug/sijil
# The same build as the Rust tests', so that it is done once: other flags would mean other features.
build_program() { cargo test --locked --workspace --no-run && [ -x "$SIJIL" ]; }
export -f build_program
run program check bash -c build_program
run python unittest "$PYTHON" -m unittest discover --verbose --start-directory scripts/tests --pattern '*.py'
if [ "$BROWSER" = yes ]; then
  REPORT=$logs/browser.tap run browser tap node --test --test-concurrency=1 \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$logs/browser.tap" web/tests/*.test.mjs
else
  skip browser "$BROWSER"
fi

echo "everything took $(((SECONDS - started) / 60)) minutes; logs are in $logs/"
[ ${#failed_stages[@]} -eq 0 ] || echo "failed: ${failed_stages[*]}"
# With nothing run there is nothing to trust.
[ $((passed + failed)) -gt 0 ] || failed=1
line="$passed passed, $failed failed"
[ "$skipped" -eq 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" -eq 0 ]

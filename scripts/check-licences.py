#!/usr/bin/env python3
"""Every dependency's licence is one that deny.toml allows; what cargo-deny checks, for machines without it.

An expression such as `MIT OR (Apache-2.0 AND Unicode-3.0)` passes when a choice that it offers is allowed
throughout. A crate without an expression fails: it needs a look by a person and a `clarify` entry.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOKEN = re.compile(r"\(|\)|[^\s()]+")


def allowed(expression, allow):
    """Whether an SPDX expression can be satisfied with the licences in `allow`."""
    tokens = TOKEN.findall(expression.replace("/", " OR "))

    def either():
        result = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            right = both()
            result = result or right
        return result

    def both():
        result = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            right = one()
            result = result and right
        return result

    def one():
        token = tokens.pop(0)
        if token == "(":
            result = either()
            tokens.pop(0)
            return result
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token = f"{token} WITH {tokens.pop(0)}"
        return token in allow

    return either()


def dependencies():
    """The packages that the workspace is built from on this machine, as cargo describes them."""
    host = re.search(r"^host: (.+)$", subprocess.check_output(["rustc", "-vV"], text=True), re.MULTILINE).group(1)
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", host]
    answer = subprocess.run(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, check=False)
    if answer.returncode != 0:
        sys.exit("cargo metadata failed (its reason is above), so no licence could be read")
    metadata = json.loads(answer.stdout)
    return [package for package in metadata["packages"] if package["source"] is not None]


def main():
    settings = tomllib.loads((ROOT / "deny.toml").read_text(encoding="utf-8"))["licenses"]
    allow = set(settings["allow"])
    clarified = {entry["crate"]: entry["expression"] for entry in settings.get("clarify", [])}
    excepted = {entry["crate"]: set(entry["allow"]) for entry in settings.get("exceptions", [])}
    packages = dependencies()
    refused = []
    for package in packages:
        name = package["name"]
        expression = clarified.get(name) or package["license"]
        if not expression or not allowed(expression, allow | excepted.get(name, set())):
            refused.append(f"{name} {package['version']}: {expression or 'no licence expression'}")
    print(f"{len(packages)} dependencies, {len(refused)} with a licence that deny.toml does not allow")
    print("\n".join(sorted(refused)))
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())

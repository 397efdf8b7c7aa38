# The commands that a newcomer needs. Each is short here and explained in CONTRIBUTING.md.

# `make demo PROFILE=release` for a quicker program after a slower build.
PROFILE ?= dev
# Where the demo's register is made.
DEMO ?= target/demo

PROGRAM = target/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))/sijil

# One folder for all builds, wherever else this machine keeps them.
export CARGO_TARGET_DIR := $(CURDIR)/target

.PHONY: demo build test setup bench fmt places

demo: places build ## build, make a register from the built-in example, open the desk
	$(PROGRAM) demo $(DEMO)

build:
	cargo build --locked --package sijil --profile $(PROFILE)

test: ## install what the tests need, run everything, end with one line of counts
	@scripts/test.sh

setup: ## only install what the tests need
	@scripts/setup.sh

bench: ## times and sizes, in release, against their bars; about 3 GB of disk
	@bench/run.sh

fmt:
	cargo fmt --all

places: ## the gazetteer's source, once; without it places outside the example stay unplaced
	@PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/fetch-places.sh || \
		echo "places: the gazetteer could not be downloaded (the reason is above); going on without it."

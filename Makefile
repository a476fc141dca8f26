# The few commands people type. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help run build test fmt bench dev hooks conformance generate

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: ## build, start the server with the sample applications, say what to open and try
	@bin/build
	@bin/run

build: ## build the program into cli/target/apg, and let it learn to start fast
	@bin/build
	@bin/train

test: ## run every test
	@bin/test

fmt: ## format the code
	@bin/mvn -q -B spotless:apply

generate: ## write docs/configuration.md, contract/openapi.json and the list of schema changes from the code
	@bin/mvn -q -B -pl server -am test -Dtest='*DocumentTests' -Dsurefire.failIfNoSpecifiedTests=false -Dapg.generate=true

bench: build ## measure, and print the tables
	@bin/bench

dev: build ## run the server and restart it when a source file changes
	@bin/dev

hooks: ## format staged Java files before each commit
	@git config core.hooksPath .githooks && echo "git runs .githooks/pre-commit now"

conformance: ## answer FILE (resolution-problem/1 or semver-cases/1) into OUT
	@bin/conformance "$(FILE)" "$(OUT)"

# Targets for people: build demo test check generate install install-nvim clean
# For the curious:    truth bench fuzz vsix test-go test-editors test-kate

GO       ?= go
PREFIX   ?= $(HOME)/.local
CACHE    ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/abide-test
SHOTS    ?= test-output
FUZZTIME ?= 60s

GOFUMPT     := $(GO) run mvdan.cc/gofumpt@v0.12.0
STATICCHECK := $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2

BUILD := CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w'

.PHONY: build demo test test-go test-nvim test-others test-kate test-vscode test-editors truth bench fuzz check generate generate-abis install install-nvim vsix pictures clean

build: ## bin/abide, one static program
	$(BUILD) -o bin/abide ./cmd/abide

demo: build ## a scripted editor talks to the server about a driver header
	$(GO) run ./server/demo bin/abide testdata/demo/sensor.h

test: test-go test-editors

test-go: build
	.ci/deps test truth
	$(GO) test -timeout 20m ./...

test-nvim: build
	.ci/deps nvim
	editors/test/run-nvim bin/abide $(CACHE)

test-vscode: vsix-linux-x64
	.ci/deps vscode
	editors/test/run-vscode dist $(CACHE) $(SHOTS)

test-others: build
	.ci/deps others
	editors/test/run-others bin/abide $(CACHE)

test-kate: build ## Kate; apart from the other editors, because it wants 160 packages
	.ci/deps kate
	ABIDE=$(CURDIR)/bin/abide HEADER=testdata/driver/sensor.h editors/test/kate $(SHOTS)

test-editors: test-nvim test-others test-vscode ## real editors, downloaded once: VS Code, Neovim, Emacs, Vim, Helix

truth: build ## tokens of drawn sources, every ABI, every header, random records (SEED=n draws others): against real compilers
	.ci/deps test truth linux
	.ci/linux $(CACHE)
	$(GO) test -count=1 -timeout 60m ./analysis/cpp -v -truth.full -run Truth $(if $(SEED),-truth.seed $(SEED))
	$(GO) test -count=1 -timeout 30m ./analysis/checks -v -truth.full -run Headers
	$(GO) test -count=1 -timeout 80m ./analysis/truth -v -truth.full $(if $(SEED),-truth.seed $(SEED))

bench: build ## what a user waits for, beside clangd (the tables of docs/performance.md); then every benchmark, and the whole UAPI beside clang
	.ci/deps nvim linux
	.ci/linux $(CACHE)
	$(GO) run ./server/bench -abide bin/abide -tree $(CACHE)/linux/x86_64 -database $(CACHE)/linux/database/compile_commands.json
	$(GO) test -run '^$$' -bench . -benchmem $$($(GO) list ./... | grep -v analysis/truth)
	$(GO) test -run '^$$' -bench UAPI -benchtime 1x ./analysis/truth

fuzz: ## each fuzz target for FUZZTIME
	GO=$(GO) .ci/fuzz $(FUZZTIME)

check: ## style, vet, staticcheck, import rules, pins, and that generated files are not stale
	@out=$$($(GOFUMPT) -l analysis server cmd); test -z "$$out" || { echo "gofumpt would change: $$out"; exit 1; }
	$(GO) vet ./...
	$(STATICCHECK) ./...
	$(GO) test ./analysis -run Imports
	.ci/pins
	@before=$$(cat $(GENERATED) | cksum); $(MAKE) --no-print-directory generate; \
		test "$$before" = "$$(cat $(GENERATED) | cksum)" || { echo "generated files were stale: commit what 'make generate' wrote"; exit 1; }

GENERATED = analysis/checks/all.go docs/rules/*.md README.md docs/configuration.md docs/abide.schema.json vscode-extension/package.json

generate: ## registers the rules, writes docs/rules, the README's table, the settings' table, schema and the extension's settings
	$(GO) generate ./analysis/checks ./analysis/config

generate-abis: ## reads the predefined macros of all ABIs off their compilers
	.ci/deps test truth
	$(GO) generate ./analysis/abi

install: build ## into PREFIX, ~/.local by default; the rules' pages are what diagnostics link to
	install -D -m 755 bin/abide $(DESTDIR)$(PREFIX)/bin/abide
	install -d $(DESTDIR)$(PREFIX)/share/doc/abide/rules
	install -m 644 docs/rules/*.md $(DESTDIR)$(PREFIX)/share/doc/abide/rules/

NVIM := $(or $(XDG_DATA_HOME),$(HOME)/.local/share)/nvim/site/pack/abide/start/abide

install-nvim: ## Neovim's part, into its packages
	install -d $(NVIM)/lsp $(NVIM)/plugin $(NVIM)/lua/abide
	cd editors/nvim && for file in lsp/abide.lua plugin/abide.lua lua/abide/init.lua; do install -m 644 $$file $(NVIM)/$$file; done

TARGETS := linux-x64 linux-arm64 darwin-x64 darwin-arm64 win32-x64

vsix: ## the VS Code packages of all platforms: dist/abide-*.vsix
	GO=$(GO) vscode-extension/pack $(TARGETS)
	editors/test/check-vsix $(TARGETS:%=dist/abide-%.vsix)

vsix-%: ## the package of one platform: make vsix-linux-x64
	GO=$(GO) vscode-extension/pack $*

pictures: ## the READMEs' pictures, from what test-vscode saw last (apt install pngquant)
	for name in problems hover abis fix-pointer:fix layout-dark:layout; do \
		pngquant --force --output vscode-extension/media/$${name#*:}.png 128 $(SHOTS)/$${name%:*}.png || exit 1; \
	done

clean:
	rm -rf bin dist test-output $(addprefix vscode-extension/,dist out node_modules)

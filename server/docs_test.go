package server

import (
	"os"
	"strings"
	"testing"
)

// TestDocs: the page about the server names all that it answers and asks for.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../docs/lsp.md")
	check(t, err)
	names := append(commandNames(), watched...)
	for method := range standardRequests {
		names = append(names, method)
	}
	for method := range customRequests {
		names = append(names, method)
	}
	for _, kind := range actionKinds {
		names = append(names, string(kind))
	}
	for _, name := range names {
		if name != "initialize" && !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/lsp.md does not name %s", name)
		}
	}
}

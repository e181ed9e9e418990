// Command document writes what people read about the rules from the rules
// themselves: docs/rules/ and the table in the README. It runs in analysis/checks.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"abide/analysis"
	"abide/analysis/checks"
)

const root = "../.."

func main() {
	for _, write := range []func([]*analysis.Check) error{pages, readme} {
		if err := write(checks.All()); err != nil {
			log.Fatal(err)
		}
	}
}

// pages writes docs/rules/<rule>.md and an index, and removes pages of rules
// that are gone.
func pages(rules []*analysis.Check) error {
	dir := filepath.Join(root, "docs", "rules")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, r := range rules {
		if err := os.WriteFile(filepath.Join(dir, r.Name+".md"), []byte(r.Doc), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "README.md"), []byte("# Rules\n\n"+table(rules, "")), 0o644)
}

// table lists the rules. prefix leads from the page to docs/rules/.
func table(rules []*analysis.Check, prefix string) string {
	var b strings.Builder
	b.WriteString("| rule | highest severity | reports |\n|---|---|---|\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "| [`%s`](%s%s.md) | %s | %s |\n", r.Name, prefix, r.Name, r.Severity, r.Summary)
	}
	return b.String()
}

var marked = regexp.MustCompile(`(?s)(<!-- rules: written by "make generate" -->\n).*?(<!-- end of rules -->)`)

func readme(rules []*analysis.Check) error {
	path := filepath.Join(root, "README.md")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !marked.Match(text) {
		return fmt.Errorf("%s has no place for the table of rules", path)
	}
	text = marked.ReplaceAll(text, []byte("${1}"+table(rules, "docs/rules/")+"${2}"))
	return os.WriteFile(path, text, 0o644)
}

//go:build unix

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// sources are the drivers that are opened, of growing size of what they
// include, and modelled the one whose compile command the others get: not all
// are part of one configuration.
var sources = []string{"drivers/misc/fastrpc.c", "drivers/char/hpet.c", "drivers/video/fbdev/core/fbmem.c"}

const modelled = "drivers/char/hpet.c"

func drivers(ctx context.Context, w io.Writer, o options, dir string) error {
	if o.tree == "" {
		return errors.New("no -tree is given")
	}
	if err := database(o, dir); err != nil {
		return err
	}
	rows := [][]string{{"file", "server", "cold open", "edit → diagnostics", "edit → hover", "peak memory"}}
	where := [][]string{{"file", "server", "question", "body", "record", "`#define`", "`#include`"}}
	for _, source := range sources {
		list, err := compete(ctx, o, contenders(o, dir), filepath.Join(o.tree, source))
		if err != nil {
			return fmt.Errorf("%s: %w", source, err)
		}
		for _, r := range list {
			rows = append(rows, append([]string{filepath.Base(source)}, r.row()...))
		}
		where = append(where, byPlace(filepath.Base(source), list)...)
	}
	fmt.Fprintf(w, "### Drivers\n\n")
	table(w, rows)
	fmt.Fprintf(w, "### Where one types\n\n")
	table(w, where)
	return nil
}

// compete measures all contenders on one file.
func compete(ctx context.Context, o options, list []contender, path string) ([]*result, error) {
	var results []*result
	for _, c := range list {
		r, err := measure(ctx, o, c, path)
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	return results, nil
}

func (r *result) row() []string {
	return []string{r.name, ms(p50(r.cold)), ms(p50(all(r.diagnostics))), ms(p50(all(r.hover))), mib(r.peak)}
}

// byPlace compares abide with the default ABIs and clangd at each place.
func byPlace(file string, list []*result) [][]string {
	var rows [][]string
	for _, r := range list {
		if r.name != "clangd" && !strings.Contains(r.name, "4 ABIs") {
			continue
		}
		for _, q := range []struct {
			name string
			row  []string
		}{
			{"diagnostics", r.cells(true)}, {"hover", r.cells(false)},
		} {
			rows = append(rows, append([]string{file, r.name, q.name}, q.row...))
		}
	}
	return rows
}

func (r *result) cells(diagnostics bool) []string {
	var cells []string
	for _, name := range []string{"body", "record", "`#define`", "`#include`"} {
		samples := r.hover[name]
		if diagnostics {
			samples = r.diagnostics[name]
		}
		cell := ""
		if len(samples) > 0 {
			cell = ms(p50(samples))
		}
		cells = append(cells, cell)
	}
	return cells
}

type entry struct {
	Directory string `json:"directory"`
	Command   string `json:"command"`
	File      string `json:"file"`
}

// database writes a compile_commands.json that has all sources.
func database(o options, dir string) error {
	data, err := os.ReadFile(o.database)
	if err != nil {
		return err
	}
	var entries []entry
	if err := json.Unmarshal(data, &entries); err != nil {
		return fmt.Errorf("%s: %w", o.database, err)
	}
	model := filepath.Join(o.tree, modelled)
	for _, e := range entries {
		if e.File == model {
			return writeDatabase(o, dir, e)
		}
	}
	return fmt.Errorf("%s has no entry for %s", o.database, model)
}

func writeDatabase(o options, dir string, model entry) error {
	var list []entry
	stem := strings.TrimSuffix(modelled, ".c")
	for _, source := range sources {
		command := strings.ReplaceAll(model.Command, stem, strings.TrimSuffix(source, ".c"))
		command = strings.ReplaceAll(command, filepath.Base(stem), strings.TrimSuffix(filepath.Base(source), ".c"))
		list = append(list, entry{model.Directory, command, filepath.Join(o.tree, source)})
	}
	data, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "compile_commands.json"), data, 0o600)
}

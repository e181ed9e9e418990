//go:build unix

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"go.lsp.dev/uri"

	"abide/server/internal/editor"
)

// result is what was measured of one contender on one file.
type result struct {
	contender
	cold        []time.Duration
	diagnostics map[string][]time.Duration // by place
	hover       map[string][]time.Duration
	peak        int64 // bytes
	findings    int
}

// all is the samples of all places.
func all(by map[string][]time.Duration) []time.Duration {
	var list []time.Duration
	for _, samples := range by {
		list = append(list, samples...)
	}
	return list
}

// p50 is the median; 0 of none.
func p50(samples []time.Duration) time.Duration {
	if len(samples) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(samples))
	return sorted[len(sorted)/2]
}

// measure opens a file with fresh processes and types into it with the last.
func measure(ctx context.Context, o options, c contender, path string) (*result, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := &result{contender: c, diagnostics: map[string][]time.Duration{}, hover: map[string][]time.Duration{}}
	// The first brings what is read into the machine's memory.
	for i := range o.cold + 1 {
		p, err := c.start(ctx, filepath.Dir(path))
		if err != nil {
			return nil, err
		}
		doc, took, err := open(ctx, p, path, string(data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", c.name, err, p.stderr.String())
		}
		if i > 0 {
			r.cold = append(r.cold, took)
		}
		if i == o.cold {
			if err := r.typing(ctx, o, p, doc); err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
		}
		if err := p.stop(ctx); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return r, nil
}

// open opens a file and waits for its diagnostics.
func open(ctx context.Context, p *process, path, content string) (*editor.Document, time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	start := time.Now()
	doc, err := p.Open(ctx, uri.File(path), "c", content)
	if err != nil {
		return nil, 0, err
	}
	_, err = doc.Diagnostics(ctx)
	return doc, time.Since(start), err
}

// typing measures edits at all places of a document, and notes the peak.
func (r *result) typing(ctx context.Context, o options, p *process, doc *editor.Document) error {
	content := doc.Text.Content()
	at, err := tag(content)
	if err != nil {
		return err
	}
	if hover, err := doc.Hover(ctx, at); err != nil || hover == nil {
		return fmt.Errorf("no hover at offset %d of %s: %v", at, doc.URI, err)
	}
	for _, pl := range places(content) {
		for i := range 2 * o.edits {
			took, err := r.edit(ctx, doc, pl, i%2 == 1, -1)
			if err != nil {
				return err
			}
			if i >= 2 { // the first ones find nothing that they could build upon
				r.diagnostics[pl.name] = append(r.diagnostics[pl.name], took)
			}
		}
		for i := range 2 * o.edits {
			took, err := r.edit(ctx, doc, pl, i%2 == 1, at)
			if err != nil {
				return err
			}
			r.hover[pl.name] = append(r.hover[pl.name], took)
		}
	}
	diags, err := doc.Diagnostics(ctx)
	if err != nil {
		return err
	}
	r.findings = len(diags)
	r.peak, err = p.memory(residentPeak)
	return err
}

// edit presses a key and measures the time to the diagnostics, or to the
// hover at an offset if that is not negative.
func (r *result) edit(ctx context.Context, doc *editor.Document, pl place, typed bool, hover int) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	defer doc.Forget() // hundreds of thousands of diagnostics would slow down all that follows
	if hover >= pl.at && !typed {
		hover += len(pl.key)
	}
	start := time.Now()
	if err := doc.Edit(ctx, pl.press(typed)); err != nil {
		return 0, err
	}
	if hover >= 0 {
		if _, err := doc.Hover(ctx, hover); err != nil {
			return 0, err
		}
		took := time.Since(start)
		_, err := doc.Diagnostics(ctx)
		return took, err
	}
	_, err := doc.Diagnostics(ctx)
	return time.Since(start), err
}

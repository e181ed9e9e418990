package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"abide/analysis"
	"abide/analysis/abi"
	"abide/analysis/config"
)

// layer is what the flags say about settings.
func (o *options) layer() (l config.Layer, err error) {
	if o.abis != "" {
		if l.ABIs, err = abi.Parse(o.abis); err != nil {
			return l, fmt.Errorf("--abi: %w", err)
		}
	}
	if o.scope != "" {
		scope := config.Scopes[o.scope]
		l.Scope = &scope
	}
	if o.compdb != "" {
		l.CompDB = &o.compdb
	}
	if o.given("baseline") {
		path := ""
		if o.baseline != "none" {
			if path, err = filepath.Abs(o.baseline); err != nil {
				return l, fmt.Errorf("--baseline: %w", err)
			}
		}
		l.Baseline = &path
	}
	return l, nil
}

// session makes a session with what the flags choose, over what each file's
// .abide.toml says.
func (o *options) session() (*analysis.Session, error) {
	layer, err := o.layer()
	if err != nil {
		return nil, err
	}
	o.resolver = config.NewResolver(layer, nil)
	switch {
	case o.noConfig:
		o.resolver.Use(config.None)
	case o.config != "":
		path, err := filepath.Abs(o.config)
		if err == nil {
			_, err = os.Stat(path)
		}
		if err != nil {
			return nil, fmt.Errorf("--config: cannot read %s: %w", o.config, errors.Unwrap(err))
		}
		o.resolver.Use(path)
	}
	s := analysis.NewSession(analysis.Config{}, nil)
	s.SetConfigs(o.configured(o.resolver.For))
	return s, nil
}

// configured puts what no setting says into configurations, once for each.
func (o *options) configured(of func(string) *analysis.Config) func(string) *analysis.Config {
	if o.flags == nil && !o.bodies {
		return of
	}
	var own sync.Map
	return func(path string) *analysis.Config {
		base := of(path)
		if c, ok := own.Load(base); ok {
			return c.(*analysis.Config)
		}
		c := *base
		c.Flags, c.Bodies = o.flags, o.bodies
		first, _ := own.LoadOrStore(base, &c)
		return first.(*analysis.Config)
	}
}

// sayConfig prints what is wrong with a file's .abide.toml, once for each of
// these, and tells whether something is.
func (o *options) sayConfig(w io.Writer, file string) (wrong bool) {
	absolute, err := filepath.Abs(file)
	if err != nil {
		return false
	}
	path, problems := o.resolver.Project(absolute)
	if o.said == nil {
		o.said = map[string]bool{}
	}
	if !o.said[path] {
		o.said[path] = true
		for _, p := range problems {
			p.Path = newShownPath("", "").of(p.Path)
			fmt.Fprintf(w, "%s:%d:%d: error: %s\n", p.Path, p.Line, p.Column, printable(p.Message))
		}
	}
	return len(problems) > 0
}

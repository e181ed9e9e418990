package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

// maxFixes bounds the fixes that are applied: a cure must not bring a new ill.
const maxFixes = 20

// script is what the editor does, and what it prints.
type script struct {
	io.Writer
	paint  bool
	editor *editor.Editor
	path   string

	doc *editor.Document
}

func (s *script) play(ctx context.Context) error {
	content, err := os.ReadFile(s.path)
	if err != nil {
		return err
	}
	absolute, err := filepath.Abs(s.path)
	if err != nil {
		return err
	}
	if s.doc, err = s.editor.Open(ctx, uri.File(absolute), "c", string(content)); err != nil {
		return err
	}
	original := s.doc.Text

	diags, err := s.doc.Diagnostics(ctx)
	if err != nil {
		return err
	}
	if len(diags) == 0 {
		return fmt.Errorf("nothing is found in %s", s.path)
	}
	s.title("%s is opened in an editor. abide says:", s.path)
	for _, d := range diags {
		s.diagnostic(d)
	}
	if err := s.hover(ctx, diags[0]); err != nil {
		return err
	}
	s.title("Quick fixes, the preferred one each time:")
	if err := s.fix(ctx); err != nil {
		return err
	}
	s.title("What they changed:")
	fmt.Fprint(s, s.diff(text.Unified("a/"+s.path, "b/"+s.path, original, s.doc.Text)))
	s.title("Checked again: %s", s.in(green, "clean, on x86_64, i386, arm64 and arm."))
	return nil
}

// hover shows the record around the first diagnostic.
func (s *script) hover(ctx context.Context, d protocol.Diagnostic) error {
	content, at := s.doc.Text.Content(), s.doc.Offset(d.Range.Start)
	tag := strings.LastIndex(content[:at], "struct ")
	if tag < 0 {
		return errors.New("the first diagnostic is in no record")
	}
	tag += len("struct ")
	hover, err := s.doc.Hover(ctx, tag)
	if err != nil {
		return err
	}
	shown := editor.HoverText(hover)
	if shown == "" {
		return errors.New("there is no hover on the record")
	}
	name, _, _ := strings.Cut(content[tag:], " ")
	s.title("The mouse rests on %s:", name)
	for line := range strings.Lines(strings.TrimSpace(shown)) {
		fmt.Fprintln(s, wrap(strings.TrimRight(line, "\n")))
	}
	return nil
}

// fix applies preferred quick fixes until nothing is found any more.
func (s *script) fix(ctx context.Context) error {
	for range maxFixes {
		diags, err := s.doc.Diagnostics(ctx)
		if err != nil {
			return err
		}
		if len(diags) == 0 {
			return nil
		}
		action, err := s.preferred(ctx, diags)
		if err != nil {
			return err
		}
		line := s.doc.Text.LineOf(s.doc.Offset(action.Diagnostics[0].Range.Start)) + 1
		fmt.Fprintf(s, "  line %d: %s\n", line, action.Title)
		if err := s.doc.Apply(ctx, action); err != nil {
			return err
		}
	}
	return fmt.Errorf("still not clean after %d fixes", maxFixes)
}

func (s *script) preferred(ctx context.Context, diags []protocol.Diagnostic) (*protocol.CodeAction, error) {
	for _, d := range diags {
		actions, err := s.doc.CodeActions(ctx, d.Range, protocol.CodeActionKindQuickFix)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(actions, func(a *protocol.CodeAction) bool { return a.IsPreferred != nil && *a.IsPreferred })
		if i >= 0 && len(actions[i].Diagnostics) > 0 {
			return actions[i], nil
		}
	}
	return nil, fmt.Errorf("there is no preferred fix for: %v", diags[0].Message)
}

package server

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis"
	"abide/analysis/baseline"
	"abide/analysis/config"
	"abide/analysis/text"
)

// writeBaseline describes what the workspace's files, or those that are named,
// define at present, as they are on disk, and has the editor write it into the
// baseline that is configured for each, beside what that says about other files.
func (s *server) writeBaseline(ctx context.Context, token protocol.ProgressToken, args []place) (any, error) {
	folders := s.settings.all()
	named := folders
	if len(args) > 0 {
		named = nil
	}
	for _, a := range args {
		path, ok := uriPath(a.URI)
		if !ok || !a.URI.IsFile() {
			return nil, badArgument(commandWriteBaseline, "%s is not on disk", a.URI)
		}
		named = append(named, path)
	}
	goOn(ctx)
	files, err := filesBelow(ctx, named)
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return said{Message: "There are no files to describe."}, nil
	}
	if !s.client.documentChanges {
		return said{Message: "The editor cannot make files: run `abide baseline`."}, nil
	}
	resolver := s.settings.forBaseline()
	described := make(map[string][]string) // files by baseline
	for _, f := range files {
		if path := resolver.Baseline(f); path != "" {
			described[path] = append(described[path], f)
		}
	}
	if len(described) == 0 {
		return said{Message: fmt.Sprintf("No baseline is configured: write `baseline = \"abi.baseline\"` into %s.", config.Name)}, nil
	}
	work, t := s.begin(ctx, token, "Describing the ABI")
	defer t.end("")
	var edit protocol.WorkspaceEdit
	var messages []string
	for _, path := range slices.Sorted(maps.Keys(described)) {
		w := baselineWriter{resolver: resolver, path: path}
		next, err := w.describe(work, folders, described[path], t)
		if err != nil {
			return nil, err
		}
		edit.DocumentChanges = append(edit.DocumentChanges, s.rewriting(path, next)...)
		name := filepath.Base(path)
		if len(described) > 1 { // they may have one name
			name = filepath.Join(filepath.Base(filepath.Dir(path)), name)
		}
		messages = append(messages, fmt.Sprintf("%s describes %s", name, plural(len(described[path]), "file")))
	}
	label := "Write the baseline"
	params := &protocol.ApplyWorkspaceEditParams{Label: &label, Edit: edit}
	var result protocol.ApplyWorkspaceEditResult
	if err := s.client.call(ctx, protocol.MethodWorkspaceApplyEdit, params, &result); err != nil {
		return nil, fmt.Errorf("the editor does not take the edit: %w", err)
	}
	if !result.Applied {
		return said{Message: "The editor did not apply the edit."}, nil
	}
	save := "Save it."
	if len(messages) > 1 {
		save = "Save them."
	}
	return said{Message: strings.Join(messages, ", ") + ". " + save, Applied: true}, nil
}

// baselineWriter makes a baseline's new text.
type baselineWriter struct {
	resolver *config.Resolver
	path     string
	abis     []string
}

func (w *baselineWriter) describe(ctx context.Context, folders, files []string, t *task) (string, error) {
	session := analysis.NewSession(defaultConfig(), nil)
	session.SetConfigs(w.resolver.For)
	session.Index(ctx, folders)
	var described []baseline.File
	for i, file := range files {
		f, err := w.file(ctx, session, file)
		if err != nil {
			return "", fmt.Errorf("describing %s: %w", file, err)
		}
		described = append(described, f)
		session.Forget(file)
		t.done(i+1, len(files))
	}
	old, err := baseline.Load(w.path)
	if err != nil {
		return "", err
	}
	next, ok := old.Renew(described, w.abis, filepath.Dir(w.path))
	if !ok {
		return "", fmt.Errorf("%s describes other files for %s: choose those ABIs, or describe the whole workspace", w.path, strings.Join(old.ABIs, ", "))
	}
	return next.Format(), nil
}

func (w *baselineWriter) file(ctx context.Context, session *analysis.Session, path string) (f baseline.File, err error) {
	snap, err := session.Snapshot(path)
	if err != nil {
		return f, err
	}
	var abis []string
	for _, a := range snap.Config().ABIs {
		abis = append(abis, a.Name)
	}
	if w.abis == nil {
		w.abis = abis
	}
	if !slices.Equal(w.abis, abis) {
		return f, errors.New("it is checked for other ABIs than the files before it")
	}
	findings, err := snap.Findings(ctx)
	if err != nil {
		return f, err
	}
	return baseline.DescribeShipped(ctx, snap, filepath.Dir(w.path), findings)
}

// rewriting gives a file, which need not exist, a text.
func (s *server) rewriting(path, content string) []protocol.DocumentChange {
	yes := true
	before := s.contentOf(path)
	whole := &protocol.TextEdit{Range: s.toRange(before, text.Span{End: before.Len()}), NewText: content}
	return []protocol.DocumentChange{
		&protocol.CreateFile{Kind: "create", URI: uri.File(path), Options: &protocol.CreateFileOptions{IgnoreIfExists: &yes}},
		&protocol.TextDocumentEdit{
			TextDocument: protocol.OptionalVersionedTextDocumentIdentifier{TextDocumentIdentifier: protocol.TextDocumentIdentifier{URI: uri.File(path)}},
			Edits:        []protocol.TextDocumentEditElement{whole},
		},
	}
}

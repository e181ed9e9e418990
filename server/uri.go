package server

import (
	"context"
	"encoding/json"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"go.lsp.dev/uri"

	"abide/analysis/compdb"
)

// untitledDir is where unsaved documents without a file live for the analysis.
// Nothing is there on disk, so that they are lone files.
const untitledDir = "/untitled:"

// uriPath gives the path that stands for a document: a file's own, or a
// virtual one for an untitled document. ok is false for every other scheme
// (the old side of a diff view, an archive's member).
func uriPath(u uri.URI) (p string, ok bool) {
	switch {
	case u.IsFile():
		p = fsPath(u, platform)
		return compdb.Clean(p), p != "/"
	case u.Scheme() == "untitled":
		name := strings.Map(func(r rune) rune {
			if r == 0 {
				return '_'
			}
			return r
		}, u.Path())
		return path.Join(untitledDir, path.Clean("/"+name)), name != ""
	}
	return "", false
}

var platform = map[bool]uri.Platform{false: uri.PlatformPOSIX, true: uri.PlatformWindows}[runtime.GOOS == "windows"]

// fsPath gives a file's path as a platform writes it.
func fsPath(u uri.URI, on uri.Platform) string {
	p := uri.FsPathFor(u, on, false)
	if on == uri.PlatformPOSIX && !path.IsAbs(p) {
		p = "/" + p // the library takes the slash off before what looks like a drive
	}
	return p
}

type spelledKey struct{}

// withSpelledURI keeps a document's URI as the client writes it: protocol
// decodes it to the canonical spelling, and a client may compare strings.
func withSpelledURI(ctx context.Context, didOpen []byte) context.Context {
	var params struct {
		TextDocument struct{ URI string } `json:"textDocument"`
	}
	if json.Unmarshal(didOpen, &params) != nil || params.TextDocument.URI == "" {
		return ctx
	}
	return context.WithValue(ctx, spelledKey{}, uri.URI(params.TextDocument.URI))
}

// spelledURI gives the URI as the client writes it.
func spelledURI(ctx context.Context, canonical uri.URI) uri.URI {
	if spelled, ok := ctx.Value(spelledKey{}).(uri.URI); ok {
		return spelled
	}
	return canonical
}

// isHeader tells whether other files may include the file.
func isHeader(p string) bool {
	switch strings.ToLower(filepath.Ext(p)) {
	case ".c", ".cc", ".cpp", ".cxx":
		return false
	}
	return true
}

// languages are the identifiers of the documents that are analysed; a header
// is analysed under any.
var languages = map[string]bool{"c": true, "cpp": true, "c++": true}

func isC(languageID, p string) bool {
	return languages[languageID] || strings.EqualFold(filepath.Ext(p), ".h")
}

package server

import (
	"path/filepath"
	"strings"
	"testing"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/text"
	"abide/server/internal/editor"
)

// A command that one editor's buffer defines makes a record of another file a
// payload, and no longer once it is gone; nothing has to be saved.
func TestUnsavedCommand(t *testing.T) {
	const (
		types    = "#include <linux/types.h>\nstruct config {\n\t__u32 id;\n\t__u64 stamp;\n};\n"
		commands = "#include <linux/ioctl.h>\n#include \"types.h\"\n"
		command  = "#define CONFIG_GET _IOR('c', 1, struct config)\n"
	)
	s, dir := folder(t, editor.Options{}, map[string]string{"types.h": types, "commands.h": commands})
	ctx := timeout(t)
	at := func(name string) uri.URI { return uri.File(filepath.Join(dir, name)) }
	doc, err := s.Open(ctx, at("types.h"), "c", types)
	check(t, err)
	list, err := doc.Diagnostics(ctx)
	check(t, err)
	if len(list) != 0 {
		t.Fatalf("nothing crosses yet: %v", list)
	}
	last := func() []protocol.Diagnostic {
		all := s.Published(at("types.h"))
		return all[len(all)-1].Diagnostics
	}
	comes := func(what string, n int) {
		t.Helper()
		check(t, s.Wait(ctx, what, func() bool { return len(last()) == n }))
	}

	other, err := s.Open(ctx, at("commands.h"), "c", commands)
	check(t, err)
	check(t, other.Edit(ctx, text.Edit{Span: text.Span{Start: len(commands), End: len(commands)}, New: command}))
	comes("a command of a buffer", 1)
	var notes []string
	for _, r := range last()[0].RelatedInformation {
		notes = append(notes, string(r.Message))
		if strings.Contains(string(r.Message), "carries") && (r.Location.URI != at("commands.h") || r.Location.Range.Start.Line != 2) {
			t.Errorf("%s at %v", r.Message, r.Location)
		}
	}
	if !strings.Contains(strings.Join(notes, "\n"), "CONFIG_GET carries struct config") {
		t.Errorf("notes: %q", notes)
	}

	check(t, other.Replace(ctx, commands))
	comes("no command", 0)
	check(t, other.Replace(ctx, commands+command))
	comes("the command again", 1)
	check(t, other.Close(ctx))
	comes("closed without saving", 0)
}

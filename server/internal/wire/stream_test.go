package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"testing"

	"go.lsp.dev/jsonrpc2"
)

type buffer struct{ bytes.Buffer }

func (*buffer) Close() error { return nil }

// readAll reads messages until there are none, and gives the methods, what
// was written, and why it ended.
func readAll(input string) (methods, written string, cause error) {
	return readFrom(strings.NewReader(input))
}

func readFrom(input io.Reader) (methods, written string, cause error) {
	var out buffer
	s := NewStream(io.NopCloser(input), &out, slog.New(slog.DiscardHandler))
	for {
		msg, _, err := s.Read(context.Background())
		if err != nil {
			return methods, out.String(), s.Cause()
		}
		if req, ok := msg.(jsonrpc2.RequestMessage); ok {
			methods += req.Method() + " "
		}
	}
}

func frame(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

func TestRead(t *testing.T) {
	note := frame(`{"jsonrpc":"2.0","method":"a"}`)
	last := frame(`{"jsonrpc":"2.0","method":"z"}`)
	for _, test := range []struct {
		name, input, methods, written string
	}{
		{"nothing", "", "", ""},
		{"two messages", note + last, "a z ", ""},
		{"other headers, any case", "content-type: x\r\nCONTENT-LENGTH:30\r\n\r\n" + `{"jsonrpc":"2.0","method":"a"}` + last, "a z ", ""},
		{"bare line feeds", strings.ReplaceAll(note, "\r\n", "\n") + last, "a z ", ""},
		{"not JSON", frame(`{"jsonrpc":`) + last, "z ", "-32700"},
		{"binary", frame("\x00\xff\x7fELF") + last, "z ", "-32700"},
		{"empty body", frame("") + last, "z ", "-32700"},
		{"not a request", frame(`[1,2]`) + last, "z ", "-32600"},
		{"no version", frame(`{"method":"a"}`) + last, "z ", "-32600"},
		{"method is a number", frame(`{"jsonrpc":"2.0","method":7}`) + last, "z ", "-32600"},
		{"error without an id is not answered", frame(`{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"x"}}`) + last, "z ", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			methods, written, cause := readAll(test.input)
			if methods != test.methods || cause != nil {
				t.Errorf("methods %q, cause %v; want %q and a clean end", methods, cause, test.methods)
			}
			if !strings.Contains(written, test.written) || test.written == "" && written != "" {
				t.Errorf("wrote %q, want %q in it", written, test.written)
			}
		})
	}
}

func TestReadEnds(t *testing.T) {
	for _, test := range []struct {
		name, input string
		cause       error
	}{
		{"in a header", "Content-Le", io.ErrUnexpectedEOF},
		{"after a header line", "Content-Length: 5\r\n", io.ErrUnexpectedEOF},
		{"in a body", "Content-Length: 5\r\n\r\n{}", io.ErrUnexpectedEOF},
		{"in a body that was never to come", "Content-Length: 268435456\r\n\r\n{}", io.ErrUnexpectedEOF},
		{"in a body to skip", "Content-Length: 999999999999\r\n\r\n{}", io.ErrUnexpectedEOF},
		{"no length", "Content-Type: x\r\n\r\n{}", errHeader},
		{"negative length", "Content-Length: -1\r\n\r\n", errHeader},
		{"no number", "Content-Length: many\r\n\r\n", errHeader},
		{"a length beyond reason", "Content-Length: 99999999999999999999\r\n\r\n", errHeader},
		{"no colon", "hello\r\n\r\n", errHeader},
		{"an endless line", strings.Repeat("x", 1<<20), errHeader},
		{"endless lines", strings.Repeat("a: b\n", 1<<10), errHeader},
		{"garbage", "\x7fELF\x02\x01\x01\x00\n\n\n", errHeader},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, _, cause := readAll(test.input); !errors.Is(cause, test.cause) {
				t.Errorf("cause %v, want %v", cause, test.cause)
			}
		})
	}
}

// spaces is an endless body.
type spaces struct{}

func (spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestMessageLargerThanTheLimit(t *testing.T) {
	const length = maxMessage + 1
	methods, written, cause := readFrom(io.MultiReader(
		strings.NewReader(fmt.Sprintf("Content-Length: %d\r\n\r\n", length)),
		io.LimitReader(spaces{}, length),
		strings.NewReader(frame(`{"jsonrpc":"2.0","method":"z"}`))))
	if methods != "z " || !strings.Contains(written, "-32600") || cause != nil {
		t.Errorf("methods %q, wrote %q, cause %v", methods, written, cause)
	}
}

// A length is not believed before its bytes are there.
func TestReadAllocatesWhatArrives(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	readAll(fmt.Sprintf("Content-Length: %d\r\n\r\n{}", maxMessage))
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 4*trustLength {
		t.Errorf("%d bytes for a header that lies", n)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(frame(`{"jsonrpc":"2.0","id":"x","method":"textDocument/hover","params":{}}`))
	f.Add("Content-Length: 5\r\n\r\n{}")
	f.Add("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ")
	f.Fuzz(func(t *testing.T, input string) { readAll(input) })
}

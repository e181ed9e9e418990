// Package wire carries the protocol's messages: framing by header and length,
// and the encoding of params and results. It knows no method.
package wire

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"

	"go.lsp.dev/jsonrpc2"
)

// Limits of the base protocol. A message that goes over maxMessage is skipped;
// a header that goes over the others is not the protocol, and ends the
// connection.
const (
	maxMessage     = 256 << 20 // bytes
	maxSkip        = 1 << 40   // bytes
	maxHeaderLine  = 4 << 10   // bytes
	maxHeaderLines = 32
	trustLength    = 1 << 20 // bytes that are allocated before they have arrived
	keepFrame      = 1 << 20 // bytes of the write buffer that are used again
)

// errHeader is the reason why a connection ends at a malformed header: where
// the next message starts is then unknown.
var errHeader = errors.New("malformed message header")

// Stream frames messages as the base protocol does: a header with
// Content-Length, an empty line, a JSON body. jsonrpc2's own framer gives a
// connection up at the first body that is no request, and trusts a length of
// up to 1 GiB; this one answers and goes on, and allocates what has arrived.
type Stream struct {
	in  io.ReadCloser
	out io.WriteCloser
	log *slog.Logger

	reader *bufio.Reader

	writing sync.Mutex
	frame   []byte

	ended    chan struct{}
	endOnce  sync.Once
	endCause error
}

// NewStream frames messages over a pair of streams.
func NewStream(in io.ReadCloser, out io.WriteCloser, log *slog.Logger) *Stream {
	return &Stream{in: in, out: out, log: log, reader: bufio.NewReader(in), ended: make(chan struct{})}
}

// Read gives the next well-formed message. Bodies that are not JSON, or not a
// message, are answered with an error and left behind.
func (s *Stream) Read(ctx context.Context) (jsonrpc2.Message, int64, error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		body, err := s.readBody()
		var tooLarge *tooLargeError
		switch {
		case errors.As(err, &tooLarge):
			s.refuse(ctx, jsonrpc2.NewError(jsonrpc2.InvalidRequest, err.Error()))
			continue
		case err != nil:
			s.end(err)
			return nil, 0, err
		}
		msg, err := jsonrpc2.DecodeMessage(body)
		if err != nil {
			s.refuse(ctx, err)
			continue
		}
		return msg, int64(len(body)), nil
	}
}

// refuse answers a body that is no message. It has no id to answer to.
func (s *Stream) refuse(ctx context.Context, err error) {
	s.log.Warn("message ignored", "error", err)
	// The read error that follows a broken connection says what matters.
	_, _ = s.Write(ctx, jsonrpc2.NewResponse(jsonrpc2.ID{}, nil, err))
}

type tooLargeError struct{ length int64 }

func (e *tooLargeError) Error() string {
	return fmt.Sprintf("message of %d bytes skipped: the limit is %d", e.length, maxMessage)
}

// readBody reads one header and its body into memory of its own: what is
// decoded from it may be kept.
func (s *Stream) readBody() ([]byte, error) {
	length, err := s.readHeader()
	if err != nil {
		return nil, err
	}
	if length > maxMessage {
		if _, err := io.CopyN(io.Discard, s.reader, length); err != nil {
			return nil, unexpectedEOF(err)
		}
		return nil, &tooLargeError{length}
	}
	var body bytes.Buffer
	body.Grow(int(min(length, trustLength)))
	if _, err := io.CopyN(&body, s.reader, length); err != nil {
		return nil, unexpectedEOF(err)
	}
	return body.Bytes(), nil
}

func unexpectedEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readHeader gives the body's length in bytes. io.EOF means that the peer
// closed between two messages.
func (s *Stream) readHeader() (int64, error) {
	length := int64(-1)
	for n := range maxHeaderLines {
		line, err := s.readHeaderLine()
		if errors.Is(err, io.EOF) && (n > 0 || line != "") {
			return 0, io.ErrUnexpectedEOF
		}
		if err != nil {
			return 0, err
		}
		if line == "" {
			if length < 0 {
				return 0, fmt.Errorf("%w: no Content-Length", errHeader)
			}
			return length, nil
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			return 0, fmt.Errorf("%w: %.60q has no colon", errHeader, line)
		}
		if !strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			continue
		}
		value = strings.TrimSpace(value)
		length, err = strconv.ParseInt(value, 10, 64)
		if err != nil || length < 0 || length > maxSkip {
			return 0, fmt.Errorf("%w: Content-Length is %.60q", errHeader, value)
		}
	}
	return 0, fmt.Errorf("%w: more than %d lines", errHeader, maxHeaderLines)
}

// readHeaderLine reads up to a line feed, and gives the line without its end.
func (s *Stream) readHeaderLine() (string, error) {
	var line []byte
	for {
		part, err := s.reader.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > maxHeaderLine:
			return "", fmt.Errorf("%w: a line longer than %d bytes", errHeader, maxHeaderLine)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil:
			return string(line), err
		}
		return strings.TrimRight(string(line), "\r\n"), nil
	}
}

// Write sends one message with one write.
func (s *Stream) Write(_ context.Context, msg jsonrpc2.Message) (int64, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	body, err := jsonrpc2.EncodeMessage(msg)
	if err != nil {
		return 0, err
	}
	frame := append(s.frame[:0], "Content-Length: "...)
	frame = strconv.AppendInt(frame, int64(len(body)), 10)
	frame = append(frame, "\r\n\r\n"...)
	frame = append(frame, body...)
	if cap(frame) <= keepFrame {
		s.frame = frame
	}
	n, err := s.out.Write(frame)
	return int64(n), err
}

// Ended is closed when nothing more can be read.
func (s *Stream) Ended() <-chan struct{} { return s.ended }

// Cause tells, after Ended, why nothing more can be read; nil means that the
// peer closed between two messages.
func (s *Stream) Cause() error { return s.endCause }

// Close closes both directions.
func (s *Stream) Close() error {
	s.end(io.ErrClosedPipe)
	return errors.Join(s.in.Close(), s.out.Close())
}

func (s *Stream) end(cause error) {
	s.endOnce.Do(func() {
		if !errors.Is(cause, io.EOF) {
			s.endCause = cause
		}
		close(s.ended)
	})
}

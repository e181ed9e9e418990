package server

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.lsp.dev/protocol"
	"go.lsp.dev/uri"

	"abide/analysis/text"
)

// maxDocument bounds the documents that are analysed, in bytes. It is a
// variable for the tests.
var maxDocument = 64 << 20

// document is a file that the editor has open. The read loop alone changes it,
// with mu held.
type document struct {
	uri  uri.URI // as the client spells it
	path string

	mu      sync.Mutex
	version int32
	text    *text.File
	closed  bool
	pulling context.CancelCauseFunc // of the request for diagnostics under way

	checker checker
}

func (d *document) state() (version int32, f *text.File, closed bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.version, d.text, d.closed
}

func (d *document) set(version int32, f *text.File) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.version, d.text = version, f
}

// documents are the open ones, by path.
type documents struct {
	mu      sync.Mutex
	open    map[string]*document
	workers map[string]chan struct{} // of the last checker at a path, closed when it has ended
}

func newDocuments() documents {
	return documents{open: make(map[string]*document), workers: make(map[string]chan struct{})}
}

func (d *documents) byPath(path string) *document {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open[path]
}

func (d *documents) byURI(u uri.URI) *document {
	path, ok := uriPath(u)
	if !ok {
		return nil
	}
	return d.byPath(path)
}

func (d *documents) put(doc *document) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.open[doc.path] = doc
}

func (d *documents) remove(doc *document) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.open, doc.path)
}

// enlist makes doc's checker the last one at its path, and gives the one
// before it, nil for none.
func (d *documents) enlist(doc *document) (before <-chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if w, ok := d.workers[doc.path]; ok {
		before = w
	}
	d.workers[doc.path] = doc.checker.done
	return before
}

// retire says that doc's checker has ended.
func (d *documents) retire(doc *document) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.workers[doc.path] == doc.checker.done {
		delete(d.workers, doc.path)
	}
	close(doc.checker.done)
}

func (d *documents) all() []*document {
	d.mu.Lock()
	defer d.mu.Unlock()
	list := make([]*document, 0, len(d.open))
	for _, doc := range d.open {
		list = append(list, doc)
	}
	slices.SortFunc(list, func(a, b *document) int { return strings.Compare(a.path, b.path) })
	return list
}

// store hands a document's text to the analysis, unless it is too large.
func (s *server) store(doc *document, f *text.File) {
	if f.Len() > maxDocument {
		s.engine.Drop(doc.path)
		s.warn(fmt.Sprintf("%s is not checked: it is larger than %d MiB.", doc.path, maxDocument>>20))
		return
	}
	s.engine.SetBuffer(doc.path, f)
}

// view is one version of an open document, with its snapshot.
type view struct {
	doc     *document
	version int32
	text    *text.File
	snapshot
}

// current takes the snapshot of a document as it is now. It is nil for one
// that is closed, too large or unreadable.
func (s *server) current(doc *document) *view {
	version, f, closed := doc.state()
	if closed || f.Len() > maxDocument {
		return nil
	}
	snap, err := s.engine.Snapshot(doc.path)
	if err != nil {
		s.log.Warn("no snapshot", "path", doc.path, "error", err)
		return nil
	}
	return &view{doc: doc, version: version, text: snap.Text(), snapshot: snap}
}

// outdated tells whether the document has moved on since the view was taken.
func (v *view) outdated() bool {
	version, _, closed := v.doc.state()
	return closed || version != v.version
}

// view begins a request about a document: it takes the snapshot while the
// read loop waits, so that the request sees exactly the changes sent before
// it, and then lets the read loop go on. It is nil, and the answer empty, for
// a document that is not open or not ours. Until the client has said what its
// settings are, it waits for them, for a bounded time. A request calls it once.
func (s *server) view(ctx context.Context, id protocol.TextDocumentIdentifier) *view {
	doc := s.documents.byURI(id.URI)
	if doc == nil {
		return nil
	}
	return s.viewOf(ctx, doc)
}

func (s *server) viewOf(ctx context.Context, doc *document) *view {
	v := s.current(doc)
	goOn(ctx)
	if !s.settings.known() {
		s.settings.await(ctx, settingsPause)
		v = s.current(doc)
	}
	return v
}

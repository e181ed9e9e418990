package analysis

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sort"

	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/index"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Watch keeps an index of the folders in the background until ctx is done, so
// that a record counts as a payload which another file's commands carry, also
// those that only a buffer has. It returns at once. changed is called, on any goroutine, when snapshots taken
// from then on may have other findings. Another call replaces the folders.
func (s *Session) Watch(ctx context.Context, folders []string, changed func()) {
	ctx, cancel := context.WithCancel(ctx)
	x := index.New()
	s.mu.Lock()
	if s.unwatch != nil {
		s.unwatch()
	}
	s.unwatch = cancel
	s.index.Store(x)
	for path, f := range s.files.buffers {
		x.Buffer(path, f.Content())
	}
	s.mu.Unlock()
	if len(folders) == 0 {
		return
	}
	go func() {
		defer func() {
			if p := recover(); p != nil {
				slog.Error("the index panicked", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			}
		}()
		x.Keep(ctx, folders, changed)
	}()
}

// Index reads the folders once, now: for a program that checks and ends.
func (s *Session) Index(ctx context.Context, folders []string) {
	x := index.New()
	x.Scan(ctx, folders)
	s.index.Store(x)
}

// indexed is what the index knows now; nil if there is none.
func (s *Session) indexed() *index.View {
	if x := s.index.Load(); x != nil {
		return x.View()
	}
	return nil
}

// usesOf finds where other files say that a record crosses.
func (s *Snapshot) usesOf(r *Record) []index.Use {
	if s.index == nil {
		return nil
	}
	var names []string
	if r.Tag != 0 {
		names = append(names, keyword(r.Union)+" "+r.Tag.String())
	}
	var before token.Sym
	for _, v := range r.Views {
		if v.Decl == nil {
			continue
		}
		for _, t := range v.Decl.Typedefs {
			if t != before {
				names = append(names, t.String())
				before = t
			}
		}
	}
	return s.index.Uses(s.path, names...)
}

// reasonOf says in words where a record crosses.
func reasonOf(u index.Use) string {
	if u.Command {
		return "ioctl " + u.Name
	}
	return u.Name
}

// markCarried marks the records that cross in other files, and what they
// contain.
func (s *Snapshot) markCarried(targets []*Target, index *recordIndex) {
	for _, r := range index.list {
		if r.Payload {
			continue
		}
		if r.Uses = s.usesOf(r); len(r.Uses) == 0 {
			continue
		}
		if last := len(index.carried) - 1; last < 0 || r.Span.Start >= index.carried[last].Span.End {
			index.carried = append(index.carried, r)
		}
		for i, t := range targets {
			if d := r.Views[i].Decl; d != nil {
				reach := reach{target: t, of: index.of[i], done: map[*decl.Record]bool{}}
				reach.record(d, reasonOf(r.Uses[0]))
				mark(reach.found)
			}
		}
	}
}

// explain points out where a record crosses, for findings about one of which
// its own file does not say so.
func (f *facts) explain(found *Finding) {
	r := f.records.carriedAt(found.Span.Start)
	if r == nil {
		return
	}
	u := r.Uses[0]
	message := u.Name + " carries " + r.Name
	if !u.Command {
		message = r.Name + " crosses here: " + u.Name
	}
	found.Related = append(found.Related, Related{
		Loc:     cpp.Loc{Path: u.Path, Span: text.Span{Start: u.Start, End: u.End}},
		Message: message,
	})
}

// carriedAt is the outermost carried record around an offset; nil for none.
func (x *recordIndex) carriedAt(offset int) *Record {
	i := sort.Search(len(x.carried), func(i int) bool { return x.carried[i].Span.Start > offset }) - 1
	if i < 0 || x.carried[i].Span.End <= offset {
		return nil
	}
	return x.carried[i]
}

package analysis

import (
	"cmp"
	"context"
	"sort"
	"strings"

	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/ioctl"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Hover is the facts under the cursor. One of Record and Command is set.
type Hover struct {
	Span    text.Span
	Record  *RecordFacts
	Member  string // path of the hovered member in Record; empty for the record itself
	Command *Command
}

// RecordFacts is a record wherever it is defined (a header, too), with a
// layout per target.
type RecordFacts struct {
	Name    string
	Union   bool
	Loc     cpp.Loc
	Stale   bool
	Views   []View
	Payload []*ioctl.Command // the commands of the first target that carry it
}

// Hover says what lies under an offset: a record's tag or typedef, a field, an
// ioctl command; nil for anything else. Facts; render makes text of them.
func (s *Snapshot) Hover(ctx context.Context, offset int) (*Hover, error) {
	lexed, err := s.Lexed(ctx)
	if err != nil {
		return nil, err
	}
	i := identAt(lexed.Tokens, offset)
	if i < 0 {
		return nil, nil
	}
	targets, err := s.Targets(ctx)
	if err != nil {
		return nil, err
	}
	tok := lexed.Tokens[i]
	span := text.Span{Start: int(tok.Start), End: int(tok.End)}
	var before token.Sym
	if i > 0 {
		before = lexed.Tokens[i-1].Sym
	}

	if before == token.SymStruct || before == token.SymUnion {
		f, err := s.taggedNow(ctx, targets, before == token.SymUnion, tok.Sym)
		if f == nil || err != nil {
			return nil, err
		}
		return &Hover{Span: span, Record: f}, s.addCommands(ctx, f)
	}
	index, err := s.recordIndex(ctx)
	if err != nil {
		return nil, err
	}
	if f, path := s.memberAt(index, span); f != nil {
		return &Hover{Span: span, Record: f, Member: path}, s.addCommands(ctx, f)
	}
	if before == token.Dot || before == token.Arrow {
		return nil, nil
	}
	if c, err := s.commandNamed(ctx, targets, tok.Sym); c != nil || err != nil {
		return &Hover{Span: span, Command: c}, err
	}
	if f := s.aliased(targets, tok.Sym); f != nil {
		return &Hover{Span: span, Record: f}, s.addCommands(ctx, f)
	}
	return nil, nil
}

// identAt is the index of the identifier that an offset is in, or directly
// behind, as editors ask for the end of a word; -1 if there is none.
func identAt(tokens []token.Token, offset int) int {
	i := sort.Search(len(tokens), func(i int) bool { return int(tokens[i].End) > offset })
	if i < len(tokens) && int(tokens[i].Start) <= offset && tokens[i].Kind == token.Ident {
		return i
	}
	if i > 0 && int(tokens[i-1].End) == offset && tokens[i-1].Kind == token.Ident {
		return i - 1
	}
	return -1
}

// tagged gives the facts on `struct tag` as every target defines it.
func (s *Snapshot) tagged(targets []*Target, union bool, tag token.Sym) *RecordFacts {
	return gather(targets, keyword(union)+" "+tag.String(), union, func(t *Target) *decl.Record {
		return t.Unit.Record(union, tag)
	})
}

// taggedNow is tagged, or the last good form of a record of this file that is
// being typed.
func (s *Snapshot) taggedNow(ctx context.Context, targets []*Target, union bool, tag token.Sym) (*RecordFacts, error) {
	if f := s.tagged(targets, union, tag); f != nil {
		return f, nil
	}
	index, err := s.recordIndex(ctx)
	if err != nil {
		return nil, err
	}
	name := keyword(union) + " " + tag.String()
	for _, r := range index.list {
		if r.Stale && r.Name == name {
			return s.Facts(r), nil
		}
	}
	return nil, nil
}

// aliased gives the facts on a typedef of a record.
func (s *Snapshot) aliased(targets []*Target, name token.Sym) *RecordFacts {
	return gather(targets, name.String(), false, func(t *Target) *decl.Record {
		if t.Unit.Typedef(name) == nil {
			return nil
		}
		resolved, err := t.Engine.Resolve(&decl.TypedefRef{Name: name})
		if err != nil {
			return nil
		}
		ref, ok := resolved.(*decl.RecordRef)
		if !ok {
			return nil
		}
		return t.recordOf(ref)
	})
}

// gather asks every target for its definition. nil if none has one.
func gather(targets []*Target, name string, union bool, find func(*Target) *decl.Record) *RecordFacts {
	f := &RecordFacts{Name: name, Union: union, Views: make([]View, len(targets))}
	found := false
	for i, t := range targets {
		f.Views[i].Target = t
		d := find(t)
		if d == nil {
			continue
		}
		f.Views[i] = view(t, d)
		if !found {
			found = true
			f.Union = d.Union
			if head := cmp.Or(d.TagTok, d.Open); head != nil {
				f.Loc, _ = t.Result.Place(head)
			}
		}
	}
	if !found {
		return nil
	}
	return f
}

// memberAt finds the member that is declared at a span, and the innermost
// record around it that others can name.
func (s *Snapshot) memberAt(index *recordIndex, span text.Span) (*RecordFacts, string) {
	for _, r := range index.list {
		if span.Start < r.Span.Start || span.Start >= r.Span.End {
			continue
		}
		for i := range r.Views {
			v := &r.Views[i]
			if v.Decl == nil {
				continue
			}
			for _, f := range v.Decl.Fields {
				if f.NameTok != nil && s.spanOf(v.Target, f.NameTok) == span {
					outer, path := outermost(index.of[i], f)
					if outer == nil {
						return nil, ""
					}
					return s.Facts(outer), path
				}
			}
		}
	}
	return nil, ""
}

// outermost climbs from a member of an unnamed record to the record whose
// member it counts as; path is its name there.
func outermost(of map[*decl.Record]*Record, f *decl.Field) (outer *Record, path string) {
	path = f.Name.String()
	d := f.Record
	for range maxNesting {
		if d == nil || !unnamed(d) || d.Parent == nil || d.ParentField == nil || !direct(d) {
			break
		}
		if d.ParentField.Name != 0 {
			path = d.ParentField.Name.String() + "." + path
		}
		d = d.Parent
	}
	return of[d], path
}

// direct tells whether the member that declares d is of type d itself, not a
// pointer to it or an array of it.
func direct(d *decl.Record) bool {
	ref, ok := d.ParentField.Type.(*decl.RecordRef)
	return ok && ref.Def == d
}

// Facts is what hover says of a record, without its commands.
func (s *Snapshot) Facts(r *Record) *RecordFacts {
	return &RecordFacts{
		Name: r.Name, Union: r.Union, Stale: r.Stale, Views: r.Views,
		Loc: cpp.Loc{Path: s.path, Span: r.NameSpan},
	}
}

// Lookup gives the facts on a record by its name, "struct sensor", "sensor" or
// a typedef, wherever it is defined. nil if no target knows it.
func (s *Snapshot) Lookup(ctx context.Context, name string) (*RecordFacts, error) {
	targets, err := s.Targets(ctx)
	if err != nil {
		return nil, err
	}
	f := s.named(targets, name)
	if f == nil {
		return nil, nil
	}
	return f, s.addCommands(ctx, f)
}

func (s *Snapshot) named(targets []*Target, name string) *RecordFacts {
	tag, union := strings.CutPrefix(name, "union ")
	tag, record := strings.CutPrefix(tag, "struct ")
	sym := token.Intern(tag)
	if !union {
		if f := s.tagged(targets, false, sym); f != nil {
			return f
		}
	}
	if !record {
		if f := s.tagged(targets, true, sym); f != nil {
			return f
		}
	}
	if record || union {
		return nil
	}
	return s.aliased(targets, sym)
}

// commandNamed gives the facts on an ioctl command, wherever it is defined.
func (s *Snapshot) commandNamed(ctx context.Context, targets []*Target, name token.Sym) (*Command, error) {
	commands, err := s.Commands(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range commands {
		if c.Name == name.String() {
			return c, nil
		}
	}
	var found *Command
	for i, t := range targets {
		m := t.Result.Macro(name)
		if m == nil {
			continue
		}
		c := s.session.ioctls.Of(m, t.Unit, t.Engine)
		if c == nil {
			continue
		}
		if found == nil {
			found = newCommand(t, c, targets)
		}
		found.set(i, t, c)
	}
	return found, nil
}

// addCommands notes which of the file's commands carry a record.
func (s *Snapshot) addCommands(ctx context.Context, f *RecordFacts) error {
	commands, err := s.Commands(ctx)
	if err != nil {
		return err
	}
	for _, c := range commands {
		for i, v := range c.Values {
			if v != nil && v.Record != nil && v.Record == f.Views[i].Decl {
				f.Payload = append(f.Payload, v)
				break
			}
		}
	}
	return nil
}

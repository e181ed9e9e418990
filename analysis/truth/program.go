package truth

import (
	"fmt"
	"sort"
	"strings"

	"abide/analysis/compdb"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/ioctl"
	"abide/analysis/layout"
	"abide/analysis/sysroot"
	"abide/analysis/text"
	"abide/analysis/token"
)

// Program is a translation unit as abide sees it on one ABI.
type Program struct {
	Result *cpp.Result
	Unit   *decl.Unit
	Engine *layout.Engine
}

// Analyze preprocesses and indexes a text for one ABI.
func Analyze(cache *cpp.Cache, files cpp.FS, cfg *cpp.Config, flags layout.Flags, path, content string) *Program {
	res := cache.Preprocess(files, cfg, cache.File(path, text.New(content), nil), nil, nil)
	unit := decl.NewUnit(res, nil)
	return &Program{res, unit, layout.New(unit, cfg.ABI, flags)}
}

// analyze runs abide over a text that is compiled with the given flags. A text
// that is alone includes nothing.
func (c *Comparison) analyze(path, content string, flags []string, alone bool) *Program {
	cmd := compdb.Parse("/", flags)
	of := layout.Flags{
		ShortEnums: cmd.ShortEnums, LongEnums: cmd.LongEnums, PackStruct: cmd.PackStruct,
		MSBits: cmd.MSBits, MSExtensions: cmd.MSExtensions,
		UnsignedChar: cmd.UnsignedChar, SignedChar: cmd.SignedChar,
	}
	files := cpp.Disk()
	cfg := &cpp.Config{ABI: c.ABI, Defines: cmd.Defines}
	if !alone {
		files = sysroot.Layer(files)
		cfg = sysroot.Config(&cmd, c.ABI, files)
	}
	return Analyze(c.Cache, files, cfg, of, path, content)
}

// Record gives a record by the name that a compiler has for it.
func (p *Program) Record(name string) (*Record, error) {
	def, err := p.definition(name)
	if err != nil {
		return nil, err
	}
	l, err := p.Engine.Record(def)
	if err != nil {
		return nil, err
	}
	rec := convert(l)
	rec.Name = name
	if why := unsound(l); why != "" {
		return nil, fmt.Errorf("holes do not add up: %s", why)
	}
	return rec, nil
}

// definition finds a record by "struct tag", "union tag" or a typedef's name.
func (p *Program) definition(name string) (*decl.Record, error) {
	var t decl.Type
	switch key, tag, _ := strings.Cut(name, " "); key {
	case "struct", "union":
		t = &decl.RecordRef{Union: key == "union", Tag: token.Intern(tag)}
	default:
		t = &decl.TypedefRef{Name: token.Intern(name)}
	}
	r, err := p.Engine.Resolve(t)
	if err != nil {
		return nil, err
	}
	ref, ok := r.(*decl.RecordRef)
	if !ok || ref.Def == nil {
		return nil, fmt.Errorf("no such record")
	}
	return ref.Def, nil
}

// convert puts a layout in the form in which compilers tell it.
func convert(l *layout.Layout) *Record {
	r := &Record{Name: l.Record.CName(), Union: l.Record.Union, Size: l.Size, Align: l.Align}
	for _, f := range l.Fields {
		if f.Decl.Name == 0 && f.Decl.Bits != nil {
			continue
		}
		out := Field{Name: f.Decl.Name.String(), BitOffset: f.BitOffset, BitSize: f.BitSize, Bitfield: f.Bitfield}
		switch {
		case f.Sub != nil:
			out.Record = convert(f.Sub)
		case f.Elem != nil:
			out.Record = convert(f.Elem)
		}
		r.Fields = append(r.Fields, out)
	}
	return r
}

// unsound tells where a struct's fields, holes and tail padding do not cover
// each of its bits exactly once.
func unsound(l *layout.Layout) string {
	if l.Record.Union {
		return ""
	}
	type stretch struct{ from, to int64 }
	var all []stretch
	for _, f := range l.Fields {
		all = append(all, stretch{f.BitOffset, f.BitOffset + f.BitSize})
	}
	for _, h := range l.Holes {
		if h.BitSize <= 0 {
			return fmt.Sprintf("hole of %d bits at %d", h.BitSize, h.BitOffset)
		}
		all = append(all, stretch{h.BitOffset, h.BitOffset + h.BitSize})
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].from < all[j].from })
	end := int64(0)
	for _, s := range all {
		if s.from == s.to {
			continue
		}
		if s.from != end {
			return fmt.Sprintf("bit %d after bit %d", s.from, end)
		}
		end = s.to
	}
	if end+l.TailBits != l.Size*8 {
		return fmt.Sprintf("%d bits and %d of tail padding in %d bytes", end, l.TailBits, l.Size)
	}
	return ""
}

// MainRecords names the file-scope records that the main file defines.
func (p *Program) MainRecords() []string {
	var out []string
	for _, r := range p.Unit.MainRecords() {
		if n := r.CName(); n != "" {
			out = append(out, n)
		}
	}
	return out
}

// Commands gives the ioctl commands of the main file.
func (p *Program) Commands() []*ioctl.Command { return ioctl.Commands(p.Unit, p.Engine) }

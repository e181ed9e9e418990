package baseline

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ParseError is a line that is not what Format writes.
type ParseError struct {
	Line    int // from 1
	Message string
}

func (e *ParseError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

// Is tells whether a text begins as a baseline does.
func Is(text string) bool { return strings.HasPrefix(text, heading+"\n") }

// Parse reads what Format wrote. dir is the absolute directory of the file. The
// error is a *ParseError.
func Parse(text, dir string) (*Baseline, error) {
	p := parser{b: &Baseline{}}
	for line := range strings.Lines(text) {
		p.n++
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimLeft(line, " \t")
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		if message := p.line(trimmed, len(line)-len(trimmed)); message != "" {
			return nil, &ParseError{p.n, message}
		}
	}
	if p.stage < 2 {
		return nil, &ParseError{max(p.n, 1), fmt.Sprintf("not a baseline: it begins with %q and a list of ABIs", heading)}
	}
	for i := range p.b.Files {
		f := &p.b.Files[i]
		slices.SortStableFunc(f.Records, func(a, b Record) int { return cmp.Compare(a.Name, b.Name) })
		slices.SortStableFunc(f.Commands, func(a, b Command) int { return cmp.Compare(a.Name, b.Name) })
		for k := range f.Records {
			f.Records[k].complete(p.b.ABIs)
		}
		for k := range f.Commands {
			f.Commands[k].complete(p.b.ABIs)
		}
	}
	slices.SortStableFunc(p.b.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	p.b.index(dir)
	return p.b, nil
}

// others stands for the ABIs that no other line of a record or command names.
const others = ""

// parser is the state between lines.
type parser struct {
	b     *Baseline
	n     int
	stage int // 0: heading expected, 1: ABIs expected, 2: the rest
	names map[string]bool

	record  *Record
	command *Command
	members bool // the last line was a member: a size begins another layout
}

func (p *parser) line(line string, indent int) string {
	switch {
	case p.stage == 0:
		if line != heading {
			return fmt.Sprintf("it begins with %.40q, and must with %q: another program or version wrote it", line, heading)
		}
		p.stage = 1
		return ""
	case p.stage == 1:
		list, ok := strings.CutPrefix(line, "abis ")
		if !ok {
			return "the list of ABIs is missing: abis x86_64 i386"
		}
		p.b.ABIs = strings.Fields(list)
		p.stage = 2
		return ""
	case strings.HasPrefix(line, "<<<<<<<") || strings.HasPrefix(line, "=======") || strings.HasPrefix(line, ">>>>>>>"):
		return "a conflict of a merge: take both sides, or run 'abide baseline' again"
	case indent == 0:
		return p.begin(line)
	case p.record != nil:
		return p.layout(line)
	case p.command != nil:
		return p.value(line)
	}
	return fmt.Sprintf("%.60q belongs to no record and no command", line)
}

// begin reads a line that is not indented.
func (p *parser) begin(line string) string {
	p.record, p.command, p.members = nil, nil, false
	if path, ok := strings.CutPrefix(line, "file "); ok {
		name, err := strconv.Unquote(`"` + path + `"`)
		if err != nil {
			return fmt.Sprintf("%.60q is no path", path)
		}
		p.b.Files = append(p.b.Files, File{Path: name})
		p.names = map[string]bool{}
		return ""
	}
	if len(p.b.Files) == 0 {
		return fmt.Sprintf("%.60q belongs to no file", line)
	}
	f := &p.b.Files[len(p.b.Files)-1]
	if rest, ok := strings.CutPrefix(line, "accept "); ok {
		rule, count, _ := strings.Cut(rest, " ")
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 {
			return fmt.Sprintf("%.60q: it must be accept RULE COUNT", line)
		}
		f.Accepted = append(f.Accepted, Accepted{rule, n})
		return ""
	}
	if p.names[line] {
		return fmt.Sprintf("%.60q stands twice in %s", line, f.Path)
	}
	p.names[line] = true
	if name, ok := strings.CutPrefix(line, "command "); ok {
		f.Commands = append(f.Commands, Command{Name: name})
		p.command = &f.Commands[len(f.Commands)-1]
		return ""
	}
	f.Records = append(f.Records, Record{Name: line})
	p.record = &f.Records[len(f.Records)-1]
	return ""
}

// on cuts the ABIs off the end of a line.
func on(line string) (rest string, abis []string) {
	i := strings.LastIndex(line, " on ")
	if i < 0 {
		return line, []string{others}
	}
	return line[:i], strings.Fields(line[i:])[1:]
}

func (p *parser) layout(line string) string {
	if rest, ok := strings.CutPrefix(line, "none on "); ok {
		p.record.Layouts = append(p.record.Layouts, Layout{Sizes: []Size{{ABIs: strings.Fields(rest), Size: absent}}})
		return ""
	}
	if !strings.HasPrefix(line, "size ") {
		return p.member(line)
	}
	var s Size
	line, s.ABIs = on(line)
	if n, err := fmt.Sscanf(line, "size %d align %d", &s.Size, &s.Align); n != 2 || err != nil || s.Size < 0 {
		return fmt.Sprintf("%.60q: it must be size BYTES align BYTES", line)
	}
	if p.members || len(p.record.Layouts) == 0 {
		p.record.Layouts = append(p.record.Layouts, Layout{})
		p.members = false
	}
	l := &p.record.Layouts[len(p.record.Layouts)-1]
	l.Sizes = append(l.Sizes, s)
	return ""
}

func (p *parser) member(line string) string {
	fields := strings.SplitN(line, " ", 4)
	if len(fields) < 4 || len(p.record.Layouts) == 0 {
		return fmt.Sprintf("%.60q: a member has OFFSET SIZE NAME TYPE", line)
	}
	m := Member{Name: fields[2], Type: fields[3]}
	place, bit, bits := strings.Cut(fields[0], ":")
	size, isBits := strings.CutSuffix(fields[1], "b")
	offset, err1 := strconv.ParseInt(place, 10, 64)
	length, err2 := strconv.ParseInt(size, 10, 64)
	within := int64(0)
	var err3 error
	if bits {
		within, err3 = strconv.ParseInt(bit, 10, 64)
	}
	if err1 != nil || err2 != nil || err3 != nil || bits != isBits || min(offset, length, within) < 0 || within > 7 {
		return fmt.Sprintf("%.60q: a member has OFFSET SIZE NAME TYPE", line)
	}
	m.Bitfield = bits
	m.Offset, m.Size = offset*8+within, length
	if !bits {
		m.Size *= 8
	}
	l := &p.record.Layouts[len(p.record.Layouts)-1]
	l.Members = append(l.Members, m)
	p.members = true
	return ""
}

func (p *parser) value(line string) string {
	line, abis := on(line)
	if line == "none" {
		p.command.Values = append(p.command.Values, Value{ABIs: abis, Payload: undefined})
		return ""
	}
	number, payload, _ := strings.Cut(line, " ")
	n, err := strconv.ParseUint(number, 0, 32)
	if err != nil {
		return fmt.Sprintf("%.60q: a command has a NUMBER and a type", line)
	}
	p.command.Values = append(p.command.Values, Value{ABIs: abis, Number: uint32(n), Payload: payload})
	return ""
}

// What a record or command has on ABIs that do not define it, while a file is read.
const (
	absent    = -1 // the size
	undefined = "none"
)

// complete names the ABIs that no line named.
func (r *Record) complete(all []string) {
	named := map[string]bool{}
	for _, l := range r.Layouts {
		for _, s := range l.Sizes {
			for _, a := range s.ABIs {
				named[a] = true
			}
		}
	}
	for i := range r.Layouts {
		for k := range r.Layouts[i].Sizes {
			s := &r.Layouts[i].Sizes[k]
			s.ABIs = rest(s.ABIs, all, named)
		}
	}
	r.Layouts = slices.DeleteFunc(r.Layouts, func(l Layout) bool { return l.Sizes[0].Size == absent })
}

func (c *Command) complete(all []string) {
	named := map[string]bool{}
	for _, v := range c.Values {
		for _, a := range v.ABIs {
			named[a] = true
		}
	}
	for i := range c.Values {
		c.Values[i].ABIs = rest(c.Values[i].ABIs, all, named)
	}
	c.Values = slices.DeleteFunc(c.Values, func(v Value) bool { return v.Payload == undefined })
}

// rest puts names in the place of others.
func rest(abis, all []string, named map[string]bool) []string {
	if !slices.Contains(abis, others) {
		return abis
	}
	return slices.DeleteFunc(slices.Clone(all), func(a string) bool { return named[a] })
}

package baseline

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"abide/analysis"
)

// Describe tells what a file defines: those of its records that others can name
// and that want accepts (nil for all), and its commands. path is how the
// baseline names the file. What cannot be laid out is left out.
func Describe(ctx context.Context, s *analysis.Snapshot, path string, want func(*analysis.Record) bool) (File, error) {
	f := File{Path: path}
	records, err := s.Records(ctx)
	if err != nil {
		return f, err
	}
	commands, err := s.Commands(ctx)
	if err != nil {
		return f, err
	}
	seen := map[string]bool{}
	for _, r := range records {
		if !r.Named() || want != nil && !want(r) || seen[r.Name] {
			continue
		}
		seen[r.Name] = true
		if d := describe(records, r.Name); len(d.Layouts) > 0 {
			f.Records = append(f.Records, d)
		}
	}
	slices.SortFunc(f.Records, func(a, b Record) int { return cmp.Compare(a.Name, b.Name) })
	for _, c := range commands {
		if !seen["command "+c.Name] {
			seen["command "+c.Name] = true
			if d := describeCommand(commands, c.Name); len(d.Values) > 0 {
				f.Commands = append(f.Commands, d)
			}
		}
	}
	slices.SortFunc(f.Commands, func(a, b Command) int { return cmp.Compare(a.Name, b.Name) })
	return f, nil
}

// describe brings together the definitions of one name: a file may have several,
// each for some ABIs.
func describe(all []*analysis.Record, name string) Record {
	d := Record{Name: name}
	byMembers := map[string]int{}
	done := map[string]bool{}
	for _, r := range all {
		if r.Name != name || !r.Named() {
			continue
		}
		for i := range r.Views {
			v := &r.Views[i]
			if v.Layout == nil || done[v.Target.ABI.Name] {
				continue
			}
			done[v.Target.ABI.Name] = true
			members := Members(v)
			var key strings.Builder
			for k := range members {
				key.WriteString(members[k].line() + "\n")
			}
			at, known := byMembers[key.String()]
			if !known {
				at = len(d.Layouts)
				byMembers[key.String()] = at
				d.Layouts = append(d.Layouts, Layout{Members: members})
			}
			d.Layouts[at].add(v.Target.ABI.Name, v.Layout.Size, v.Layout.Align)
		}
	}
	return d
}

func (l *Layout) add(abi string, size, align int64) {
	for i := range l.Sizes {
		if s := &l.Sizes[i]; s.Size == size && s.Align == align {
			s.ABIs = append(s.ABIs, abi)
			return
		}
	}
	l.Sizes = append(l.Sizes, Size{[]string{abi}, size, align})
}

// Members is the members of a record on one ABI that has a layout for it.
func Members(v *analysis.View) []Member {
	var list []Member
	for _, m := range analysis.Members(v.Layout) {
		if m.Field.Decl.Name == 0 { // an unnamed bit-field
			continue
		}
		list = append(list, Member{
			Offset: m.BitOffset, Size: m.Field.BitSize, Bitfield: m.Field.Bitfield,
			Name: m.Path, Type: oneLine(v.Target.Spell(m.Field.Decl.Type, "")),
		})
	}
	return list
}

// oneLine keeps a type that is spelled over several lines in one.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return "?"
	}
	return s
}

func describeCommand(all []*analysis.Command, name string) Command {
	d := Command{Name: name}
	done := map[string]bool{}
	for _, c := range all {
		if c.Name != name {
			continue
		}
		for i, v := range c.Values {
			abi := c.Targets[i].ABI.Name
			if v == nil || v.Err != nil || done[abi] {
				continue
			}
			done[abi] = true
			payload := ""
			if v.Payload != nil {
				payload = oneLine(c.Targets[i].Spell(v.Payload, ""))
			}
			d.add(abi, v.Code.Value, payload)
		}
	}
	return d
}

func (c *Command) add(abi string, number uint32, payload string) {
	for i := range c.Values {
		if v := &c.Values[i]; v.Number == number && v.Payload == payload {
			v.ABIs = append(v.ABIs, abi)
			return
		}
	}
	c.Values = append(c.Values, Value{[]string{abi}, number, payload})
}

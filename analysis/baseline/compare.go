package baseline

import (
	"regexp"
	"slices"
)

// Kind says how a record or command differs, by harm.
type Kind uint8

const (
	Same Kind = iota
	// Extended: what was shipped is where it was; bytes that had no meaning,
	// as padding or as a reserved member, have been given one.
	Extended
	Realigned // the same bytes, aligned otherwise: what contains the record may change
	Renamed   // the same bytes under other names
	Broken    // programs that were built see other bytes
	Removed   // nothing of that name is defined any more
	Added
)

// Change is what differs about one record on ABIs where it differs alike.
type Change struct {
	Kind     Kind
	ABIs     []string
	Old, New *Side // nil where it is not defined
	First    *Difference
}

// Side is a record on one side of a comparison.
type Side struct {
	Size
	Members []Member
}

// Difference is the first member that differs; Old or New is nil for one that
// only the other side has.
type Difference struct{ Old, New *Member }

// CompareRecord tells what differs between two descriptions of a record, on
// ABIs that both were made for; either may be nil.
func CompareRecord(old, now *Record, abis []string) []Change {
	var list []Change
	for _, a := range abis {
		o, n := old.side(a), now.side(a)
		if o == nil && n == nil {
			continue
		}
		c := compareSides(o, n)
		if c.Kind == Same {
			continue
		}
		i := slices.IndexFunc(list, func(x Change) bool { return x.alike(&c) })
		if i < 0 {
			list = append(list, c)
			i = len(list) - 1
		}
		list[i].ABIs = append(list[i].ABIs, a)
	}
	return list
}

func (r *Record) side(abi string) *Side {
	if r == nil {
		return nil
	}
	size, members, ok := r.On(abi)
	if !ok {
		return nil
	}
	return &Side{size, members}
}

// alike tells whether two changes are one, on two ABIs. Alignments differ
// between ABIs without telling changes apart, unless they are what changed.
func (c *Change) alike(d *Change) bool {
	return c.Kind == d.Kind && c.Old.equal(d.Old) && c.New.equal(d.New) &&
		(c.Kind != Realigned || c.Old.Align == d.Old.Align && c.New.Align == d.New.Align)
}

func (s *Side) equal(t *Side) bool {
	if s == nil || t == nil {
		return s == t
	}
	return s.Size.Size == t.Size.Size && slices.Equal(s.Members, t.Members)
}

func compareSides(old, now *Side) Change {
	c := Change{Old: old, New: now}
	switch {
	case old == nil:
		c.Kind = Added
		return c
	case now == nil:
		c.Kind = Removed
		return c
	}
	c.First = first(old.Members, now.Members)
	switch {
	case old.Size.Size != now.Size.Size:
		c.Kind = Broken
	case c.First != nil:
		c.Kind = kindOf(old, now)
	}
	if c.Kind == Same && old.Align != now.Align {
		c.Kind = Realigned
	}
	return c
}

// first is the first place, in the order of the members, at which two lists
// have other bytes or other names. What types are called is no difference.
func first(old, now []Member) *Difference {
	for i := range max(len(old), len(now)) {
		switch {
		case i >= len(old):
			return &Difference{nil, &now[i]}
		case i >= len(now):
			return &Difference{&old[i], nil}
		case old[i].same(&now[i]):
			continue
		case old[i].Name == now[i].Name:
			return &Difference{&old[i], &now[i]}
		case old[i].sameBytes(&now[i]) && !named(old, now[i].Name) && !named(now, old[i].Name):
			return &Difference{&old[i], &now[i]} // another name
		case !named(old, now[i].Name):
			return &Difference{nil, &now[i]}
		default:
			return &Difference{&old[i], find(now, old[i].Name)}
		}
	}
	return nil
}

func find(list []Member, name string) *Member {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

func named(list []Member, name string) bool { return find(list, name) != nil }

func (m *Member) same(n *Member) bool { return m.Name == n.Name && m.sameBytes(n) }

func (m *Member) sameBytes(n *Member) bool {
	return m.Offset == n.Offset && m.Size == n.Size && m.Bitfield == n.Bitfield
}

// kindOf judges a record of unchanged size: a member that means something must
// stay where it is. To name bytes as spare, or otherwise spare, changes nothing.
func kindOf(old, now *Side) Kind {
	kind := Same
	for i := range now.Members {
		if n := &now.Members[i]; !named(old.Members, n.Name) && !spare.MatchString(n.Name) {
			kind = Extended
		}
	}
	for i := range old.Members {
		o := &old.Members[i]
		if n := find(now.Members, o.Name); n != nil && o.sameBytes(n) || spare.MatchString(o.Name) {
			continue
		}
		if !slices.ContainsFunc(now.Members, func(n Member) bool { return o.sameBytes(&n) && !named(old.Members, n.Name) }) {
			return Broken
		}
		kind = Renamed
	}
	return kind
}

// spare matches the names that bytes without a meaning have.
var spare = regexp.MustCompile(`(?i)(^|[._])(_*(pad|padding|reserved|rsvd|rsv|resv|unused|filler|spare|mbz|dummy|hole)[a-z]?_*[0-9]*)$`)

// CommandChange is what differs about one command on ABIs where it differs alike.
type CommandChange struct {
	Kind     Kind // Broken, Removed or Added
	ABIs     []string
	Old, New Value
}

// CompareCommand tells what differs between two descriptions of a command, on
// ABIs that both were made for; either may be nil.
func CompareCommand(old, now *Command, abis []string) []CommandChange {
	var list []CommandChange
	for _, a := range abis {
		o, hadOld := old.on(a)
		n, hasNew := now.on(a)
		c := CommandChange{Kind: Broken, Old: o, New: n}
		switch {
		case !hadOld && !hasNew, hadOld && hasNew && o.Number == n.Number:
			continue
		case !hadOld:
			c.Kind = Added
		case !hasNew:
			c.Kind = Removed
		}
		i := slices.IndexFunc(list, func(x CommandChange) bool {
			return x.Kind == c.Kind && x.Old.Number == c.Old.Number && x.New.Number == c.New.Number
		})
		if i < 0 {
			list = append(list, c)
			i = len(list) - 1
		}
		list[i].ABIs = append(list[i].ABIs, a)
	}
	return list
}

func (c *Command) on(abi string) (Value, bool) {
	if c == nil {
		return Value{}, false
	}
	return c.On(abi)
}

// Shared is the ABIs that two lists have in common, in the order of the second.
func Shared(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(b), func(name string) bool { return !slices.Contains(a, name) })
}

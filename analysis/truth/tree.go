package truth

import "strings"

// node is a piece of C text that a shrinker can take apart: a leaf with text,
// or a run of pieces. An optional node may be left out; Simpler texts may
// stand in its place.
type node struct {
	text     string
	kids     []*node
	optional bool
	simpler  []string
	// defines lists the record types ("struct t3", "t3_x") whose definition is
	// in this node.
	defines []string
}

func leaf(text string) *node { return &node{text: text} }

func run(kids ...*node) *node { return &node{kids: kids} }

// opt is a piece that can be left out.
func opt(text string) *node { return &node{text: text, optional: true} }

// alt is a piece that simpler ones can replace.
func alt(n *node, simpler ...string) *node {
	n.simpler = append(n.simpler, simpler...)
	return n
}

// drop makes a node optional.
func drop(n *node) *node {
	n.optional = true
	return n
}

func (n *node) add(kids ...*node) *node {
	n.kids = append(n.kids, kids...)
	return n
}

// edits are a shrinker's changes: a node's text in place of its own.
type edits map[*node]string

func (n *node) render(b *strings.Builder, e edits) {
	if s, ok := e[n]; ok {
		b.WriteString(s)
		return
	}
	b.WriteString(n.text)
	for _, k := range n.kids {
		k.render(b, e)
	}
}

// types lists the record types that the text under n defines.
func (n *node) types(e edits) []string {
	if _, gone := e[n]; gone {
		return nil
	}
	out := n.defines
	for _, k := range n.kids {
		out = append(out, k.types(e)...)
	}
	return out
}

// Case is one random group of declarations.
type Case struct {
	Name string
	root *node
	edit edits
}

// Text is the case in C.
func (c *Case) Text() string {
	var b strings.Builder
	c.root.render(&b, c.edit)
	return b.String()
}

// Types lists the record types that the case defines, as they are written.
func (c *Case) Types() []string { return c.root.types(c.edit) }

// shrinkBudget bounds the attempts of one Shrink.
const shrinkBudget = 600

// Shrink leaves out and simplifies pieces of a case as long as fails holds, and
// gives the smallest it found.
func Shrink(c *Case, fails func(*Case) bool) *Case {
	budget := shrinkBudget
	edit := edits{}
	for n, s := range c.edit {
		edit[n] = s
	}
	try := func(n *node, s string) bool {
		if budget == 0 {
			return false
		}
		budget--
		old, had := edit[n]
		edit[n] = s
		if fails(&Case{c.Name, c.root, edit}) {
			return true
		}
		delete(edit, n)
		if had {
			edit[n] = old
		}
		return false
	}
	var pass func(n *node) bool
	pass = func(n *node) (changed bool) {
		if _, done := edit[n]; done {
			return false
		}
		if n.optional && try(n, "") {
			return true
		}
		for _, s := range n.simpler {
			if try(n, s) {
				return true
			}
		}
		// Backwards: later pieces use earlier ones.
		for i := len(n.kids) - 1; i >= 0; i-- {
			if pass(n.kids[i]) {
				changed = true
			}
		}
		return changed
	}
	for pass(c.root) && budget > 0 {
	}
	return &Case{c.Name, c.root, edit}
}

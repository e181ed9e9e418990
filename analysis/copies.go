package analysis

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"abide/analysis/decl"
	"abide/analysis/token"
)

// copier is a function that moves bytes across the kernel boundary: which
// arguments are the user's pointer, the kernel's object and the size; none
// where it has none.
type copier struct{ user, data, size int }

const none = -1

// copiers are the kernel's, from include/linux/uaccess.h, string.h, sockptr.h,
// uio.h, net/netlink.h and linux/netlink.h.
var copiers = map[string]copier{
	"copy_from_user":            {1, 0, 2},
	"copy_to_user":              {0, 1, 2},
	"__copy_from_user":          {1, 0, 2},
	"__copy_to_user":            {0, 1, 2},
	"_copy_from_user":           {1, 0, 2},
	"_copy_to_user":             {0, 1, 2},
	"__copy_from_user_inatomic": {1, 0, 2},
	"__copy_to_user_inatomic":   {0, 1, 2},
	"copy_from_user_nofault":    {1, 0, 2},
	"copy_to_user_nofault":      {0, 1, 2},
	"unsafe_copy_to_user":       {0, 1, 2},
	"unsafe_copy_from_user":     {1, 0, 2},
	"copy_in_user":              {0, none, 2},
	"copy_struct_from_user":     {2, 0, 1},
	"copy_struct_to_user":       {0, 2, 3},
	"memdup_user":               {0, none, 1},
	"vmemdup_user":              {0, none, 1},
	"memdup_array_user":         {0, none, 2},
	"vmemdup_array_user":        {0, none, 2},
	"clear_user":                {0, none, 1},
	"get_user":                  {1, none, none},
	"__get_user":                {1, none, none},
	"unsafe_get_user":           {1, none, none},
	"put_user":                  {1, none, none},
	"__put_user":                {1, none, none},
	"unsafe_put_user":           {1, none, none},
	"copy_from_sockptr":         {1, 0, 2},
	"copy_to_sockptr":           {0, 1, 2},
	"copy_struct_from_sockptr":  {2, 0, 1},
	"copy_to_iter":              {none, 0, 1},
	"copy_from_iter":            {none, 0, 1},
	"copy_to_iter_full":         {none, 0, 1},
	"copy_from_iter_full":       {none, 0, 1},
	"copy_safe_from_sockptr":    {2, 0, 1},
	"memdup_sockptr":            {0, none, 1},
	"memcpy_from_msg":           {none, 0, 2},
	"memcpy_to_msg":             {none, 1, 2},
	"simple_read_from_buffer":   {0, 3, 4},
	"simple_write_to_buffer":    {3, 0, 1},
	"put_cmsg":                  {none, 4, 3},
	"nla_put":                   {none, 3, 2},
	"nla_put_64bit":             {none, 3, 2},
	"nla_put_nohdr":             {none, 2, 1},
	"nla_append":                {none, 2, 1},
	"nla_reserve":               {none, none, 2},
	"nla_reserve_64bit":         {none, none, 2},
	"nla_memcpy":                {none, 0, 2},
	"nlmsg_put":                 {none, none, 4},
	"ioctl":                     {none, 2, none}, // user space's side
}

// givers are the functions whose result points to what came from user space:
// of the variable that takes it, what it points to is a payload.
var givers = internAll("memdup_user", "vmemdup_user", "memdup_sockptr", "nlmsg_data", "NLMSG_DATA", "genlmsg_data",
	"genl_info_userhdr", "nla_data", "nla_memdup", "nla_reserve")

// makers are the macros that make a command, by the argument that is its
// payload's type; in code (an enumerator, a case label), where no macro has the
// command's name.
var makers = map[token.Sym]int{
	token.Intern("_IOR"): 2, token.Intern("_IOW"): 2, token.Intern("_IOWR"): 2,
	token.Intern("DRM_IOR"): 1, token.Intern("DRM_IOW"): 1, token.Intern("DRM_IOWR"): 1,
}

// role says what an expression must be to name a payload.
type role uint8

const (
	sized   role = iota // the operand of a sizeof: a record, or an array of them
	pointed             // a pointer to a record, or an array of them
	rooted              // a __user pointer, or a path that starts at one: what that points to
)

// copied is one expression of a copier's arguments that may name a payload.
type copied struct {
	function string
	role     role
	expr     expr
}

// userPointer is the function of what is declared as a __user pointer.
const userPointer = "__user pointer"

func (c *copied) rank() int {
	if c.function == userPointer {
		return 1
	}
	return 0
}

// expr is an expression of the shape that arguments of copiers have: a
// variable or type, members and elements of it, a pointer to it or what it
// points to.
type expr struct {
	root  *variable
	steps []step // applied in order
}

// step is one operator of an expr.
type step struct {
	op   stepOp
	name token.Sym
}

type stepOp uint8

const (
	deref  stepOp = iota // *x, x[i]
	addr                 // &x
	member               // x.name
	arrow                // x->name
)

// variable is what a declaration says about a name, as far as it matters here.
type variable struct {
	typ  decl.Type // *decl.RecordRef or *decl.TypedefRef, under pointers and arrays
	user bool      // the pointer carries __user
}

// copierParts is what the name of every copier and giver contains one of.
var copierParts = []string{"_user", "_sockptr", "_iter", "_msg", "nla_", "nlmsg_", "NLMSG_", "put_cmsg", "_buffer", "ioctl"}

// copies finds the arguments of copiers in the file's function bodies.
func (s *Snapshot) copies(ctx context.Context, targets []*Target) ([]copied, error) {
	if !s.mentions(copierParts...) && !makesInCode(s.text.Content()) {
		return nil, nil
	}
	lexed, err := s.Lexed(ctx)
	if err != nil {
		return nil, err
	}
	scan := copyScan{tokens: lexed.Tokens, isType: typeNames(targets)}
	scan.run()
	// What is done with a record says more than that user space has it.
	slices.SortStableFunc(scan.found, func(a, b copied) int { return cmp.Compare(a.rank(), b.rank()) })
	return scan.found, nil
}

// makesInCode tells whether a maker may stand elsewhere than on the line of a
// directive.
func makesInCode(content string) bool {
	const part = "_IO"
	for at := 0; ; {
		i := strings.Index(content[at:], part)
		if i < 0 {
			return false
		}
		at += i
		line := content[strings.LastIndexByte(content[:at], '\n')+1 : at]
		if !strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") {
			return true
		}
		end := strings.IndexByte(content[at:], '\n')
		if end < 0 {
			return false
		}
		at += end
	}
}

// typeNames tells which identifiers are typedefs, on whatever target.
func typeNames(targets []*Target) func(token.Sym) bool {
	known := map[token.Sym]bool{}
	return func(name token.Sym) bool {
		is, ok := known[name]
		if !ok {
			for _, t := range targets {
				if t.Unit.Typedef(name) != nil {
					is = true
					break
				}
			}
			known[name] = is
		}
		return is
	}
}

// record is the payload that an argument names on one target; nil if it names
// none.
func (c *copied) record(t *Target) *decl.Record {
	if c.role == rooted {
		return t.pointee(c.expr.root.typ)
	}
	typ := c.expr.root.typ
	for _, st := range c.expr.steps {
		if typ = t.apply(typ, st); typ == nil {
			return nil
		}
	}
	if c.role == pointed {
		return t.pointee(typ)
	}
	return t.recordOf(typ)
}

// pointee is the record that a type points to or is an array of.
func (t *Target) pointee(typ decl.Type) *decl.Record {
	elem := t.apply(typ, step{op: deref})
	if elem == nil {
		return nil
	}
	return t.recordOf(elem)
}

func (t *Target) apply(typ decl.Type, st step) decl.Type {
	switch st.op {
	case addr:
		return &decl.Pointer{Elem: typ}
	case arrow:
		if typ = t.apply(typ, step{op: deref}); typ == nil {
			return nil
		}
	}
	resolved, err := t.Engine.Resolve(typ)
	if err != nil {
		return nil
	}
	switch r := resolved.(type) {
	case *decl.Pointer:
		if st.op == deref {
			return r.Elem
		}
	case *decl.Array:
		if st.op == deref {
			return r.Elem
		}
	case *decl.RecordRef:
		if st.op == member || st.op == arrow {
			if f := t.fieldNamed(t.recordOf(r), st.name, 0); f != nil {
				return f.Type
			}
		}
	}
	return nil
}

// fieldNamed finds a member, in anonymous ones too.
func (t *Target) fieldNamed(d *decl.Record, name token.Sym, depth int) *decl.Field {
	if d == nil || depth > maxNesting {
		return nil
	}
	for _, f := range d.Fields {
		if f.Name == name {
			return f
		}
		if f.Anonymous() {
			if inner := t.fieldNamed(t.recordOf(f.Type), name, depth+1); inner != nil {
				return inner
			}
		}
	}
	return nil
}

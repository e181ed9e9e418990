package usercopy

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/text"
	"abide/analysis/token"
)

func TestFind(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"sizeof a type", `int f(void __user *u) { struct foo x; return copy_to_user(u, &x, sizeof(struct foo)); }`, "copy_to_user:pointed &(foo) copy_to_user:sized foo"},
		{"sizeof a pointer's target", `int f(void *u) { struct foo *p = memdup_user(u, sizeof(*p)); }`, "memdup_user:sized *(*foo) memdup_user:pointed *foo"},
		{"parameter", `long f(struct foo __user *u, int v) { return put_user(v, &u->size); }`, "put_user:rooted *foo __user pointer:rooted *foo"},
		{"file scope", `static struct foo table[4]; int f(void *u) { return copy_to_user(u, table, sizeof(table)); }`, "copy_to_user:pointed []foo copy_to_user:sized []foo"},
		{"typedef", `int f(void *u) { foo_t x, *p; copy_from_user(p, u, sizeof *p); }`, "copy_from_user:pointed *foo_t copy_from_user:sized *(*foo_t)"},
		{"second declarator", `int f(void *u) { struct foo a, *b; copy_from_user(b, u, n); }`, "copy_from_user:pointed *foo"},
		{"member", `int f(struct dev *d, void *u) { copy_to_user(u, &d->cfg, sizeof(d->cfg)); }`, "copy_to_user:pointed &(->cfg(*dev)) copy_to_user:sized ->cfg(*dev)"},
		{"buffer of a kernel object", `int f(struct dev *d, char __user *u) { copy_to_user(u, d->buf, len); }`, "copy_to_user:pointed ->buf(*dev)"},
		{"cast of the user's pointer", `int f(long a) { copy_from_user(buf, (struct foo __user *)a, n); }`, "copy_from_user:rooted *foo"},
		{"struct_size", `int f(void *u) { struct foo *p; copy_to_user(u, p, struct_size(p, items, n)); }`, "copy_to_user:pointed *foo copy_to_user:sized *(*foo)"},
		{"netlink", `int f(struct sk_buff *skb) { struct foo x; return nla_put(skb, 1, sizeof(x), &x); }`, "nla_put:pointed &(foo) nla_put:sized foo"},
		{"a result", `int f(struct nlmsghdr *n) { struct foo *p = nlmsg_data(n); return p->x; }`, "nlmsg_data:pointed *foo"},
		{"an assigned result", `int f(void *u) { struct foo *p; p = memdup_user(u, len); d.p = nla_data(a); }`, "memdup_user:pointed *foo"},
		{"a cast result", `int f(void *u) { int n = ((struct foo *)nla_data(a))->x; g((foo_t *)NLMSG_DATA(n)); }`, "nla_data:pointed *foo NLMSG_DATA:pointed *foo_t"},
		{"user space's side", `int f(int fd) { struct foo x; return ioctl(fd, GET, &x) + d->ioctl(d, GET, &y); }`, "ioctl:pointed &(foo)"},
		{"a pointer to user space", `int f(struct dev *d, unsigned long a) { struct foo __user *p = (void __user *)a; }`, "__user pointer:rooted *foo"},
		{"a prototype with a user's pointer", `int f(struct dev *d, const struct foo __user *p);`, "__user pointer:rooted *foo"},
		{"a command in code", `enum { GET = _IOR('M', 1, struct foo) }; int f(int c) { switch (c) { case DRM_IOW(2, foo_t): return 1; } }`, "_IOR:sized foo DRM_IOW:sized foo_t"},
		{"a command in a directive", "#define GET _IOR('M', 1, struct foo)\n#define SET \\\n\t_IOW('M', 1, struct foo)\nint x = _IO;\n", ""},
		{"inner scope hides", `int f(void *u) { struct foo x; { struct bar x; copy_to_user(u, &x, 1); } }`, "copy_to_user:pointed &(bar)"},
		{"scope ends", `int f(void *u) { { struct foo x; } copy_to_user(u, &x, 1); }`, ""},
		{"prototype", `int copy_to_user(void *u, struct foo *p, int n);`, ""},
		{"directive", "#define COPY(x) copy_to_user(u, &x, sizeof(struct foo))\nint f(void) {}", ""},
		{"arithmetic", `int f(void *u) { struct foo *p; copy_to_user(u, p + off * 2, 4); }`, ""},
		{"unbalanced", `int f(void *u) { struct foo x; copy_to_user(u, &x, sizeof(`, ""},
	}
	types := map[token.Sym]bool{token.Intern("foo_t"): true}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range Find(code(tt.source), func(name token.Sym) bool { return types[name] }) {
				got = append(got, fmt.Sprintf("%s:%s %s", c.Function, roleNames[c.Role], exprString(c.Expr)))
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// TestName looks at what is left of what names one record in several ways.
func TestName(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"both arguments", `struct foo x; return copy_to_user(u, &x, sizeof(struct foo));`, "copy_to_user foo"},
		{"pointers and arrays", `struct foo *p, a[4]; f(memdup_user(u, sizeof(*p))); copy_to_user(u, a, sizeof(a)); copy_to_user(u, p, n);`, "memdup_user foo"},
		{"a member", `copy_to_user(u, &d->cfg, sizeof(d->cfg));`, "copy_to_user ->cfg(*dev)"},
		{"behind typedefs", `foo_t x, *p; copy_from_user(p, u, sizeof *p); copy_from_user(d->p, u, n);`, "copy_from_user foo_t copy_from_user *(->p(*dev))"},
		{"a pointer to a pointer", `struct foo **p; copy_to_user(u, p, sizeof(p)); copy_to_user(u, *p, sizeof(**p));`, "copy_to_user *foo copy_to_user **foo copy_to_user foo"},
		{"a union of the same tag", `struct foo x; union foo y; copy_to_user(u, &x, 1); copy_to_user(u, &y, 1);`, "copy_to_user foo copy_to_user foo"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			source := "int f(struct dev *d, void *u) { " + tt.source + " }"
			for _, n := range Name(Find(code(source), func(name token.Sym) bool { return name == token.Intern("foo_t") })) {
				got = append(got, n.Function+" "+exprString(n.Expr))
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

var roleNames = [...]string{Sized: "sized", Pointed: "pointed", Rooted: "rooted"}

func exprString(e Expr) string {
	s := typeString(e.Root)
	for _, st := range e.Steps {
		s = [...]string{Deref: "*", Addr: "&", Member: ".", Arrow: "->"}[st.Op] + st.Name.String() + "(" + s + ")"
	}
	return s
}

func typeString(t decl.Type) string {
	switch t := t.(type) {
	case *decl.Pointer:
		return "*" + typeString(t.Elem)
	case *decl.Array:
		return "[]" + typeString(t.Elem)
	case *decl.RecordRef:
		return t.Tag.String()
	case *decl.TypedefRef:
		return t.Name.String()
	}
	return "?"
}

// What each name of the tables does is found, whatever stands where.
func TestTables(t *testing.T) {
	five := func(arg string) string { return "%[1]s(" + strings.Repeat(arg+", ", 4) + arg + "); " }
	for template, names := range map[string]iter.Seq[token.Sym]{
		"int f(struct foo x) { " + five("&x") + five("sizeof(x)") + five("(struct foo __user *)x") + "}": maps.Keys(copiers),
		"int f(void) { struct foo *p = %s(x); }":                                                         maps.Keys(givers),
		"enum { GET = %s(1, struct foo, struct foo) };":                                                  maps.Keys(makers),
	} {
		for name := range names {
			source := fmt.Sprintf(template, name)
			if !slices.ContainsFunc(Find(code(source), func(token.Sym) bool { return false }), func(c Copy) bool { return c.Function == name.String() }) {
				t.Errorf("nothing is found in %s", source)
			}
		}
	}
}

func code(source string) iter.Seq[[]token.Token] {
	return new(cpp.Cache).File("x.c", text.New(source), nil).Code()
}

package usercopy

import (
	"iter"
	"maps"

	"abide/analysis/token"
)

// copier is a function that moves bytes across the kernel boundary: which
// arguments are the user's pointer, the kernel's object and the size; none
// where it has none.
type copier struct{ user, data, size int }

const none = -1

// copiers are the kernel's, from include/linux/uaccess.h, string.h, sockptr.h,
// uio.h, net/netlink.h and linux/netlink.h.
var copiers = interned(map[string]copier{
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
})

// givers are the functions whose result points to what came from user space:
// of the variable that takes it, what it points to is a payload.
var givers = set("memdup_user", "vmemdup_user", "memdup_sockptr", "nlmsg_data", "NLMSG_DATA", "genlmsg_data",
	"genl_info_userhdr", "nla_data", "nla_memdup", "nla_reserve")

// makers are the macros that make a command, by the argument that is its
// payload's type; in code (an enumerator, a case label), where no macro has the
// command's name.
var makers = interned(map[string]int{
	"_IOR": 2, "_IOW": 2, "_IOWR": 2,
	"DRM_IOR": 1, "DRM_IOW": 1, "DRM_IOWR": 1,
})

// telling is the copiers, givers and makers, and __user.
var telling = func() token.Set {
	names := []string{"__user"}
	for _, table := range []iter.Seq[token.Sym]{maps.Keys(copiers), maps.Keys(givers), maps.Keys(makers)} {
		for name := range table {
			names = append(names, name.String())
		}
	}
	return token.NewSet(names...)
}()

// qualifiers are words that a declaration may have beside its type.
var qualifiers = set("const", "volatile", "static", "extern", "register", "restrict",
	"__restrict", "__maybe_unused", "__aligned_u64", "__packed", "__iomem", "__user", "__kernel",
	"__force", "__rcu", "__percpu", "__ro_after_init", "__read_mostly", "__initdata")

var (
	symStructSize = token.Intern("struct_size")
	symUser       = token.Intern("__user")
)

func set(names ...string) map[token.Sym]bool {
	m := make(map[token.Sym]bool, len(names))
	for _, name := range names {
		m[token.Intern(name)] = true
	}
	return m
}

func interned[V any](table map[string]V) map[token.Sym]V {
	m := make(map[token.Sym]V, len(table))
	for name, v := range table {
		m[token.Intern(name)] = v
	}
	return m
}

package payload

import (
	"maps"
	"slices"
	"strings"

	"abide/analysis"
	"abide/analysis/decl"
	"abide/analysis/token"
)

// nameTable is names of types that a rule knows.
type nameTable struct{ typedefs, structs map[token.Sym]bool }

// table reads one, "struct: " in front of a line of tags.
func table(s string) nameTable {
	t := nameTable{map[token.Sym]bool{}, map[token.Sym]bool{}}
	for line := range strings.Lines(strings.TrimSpace(s)) {
		tags, isTags := strings.CutPrefix(strings.TrimSpace(line), "struct: ")
		for _, word := range strings.Fields(tags) {
			if isTags {
				t.structs[token.Intern(word)] = true
			} else {
				t.typedefs[token.Intern(word)] = true
			}
		}
	}
	return t
}

// kernelTypes mean something in the kernel only: their size depends on its
// configuration, or they hold its pointers (include/linux/types.h and the
// headers of each).
var kernelTypes = table(`
	atomic_t atomic64_t atomic_long_t refcount_t local_t local64_t
	spinlock_t raw_spinlock_t arch_spinlock_t rwlock_t seqlock_t seqcount_t seqcount_spinlock_t
	dma_addr_t phys_addr_t resource_size_t dma_cookie_t
	wait_queue_head_t wait_queue_entry_t
	cpumask_t cpumask_var_t nodemask_t
	pgd_t p4d_t pud_t pmd_t pte_t pgprot_t pgoff_t
	kuid_t kgid_t gfp_t fmode_t irqreturn_t
	struct: list_head hlist_head hlist_node hlist_bl_head hlist_nulls_node llist_head llist_node rcu_head callback_head
	struct: rb_node rb_root rb_root_cached xarray idr ida radix_tree_root maple_tree
	struct: mutex semaphore rw_semaphore spinlock raw_spinlock completion swait_queue_head wait_queue_head wait_queue_entry
	struct: kref kobject kset klist klist_node work_struct delayed_work timer_list hrtimer tasklet_struct
	struct: device_driver cdev task_struct mm_struct vm_area_struct scatterlist sg_table sk_buff sk_buff_head net_device napi_struct
	struct: lockdep_map percpu_counter percpu_ref static_key notifier_block kfifo mempool_s
`)

// timeTypes count seconds in as many bits as a program's long has, on the
// 32-bit ABIs until 2038 (Documentation/core-api/timekeeping.rst).
var timeTypes = table(`
	time_t __time_t __kernel_time_t __kernel_old_time_t
	struct: timeval timespec itimerval itimerspec timespec64 itimerspec64
	struct: __kernel_old_timeval __kernel_old_timespec __kernel_old_itimerval
`)

// longTypes are typedefs as wide as long, or as a pointer.
var longTypes = table(`
	size_t ssize_t __kernel_size_t __kernel_ssize_t __size_t __ssize_t
	ptrdiff_t __kernel_ptrdiff_t uintptr_t intptr_t __uintptr_t __intptr_t
	__kernel_long_t __kernel_ulong_t ulong u_long
	off_t __off_t __kernel_off_t clock_t __clock_t __kernel_clock_t
	suseconds_t __suseconds_t __kernel_suseconds_t __kernel_old_dev_t
`)

// visitNames calls f with what a type is called, from its own name to that of
// what it stands for, arrays and qualifiers stripped, until f says to stop. d
// is nil for a tag, and for a typedef that nobody defines.
func visitNames(t *analysis.Target, typ decl.Type, f func(name token.Sym, d *decl.Typedef) bool) (tag token.Sym) {
	for range maxDimensions {
		switch x := typ.(type) {
		case *decl.Array:
			typ = x.Elem
		case *decl.Attributed:
			typ = x.Type
		case *decl.TypedefRef:
			d := t.Unit.Typedef(x.Name)
			if !f(x.Name, d) || d == nil {
				return 0
			}
			typ = d.Type
		case *decl.RecordRef:
			if x.Def != nil || x.Union {
				return 0
			}
			return x.Tag
		default:
			return 0
		}
	}
	return 0
}

// find gives the name by which the table knows a type, in its spelling in C;
// empty if it does not. Types that the file at path defines are its own.
func (table nameTable) find(t *analysis.Target, typ decl.Type, path string) string {
	found := ""
	tag := visitNames(t, typ, func(name token.Sym, d *decl.Typedef) bool {
		if table.typedefs[name] && !spelledIn(t, d, path) {
			found = name.String()
		}
		return found == ""
	})
	if table.structs[tag] && found == "" && !definedIn(t, tag, path) {
		return "struct " + tag.String()
	}
	return found
}

func spelledIn(t *analysis.Target, d *decl.Typedef, path string) bool {
	if d == nil || d.NameTok == nil {
		return false
	}
	loc, _ := t.Result.Place(d.NameTok)
	return loc.Path == path
}

func definedIn(t *analysis.Target, tag token.Sym, path string) bool {
	d := t.Unit.Record(false, tag)
	if d == nil || d.Open == nil {
		return false
	}
	loc, _ := t.Result.Place(d.Open)
	return loc.Path == path
}

// KernelType is the name by which a type is one that only the kernel has;
// empty if it is none.
func KernelType(p *analysis.Pass, t *analysis.Target, typ decl.Type) string {
	return kernelTypes.find(t, typ, p.Path())
}

// KernelInteger is the interface's name for one that only the kernel has:
// "__u32" for "u32"; empty for other names.
func KernelInteger(name string) string { return kernelIntegers[name] }

// StandardInteger is the interface's name for one of <stdint.h>, or of BSD:
// "__u32" for "uint32_t"; empty for other names.
func StandardInteger(name string) string { return standardIntegers[name] }

var kernelIntegers, standardIntegers = map[string]string{}, map[string]string{}

// IsInteger tells whether a token is a name that one of KernelInteger and
// StandardInteger knows.
func IsInteger(t token.Token) bool { return integerNames.Has(t.Sym) }

var integerNames token.Set

func init() {
	for _, bits := range []string{"8", "16", "32", "64"} {
		kernelIntegers["u"+bits] = "__u" + bits
		kernelIntegers["s"+bits] = "__s" + bits
		standardIntegers["uint"+bits+"_t"] = "__u" + bits
		standardIntegers["int"+bits+"_t"] = "__s" + bits
		standardIntegers["u_int"+bits+"_t"] = "__u" + bits
	}
	integerNames = token.NewSet(slices.Concat(slices.Collect(maps.Keys(kernelIntegers)), slices.Collect(maps.Keys(standardIntegers)))...)
}

// Provided tells whether programs have a name: the file itself defines it, or,
// where the file is not seen as the kernel sees it, a header that it includes.
func Provided(p *analysis.Pass, t *analysis.Target, name token.Sym) bool {
	d := t.Unit.Typedef(name)
	return d != nil && (t.Result.Macro(insideKernel) == nil || spelledIn(t, d, p.Path()))
}

var insideKernel = token.Intern("__KERNEL__")

// Package sysroot finds the header directories of an ABI, and brings headers
// of its own, embedded, for what a machine lacks: enough of linux/types.h,
// linux/ioctl.h, asm/*, stdint.h, … that a lone file is understood for every
// ABI with no header installed at all. Its headers never stand in front of a
// real header that is found for the ABI. It knows directories and file names,
// but reads no C.
package sysroot

// Prefix starts the path of every embedded header.
const Prefix = "abide-sysroot:"

// The directories of embedded headers.
const (
	compilerDir = Prefix + "/compiler" // what a compiler brings: stddef.h, stdarg.h, limits.h, …
	libcDir     = Prefix + "/libc"     // a C library: stdint.h, stdio.h, sys/types.h, …
	archDir     = Prefix + "/arch"     // asm/*: what depends on the architecture
	uapiDir     = Prefix + "/uapi"     // linux/*, asm-generic/*: what the kernel exports
	kernelDir   = Prefix + "/kernel"   // the kernel's internal linux/*, in small forms
)

// Prelude defines __user, __packed, __aligned(n) and their kin for headers
// that use them without any include, each only if it is not a macro yet.
// Config puts it last among the forced includes, but not for a program that is
// compiled by a command of its own.
const Prelude = Prefix + "/prelude.h"

// Fallback is a header that declares the common types of kernel and user space
// (u32, __u32, uint32_t, size_t, compat_uptr_t, …). Preprocessed on its own
// with FallbackConfig, its declarations serve for names that a file uses and
// does not declare.
const Fallback = Prefix + "/fallback.h"

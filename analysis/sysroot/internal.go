package sysroot

import "strings"

// internalHeaders are the kernel's own headers that drivers include. Each is
// the exported header of the same name, if there is one, and all of
// abide/kernel.h: a lone driver needs its names, whichever header has them.
var internalHeaders = wordSet(`
linux/acpi linux/anon_inodes linux/atomic linux/bitfield linux/bitmap linux/bitops linux/bits linux/bug linux/build_bug
linux/byteorder/generic linux/cache linux/capability linux/cdev linux/clk linux/cleanup linux/compat
linux/completion linux/container_of linux/cpu linux/cred linux/ctype linux/debugfs linux/delay linux/device
linux/device/class linux/dma-mapping linux/dmaengine linux/dma-buf linux/err linux/errno linux/eventfd linux/export linux/fcntl
linux/file linux/firmware linux/fs linux/gfp linux/gpio linux/gpio/consumer linux/hash linux/highmem linux/hrtimer linux/hwmon
linux/i2c linux/idr linux/if linux/if_ether linux/iio/iio linux/in linux/init linux/interrupt linux/io linux/iopoll linux/ioport
linux/irq linux/irqreturn linux/jiffies linux/kconfig linux/kdev_t linux/kernel linux/kobject linux/kref linux/kthread
linux/ktime linux/kstrtox linux/limits linux/list linux/llist linux/log2 linux/major linux/math linux/math64 linux/mfd/syscon
linux/minmax linux/miscdevice linux/mm linux/mm_types linux/mod_devicetable linux/module linux/moduleparam linux/mutex
linux/namei linux/net linux/netdevice linux/netlink linux/nospec linux/notifier linux/of linux/of_address linux/of_device
linux/of_irq linux/of_platform linux/overflow linux/pagemap linux/pci linux/percpu linux/phy/phy linux/platform_device
linux/pm linux/pm_runtime linux/poll linux/preempt linux/printk linux/proc_fs linux/property linux/random linux/ratelimit
linux/rbtree linux/rcupdate linux/refcount linux/regmap linux/regulator/consumer linux/reset linux/rwsem linux/scatterlist
linux/sched linux/sched/signal linux/sched/task linux/semaphore linux/seq_file linux/signal linux/sizes linux/skbuff linux/slab
linux/smp linux/socket linux/sort linux/spi/spi linux/spinlock linux/stat linux/string linux/string_helpers
linux/sysfs linux/syscalls linux/thread_info linux/time linux/time64 linux/timekeeping linux/timer linux/tty linux/types
linux/uaccess linux/uio linux/unaligned linux/usb linux/uuid linux/vmalloc linux/wait linux/workqueue linux/xarray
asm/atomic asm/barrier asm/cacheflush asm/compat asm/current asm/io asm/page asm/uaccess asm/unaligned
`)

// plainHeaders are those that abide/kernel.h itself is built on: they give the
// annotations and no more.
var plainHeaders = wordSet(`linux/compiler linux/compiler_types linux/stddef`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// internalHeader gives the text of kernelDir's header of a name.
func internalHeader(inner string) (string, bool) {
	name, ok := strings.CutPrefix(inner, "/kernel/")
	if !ok {
		return "", false
	}
	base, ok := strings.CutSuffix(name, ".h")
	if !ok || !internalHeaders[base] && !plainHeaders[base] {
		return "", false
	}
	content := "abide/kernel.h"
	if plainHeaders[base] {
		content = "abide/annotations.h"
	}
	return "/* A kernel header in short: no kernel is installed. */\n#pragma once\n\n" +
		"#if __has_include_next(<" + name + ">)\n#include_next <" + name + ">\n#endif\n" +
		"#include <" + content + ">\n", true
}

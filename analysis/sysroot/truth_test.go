package sysroot

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// marker stands before the bytes that dump looks for in an object file.
const marker = "abide-truth-data"

// dump compiles constant expressions, with includes before them, and gives
// their values' low 32 bits, as the compiler sees them.
func dump(t *testing.T, command, includes string, expressions []string, flags ...string) []uint32 {
	t.Helper()
	var src strings.Builder
	src.WriteString(includes + "\n#define BYTES(x) ((x) >> 24) & 255, ((x) >> 16) & 255, ((x) >> 8) & 255, (x) & 255,\n")
	// One code for each kind of type, so that signedness counts as well.
	src.WriteString(`#define KIND(t) (unsigned)_Generic((t *)0, signed char *: 1, unsigned char *: 2, char *: 3, short *: 4, unsigned short *: 5,` +
		` int *: 6, unsigned *: 7, long *: 8, unsigned long *: 9, long long *: 10, unsigned long long *: 11, char **: 12, void **: 13, default: 0)` + "\n")
	src.WriteString("const unsigned char data[] = {")
	for _, c := range marker {
		fmt.Fprintf(&src, "%d, ", c)
	}
	for _, e := range expressions {
		fmt.Fprintf(&src, "\nBYTES((unsigned)(%s))", e)
	}
	src.WriteString("};\n")

	object := filepath.Join(t.TempDir(), "data.o")
	args := append(strings.Fields(command), flags...)
	args = append(args, "-w", "-c", "-o", object, "-x", "c", "-")
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin = strings.NewReader(src.String())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	content, err := os.ReadFile(object)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(content, []byte(marker))
	if at < 0 {
		t.Fatal("no data in the object file")
	}
	content = content[at+len(marker):]
	values := make([]uint32, len(expressions))
	for i := range values {
		b := content[4*i:]
		values[i] = uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3])
	}
	return values
}

// agree checks that expressions have the same values with the embedded headers
// as with the installed ones.
func agree(t *testing.T, command, includes string, expressions []string, root string, dirs []string, flags ...string) {
	t.Helper()
	want := dump(t, command, includes, expressions, flags...)
	// The compiler's own directories must not help.
	bare := strings.Fields(command)
	bare = slices.DeleteFunc(bare, func(s string) bool { return strings.HasPrefix(s, "/usr/") || s == "-isystem" })
	got := dump(t, strings.Join(bare, " "), includes, expressions, append(searchFlags(root, dirs...), flags...)...)
	for i, e := range expressions {
		if got[i] != want[i] {
			t.Errorf("%s = %#x, want %#x", e, got[i], want[i])
		}
	}
}

func typeFacts(names ...string) []string {
	var out []string
	for _, n := range names {
		out = append(out, "sizeof("+n+")", "_Alignof("+n+")", "KIND("+n+")")
	}
	return out
}

var exportedTypes = strings.Fields(`__s8 __u8 __s16 __u16 __s32 __u32 __s64 __u64 __le16 __be16 __le32 __be32 __le64 __be64 __sum16 __wsum
	__kernel_long_t __kernel_ulong_t __kernel_ino_t __kernel_mode_t __kernel_pid_t __kernel_ipc_pid_t __kernel_uid_t __kernel_gid_t
	__kernel_suseconds_t __kernel_daddr_t __kernel_uid32_t __kernel_gid32_t __kernel_old_uid_t __kernel_old_gid_t __kernel_old_dev_t
	__kernel_size_t __kernel_ssize_t __kernel_ptrdiff_t __kernel_off_t __kernel_loff_t __kernel_old_time_t __kernel_time_t
	__kernel_time64_t __kernel_clock_t __kernel_timer_t __kernel_clockid_t __kernel_caddr_t __kernel_uid16_t __kernel_gid16_t
	__kernel_fd_set __kernel_fsid_t __kernel_key_t __kernel_mqd_t`)

func TestExportedTypes(t *testing.T) {
	root := onDisk(t)
	facts := typeFacts(exportedTypes...)
	for _, s := range []string{"__kernel_timespec", "__kernel_itimerspec", "__kernel_old_timeval", "__kernel_old_timespec", "__kernel_sock_timeval"} {
		facts = append(facts, "sizeof(struct "+s+")", "_Alignof(struct "+s+")")
	}
	facts = append(facts, "sizeof(struct timespec)", "sizeof(struct timeval)", "__BITS_PER_LONG", "sizeof(struct { char c; __aligned_u64 v; })")
	forEachCompiler(t, func(t *testing.T, command string) {
		includes := "#include <linux/types.h>\n#include <linux/posix_types.h>\n#include <linux/time.h>\n#include <asm/bitsperlong.h>"
		agree(t, command, includes, facts, root, userDirs)
	})
}

func TestIoctlNumbers(t *testing.T) {
	root := onDisk(t)
	facts := strings.Fields(`_IOC_NRBITS _IOC_TYPEBITS _IOC_SIZEBITS _IOC_DIRBITS _IOC_NONE _IOC_READ _IOC_WRITE IOC_IN IOC_OUT IOC_INOUT
		IOCSIZE_MASK IOCSIZE_SHIFT _IO('a',1) _IOR('M',0,int) _IOW('M',255,long) _IOWR(0xff,7,char[4095]) _IOC_SIZE(_IOR('M',0,long))
		_IOC_DIR(_IOW('M',0,long)) _IOC_TYPE(_IOW('M',0,long)) _IOC_NR(_IOW('M',9,long)) FIONREAD FIONBIO FIOASYNC FIOCLEX FIONCLEX
		_IOW('M',3,char[9000]) _IOC_SIZE(_IOW('M',3,char[8000])) _IOC_SIZE(_IO('M',3)) TIOCGWINSZ TIOCSWINSZ`)
	forEachCompiler(t, func(t *testing.T, command string) {
		// The installed asm/ioctls.h leaves struct winsize to asm/termios.h.
		const includes = "#include <linux/ioctl.h>\n#include <asm/ioctls.h>\n#if __has_include(<asm/termios.h>)\n#include <asm/termios.h>\n#endif"
		agree(t, command, includes, facts, root, userDirs)
	})
}

func TestSocketAndOpenNumbers(t *testing.T) {
	root := onDisk(t)
	facts := strings.Fields(`FIOSETOWN SIOCSPGRP FIOGETOWN SIOCGPGRP SIOCATMARK O_CREAT O_EXCL O_NOCTTY O_TRUNC O_APPEND O_NONBLOCK
		O_DSYNC O_DIRECT O_DIRECTORY O_NOFOLLOW O_NOATIME O_CLOEXEC O_SYNC O_PATH POLLIN POLLNVAL POLLRDNORM POLLRDBAND`)
	facts = append(facts, "sizeof(struct pollfd)")
	forEachCompiler(t, func(t *testing.T, command string) {
		includes := "typedef int pid_t;\n#include <linux/ioctl.h>\n#include <asm/sockios.h>\n#include <asm/fcntl.h>\n#include <asm/poll.h>"
		agree(t, command, includes, facts, root, userDirs)
	})
}

func TestErrorNumbers(t *testing.T) {
	root := onDisk(t)
	var facts []string
	for line := range strings.Lines(index()["/arch/asm/errno.h"]) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == "#define" && !slices.Contains(facts, f[1]) {
			facts = append(facts, f[1])
		}
	}
	forEachCompiler(t, func(t *testing.T, command string) {
		agree(t, command, "#include <linux/errno.h>", facts, root, userDirs)
	})
}

// The C library's types, on the ABIs whose C library is installed.
func TestLibraryTypes(t *testing.T) {
	root := onDisk(t)
	facts := typeFacts(strings.Fields(`size_t ssize_t ptrdiff_t wchar_t int8_t uint8_t int16_t uint16_t int32_t uint32_t int64_t uint64_t
		int_least32_t uint_least64_t int_fast8_t int_fast16_t int_fast32_t int_fast64_t uint_fast16_t intptr_t uintptr_t intmax_t uintmax_t
		dev_t ino_t mode_t nlink_t uid_t gid_t off_t pid_t id_t key_t time_t suseconds_t clock_t clockid_t timer_t blksize_t blkcnt_t
		fsblkcnt_t fsfilcnt_t loff_t daddr_t caddr_t u_int8_t u_int64_t u_long quad_t fsid_t fd_set socklen_t sa_family_t useconds_t
		in_addr_t in_port_t nfds_t max_align_t`)...)
	for _, s := range strings.Fields(`timeval timespec itimerval itimerspec timezone tm stat iovec msghdr cmsghdr sockaddr sockaddr_storage
		sockaddr_in sockaddr_in6 in_addr in6_addr linger pollfd winsize`) {
		facts = append(facts, "sizeof(struct "+s+")", "_Alignof(struct "+s+")")
	}
	for _, m := range strings.Fields(`stat,st_dev stat,st_ino stat,st_mode stat,st_nlink stat,st_uid stat,st_rdev stat,st_size stat,st_blksize
		stat,st_blocks stat,st_mtim timespec,tv_nsec timeval,tv_usec msghdr,msg_iov msghdr,msg_iovlen msghdr,msg_controllen msghdr,msg_flags
		iovec,iov_len tm,tm_zone cmsghdr,cmsg_type`) {
		facts = append(facts, "__builtin_offsetof(struct "+m+")")
	}
	facts = append(facts, strings.Fields(`INT8_MIN INT64_MAX UINT32_MAX SIZE_MAX CHAR_MIN CHAR_MAX LONG_MAX ULONG_MAX
		O_CREAT O_EXCL O_TRUNC O_APPEND O_NONBLOCK O_CLOEXEC O_SYNC MAP_ANONYMOUS MAP_FIXED EAGAIN ETIMEDOUT ENOTSUP
		S_IFMT AF_NETLINK POLLNVAL _SC_PAGESIZE _SC_NPROCESSORS_ONLN CLOCK_BOOTTIME sizeof(PRIu64) sizeof(PRIx32)`)...)
	includes := `#define _GNU_SOURCE 1
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <limits.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>
#include <netinet/in.h>
#include <sys/types.h>
#include <sys/time.h>
#include <sys/stat.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
`
	forEachCompiler(t, func(t *testing.T, command string) {
		if out, err := compile(command, "#include <stdio.h>\n"); err != nil {
			t.Skipf("no C library: %.100s", out)
		}
		agree(t, command, includes, facts, root, userDirs)
		if strings.Contains(command, "arm-") || strings.Contains(command, "i686") {
			var wide []string
			for _, f := range facts {
				if !strings.Contains(f, "fsfilcnt") {
					wide = append(wide, f)
				}
			}
			agree(t, command, "#define _FILE_OFFSET_BITS 64\n"+includes, wide, root, userDirs)
		}
	})
}

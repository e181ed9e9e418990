//go:build unix

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// headerBlock is twenty lines of a header as drivers have them; N, L and K are replaced.
const headerBlock = `/*
 * A queue: what the device is told, and what it answers.
 */
#define QUEUE_N_FLAG_WAIT	(1 << 0)
#define QUEUE_N_FLAG_WAKE	(1 << 1)
#define QUEUE_N_DEPTH	64

struct queue_N_request {
	__u32 flags;	/* QUEUE_N_FLAG_* */
	__u32 count;
	__u64 address;	/* of the data */
	__u64 stamp;	/* in ns */
	__u16 slot;
	__u16 kind;
	__u8 name[QUEUE_N_DEPTH];
	__u32 reserved;
};

#define QUEUE_N_SUBMIT _IOWR(L, K, struct queue_N_request)
/* end of the queue */
`

// longHeader is a header of 30,000 lines.
func longHeader(ctx context.Context, w io.Writer, o options, dir string) error {
	const blocks = 1500
	var b strings.Builder
	b.WriteString("#include <linux/types.h>\n#include <linux/ioctl.h>\n\n")
	for i := range blocks {
		s := strings.ReplaceAll(headerBlock, "_N", fmt.Sprint("_", i))
		s = strings.ReplaceAll(s, "_IOWR(L, K", fmt.Sprintf("_IOWR(%#x, %d", 'a'+i/256, i%256))
		b.WriteString(s)
	}
	return header(ctx, w, o, filepath.Join(dir, "long.h"), b.String(), "A header of 30,000 lines")
}

// manyFindings is a header with 10,000 payloads and a finding in each.
func manyFindings(ctx context.Context, w io.Writer, o options, dir string) error {
	const payloads = 10000
	var b strings.Builder
	b.WriteString("#include <linux/types.h>\n#include <linux/ioctl.h>\n\n")
	for i := range payloads {
		fmt.Fprintf(&b, "struct payload_%d {\n\t__u32 size;\n\t__u64 stamp;\n\t__u8 data[%d];\n};\n#define CMD_%d _IOWR(%#x, %d, struct payload_%d)\n",
			i, 8+i%4*8, i, 0x40+i/256, i%256, i)
	}
	return header(ctx, w, o, filepath.Join(dir, "many.h"), b.String(), "A header with 10,000 findings")
}

// headerCold and headerEdits replace the options for headers of a size at which
// one edit keeps clangd busy for seconds.
const headerCold, headerEdits = 2, 3

func header(ctx context.Context, w io.Writer, o options, path, content, title string) error {
	o.cold, o.edits = min(o.cold, headerCold), min(o.edits, headerEdits)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		return err
	}
	list, err := compete(ctx, o, contenders(o, ""), path)
	if err != nil {
		return err
	}
	rows := [][]string{{"server", "cold open", "edit → diagnostics", "edit → hover", "peak memory", "diagnostics"}}
	for _, r := range list {
		rows = append(rows, append(r.row(), fmt.Sprint(r.findings)))
	}
	fmt.Fprintf(w, "### %s\n\n", title)
	table(w, rows)
	return nil
}

package truth

import (
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
	"text/tabwriter"
)

// Row is the sum of one ABI's comparison with one source.
type Row struct {
	ABI, Source string
	Records     int
	Fields      int
	Commands    int
	Differences int
	Rejected    int // cases or headers that the compiler does not take
	// Clang counts the records that clang takes beside gcc, ClangDiffers those
	// of them that the two compilers lay out differently, and Unexplained those
	// of these that no Disagreement names.
	Clang, ClangDiffers, Unexplained int
}

// Sum adds another row's figures.
func (r *Row) Sum(o Row) {
	r.Records += o.Records
	r.Fields += o.Fields
	r.Commands += o.Commands
	r.Differences += o.Differences
	r.Rejected += o.Rejected
	r.Clang += o.Clang
	r.ClangDiffers += o.ClangDiffers
	r.Unexplained += o.Unexplained
}

// Report collects rows and what is behind them. It is safe for concurrent use.
type Report struct {
	mu   sync.Mutex
	rows []Row
}

// Add takes one row in.
func (r *Report) Add(row Row) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rows = append(r.rows, row)
}

// Differences is the sum over all rows.
func (r *Report) Differences() int {
	n := 0
	for _, row := range r.rows {
		n += row.Differences
	}
	return n
}

// Print writes the table: ABI and source by what was compared and what differs.
func (r *Report) Print(w io.Writer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	order := map[string]int{}
	for i, t := range Toolchains {
		order[t.ABI] = i
	}
	sort.SliceStable(r.rows, func(i, j int) bool {
		a, b := r.rows[i], r.rows[j]
		if a.Source != b.Source {
			return a.Source < b.Source
		}
		return order[a.ABI] < order[b.ABI]
	})
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "source\tABI\trecords\tfields\tcommands\tdifferences\trejected\tclang\tclang≠gcc\tunnamed\t")
	sum := Row{Source: "all"}
	for _, x := range r.rows {
		sum.Sum(x)
	}
	for _, x := range append(r.rows, sum) {
		fmt.Fprintf(tw, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t\n", x.Source, x.ABI, x.Records, x.Fields, x.Commands, x.Differences, x.Rejected, x.Clang, x.ClangDiffers, x.Unexplained)
	}
	tw.Flush()
}

// Mismatch is a record or command for which abide and a compiler disagree.
type Mismatch struct {
	ABI    string
	Where  string // header or case
	Text   string // the smallest C that shows it, for random records
	Detail []string
	Want   *Record
	Got    *Record
}

func (m Mismatch) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", m.ABI, m.Where)
	for _, d := range m.Detail {
		fmt.Fprintf(&b, "  %s\n", d)
	}
	if m.Text != "" {
		fmt.Fprintf(&b, "%s", indent(m.Text))
	}
	if m.Want != nil {
		fmt.Fprintf(&b, "  compiler: %s\n", m.Want)
	}
	if m.Got != nil {
		fmt.Fprintf(&b, "  abide:    %s\n", m.Got)
	}
	return b.String()
}

func indent(s string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n    ") + "\n"
}

// String is a record in one line: "struct s size 8 align 4: a@0+8 b@32+3".
// Offsets and sizes of members are in bits.
func (r *Record) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s size %d", r.Name, r.Size)
	if r.Align != 0 {
		fmt.Fprintf(&b, " align %d", r.Align)
	}
	b.WriteString(":")
	for _, f := range r.Fields {
		fmt.Fprintf(&b, " %s@%d+%d", f.Name, f.BitOffset, f.BitSize)
		if f.Record != nil && f.Record.Name == "" {
			fmt.Fprintf(&b, "{%s}", strings.TrimSpace(f.Record.String()))
		}
	}
	return b.String()
}

// Package render draws what analysis found out for people: the layout of a
// record in the words of pahole, ABIs side by side, and the numbers of an
// ioctl command. It gives lines of plain text for a terminal, and Markdown for
// an editor's hover. It decides nothing about C and knows no editor protocol.
//
//	struct sensor {           x86_64 arm64 arm    i386
//	                          offset   size       offset   size
//	    __u32 id;                  0      4            0      4
//	>   /* XXX 4 bytes hole */     4      4            -      -
//	>   __u64 stamp;               8      8            4      8
//	};
package render

// Kind says what a line shows, for those who colour it.
type Kind uint8

const (
	Head   Kind = iota // titles, column heads, closing braces
	Plain              // a member that lies alike on all ABIs
	Hole               // a hole or padding, alike on all ABIs
	Differ             // what is not alike on all ABIs
	Total              // size and alignment
	Note               // anything said in words
)

// Line is one line of output, without its line break.
type Line struct {
	Kind Kind
	Text string
}

// Options bound what is drawn. The zero value draws everything, 100 columns wide.
type Options struct {
	Width int    // in characters; 0 for 100
	Rows  int    // the most rows of members; 0 for all
	Focus string // the member to keep in sight if rows are cut
}

const defaultWidth = 100

func (o Options) width() int {
	if o.Width <= 0 {
		return defaultWidth
	}
	return o.Width
}

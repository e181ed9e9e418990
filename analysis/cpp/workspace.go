package cpp

import "sync"

// workspace is memory that passes hand on to each other.
type workspace struct {
	ctx           []context
	args          []argument
	arena         arena
	disabled      bitset
	out           []Token
	reads, writes []binding
	seen          []uint32
	run           uint32
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// maxWorkspace is the number of tokens of output up to which memory is handed
// on.
const maxWorkspace = 64 << 10

// acquire takes memory over, release gives it back.
func (p *pass) acquire() {
	w := workspaces.Get().(*workspace)
	p.ctx, p.expander.args, p.arena, p.disabled, p.out = w.ctx[:0], w.args[:0], w.arena, w.disabled, w.out[:0]
	p.rec.reads, p.rec.writes, p.rec.seen, p.rec.run = w.reads, w.writes, w.seen, w.run
	*w = workspace{}
	p.space = w
}

func (p *pass) release() {
	if cap(p.out) > maxWorkspace || len(p.ctx) > 0 || p.dead {
		return
	}
	p.arena.holding = 0
	*p.space = workspace{p.ctx, p.expander.args, p.arena, p.disabled, p.out, p.rec.reads, p.rec.writes, p.rec.seen, p.rec.run}
	workspaces.Put(p.space)
}

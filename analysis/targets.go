package analysis

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync/atomic"
	"time"

	"abide/analysis/abi"
	"abide/analysis/compdb"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
	"abide/analysis/sysroot"
	"abide/analysis/token"
)

// version is the targets of one snapshot, and what the next one builds upon.
type version struct {
	file    *cpp.File
	files   *overlay
	origin  origin
	command compdb.Command
	problem error // an unreadable compilation database
	alike   bool  // compiled as the version before, with the same files around
	targets []*Target
	pending atomic.Pointer[pending]
	types   typeNames
}

func (v *version) target(a *abi.ABI) *Target {
	if v != nil {
		for _, t := range v.targets {
			if t.ABI == a {
				return t
			}
		}
	}
	return nil
}

// version is what the snapshot has to pass on: its own work if it has been
// done, else the work of the one before it.
func (s *Snapshot) version() *version {
	if v, ok := s.targets.peek(); ok {
		return v
	}
	return s.base.Load()
}

// Targets preprocesses and indexes the file for every selected ABI.
func (s *Snapshot) Targets(ctx context.Context) ([]*Target, error) {
	v, err := s.current(ctx)
	if err != nil {
		return nil, err
	}
	return v.targets, nil
}

// Command tells how the file is compiled, and why the compilation databases
// do not say, if they should but cannot be read.
func (s *Snapshot) Command(ctx context.Context) (compdb.Command, error) {
	v, err := s.current(ctx)
	if err != nil {
		return compdb.Command{}, err
	}
	return v.command, v.problem
}

func (s *Snapshot) current(ctx context.Context) (*version, error) {
	return s.targets.get(ctx, s.preprocess)
}

func (s *Snapshot) preprocess(ctx context.Context) (*version, error) {
	if err := s.bearable(ctx); err != nil {
		return nil, err
	}
	base := s.base.Load()
	v := &version{files: s.files, targets: make([]*Target, len(s.config.ABIs))}
	if s.config.Flags != nil {
		v.command = *s.config.Flags
	} else {
		v.origin = s.origin(base)
		v.command, _, v.problem = s.session.db.Command(v.origin.Origin, s.text.Content())
	}
	v.file = s.source()
	v.alike = base != nil && base.files.epoch == v.files.epoch && reflect.DeepEqual(base.command, v.command)

	errs := make([]error, len(v.targets))
	parallel(len(v.targets), func(i int) {
		v.targets[i], errs[i] = s.target(ctx, v, base, s.config.ABIs[i])
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return nil, errs[i]
	}
	v.inherit(base)
	v.inheritTypes(base)
	s.base.Store(nil)
	return v, nil
}

// origin is where a version's command comes from.
type origin struct {
	*compdb.Origin
	explicit string // Config.CompDB at that time
	found    time.Time
}

// origin looks for what says how the file is compiled, as often as headers are
// compared with the disk.
func (s *Snapshot) origin(base *version) origin {
	if base != nil {
		o := base.origin
		if o.Origin != nil && o.explicit == s.config.CompDB && base.files.epoch == s.files.epoch && time.Since(o.found) < cpp.Freshness {
			return o
		}
	}
	return origin{s.session.db.Origin(s.path, s.config.CompDB), s.config.CompDB, time.Now()}
}

// maxSource is the most bytes, and maxRecords the most definitions of records,
// that a file may have which is analysed itself: several times what any source
// of a kernel has. Files smaller than countedSize bytes are not counted.
const (
	maxSource   = 16 << 20
	maxRecords  = 50_000
	countedSize = 1 << 20
)

// bearable is an error if the file would keep a machine busy for minutes.
func (s *Snapshot) bearable(ctx context.Context) error {
	if n := s.text.Len(); n > maxSource {
		return fmt.Errorf("%d MiB are too large to analyse: up to %d MiB are", n>>20, maxSource>>20)
	} else if n < countedSize {
		return nil
	}
	lexed, err := s.Lexed(ctx)
	if err != nil {
		return err
	}
	n := 0
	for i, t := range lexed.Tokens {
		if t.Sym != token.SymStruct && t.Sym != token.SymUnion {
			continue
		}
		for _, next := range lexed.Tokens[i+1 : min(i+3, len(lexed.Tokens))] {
			if next.Sym == token.LBrace {
				n++
				break
			}
		}
	}
	if n > maxRecords {
		return fmt.Errorf("%d definitions of structs and unions are too many to analyse: up to %d are", n, maxRecords)
	}
	return nil
}

// target does the work for one ABI, when there is a worker free for it.
func (s *Snapshot) target(ctx context.Context, v, base *version, a *abi.ABI) (*Target, error) {
	select {
	case s.session.workers <- struct{}{}:
		defer func() { <-s.session.workers }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return guard(ctx, func(ctx context.Context) (*Target, error) {
		var result *cpp.Result
		var unit *decl.Unit
		before := base.target(a)
		if before != nil {
			result, unit = before.Result, before.Unit
		}
		configs := s.configs(v, base, before, a)
		result, err := s.result(ctx, configs, v.file, result)
		if err != nil {
			return nil, err
		}
		unit = decl.NewUnit(result, unit)
		scope := &scope{Unit: unit, common: s.session.common.unit(s, a)}
		t := &Target{ABI: a, Result: result, Unit: unit, configs: configs}
		flags := flags(&v.command)
		if changed, ok := unit.Changed(); ok && before != nil && before.Engine.Flags == flags {
			t.Engine = layout.Continue(before.Engine, scope, changed)
			t.commands.inherit(&before.commands, changed)
		} else {
			t.Engine = layout.New(scope, a, flags)
		}
		return t, nil
	})
}

// configs is how one ABI is preprocessed: plainly, and for files that use the
// _IO macros without having said where they come from.
type configs struct{ plain, ioctl *cpp.Config }

// configs gives the include directories and macros for an ABI; the version
// before has them already unless something outside of the file changed.
func (s *Snapshot) configs(v, base *version, before *Target, a *abi.ABI) configs {
	if before != nil && v.alike {
		return before.configs
	}
	plain := sysroot.Config(&v.command, a, s.files)
	plain.SkipBodies = !s.config.Bodies
	ioctl := *plain
	ioctl.Include = append(slices.Clone(plain.Include), ioctlHeader)
	return configs{plain, &ioctl}
}

// ioctlHeader defines the _IO macros. Headers often leave it to their
// includers.
const ioctlHeader = "linux/ioctl.h"

var (
	symIOC    = token.Intern("_IOC")
	symMakers = []token.Sym{token.Intern("_IO"), token.Intern("_IOR"), token.Intern("_IOW"), token.Intern("_IOWR"), symIOC}
)

func (s *Snapshot) result(ctx context.Context, c configs, file *cpp.File, before *cpp.Result) (*cpp.Result, error) {
	stop := func() bool { return ctx.Err() != nil }
	result := s.session.cache.Preprocess(s.files, c.plain, file, before, stop)
	if result != nil && result.Macro(symIOC) == nil && s.mentions("_IO") {
		lexed, err := s.Lexed(ctx)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(lexed.Tokens, func(t token.Token) bool { return slices.Contains(symMakers, t.Sym) }) {
			result = s.session.cache.Preprocess(s.files, c.ioctl, file, before, stop)
		}
	}
	if result == nil {
		return nil, ctx.Err()
	}
	return result, nil
}

func flags(c *compdb.Command) layout.Flags {
	return layout.Flags{
		ShortEnums:   c.ShortEnums,
		LongEnums:    c.LongEnums || c.Kernel() && !c.ShortEnums, // hexagon's Makefile asks for them
		PackStruct:   c.PackStruct,
		MSBits:       c.MSBits,
		MSExtensions: c.MSExtensions,
		UnsignedChar: c.UnsignedChar,
		SignedChar:   c.SignedChar,
	}
}

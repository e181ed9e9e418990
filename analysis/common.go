package analysis

import (
	"sync"

	"abide/analysis/abi"
	"abide/analysis/decl"
	"abide/analysis/sysroot"
	"abide/analysis/text"
	"abide/analysis/token"
)

// commonTypes is the types that everybody means the same by (u32, size_t, …),
// for files that use them without having said where they come from.
type commonTypes struct {
	mu    sync.Mutex
	units map[*abi.ABI]func() *decl.Unit
}

// unit gives the declarations for one ABI; nil if there are none.
func (c *commonTypes) unit(s *Snapshot, a *abi.ABI) *decl.Unit {
	c.mu.Lock()
	unit, ok := c.units[a]
	if !ok {
		if c.units == nil {
			c.units = map[*abi.ABI]func() *decl.Unit{}
		}
		unit = sync.OnceValue(func() *decl.Unit { return readCommonTypes(s, a) })
		c.units[a] = unit
	}
	c.mu.Unlock()
	return unit()
}

func readCommonTypes(s *Snapshot, a *abi.ABI) *decl.Unit {
	content, err := s.files.Read(sysroot.Fallback)
	if err != nil {
		return nil
	}
	cache := &s.session.cache
	file := cache.File(sysroot.Fallback, text.New(content), nil)
	return decl.NewUnit(cache.Preprocess(s.files, sysroot.FallbackConfig(a), file, nil, nil), nil)
}

// scope is the declarations of a file, and the common ones behind them.
type scope struct {
	*decl.Unit
	common *decl.Unit
}

func (s *scope) Typedef(name token.Sym) *decl.Typedef {
	if d := s.Unit.Typedef(name); d != nil || s.common == nil {
		return d
	}
	return s.common.Typedef(name)
}

func (s *scope) Record(union bool, tag token.Sym) *decl.Record {
	if d := s.Unit.Record(union, tag); d != nil || s.common == nil {
		return d
	}
	return s.common.Record(union, tag)
}

func (s *scope) Enum(tag token.Sym) *decl.Enum {
	if d := s.Unit.Enum(tag); d != nil || s.common == nil {
		return d
	}
	return s.common.Enum(tag)
}

func (s *scope) Enumerator(name token.Sym) *decl.Enumerator {
	if d := s.Unit.Enumerator(name); d != nil || s.common == nil {
		return d
	}
	return s.common.Enumerator(name)
}

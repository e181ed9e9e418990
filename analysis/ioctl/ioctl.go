// Package ioctl finds ioctl commands among macros, evaluates and decodes their
// numbers for one ABI, and names the types that they carry.
package ioctl

import (
	"math"

	"abide/analysis/abi"
	"abide/analysis/cpp"
	"abide/analysis/decl"
	"abide/analysis/layout"
)

// Dir is a command's direction bits, seen from user space.
type Dir uint8

const (
	None Dir = iota
	Write
	Read
	ReadWrite
)

// Code is a command's number taken apart.
type Code struct {
	Value uint32
	Dir   Dir
	Type  uint32 // the magic, often a letter
	Nr    uint32
	Size  uint32 // bytes of the payload
}

// The fields that are the same on every ABI (asm/ioctl.h).
const nrBits, typeBits = 8, 8

// Decode takes a number apart by the ABI's asm/ioctl.h.
func Decode(a *abi.ABI, value uint32) Code {
	c := Code{
		Value: value,
		Nr:    value & (1<<nrBits - 1),
		Type:  value >> nrBits & (1<<typeBits - 1),
	}
	rest := value >> (nrBits + typeBits)
	size, dir := rest&(1<<a.Ioctl.SizeBits-1), rest>>a.Ioctl.SizeBits
	if moves := a.Ioctl.Read | a.Ioctl.Write; dir&moves != 0 {
		// Where "none" is a bit of its own, sparc (and an overflowing size
		// elsewhere) uses it as one more bit of the size.
		size |= (dir &^ moves) << a.Ioctl.SizeBits
		dir &= moves
	}
	c.Size = size
	for d, bits := range [...]uint32{None: a.Ioctl.None, Write: a.Ioctl.Write, Read: a.Ioctl.Read, ReadWrite: a.Ioctl.Read | a.Ioctl.Write} {
		if bits == dir {
			c.Dir = Dir(d)
		}
	}
	return c
}

// String names a direction as the macros do: "_IOR".
func (d Dir) String() string {
	return [...]string{None: "_IO", Write: "_IOW", Read: "_IOR", ReadWrite: "_IOWR"}[d&3]
}

// Command is one command on one ABI.
type Command struct {
	Name    string
	Macro   *cpp.Macro
	Code    Code
	Payload decl.Type    // the sizeof operand in its definition; nil for none
	Record  *decl.Record // what Payload is, or is an array of, if a record
	Err     error        // why it has no number: an unknown type
	// Operand is set instead of Payload where the definition takes the size of
	// an expression.
	Operand decl.Expr
	// SizeofTwice tells that the definition takes the size of a size: a
	// sizeof stands where a macro that applies sizeof itself wants a type.
	SizeofTwice bool

	use *use
}

// Measure is the size in bytes that the definition asks for, whether or not it
// fits the number. ok is false if it is not known.
func (c *Command) Measure(u *decl.Unit, e *layout.Engine) (size int64, ok bool) {
	if c.Payload != nil {
		info, err := e.Type(c.Payload)
		if err != nil {
			return 0, false
		}
		if c.Err != nil || info.Size == int64(c.Code.Size) {
			return info.Size, true
		}
	}
	x := c.use.measure(u)
	if x == nil {
		return 0, false
	}
	v, err := e.Eval(x)
	if err != nil || v.Hi != 0 || v.Lo > math.MaxInt64 {
		return 0, false
	}
	return int64(v.Lo), true
}

// Commands finds the commands that the main file of u's translation unit
// defines: object-like macros whose expansion goes through _IOC.
func Commands(u *decl.Unit, e *layout.Engine) []*Command {
	return new(Cache).Commands(u, e, nil, nil).List()
}

// maxWork bounds the expansion of all macros of a file that may be commands;
// those behind are left out.
const maxWork = 1 << 21

// Of gives the command that a macro of u's translation unit stands for, nil
// if it is none. The number must be that of the _IOC it goes through, so that
// _IOC_NR(FOO_GET) is not taken for one.
func (c *Cache) Of(m *cpp.Macro, u *decl.Unit, e *layout.Engine) *Command {
	if m.FuncLike || !invokes(m, u.Result) {
		return nil
	}
	return c.reading(m, u).command(m, u, e)
}

// command is what the macro of a reading stands for, nil if it is no command.
func (r *reading) command(m *cpp.Macro, u *decl.Unit, e *layout.Engine) *Command {
	if len(r.uses) == 0 {
		return nil
	}
	command := &Command{Name: m.Name.String(), Macro: m}
	if r.head {
		command.carry(u, e, &r.uses[0])
		code, err := r.code(e, command.Payload)
		if err != nil {
			command.Err = command.unknown(err)
		} else {
			command.Code = code
		}
		return command
	}
	value, err := r.value.number(e)
	if err != nil {
		return nil
	}
	for i := range r.uses {
		if v, err := r.uses[i].value.number(e); err == nil && v == value {
			command.Code = Decode(e.ABI, value)
			command.carry(u, e, &r.uses[i])
			return command
		}
	}
	return nil
}

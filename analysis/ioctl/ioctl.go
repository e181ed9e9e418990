// Package ioctl finds ioctl commands among macros, evaluates and decodes their
// numbers for one ABI, and names the types that they carry.
package ioctl

import (
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

// Decode takes a number apart by the ABI's asm/ioctl.h.
func Decode(a *abi.ABI, value uint32) Code { panic("contract") }

// Command is one command on one ABI.
type Command struct {
	Name    string
	Macro   *cpp.Macro
	Code    Code
	Payload decl.Type    // the sizeof operand in its definition; nil for none
	Record  *decl.Record // what Payload is, or is an array of, if a record
	Err     error        // why it has no number: an unknown type
}

// Commands finds the commands that the main file of u's translation unit
// defines: object-like macros whose expansion goes through _IOC.
func Commands(u *decl.Unit, e *layout.Engine) []*Command { panic("contract") }

package cpp

import (
	_ "embed"
	"strings"
	"sync"
)

// The names that gcc 12 answers __has_attribute and __has_builtin with yes
// for, as its compilers say themselves: one in a line, behind an attribute the
// architectures that know it if not all do.
var (
	//go:embed known/attributes.txt
	attributesText string
	//go:embed known/builtins.txt
	builtinsText string
)

var (
	attributes = sync.OnceValue(func() map[string]string { return lines(attributesText) })
	functions  = sync.OnceValue(func() map[string]string { return lines(builtinsText) })
)

func lines(s string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(s) {
		name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		m[name] = rest
	}
	return m
}

// standardAttributes are C23's with the dates that gcc 12 gives.
var standardAttributes = map[string]int{
	"deprecated": 201904, "fallthrough": 201904, "maybe_unused": 201904, "nodiscard": 202003,
}

// hasAttribute is the value of __has_attribute(scope::name), or with std set
// of __has_c_attribute.
func hasAttribute(arch, scope, name string, std bool) int {
	name = plainName(name)
	if scope == "" {
		if v := standardAttributes[name]; v != 0 {
			return v
		}
		if std {
			return 0
		}
	} else if plainName(scope) != "gnu" {
		return 0
	}
	archs, ok := attributes()[name]
	if !ok || archs != "" && !strings.Contains(" "+archs+" ", " "+arch+" ") {
		return 0
	}
	return 1
}

// plainName takes the underscores off __name__.
func plainName(s string) string {
	if len(s) > 4 && strings.HasPrefix(s, "__") && strings.HasSuffix(s, "__") {
		return s[2 : len(s)-2]
	}
	return s
}

// x86Builtins start the names of the functions for single x86 instructions.
const x86Builtins = "__builtin_ia32_"

// hasBuiltin is the value of __has_builtin(name).
func hasBuiltin(arch, name string) int {
	if _, ok := functions()[name]; ok || arch == "x86" && strings.HasPrefix(name, x86Builtins) {
		return 1
	}
	return 0
}

package compdb

import (
	"strings"
	"testing"
)

func TestModuleOf(t *testing.T) {
	m := parseMakefile("gem-y := gem/a.o \\\n gem/b.o\ndrm-y += c.o $(gem-y) $(drm-y)\nobj-$(CONFIG_A) += drm.o\noff-y := d.o\nobj-$(CONFIG_NO) += off.o e.o\n", nil)
	config := &kconfig{macros: map[string]string{"CONFIG_A": "1"}}
	for object, want := range map[string]string{"gem/b.o": "drm", "c.o": "drm", "d.o": "", "e.o": "", "x.o": ""} {
		if got, _ := m.module(object, config); got != want {
			t.Errorf("%s: module %q, want %q", object, got, want)
		}
	}
}

// What a Makefile says for a configuration.
func TestConfigured(t *testing.T) {
	config := &kconfig{macros: map[string]string{"CONFIG_A": "1", "CONFIG_M_MODULE": "1", "CONFIG_N": "12"}}
	for _, tt := range []struct{ text, want string }{
		{"ccflags-y := -DA\nccflags-$(CONFIG_A) += -DB\nccflags-$(CONFIG_NO) += -DC\nccflags-$(CONFIG_M) += -DD", "-DA -DB -DD"},
		{"ifeq ($(CONFIG_A),y)\nccflags-y := -DYES\nelse\nccflags-y := -DNO\nendif", "-DYES"},
		{"ifneq ($(CONFIG_A), y)\nccflags-y := -DYES\nelse ifeq ($(CONFIG_M),m)\nccflags-y := -DM\nelse\nccflags-y += -DNO\nendif", "-DM"},
		{"ifdef CONFIG_NO\nccflags-y := -DYES\nelse\n\tccflags-y := -DNO\nendif", "-DNO"},
		{`ifeq "$(CONFIG_N)" "12"` + "\nccflags-y := -DYES\nendif", "-DYES"},
		{"DEBUG ?= n\nifeq ($(DEBUG),y)\nccflags-y := -DYES\nendif\nccflags-y += -DLAST", "-DLAST"},
		{"ifneq ($(KERNELRELEASE),)\nccflags-y := -DIN\nelse\nccflags-y := -DOUT\nendif", "-DIN"},
		{"ifdef V\nccflags-y := -DYES\nelse\nccflags-y := -DNO\nendif", "-DNO"},
		{"ifeq ($(ARCH),arm64)\nccflags-y := -DYES\nelse\nccflags-y += -DNO\nendif", "-DYES -DNO"},
		{"ifeq ($(shell true),x)\nccflags-y := -DYES\nelse\nccflags-y += -DNO\nendif", "-DYES -DNO"},
		{"ifeq ($(CONFIG_A),y)\nifeq ($(CONFIG_NO),y)\nccflags-y := -DBOTH\nendif\nccflags-y += -DONE\nendif", "-DONE"},
		{"LIST = b.o a.o\n$(foreach file, $(LIST), \\\n\t$(eval CFLAGS_$(file) = -DLOOP -I x))", "-DLOOP -I x"},
		{"endif\nelse\nifeq\nccflags-y := -DX", "-DX"},
		{"A = $(A)$(A)$(A)\nifeq ($(A),x)\nccflags-y := -DX\nendif", "-DX"},
	} {
		m := parseMakefile(tt.text, nil).configured(config)
		if got := strings.Join(m.flags("a.o", false, config, nil), " "); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.text, got, tt.want)
		}
	}
}

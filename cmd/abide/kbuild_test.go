package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestKbuild lets the kernel's makefiles run abide in sparse's place over an
// out-of-tree module.
func TestKbuild(t *testing.T) {
	trees, _ := filepath.Glob("/usr/src/linux-headers-*-amd64")
	_, gcc := exec.LookPath("gcc")
	_, make := exec.LookPath("make")
	if len(trees) == 0 || gcc != nil || make != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("linux-headers-amd64, make or gcc is missing")
		}
		t.Skip("linux-headers-amd64, make or gcc is missing")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	link := filepath.Join(dir, "abide") // testscript.Main runs main under this name
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"Makefile": "obj-m := sensor.o\n",
		"sensor.h": `#include <linux/types.h>
#include <linux/ioctl.h>
struct sensor_event {
	__u32 kind;
#ifdef __x86_64__
	__u32 pad;
#endif
	__u64 stamp;
};
#define SENSOR_GET _IOR('M', 0, struct sensor_event)
`,
		"sensor.c": `#include <linux/module.h>
#include "sensor.h"
static int __init sensor_init(void) { return sizeof(struct sensor_event) == 16 ? 0 : -EINVAL; }
module_init(sensor_init);
MODULE_LICENSE("Dual BSD/GPL");
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	run := func(check string) (string, error) {
		cmd := exec.Command("make", "-C", trees[0], "M="+dir, "C=2", "CHECK="+link+" "+check, "sensor.o")
		cmd.Env = append(os.Environ(), "LC_ALL=C")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	want := filepath.Join(dir, "sensor.h") + ":8:8: warning: 4-byte hole before 'stamp' on arm64 and arm"
	if out, err := run("check --kbuild"); err != nil || !strings.Contains(out, want) {
		t.Errorf("%v\n%s\nhas no %q", err, out, want)
	}
	if out, err := run("check --fail-on warning --abi x86_64,arm64 --kbuild"); err == nil || !strings.Contains(out, "hole before 'stamp' on arm64") {
		t.Errorf("--fail-on: %v\n%s", err, out)
	}
	if out, err := run("check --abi x86_64 --kbuild"); err != nil || strings.Contains(out, "warning") {
		t.Errorf("one ABI: %v\n%s", err, out)
	}
}

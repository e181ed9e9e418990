package sysroot

import "strings"

// blockDir stands in front of /usr/include where that has another
// architecture's asm/ and bits/ in it (any system but Debian): what is not
// embedded of these must be missing, not wrong.
const blockDir = Prefix + "/block"

var blockedDirs = []string{"asm/", "bits/", "gnu/"}

func blocked(inner string) bool {
	name, ok := strings.CutPrefix(inner, "/block/")
	if !ok {
		return false
	}
	for _, dir := range blockedDirs {
		if strings.HasPrefix(name, dir) {
			return true
		}
	}
	return false
}

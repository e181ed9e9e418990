package compdb

import "testing"

func TestLargeDrive(t *testing.T) {
	for path, want := range map[string]string{
		`c:\drivers\a.h`: `C:\drivers\a.h`, `C:/drivers`: `C:/drivers`, `d:`: `D:`,
		`\\server\share\a.h`: `\\server\share\a.h`, `c`: `c`, ``: ``, `1:\a`: `1:\a`,
	} {
		if got := largeDrive(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

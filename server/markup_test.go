package server

import "testing"

func TestPlain(t *testing.T) {
	for _, test := range []struct{ markdown, want string }{
		{"", ""},
		{"text", "text"},
		{"### struct `a`\n\n**bold** and \\_this\\_", "struct a\n\nbold and _this_"},
		{"```c\nint *a; // **kept**\n# as it is\n```\nafter", "int *a; // **kept**\n# as it is\nafter"},
		{"one\n\n---\n\ntwo", "one\n\n\ntwo"},
	} {
		if got := plain(test.markdown); got != test.want {
			t.Errorf("%q: got %q, want %q", test.markdown, got, test.want)
		}
	}
}

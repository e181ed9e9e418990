package compdb

import (
	"path/filepath"
	"strings"
)

const (
	maxResponseDepth = 10
	maxResponseSize  = 1 << 20
	maxResponseFiles = 64
)

// expandResponseFiles replaces each @file by the words in it, as gcc does: a
// file that cannot be read stays as it is written.
func expandResponseFiles(dir string, args []string) []string {
	files := 0
	return expandArgs(nil, dir, args, 0, &files)
}

func expandArgs(out []string, dir string, args []string, depth int, files *int) []string {
	for _, arg := range args {
		if len(out) >= maxArgs {
			return out
		}
		name, ok := strings.CutPrefix(arg, "@")
		if !ok || depth >= maxResponseDepth || *files >= maxResponseFiles {
			out = append(out, arg)
			continue
		}
		*files++
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		content, err := readFile(name, maxResponseSize)
		if err != nil {
			out = append(out, arg)
			continue
		}
		out = expandArgs(out, dir, responseWords(string(content)), depth+1, files)
	}
	return out
}

// responseWords splits a response file: white space separates, quotes of both
// kinds hold together, and a backslash takes the next character as it is, in
// quotes as well (gcc's manual, "@file").
func responseWords(s string) []string {
	var words []string
	var word strings.Builder
	var quote byte
	started := false
	for i := 0; i < len(s) && len(words) < maxArgs; i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s):
			i++
			word.WriteByte(s[i])
			started = true
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word.WriteByte(c)
		case c == '"' || c == '\'':
			quote, started = c, true
		case strings.IndexByte(" \t\r\n\f\v", c) >= 0:
			if started {
				words = append(words, word.String())
				word.Reset()
				started = false
			}
		default:
			word.WriteByte(c)
			started = true
		}
	}
	if started {
		words = append(words, word.String())
	}
	return words
}

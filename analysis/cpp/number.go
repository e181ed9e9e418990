package cpp

import (
	"strings"
	"unicode/utf8"

	"abide/analysis/abi"
)

// number reads an integer constant (C11 6.4.4.1, GNU's 0b too).
func (e *evaluator) number(t *Token) value {
	text := t.Text()
	base := uint64(10)
	digits := text
	switch {
	case len(text) > 2 && text[0] == '0' && text[1]|0x20 == 'x':
		base, digits = 16, text[2:]
	case len(text) > 2 && text[0] == '0' && text[1]|0x20 == 'b':
		base, digits = 2, text[2:]
	case text[0] == '0':
		base = 8
	}
	var v value
	i, overflow := 0, false
	for ; i < len(digits); i++ {
		d := digit(digits[i])
		if d >= base && !(base == 8 && d < 10) {
			break
		}
		if d >= base {
			return e.fail(`invalid digit in octal constant "` + text + `"`)
		}
		if v.n > (1<<64-1-d)/base {
			overflow = true
		}
		v.n = v.n*base + d
	}
	if i == 0 && base != 8 {
		return e.fail(`"` + text + `" is not an integer constant`)
	}
	suffix := strings.ToLower(digits[i:])
	if strings.ContainsAny(suffix, ".ep") && base != 16 || strings.Contains(suffix, ".") || base == 16 && strings.HasPrefix(suffix, "p") {
		return e.fail("floating constant in preprocessor expression")
	}
	switch suffix {
	case "", "l", "ll":
	case "u", "ul", "ull", "lu", "llu":
		v.unsigned = true
	default:
		return e.fail(`invalid suffix "` + digits[i:] + `" on integer constant`)
	}
	if overflow || v.n>>63 != 0 && (base != 10 || overflow) {
		v.unsigned = true
	} else if v.n>>63 != 0 && !v.unsigned {
		v.unsigned = true // too large for intmax_t: gcc takes it as unsigned
	}
	return v
}

func digit(c byte) uint64 {
	switch {
	case '0' <= c && c <= '9':
		return uint64(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return uint64(c|0x20-'a') + 10
	}
	return 99
}

// charConstant gives the value of a character constant (C11 6.4.4.4).
func (e *evaluator) charConstant(t *Token) value {
	text := t.Text()
	open := strings.IndexByte(text, '\'')
	if open < 0 || len(text) < open+3 || text[len(text)-1] != '\'' {
		return e.fail("empty or unterminated character constant")
	}
	prefix, body := text[:open], text[open+1:len(text)-1]
	var units []uint64
	for len(body) > 0 {
		var u uint64
		var ok bool
		if u, body, ok = unit(body, prefix != ""); !ok {
			return e.fail("invalid escape sequence in character constant")
		}
		units = append(units, u)
	}
	last := units[len(units)-1]
	switch prefix {
	case "L":
		if e.char == nil || !unsignedKind(e.char.WCharT) {
			return value{n: uint64(int64(int32(last)))}
		}
		return value{n: uint64(uint32(last)), unsigned: true}
	case "u":
		return value{n: uint64(uint16(last)), unsigned: true}
	case "U":
		return value{n: uint64(uint32(last)), unsigned: true}
	case "u8":
		return value{n: uint64(uint8(last)), unsigned: true}
	}
	if len(units) == 1 {
		if e.char == nil || e.char.CharSigned {
			return value{n: uint64(int64(int8(last)))}
		}
		return value{n: uint64(uint8(last))}
	}
	var n uint32
	for _, u := range units {
		n = n<<8 | uint32(uint8(u))
	}
	return value{n: uint64(int64(int32(n)))}
}

func unsignedKind(k abi.Kind) bool {
	switch k {
	case abi.UChar, abi.UShort, abi.UInt, abi.ULong, abi.ULongLong:
		return true
	}
	return false
}

// unit reads one character or escape sequence: a byte, or with wide set a
// code point.
func unit(s string, wide bool) (u uint64, rest string, ok bool) {
	if s[0] != '\\' {
		if wide {
			if r, n := utf8.DecodeRuneInString(s); r != utf8.RuneError || n > 1 {
				return uint64(r), s[n:], true
			}
		}
		return uint64(s[0]), s[1:], true
	}
	if len(s) < 2 {
		return 0, "", false
	}
	c := s[1]
	s = s[2:]
	switch c {
	case 'x':
		i := 0
		for i < len(s) && digit(s[i]) < 16 {
			u = u<<4 | digit(s[i])
			i++
		}
		return u, s[i:], i > 0
	case 'u', 'U':
		n := 4
		if c == 'U' {
			n = 8
		}
		i := 0
		for i < len(s) && i < n && digit(s[i]) < 16 {
			u = u<<4 | digit(s[i])
			i++
		}
		return u, s[i:], i == n
	case '0', '1', '2', '3', '4', '5', '6', '7':
		u = uint64(c - '0')
		i := 0
		for i < len(s) && i < 2 && '0' <= s[i] && s[i] <= '7' {
			u = u<<3 | uint64(s[i]-'0')
			i++
		}
		return u, s[i:], true
	}
	if k := strings.IndexByte("abfnrtveE", c); k >= 0 {
		return uint64("\a\b\f\n\r\t\v\x1b\x1b"[k]), s, true
	}
	return uint64(c), s, true
}

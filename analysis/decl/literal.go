package decl

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"abide/analysis/abi"
)

// number reads a preprocessing number.
func number(s string) Expr {
	digits, suffix := s, ""
	hex := len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x'
	for i := len(s); i > 0; i-- {
		if c := s[i-1] | 0x20; c != 'u' && c != 'l' {
			digits, suffix = s[:i], strings.ToLower(s[i:])
			break
		}
	}
	n := &Int{Decimal: digits == "" || digits[0] != '0', Long: abi.Int}
	n.Unsigned = strings.Contains(suffix, "u")
	switch suffix {
	case "", "u":
	case "l", "ul", "lu":
		n.Long = abi.Long
	case "ll", "ull", "llu":
		n.Long = abi.LongLong
	default:
		return &Bad{Reason: "the number " + s + " is not understood"}
	}
	v, err := strconv.ParseUint(octal(digits), 0, 64)
	if err == nil && !strings.Contains(digits, "_") {
		n.Value = v
		return n
	}
	if strings.ContainsAny(s, ".pP") || !hex && strings.ContainsAny(s, "eE") {
		if f := float(s, hex); f != nil {
			return f
		}
	}
	return &Bad{Reason: "the number " + s + " is not understood"}
}

// octal makes C's 017 Go's 0o17, which Go reads the same but for 08.
func octal(s string) string {
	if len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' {
		return "0o" + s[1:]
	}
	return s
}

// floatSuffixes are the types of floating constants: C11's, those of
// ISO/IEC TS 18661-3 and of GNU C.
var floatSuffixes = map[string]abi.Kind{
	"": abi.Double, "f": abi.Float, "l": abi.LongDouble, "d": abi.Double,
	"f16": abi.Float16, "f32": abi.Float32, "f64": abi.Float64, "f128": abi.Float128,
	"f32x": abi.Float32x, "f64x": abi.Float64x,
	"df": abi.Decimal32, "dd": abi.Decimal64, "dl": abi.Decimal128,
	"q": abi.Float128, "w": abi.LongDouble,
}

// float reads a floating constant, nil if s is none.
func float(s string, hex bool) *Float {
	exponent := "eE"
	if hex {
		exponent = "pP"
	}
	i := strings.IndexAny(s, exponent) + 1
	if i == 0 {
		i = strings.LastIndexByte(s, '.') + 1
	} else if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	suffix := strings.ToLower(s[i:])
	real := strings.TrimLeft(strings.TrimRight(suffix, "ij"), "ij")
	kind, ok := floatSuffixes[real]
	v, err := strconv.ParseFloat(s[:i], 64)
	if !ok || err != nil || len(suffix) > len(real)+1 {
		return nil
	}
	return &Float{Value: v, Kind: kind, Imaginary: suffix != real}
}

// character reads a character constant as gcc does: several characters of a
// plain one are packed from the left into an int (gcc's "Implementation-defined
// behavior: Characters"), of several wide ones the last counts.
func character(s string) Expr {
	prefix := s[:max(0, strings.IndexByte(s, '\''))]
	units, ok := codeUnits(s[len(prefix):], prefix)
	if !ok || len(units) == 0 {
		return &Bad{Reason: "the character constant " + s + " is not understood"}
	}
	last := uint64(units[len(units)-1])
	switch prefix {
	case "":
		n := &Int{Char: true, Long: abi.Int, Decimal: true}
		if len(units) == 1 {
			n.Value = last
			return n
		}
		var v uint32
		for _, u := range units {
			v = v<<8 | u&0xff
		}
		return &Int{Long: abi.Int, Decimal: true, Value: uint64(int64(int32(v)))}
	case "L":
		return &Int{Wide: true, Long: abi.Int, Decimal: true, Value: uint64(int64(int32(last)))}
	case "u":
		return &Cast{Type: &Basic{Kind: abi.UShort}, X: &Int{Long: abi.Int, Decimal: true, Value: last & 0xffff}}
	case "U":
		return &Int{Long: abi.Int, Unsigned: true, Value: last}
	}
	return &Int{Long: abi.Int, Decimal: true, Value: last & 0xff} // u8
}

// splitLiteral cuts the prefix off a string literal. Of a raw one the body has
// lost quotes and delimiter, and begins with R.
func splitLiteral(s string) (prefix, body string) {
	i := strings.IndexByte(s, '"')
	if i < 0 {
		return "", ""
	}
	prefix, body = s[:i], s[i:]
	if strings.HasSuffix(prefix, "R") {
		if open := strings.IndexByte(body, '('); open > 0 && len(body) >= 2*open+2 {
			body = "R" + body[open+1:len(body)-open-1]
		}
	}
	return prefix, body
}

// stringUnits counts the code units of a body that splitLiteral gave.
func stringUnits(body, prefix string) int64 {
	if strings.HasPrefix(body, "R") {
		return int64(widen(body[1:], prefix))
	}
	units, _ := codeUnits(body, prefix)
	return int64(len(units))
}

// widen counts the code units of plain text.
func widen(s, prefix string) int {
	switch prefix {
	case "L", "U":
		return utf8.RuneCountInString(s)
	case "u":
		n := 0
		for _, r := range s {
			n += utf16Units(r)
		}
		return n
	}
	return len(s)
}

func utf16Units(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// simpleEscapes are the escapes of one letter, GNU's \e among them.
var simpleEscapes = map[byte]uint32{
	'n': '\n', 't': '\t', 'r': '\r', 'a': 7, 'b': 8, 'f': 12, 'v': 11, 'e': 27, 'E': 27,
	'\\': '\\', '\'': '\'', '"': '"', '?': '?',
}

// codeUnits takes a character constant or string literal without its prefix
// apart.
func codeUnits(s, prefix string) (units []uint32, ok bool) {
	if len(s) < 2 || s[len(s)-1] != s[0] {
		return nil, false
	}
	s = s[1 : len(s)-1]
	add := func(r rune) {
		switch prefix {
		case "L", "U":
			units = append(units, uint32(r))
		case "u":
			if r > 0xffff {
				units = append(units, 0xd800+uint32(r-0x10000)>>10, 0xdc00+uint32(r)&0x3ff)
				return
			}
			units = append(units, uint32(r))
		default:
			for _, b := range []byte(string(r)) {
				units = append(units, uint32(b))
			}
		}
	}
	for i := 0; i < len(s); {
		if s[i] != '\\' || i+1 == len(s) {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n <= 1 {
				units = append(units, uint32(s[i]))
				i++
				continue
			}
			add(r)
			i += n
			continue
		}
		c := s[i+1]
		i += 2
		switch {
		case c == 'x':
			n := 0
			var v uint64
			for ; i < len(s) && hexDigit(s[i]); i, n = i+1, n+1 {
				v = v<<4 | uint64(digit(s[i]))
			}
			if n == 0 {
				return nil, false
			}
			units = append(units, clip(v, prefix))
		case '0' <= c && c <= '7':
			v := uint64(c - '0')
			for n := 1; n < 3 && i < len(s) && '0' <= s[i] && s[i] <= '7'; i, n = i+1, n+1 {
				v = v<<3 | uint64(s[i]-'0')
			}
			units = append(units, clip(v, prefix))
		case c == 'u' || c == 'U':
			want := 4
			if c == 'U' {
				want = 8
			}
			if i+want > len(s) {
				return nil, false
			}
			v, err := strconv.ParseUint(s[i:i+want], 16, 32)
			if err != nil || v > utf8.MaxRune {
				return nil, false
			}
			add(rune(v))
			i += want
		default:
			v, known := simpleEscapes[c]
			if !known {
				v = uint32(c) // as gcc, with a warning
			}
			units = append(units, v)
		}
	}
	return units, true
}

// clip cuts the value of a numeric escape to the width of its code unit.
func clip(v uint64, prefix string) uint32 {
	switch prefix {
	case "L", "U":
		return uint32(v)
	case "u":
		return uint32(v & 0xffff)
	}
	return uint32(v & 0xff)
}

func hexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func digit(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

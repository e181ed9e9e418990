package compdb

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"abide/analysis/cpp"
)

const (
	maxArgs = 1 << 16 // arguments of a command line, response files included
	maxDirs = 1 << 10 // directories of one kind
	maxPath = 1 << 12 // bytes of a path
)

// Parse reads a compiler's arguments: the compiler's name first, or flags
// alone. Relative paths are relative to dir. Response files (@file) are read.
// Flags it does not know are ignored, with their arguments where gcc or clang
// give them one.
func Parse(dir string, args []string) Command {
	p := parser{cmd: Command{Dir: dir, Source: "command line"}}
	if name, rest := compiler(args); name != "" {
		p.cmd.Compiler = name
		p.target.fromCompiler(name)
		args = rest
	}
	p.args = expandResponseFiles(dir, args[:min(len(args), maxArgs)])
	p.cmd.Dir = workingDirectory(dir, p.args)
	for len(p.args) > 0 {
		p.next()
	}
	p.finish()
	return p.cmd
}

// parser is the state of one Parse: args is what is still to be read.
type parser struct {
	cmd    Command
	args   []string
	target target
	modes  modes
	noMore bool // "--" was seen: only files follow
}

func (p *parser) next() {
	arg := p.args[0]
	p.args = p.args[1:]
	switch {
	case p.noMore || !strings.HasPrefix(arg, "-") || arg == "-":
		if p.cmd.File == "" && len(arg) <= maxPath && isSource(arg) {
			p.cmd.File = p.path(arg)
		}
		return
	case arg == "--":
		p.noMore = true
		return
	}
	if list, ok := strings.CutPrefix(arg, "-Wp,"); ok {
		p.preprocessor(list)
		return
	}
	for i := range options {
		o := &options[i]
		value, ok := o.match(arg, p)
		if !ok {
			continue
		}
		if o.set != nil {
			o.set(p, value)
		}
		return
	}
	p.target.flag(arg)
	p.modes.flag(arg)
}

// option is a flag that takes an argument, or whose meaning is more than a
// mode: name as it is written, and which forms it has.
type option struct {
	name string
	form form
	set  func(*parser, string) // nil: ignored
}

type form uint8

const (
	alone    form = iota // -nostdinc
	joined               // -std=c11, -Wp,-DX
	separate             // -o file
	either               // -Idir, -I dir
	long                 // --sysroot=dir, --sysroot dir
)

// match tells whether arg is the option, and takes its value, from the
// following argument where that is the form.
func (o *option) match(arg string, p *parser) (value string, ok bool) {
	if arg == o.name && o.form == alone {
		return "", true
	}
	if !strings.HasPrefix(arg, o.name) {
		return "", false
	}
	rest := arg[len(o.name):]
	switch o.form {
	case joined:
		return rest, rest != ""
	case separate, either, long:
		if rest == "" {
			if len(p.args) > 0 {
				value, p.args = p.args[0], p.args[1:]
			}
			return value, true
		}
		if o.form == long {
			return strings.CutPrefix(rest, "=")
		}
		return rest, o.form == either
	}
	return "", false
}

// options is searched in order: a name that starts another one comes later.
var options = []option{
	{"-isystem-after", either, (*parser).after},
	{"-isystem", either, (*parser).system},
	{"-isysroot", either, (*parser).sysroot},
	{"-iquote", either, (*parser).quote},
	{"-idirafter", either, (*parser).after},
	{"-include-pch", separate, nil},
	{"-include", either, (*parser).forced},
	{"-imacros", either, (*parser).macros},
	{"-iwithprefixbefore", either, nil},
	{"-iwithprefix", either, nil},
	{"-iprefix", either, nil},
	{"-imultilib", either, nil},
	{"-imultiarch", either, nil},
	{"-iframework", either, nil},
	{"-cxx-isystem", separate, nil},
	{"-internal-isystem", separate, (*parser).system},
	{"-internal-externc-isystem", separate, (*parser).system},
	{"-I", either, (*parser).include},
	{"-D", either, (*parser).define},
	{"-U", either, (*parser).undef},
	{"--include-directory-after", long, (*parser).after},
	{"--include-directory", long, (*parser).include},
	{"--include-with-prefix-before", long, nil},
	{"--include-with-prefix-after", long, nil},
	{"--include-with-prefix", long, nil},
	{"--include-prefix", long, nil},
	{"--define-macro", long, (*parser).define},
	{"--undefine-macro", long, (*parser).undef},
	{"--include", long, (*parser).forced},
	{"--imacros", long, (*parser).macros},
	{"--sysroot", long, (*parser).sysroot},
	{"--no-standard-includes", alone, (*parser).noStdInc},
	{"-nostdinc++", alone, nil},
	{"-nostdinc", alone, (*parser).noStdInc},
	{"--target", long, (*parser).triplet},
	{"-target", separate, (*parser).triplet},
	{"-working-directory", long, nil},
	{"-Xpreprocessor", alone, nil}, // the next argument means the same here
	{"-fpack-struct=", joined, (*parser).packStruct},
	{"-fpack-struct", alone, func(p *parser, _ string) { p.cmd.PackStruct = 1 }},
	{"-fno-pack-struct", alone, func(p *parser, _ string) { p.cmd.PackStruct = 0 }},
	{"-fshort-enums", alone, func(p *parser, _ string) { p.enums(true) }},
	{"-fno-short-enums", alone, func(p *parser, _ string) { p.enums(false) }},
	{"-fms-extensions", alone, func(p *parser, _ string) { p.cmd.MSExtensions = true }},
	{"-fplan9-extensions", alone, func(p *parser, _ string) { p.cmd.MSExtensions = true }},
	{"-fno-ms-extensions", alone, func(p *parser, _ string) { p.cmd.MSExtensions = false }},
	{"-fno-plan9-extensions", alone, func(p *parser, _ string) { p.cmd.MSExtensions = false }},
	{"-mms-bitfields", alone, func(p *parser, _ string) { p.cmd.MSBits = true }},
	{"-mno-ms-bitfields", alone, func(p *parser, _ string) { p.cmd.MSBits = false }},
	{"-funsigned-char", alone, func(p *parser, _ string) { p.char(true) }},
	{"-fno-signed-char", alone, func(p *parser, _ string) { p.char(true) }},
	{"-fsigned-char", alone, func(p *parser, _ string) { p.char(false) }},
	{"-fno-unsigned-char", alone, func(p *parser, _ string) { p.char(false) }},
	{"-specs=", joined, nil},
	{"-fmacro-prefix-map=", joined, (*parser).prefixMap},
	{"-ffile-prefix-map=", joined, (*parser).prefixMap},
	// Only their arguments matter here: that they are not taken for files.
	{"--param", long, nil},
	{"--output", long, nil},
	{"--language", long, nil},
	{"--entry", long, nil},
	{"--force-link", long, nil},
	{"--library-directory", long, nil},
	{"--prefix", long, nil},
	{"--assert", long, nil},
	{"--dumpbase", long, nil},
	{"-Xlinker", separate, nil},
	{"-Xassembler", separate, nil},
	{"-Xclang", separate, nil},
	{"-Xanalyzer", separate, nil},
	{"-mllvm", separate, nil},
	{"-aux-info", separate, nil},
	{"-dumpbase-ext", separate, nil},
	{"-dumpbase", separate, nil},
	{"-dumpdir", separate, nil},
	{"-wrapper", separate, nil},
	{"-framework", separate, nil},
	{"-arch", separate, (*parser).triplet},
	{"-Ttext", separate, nil},
	{"-Tdata", separate, nil},
	{"-Tbss", separate, nil},
	{"-MF", either, nil},
	{"-MT", either, nil},
	{"-MQ", either, nil},
	{"-MJ", either, nil},
	{"-A", either, nil},
	{"-B", either, nil},
	{"-F", either, nil},
	{"-L", either, nil},
	{"-T", either, nil},
	{"-e", separate, nil},
	{"-h", separate, nil},
	{"-l", either, nil},
	{"-o", either, nil},
	{"-u", separate, nil},
	{"-x", either, nil},
	{"-y", separate, nil},
	{"-z", separate, nil},
}

func (p *parser) quote(v string)   { p.directory(&p.cmd.Quote, v) }
func (p *parser) include(v string) { p.directory(&p.cmd.Include, v) }
func (p *parser) system(v string)  { p.directory(&p.cmd.System, v) }
func (p *parser) after(v string)   { p.directory(&p.cmd.After, v) }
func (p *parser) forced(v string)  { p.directory(&p.cmd.Forced, v) }
func (p *parser) macros(v string)  { p.directory(&p.cmd.Macros, v) }
func (p *parser) sysroot(v string) { p.cmd.Sysroot = p.path(v) }
func (p *parser) noStdInc(string)  { p.cmd.NoStdInc = true }
func (p *parser) triplet(v string) { p.target.fromTriplet(v) }
func (p *parser) undef(v string)   { p.macro(cpp.Define{Name: v, Undef: true}) }
func (p *parser) enums(short bool) {
	p.cmd.ShortEnums, p.cmd.LongEnums = short, !short
}

func (p *parser) char(unsigned bool) {
	p.cmd.UnsignedChar, p.cmd.SignedChar = unsigned, !unsigned
}

// directory adds a path. One that starts with "=" or "$SYSROOT" is completed
// in finish, when the sysroot is known.
func (p *parser) directory(list *[]string, v string) {
	switch {
	case v == "" || v == "-" || len(v) > maxPath || len(*list) >= maxDirs:
	case strings.HasPrefix(v, "=") || strings.HasPrefix(v, sysrootVariable):
		*list = append(*list, v)
	default:
		*list = append(*list, p.path(v))
	}
}

const sysrootVariable = "$SYSROOT"

func (p *parser) path(v string) string {
	if v == "" || filepath.IsAbs(v) || len(v) > maxPath {
		return drive(v)
	}
	path := filepath.Join(p.cmd.Dir, v)
	p.called(path, v)
	return path
}

// called remembers how the command line names a path.
func (p *parser) called(path, name string) {
	given := &p.cmd.Names.Given
	if *given == nil {
		*given = map[string]string{}
	}
	if _, ok := (*given)[path]; !ok {
		(*given)[path] = name
	}
}

func (p *parser) prefixMap(v string) {
	if from, to, ok := strings.Cut(v, "="); ok && len(p.cmd.Names.Replace) < maxDirs {
		p.cmd.Names.Replace = append(p.cmd.Names.Replace, cpp.Prefix{Old: from, New: to})
	}
}

// workingDirectory gives what clang's flag of that name makes of dir: the last
// one counts, for the whole command line.
func workingDirectory(dir string, args []string) string {
	for i, arg := range slices.Backward(args) {
		value, ok := strings.CutPrefix(arg, "-working-directory")
		if !ok {
			continue
		}
		if value == "" && i+1 < len(args) {
			value = args[i+1]
		}
		value = strings.TrimPrefix(value, "=")
		switch {
		case value == "" || len(value) > maxPath:
			return dir
		case filepath.IsAbs(value):
			return drive(value)
		}
		return filepath.Join(dir, value)
	}
	return dir
}

// define takes NAME, NAME=value or NAME(params)=value.
func (p *parser) define(v string) {
	name, value, ok := strings.Cut(v, "=")
	if !ok {
		value = "1"
	}
	p.macro(cpp.Define{Name: name, Value: value})
}

var macroHead = regexp.MustCompile(`^[A-Za-z_$\x80-\xff][\w$\x80-\xff]*(\([^()\n]*\))?$`)

func (p *parser) macro(d cpp.Define) {
	d.Name = strings.TrimSpace(d.Name)
	if !macroHead.MatchString(d.Name) {
		return
	}
	// gcc takes the value up to the first line break.
	d.Value, _, _ = strings.Cut(d.Value, "\n")
	p.cmd.Defines = append(p.cmd.Defines, d)
}

// preprocessor takes the list after -Wp, as arguments of their own.
func (p *parser) preprocessor(v string) {
	inner := strings.Split(v, ",")
	for i, arg := range inner {
		// -MD and -MMD take a file here, unlike on gcc's own command line.
		if (arg == "-MD" || arg == "-MMD") && i+1 < len(inner) {
			inner[i] = "-MF"
		}
	}
	after := p.args
	for p.args = inner; len(p.args) > 0; {
		p.next()
	}
	p.args = after
}

func (p *parser) packStruct(v string) {
	if n, err := strconv.ParseInt(v, 10, 8); err == nil && n > 0 && n&(n-1) == 0 && n <= 16 {
		p.cmd.PackStruct = n
	}
}

func (p *parser) finish() {
	for _, list := range [][]string{p.cmd.Quote, p.cmd.Include, p.cmd.System, p.cmd.After, p.cmd.Forced, p.cmd.Macros} {
		for i, v := range list {
			rest, ok := strings.CutPrefix(v, "=")
			if !ok {
				rest, ok = strings.CutPrefix(v, sysrootVariable)
			}
			if ok {
				list[i] = filepath.Clean(p.cmd.Sysroot + "/" + rest)
			}
		}
	}
	if p.cmd.UnsignedChar {
		p.modes.set("char", cpp.Define{Name: "__CHAR_UNSIGNED__", Value: "1"})
	} else if p.cmd.SignedChar {
		p.modes.set("char", cpp.Define{Name: "__CHAR_UNSIGNED__", Undef: true})
	}
	p.cmd.Defines = append(p.modes.defines(), p.cmd.Defines...)
	p.cmd.ABI = p.target.abi()
	p.cmd.Own = p.cmd.File != ""
}

// compiler takes the compiler's name off the front of a command line, and
// launchers before it ("ccache", "env FOO=1", …).
func compiler(args []string) (name string, rest []string) {
	for i, arg := range args {
		switch {
		case strings.HasPrefix(arg, "-") || strings.HasPrefix(arg, "@"):
			return name, args[i:]
		case compilerName.MatchString(commandName(arg)):
			return arg, args[i+1:]
		case launchers[commandName(arg)] || (i > 0 && assignment.MatchString(arg)):
		case i == 0 && !isSource(arg):
			// An unknown name in the first place is a compiler nobody heard of.
			name = arg
		default:
			return name, args[i:]
		}
	}
	return name, nil
}

var (
	launchers    = map[string]bool{"ccache": true, "distcc": true, "sccache": true, "icecc": true, "gomacc": true, "env": true, "nice": true, "time": true}
	assignment   = regexp.MustCompile(`^\w+=`)
	compilerName = regexp.MustCompile(`^(?:(.+)-)?(?:gcc|g\+\+|cc|c\+\+|cpp|clang|clang\+\+|clang-cpp|tcc|icx|c89|c99|c89-gcc|c99-gcc)(?:-?\d+(?:\.\d+)*)?$`)
)

// commandName is a program's name without directory and ".exe".
func commandName(path string) string {
	path = path[strings.LastIndexAny(path, `/\`)+1:]
	return strings.TrimSuffix(path, ".exe")
}

var sourceSuffixes = map[string]bool{
	".c": true, ".i": true, ".S": true, ".s": true, ".cc": true, ".cpp": true, ".cxx": true, ".C": true, ".m": true,
	".h": true, ".hh": true, ".hpp": true, ".hxx": true, ".inc": true,
}

func isSource(path string) bool { return sourceSuffixes[filepath.Ext(path)] }

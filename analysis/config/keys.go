package config

// Type is what a setting's value looks like.
type Type uint8

const (
	Names     Type = iota // a list of ABI names, or one of them alone
	Choice                // one of Options
	Severity              // a table: rule = severity
	Path                  // a path, relative to the folder that the settings are for
	Patterns              // a list of patterns
	Flag                  // true or false
	ABIChoice             // one of Options, or the name of an ABI
)

// Option is one value that a Choice takes.
type Option struct{ Value, Doc string }

// Key is one setting. Table, documentation, JSON schema and the editor
// extension's settings are made of these.
type Key struct {
	Name    string // as in .abide.toml and, behind "abide.", in editors
	Type    Type
	Default string // what holds where nothing is said, for people
	Options []Option
	Doc     string // a sentence or two of Markdown
	// Editor says that the setting is about what an editor shows, and has no
	// place in .abide.toml. Its value goes to Layer.Editor.
	Editor bool
	// Machine says that the setting names a program: a workspace that is not
	// trusted must not set it.
	Machine bool
	// read changes the layer; nil for the editor's.
	read func(*source, *Layer, *value)
}

// shown is how much of a file something beside the code is shown for.
var shown = []Option{
	{"off", "None."},
	{"payload", "Records that are payloads, and commands whose numbers differ."},
	{"all", "All records and commands."},
}

// Keys is all settings, in the order of the documentation.
var Keys = []Key{
	{
		Name: "abis", Type: Names, Default: `["default"]`, read: readABIs,
		Doc: "The ABIs to compare: names such as `x86_64`, `i386`, `arm64`, `arm`, `riscv64`, or `default` (those first four), or `all`. `abide abis` lists them.",
	},
	{
		Name: "scope", Type: Choice, Default: `"payload"`, read: readScope,
		Options: []Option{
			{"payload", "Records that cross the kernel boundary: named by an ioctl command or a user copy, by the setting `payloads`, or marked with an `abide:payload` comment."},
			{"uapi", "Those, and every record of a file under a `uapi/` directory or of an installed kernel header."},
			{"all", "Every record of the file."},
		},
		Doc: "Which records the layout rules speak of.",
	},
	{
		Name: "severities", Type: Severity, Default: `{}`, read: readSeverities,
		Doc: "The severity of single rules: `error`, `warning`, `information`, `hint` or `off`.",
	},
	{
		Name: "payloads", Type: Patterns, Default: `[]`, read: readPayloads,
		Doc: "Records that are payloads although nothing in the source says so, by tag or typedef name; `*` and `?` stand for any text and any letter.",
	},
	{
		Name: "systemPaths", Type: Patterns, Default: `[]`, read: readSystem,
		Doc: "Files that others maintain: they are read where they are included, and never reported on. Relative paths, `*` within a name, `**` across directories; a directory stands for all below it.",
	},
	{
		Name: "baseline", Type: Path, Default: `""`, read: readBaseline,
		Doc: "The file of accepted layouts and commands that `abide baseline` wrote: what it accepts is not reported, and what differs from it is an error.",
	},
	{
		Name: "compilationDatabase", Type: Path, Default: `""`, read: readCompDB,
		Doc: "The `compile_commands.json` to use, or its folder. Empty: the nearest one upwards of each file.",
	},
	{
		Name: "inlayHints.show", Type: Choice, Default: `"payload"`, Editor: true, Options: shown,
		Doc: "Which members show their offset and size as inlay hints.",
	},
	{
		Name: "inlayHints.abi", Type: ABIChoice, Default: `"differing"`, Editor: true,
		Options: []Option{{"differing", "Members that not all of `abis` agree about, with the figures of each."}, {"all", "Every member, with the figures of all `abis`."}},
		Doc:     "Whose figures inlay hints show; an ABI's name for that one alone.",
	},
	{
		Name: "codeLens", Type: Choice, Default: `"payload"`, Editor: true, Options: shown,
		Doc: "Which records and commands have their sizes and numbers in a code lens.",
	},
	{
		Name: "documentSymbols", Type: Flag, Default: `false`, Editor: true,
		Doc: "Whether records and commands are listed as the file's symbols; off beside a server that does it already.",
	},
	{
		Name: "workspaceDiagnostics", Type: Flag, Default: `false`, Editor: true,
		Doc: "Whether files that are not open are checked, too, for editors that ask for the whole workspace.",
	},
	{
		Name: "server.path", Type: Path, Default: `""`, Editor: true, Machine: true,
		Doc: "The `abide` program to run. Empty: the one that comes with the extension, else the one on `PATH`.",
	},
	{
		Name: "trace.server", Type: Choice, Default: `"off"`, Editor: true,
		Options: []Option{{"off", "Nothing."}, {"messages", "One line for each message."}, {"verbose", "Whole messages."}},
		Doc:     "Log what the editor and the server say to each other.",
	},
}

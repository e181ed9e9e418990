package main

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the golden files in the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"abide": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"commit": commit, "init": initRepo},
		Setup: func(env *testscript.Env) error {
			for name, content := range oddFiles {
				if err := os.WriteFile(filepath.Join(env.WorkDir, name), []byte(content), 0o666); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// initRepo makes a git repository without a commit: init DIR.
func initRepo(ts *testscript.TestScript, _ bool, args []string) {
	_, err := git.PlainInit(ts.MkAbs(args[0]), false)
	ts.Check(err)
}

// commit puts all files of a directory into a git repository there, and gives
// the commit a tag: commit DIR TAG.
func commit(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	repo, err := git.PlainInit(dir, false)
	if errors.Is(err, git.ErrRepositoryAlreadyExists) {
		repo, err = git.PlainOpen(dir)
	}
	ts.Check(err)
	tree, err := repo.Worktree()
	ts.Check(err)
	ts.Check(tree.AddWithOptions(&git.AddOptions{All: true}))
	who := &object.Signature{Name: "A", Email: "a@example.org", When: time.Unix(1e9, 0)}
	hash, err := tree.Commit(args[1], &git.CommitOptions{Author: who, AllowEmptyCommits: true})
	ts.Check(err)
	_, err = repo.CreateTag(args[1], hash, nil)
	ts.Check(err)
}

// oddFiles is inputs that a script cannot spell out.
var oddFiles = map[string]string{
	"binary.o":  "\x7fELF\x02\x01\x01\x00\x00",
	"crlf.h":    "struct crlf {\r\n\tint a;\r\n};",
	"latin1.h":  "/* \xe4 */\nstruct latin1 { int a; }; /* \xff\xfe */\n",
	"large.h":   "struct first { int a; };\n" + strings.Repeat("/* "+strings.Repeat("x", 90)+" */\n", 10<<20/97) + "struct last { int z; };\n",
	"huge.h":    strings.Repeat("/* "+strings.Repeat("x", 90)+" */\n", 21<<20/97),
	"crowded.h": strings.Repeat("struct s { int a; };\n", 60_000),
	"huge.toml": strings.Repeat("# "+strings.Repeat("x", 90)+"\n", 2<<20/93),
	"escapes.h": "struct payload { int a; char \x1b[31m; };\n",
}

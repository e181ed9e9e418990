package revision_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"

	"abide/analysis/revision"
)

// project is a repository in a directory of its own.
type project struct {
	t    *testing.T
	root string
	git  *git.Repository
}

func newProject(t *testing.T) *project {
	t.Helper()
	p := &project{t: t, root: t.TempDir()}
	var err error
	if p.root, err = filepath.EvalSymlinks(p.root); err != nil {
		t.Fatal(err)
	}
	if p.git, err = git.PlainInit(p.root, false); err != nil {
		t.Fatal(err)
	}
	return p
}

// write writes files, "name" "content" by turns.
func (p *project) write(files ...string) {
	p.t.Helper()
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(p.root, files[i])
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			p.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(files[i+1]), 0o644); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *project) remove(name string) {
	p.t.Helper()
	if err := os.Remove(filepath.Join(p.root, name)); err != nil {
		p.t.Fatal(err)
	}
}

// stage has git know everything as it is on disk.
func (p *project) stage() *git.Worktree {
	p.t.Helper()
	tree, err := p.git.Worktree()
	if err == nil {
		err = tree.AddWithOptions(&git.AddOptions{All: true})
	}
	if err != nil {
		p.t.Fatal(err)
	}
	return tree
}

func (p *project) commit(tag string) {
	p.t.Helper()
	who := &object.Signature{Name: "A", Email: "a@example.org", When: time.Unix(1e9, 0)}
	hash, err := p.stage().Commit(tag, &git.CommitOptions{Author: who, AllowEmptyCommits: true})
	if err == nil {
		_, err = p.git.CreateTag(tag, hash, nil)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// at opens the repository at a path in it, and a revision.
func (p *project) at(name, rev string) (*revision.Repo, *revision.Tree) {
	p.t.Helper()
	repo, err := revision.Open(filepath.Join(p.root, name))
	if err != nil {
		p.t.Fatal(err)
	}
	tree, err := repo.At(rev)
	if err != nil {
		p.t.Fatal(err)
	}
	return repo, tree
}

func source(name string) bool { return strings.HasSuffix(name, ".h") }

// changed is what differs from a revision, and what is new, by names.
func (p *project) changed(rev string) string {
	p.t.Helper()
	repo, tree := p.at(".", rev)
	list, err := repo.Changed(tree, source)
	if err != nil {
		p.t.Fatal(err)
	}
	fresh, err := repo.New(source)
	if err != nil {
		p.t.Fatal(err)
	}
	var names []string
	for _, path := range list {
		names = append(names, strings.TrimPrefix(path, repo.Root()+"/"))
	}
	for _, path := range fresh {
		names = append(names, "+"+strings.TrimPrefix(path, repo.Root()+"/"))
	}
	return strings.Join(names, " ")
}

func TestChanged(t *testing.T) {
	p := newProject(t)
	p.write("a.h", "one\n", "sub/b.h", "two\n", "notes.txt", "x\n", "gone.h", "x\n")
	p.commit("first")
	steps := []struct {
		what string
		do   func()
		rev  string
		want string
	}{
		{"nothing", func() {}, "HEAD", ""},
		{"on disk", func() { p.write("a.h", "ONE\n") }, "HEAD", "a.h"},
		{"staged", func() { p.stage() }, "HEAD", "a.h"},
		{"in the index only", func() { p.write("a.h", "one\n") }, "HEAD", ""},
		{"new ones", func() { p.write("new.h", "x\n", "deep/er/new.h", "x\n", "new.txt", "x\n", ".hidden/x.h", "x\n") }, "HEAD", "+deep/er/new.h +new.h"},
		{"ignored", func() { p.write(".gitignore", "# built\n/new.h\n", "deep/.gitignore", "er/\n") }, "HEAD", ""},
		{"but for one", func() { p.write(".gitignore", "*.h\n!new.h\n") }, "HEAD", "+new.h"},
		{"staged and new", func() { p.stage() }, "HEAD", "new.h"},
		{"gone", func() { p.remove("gone.h") }, "HEAD", "new.h"},
		{"committed", func() { p.commit("second") }, "HEAD", ""},
		{"since", func() {}, "first", "new.h"},
		{"since, by steps", func() {}, "HEAD~1", "new.h"},
		{"another repository within", func() { p.write("inner/.git/HEAD", "ref: refs/heads/x\n", "inner/x.h", "x\n") }, "HEAD", ""},
	}
	for _, s := range steps {
		s.do()
		if got := p.changed(s.rev); got != s.want {
			t.Errorf("%s: %q, want %q", s.what, got, s.want)
		}
	}
}

// What was written within the same tick of the clock as the index is read.
func TestChangedAtOnce(t *testing.T) {
	p := newProject(t)
	p.write("a.h", "one\n")
	p.commit("first")
	info, err := os.Stat(filepath.Join(p.root, "a.h"))
	if err != nil {
		t.Fatal(err)
	}
	p.write("a.h", "two\n")
	for _, file := range []string{"a.h", ".git/index"} {
		if err := os.Chtimes(filepath.Join(p.root, file), info.ModTime(), info.ModTime()); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.changed("HEAD"); got != "a.h" {
		t.Errorf("got %q", got)
	}
}

func TestBeforeTheFirstCommit(t *testing.T) {
	p := newProject(t)
	p.write("a.h", "one\n", "b.h", "two\n")
	if got := p.changed("HEAD"); got != "+a.h +b.h" {
		t.Errorf("new: %q", got)
	}
	p.stage()
	if got := p.changed("HEAD"); got != "a.h b.h" {
		t.Errorf("staged: %q", got)
	}
	repo, tree := p.at(".", "HEAD")
	if tree.Exists(filepath.Join(p.root, "a.h")) {
		t.Error("a file before the first commit")
	}
	if list, err := tree.Sources("."); err != nil || len(list) > 0 {
		t.Errorf("sources: %v, %v", list, err)
	}
	if _, err := repo.At("v1"); err == nil || !strings.Contains(err.Error(), `has no revision "v1"`) {
		t.Errorf("v1: %v", err)
	}
}

func TestRenamed(t *testing.T) {
	p := newProject(t)
	long := "struct a {\n\tint x;\n\tint y;\n\tint z;\n};\n"
	p.write("dir/a.h", long, "dir/b.h", "struct b {\n\tint other;\n\tint than;\n};\n", "kept.h", long)
	p.commit("first")
	tests := []struct {
		what, file, content, want string
		remove                    string
	}{
		{"nothing is gone", "new.h", long, "", ""},
		{"as it was", "new.h", long, "dir/a.h", "dir/a.h"},
		{"a line more", "new.h", "/* moved */\n" + long, "dir/a.h", ""},
		{"half of it", "new.h", "struct a {\n\tint x;\n};\nint other(void);\nint others(void);\nint more(void);\n", "dir/a.h", ""},
		{"less than half", "new.h", "struct a {\n};\nint other(void);\nint others(void);\nint more(void);\n", "", ""},
		{"another file", "new.h", "typedef int t;\n", "", ""},
		{"the nearest", "a.h", "struct b {\n\tint other;\n\tint than;\n\tint what;\n};\n", "dir/b.h", "dir/b.h"},
		{"empty", "new.h", "", "", ""},
	}
	for _, tt := range tests {
		if tt.remove != "" {
			p.remove(tt.remove)
		}
		_, tree := p.at(".", "HEAD")
		old, ok := tree.Was(filepath.Join(p.root, tt.file), tt.content)
		if rel := strings.TrimPrefix(old, p.root+"/"); ok != (tt.want != "") || ok && rel != tt.want {
			t.Errorf("%s: %q %v, want %q", tt.what, rel, ok, tt.want)
		}
	}
}

// A worktree's .git is a file, and so is a submodule's.
func TestGitFile(t *testing.T) {
	p := newProject(t)
	p.write("a.h", "one\n")
	p.commit("first")
	tree := t.TempDir()
	tree, err := filepath.EvalSymlinks(tree)
	if err != nil {
		t.Fatal(err)
	}
	head, err := os.ReadFile(filepath.Join(p.root, ".git", "HEAD"))
	if err != nil {
		t.Fatal(err)
	}
	index, err := os.ReadFile(filepath.Join(p.root, ".git", "index"))
	if err != nil {
		t.Fatal(err)
	}
	p.write(".git/worktrees/other/HEAD", string(head), ".git/worktrees/other/index", string(index),
		".git/worktrees/other/commondir", "../..\n", ".git/worktrees/other/gitdir", tree+"/.git\n")
	other := &project{t: t, root: tree}
	other.write(".git", "gitdir: "+filepath.Join(p.root, ".git/worktrees/other")+"\n", "a.h", "two\n", "deep/new.h", "x\n")
	if got := other.changed("first"); got != "a.h +deep/new.h" {
		t.Errorf("worktree: %q", got)
	}
	if repo, _ := other.at("deep", "HEAD"); repo.Root() != tree {
		t.Errorf("root of the worktree: %s", repo.Root())
	}

	if err := os.Rename(filepath.Join(p.root, ".git"), filepath.Join(tree, "modules")); err != nil {
		t.Fatal(err)
	}
	p.write(".git", "gitdir: "+filepath.Join(tree, "modules")+"\n", "a.h", "three\n")
	if got := p.changed("first"); got != "a.h" {
		t.Errorf("submodule: %q", got)
	}
}

func TestTree(t *testing.T) {
	p := newProject(t)
	p.write("include/a.h", "one\n", "include/.x/h.h", "", "include/m.mod.c", "", "src/b.c", "b\n")
	if err := os.Symlink("../include/a.h", filepath.Join(p.root, "src", "link.h")); err != nil {
		t.Fatal(err)
	}
	for name, target := range map[string]string{"loop.h": "loop.h", "out.h": "../../etc/passwd"} {
		if err := os.Symlink(target, filepath.Join(p.root, "src", name)); err != nil {
			t.Fatal(err)
		}
	}
	p.commit("first")
	p.write("include/a.h", "two\n", "include/c.h", "c\n")
	p.commit("second")
	_, tree := p.at("src", "first")
	read := func(name string) string {
		content, err := tree.Read(filepath.Join(p.root, name))
		if err != nil {
			return "! " + err.Error()
		}
		return content
	}
	for name, want := range map[string]string{
		"include/a.h": "one\n", "src/link.h": "one\n", "include": "! is a directory", "include/c.h": "! file not found",
		"src/loop.h": "! file not found", "src/out.h": "! file not found", "none/x.h": "! file not found",
	} {
		if got := read(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if exists := tree.Exists(filepath.Join(p.root, name)); exists == strings.HasPrefix(want, "!") {
			t.Errorf("%s exists: %v", name, exists)
		}
	}
	outside := filepath.Join(t.TempDir(), "x.h")
	if err := os.WriteFile(outside, []byte("disk\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if content, err := tree.Read(outside); err != nil || content != "disk\n" {
		t.Errorf("outside: %q, %v", content, err)
	}
	for name, want := range map[string]string{
		".": "include/a.h src/b.c", "include": "include/a.h", "src/b.c": "src/b.c", "none": "! the revision has no none",
	} {
		list, err := tree.Sources(name)
		got := strings.Join(list, " ")
		if err != nil {
			got = "! " + err.Error()
		}
		if got != want {
			t.Errorf("sources of %s: %q, want %q", name, got, want)
		}
	}
	if a := filepath.Join(p.root, "include/a.h"); !tree.Same(a, "one\n") || tree.Same(a, "two\n") || !tree.Same(outside, "x") {
		t.Error("same")
	}
}

func TestOpen(t *testing.T) {
	if _, err := revision.Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "is in no git repository") {
		t.Errorf("no repository: %v", err)
	}
	bare := t.TempDir()
	if _, err := git.PlainInit(bare, true); err != nil {
		t.Fatal(err)
	}
	if _, err := revision.Open(bare); err == nil {
		t.Error("a bare repository has no files on disk")
	}
	p := newProject(t)
	p.commit("first")
	repo, _ := p.at(".", "HEAD")
	for path, want := range map[string]string{p.root + "/x/y.h": "x/y.h", p.root: ".", filepath.Dir(p.root): "", "/": ""} {
		if name, ok := repo.Path(path); name != want || ok != (want != "") {
			t.Errorf("%s: %q %v", path, name, ok)
		}
	}
}

func TestIsRange(t *testing.T) {
	for arg, want := range map[string]string{
		"v1..v2": "v1 v2", "v1..": "v1 HEAD", "..v2": "HEAD v2", "..": "", "v1...v2": "", "../x": "", "a/../b": "", "v1": "",
	} {
		from, to, ok := revision.IsRange(arg)
		if got := strings.TrimSpace(from + " " + to); got != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", arg, got, ok, want)
		}
	}
}

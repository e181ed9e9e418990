package token

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// equal fails unless m has exactly the entries of want, in order.
func equal(t *testing.T, m Map[int], want map[Sym]int) {
	t.Helper()
	got := map[Sym]int{}
	last := Sym(0)
	for s, v := range m.Range {
		if s < last {
			t.Fatalf("%d comes after %d", s, last)
		}
		got[s], last = v, s
	}
	if !maps.Equal(got, want) || m.Len() != len(want) {
		t.Fatalf("map has %d entries (Len %d), want %d", len(got), m.Len(), len(want))
	}
	for s, v := range want {
		if g, ok := m.Get(s); !ok || g != v {
			t.Fatalf("Get(%d) = %d, %v, want %d", s, g, ok, v)
		}
	}
}

// TestMap makes random changes and checks that no snapshot is touched by what
// came after it.
func TestMap(t *testing.T) {
	type snapshot struct {
		m    Map[int]
		want map[Sym]int
	}
	rng := rand.New(rand.NewPCG(1, 2))
	snapshots := []snapshot{{}}
	for range 200 {
		from := snapshots[rng.IntN(len(snapshots))]
		e, want := from.m.Edit(), maps.Clone(from.want)
		if want == nil {
			want = map[Sym]int{}
		}
		for range 1 + rng.IntN(3) {
			for range rng.IntN(200) {
				s := Sym(rng.IntN(1 << (1 + rng.IntN(20))))
				if rng.IntN(3) == 0 {
					e.Delete(s)
					delete(want, s)
				} else {
					v := rng.Int()
					e.Set(s, v)
					want[s] = v
				}
				v, ok := e.Get(s)
				if w, wantOK := want[s]; v != w || ok != wantOK || e.Len() != len(want) {
					t.Fatalf("Get(%d) = %d, %v, want %d", s, v, ok, w)
				}
			}
			snapshots = append(snapshots, snapshot{e.Done(), maps.Clone(want)})
		}
	}
	for _, s := range snapshots {
		equal(t, s.m, s.want)
	}
}

func TestMapEmpty(t *testing.T) {
	var m Map[string]
	if v, ok := m.Get(LBrace); ok || v != "" || m.Len() != 0 {
		t.Error("the zero Map is not empty")
	}
	e := m.Edit()
	e.Delete(LBrace)
	if m = e.Done(); m.Len() != 0 {
		t.Error("deleting from an empty Map left something")
	}
	for range m.Range {
		t.Error("the empty Map has an entry")
	}
}

func TestMapRangeStops(t *testing.T) {
	e := Map[int]{}.Edit()
	for s := range Sym(100) {
		e.Set(s*1000, int(s))
	}
	n := 0
	for range e.Done().Range {
		if n++; n == 10 {
			break
		}
	}
	if n != 10 {
		t.Errorf("Range went on to %d entries", n)
	}
}

func TestMapDifferences(t *testing.T) {
	e := new(Map[int]).Edit()
	for s := range Sym(100_000) {
		e.Set(s*7, int(s))
	}
	before := e.Done()
	for _, s := range []Sym{0, 7 * 500, 7 * 99_999} {
		e.Set(s, -1)
	}
	e.Delete(7 * 3)
	e.Set(1<<20, 5)
	e.Set(7*8, 8) // as it was
	after := e.Done()
	same := func(a, b int) bool { return a == b }
	want := []Sym{0, 7 * 3, 7 * 500, 7 * 99_999, 1 << 20}
	for _, pair := range [][2]Map[int]{{before, after}, {after, before}} {
		if got, ok := pair[0].Differences(pair[1], len(want), same); !ok || !slices.Equal(got, want) {
			t.Errorf("%v %v, want %v", got, ok, want)
		}
		if got, ok := pair[0].Differences(pair[1], len(want)-1, same); ok {
			t.Errorf("%v are more than %d", got, len(want)-1)
		}
	}
}

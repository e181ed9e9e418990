package server

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.lsp.dev/protocol"

	"abide/server/internal/editor"
)

const layoutSource = `#include <linux/types.h>
#include <linux/ioctl.h>
struct sensor {
	__u32 id;
	__u64 stamp;
	union { __u16 raw; struct { __u8 lo, hi; } b; };
};
#define SENSOR_GET _IOR('M', 0, struct sensor)
struct broken { struct nowhere n; };
#ifdef __i386__
struct narrow { int a; };
#endif
`

func TestLayoutRequest(t *testing.T) {
	s := serve(t, newEngine(), editor.Options{})
	check(t, s.Initialize(timeout(t)))
	doc, err := s.Open(timeout(t), fakeURI, "c", layoutSource)
	check(t, err)
	ask := func(params map[string]any) (answer any) {
		params["textDocument"] = map[string]any{"uri": doc.URI}
		var raw protocol.LSPAny
		check(t, s.Call(timeout(t), "abide/layout", params, &raw))
		if len(raw) > 0 { // null leaves nothing
			check(t, json.Unmarshal(raw, &answer))
		}
		return answer
	}
	at := func(place string) map[string]any {
		return map[string]any{"position": doc.Position(strings.Index(layoutSource, place))}
	}
	location := func(name string) map[string]any {
		i := strings.Index(layoutSource, name)
		p := doc.Position(i)
		line, character := float64(p.Line), float64(p.Character)
		return map[string]any{"uri": string(doc.URI), "range": map[string]any{
			"start": map[string]any{"line": line, "character": character},
			"end":   map[string]any{"line": line, "character": character + float64(len(name))},
		}}
	}
	member := func(name, typ string, offset, size float64, more map[string]any) map[string]any {
		m := map[string]any{"path": name, "type": typ, "bitOffset": offset, "bitSize": size, "depth": 0.0, "differs": false}
		for k, v := range more {
			m[k] = v
		}
		return m
	}
	members := func(stamp float64, differs bool) []any {
		u := stamp + 64
		return []any{
			member("id", "__u32", 0, 32, map[string]any{"location": location("id")}),
			member("stamp", "__u64", stamp, 64, map[string]any{"location": location("stamp"), "differs": differs}),
			member("raw", "__u16", u, 16, map[string]any{"location": location("raw"), "differs": differs, "depth": 1.0, "inUnion": true}),
			member("b", "struct", u, 16, map[string]any{"location": location("b;"[:1]), "differs": differs, "depth": 1.0, "inUnion": true, "group": true}),
			member("b.lo", "__u8", u, 8, map[string]any{"location": location("lo"), "differs": differs, "depth": 2.0, "inUnion": true}),
			member("b.hi", "__u8", u+8, 8, map[string]any{"location": location("hi"), "differs": differs, "depth": 2.0, "inUnion": true}),
		}
	}
	hole := func(offset, size float64, tail bool) any {
		return map[string]any{"bitOffset": offset, "bitSize": size, "tail": tail, "differs": true}
	}
	sensor := func(under string) any {
		answer := map[string]any{
			"name": "struct sensor", "kind": "struct", "payload": true, "reason": "ioctl SENSOR_GET",
			"commands": []any{"SENSOR_GET"}, "stale": false, "location": location("sensor"),
			"layouts": []any{
				map[string]any{
					"abis": []any{"x86_64", "arm64", "arm"}, "aligns": []any{8.0, 8.0, 8.0}, "size": 24.0, "align": 8.0, "bigEndian": false,
					"members": members(64, true), "holes": []any{hole(32, 32, false), hole(144, 48, true)},
				},
				map[string]any{
					"abis": []any{"i386"}, "aligns": []any{4.0}, "size": 16.0, "align": 4.0, "bigEndian": false,
					"members": members(32, true), "holes": []any{hole(112, 16, true)},
				},
			},
			"unknown": []any{}, "notDefined": []any{},
		}
		if under != "" {
			answer["member"] = under
		}
		return answer
	}
	for name, test := range map[string]struct {
		params map[string]any
		want   any
	}{
		"tag":          {at("sensor"), sensor("")},
		"member":       {at("stamp"), sensor("stamp")},
		"inner member": {at("hi"), sensor("b.hi")},
		"between":      {at("\t__u64"), sensor("")},
		"inner union":  {at("{ __u16"), sensor("")},
		"command":      {at("SENSOR_GET"), sensor("")},
		"use":          {at("struct sensor)"), nil}, // the keyword is no name
		"name":         {map[string]any{"name": "sensor"}, sensor("")},
		"unknown name": {map[string]any{"name": "struct nobody"}, nil},
		"nowhere":      {at("#include"), nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, ask(test.params)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("unknown layout", func(t *testing.T) {
		answer := ask(at("broken")).(map[string]any)
		unknown := answer["unknown"].([]any)
		if len(answer["layouts"].([]any)) != 0 || len(unknown) != 1 || len(unknown[0].(map[string]any)["abis"].([]any)) != 4 {
			t.Errorf("%v", answer)
		}
	})
	t.Run("not defined", func(t *testing.T) {
		answer := ask(at("narrow")).(map[string]any)
		if diff := cmp.Diff([]any{"x86_64", "arm64", "arm"}, answer["notDefined"]); diff != "" {
			t.Error(diff)
		}
	})
}

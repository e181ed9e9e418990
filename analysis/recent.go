package analysis

import "container/list"

// recent remembers the values that were used last, up to a limit, by path.
type recent[V any] struct {
	limit   int
	order   list.List // of entry[V], the latest first
	entries map[string]*list.Element
}

type entry[V any] struct {
	path  string
	value V
}

func (r *recent[V]) get(path string) (value V, ok bool) {
	e, ok := r.entries[path]
	if !ok {
		return value, false
	}
	r.order.MoveToFront(e)
	return e.Value.(entry[V]).value, true
}

func (r *recent[V]) put(path string, value V) {
	if r.entries == nil {
		r.entries = map[string]*list.Element{}
	}
	if e, ok := r.entries[path]; ok {
		e.Value = entry[V]{path, value}
		r.order.MoveToFront(e)
		return
	}
	r.entries[path] = r.order.PushFront(entry[V]{path, value})
	for r.order.Len() > r.limit {
		last := r.order.Back()
		delete(r.entries, last.Value.(entry[V]).path)
		r.order.Remove(last)
	}
}

func (r *recent[V]) remove(path string) {
	if e, ok := r.entries[path]; ok {
		delete(r.entries, path)
		r.order.Remove(e)
	}
}

package decl

import "abide/analysis/cpp"

type cacheKey struct{}

// cacheOf is what this package keeps with a segment.
func cacheOf(s *cpp.Segment) *segmentCache {
	return s.Attach(cacheKey{}, func() any { return new(segmentCache) }).(*segmentCache)
}

package analysis

import "slices"

// severityNames is how users write severities, in their order.
var severityNames = []string{Off: "off", Hint: "hint", Information: "information", Warning: "warning", Error: "error"}

// String is the severity as users write it.
func (s Severity) String() string { return severityNames[s] }

// ParseSeverity reads a severity as users write it.
func ParseSeverity(name string) (s Severity, ok bool) {
	i := slices.Index(severityNames, name)
	return Severity(max(i, 0)), i >= 0
}

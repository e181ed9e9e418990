// Package checks is the catalogue of rules: one folder each, registered by
// `make generate`.
package checks

//go:generate go run ./internal/register
//go:generate go run ./internal/document

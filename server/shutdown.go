package server

import "context"

// Shutdown needs no work: everything ends with the connection, after exit.
// (The life cycle itself is the handler's.)
func (s *server) Shutdown(context.Context) error { return nil }

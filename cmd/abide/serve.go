package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"abide/server"
)

// serve speaks LSP until the client says exit, or its end of the pipe closes.
func serve(ctx context.Context, c *subcommand, s streams, args []string) int {
	o, ok := parse(c, s, args)
	if !ok {
		return exitTrouble
	}
	if len(o.files) > 0 {
		fmt.Fprintf(s.err, "abide serve: takes no files; the editor says what to open\n")
		return exitTrouble
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(o.log)); err != nil {
		fmt.Fprintf(s.err, "abide serve: --log: %v\n", err)
		return exitTrouble
	}
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: level}))
	slog.SetDefault(log)
	if err := server.Run(ctx, s.in, s.out, log); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintf(s.err, "abide serve: %v\n", err)
		return exitFindings
	}
	return exitClean
}

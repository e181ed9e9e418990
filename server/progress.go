package server

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	"go.lsp.dev/protocol"
)

// progressAfter is how long work takes before the user is told of it.
const progressAfter = 500 * time.Millisecond

var progressTokens atomic.Int64

// progress reports work to the user if it takes longer than progressAfter.
// Call done when it ends.
func (c *client) progress(ctx context.Context, title string) (done func()) {
	if !c.showsProgress {
		return func() {}
	}
	ended := make(chan struct{})
	go func() {
		select {
		case <-ended:
			return
		case <-time.After(progressAfter):
		}
		token := protocol.String(fmt.Sprintf("abide-%d", progressTokens.Add(1)))
		// The work may be cancelled; what was begun is ended all the same.
		ctx := context.WithoutCancel(ctx)
		if c.call(ctx, protocol.MethodWindowWorkDoneProgressCreate, &protocol.WorkDoneProgressCreateParams{Token: token}, nil) != nil {
			return
		}
		select {
		case <-ended:
			return
		default:
		}
		c.report(ctx, token, &protocol.WorkDoneProgressBegin{Kind: "begin", Title: title})
		<-ended
		c.report(ctx, token, &protocol.WorkDoneProgressEnd{Kind: "end"})
	}()
	return func() { close(ended) }
}

func (c *client) report(ctx context.Context, token protocol.ProgressToken, value any) {
	raw, err := protocol.Marshal(value)
	if err != nil {
		return
	}
	// Progress is a courtesy: if it cannot be sent, the work's result will say why.
	_ = c.conn.Notify(ctx, protocol.MethodProgress, &protocol.ProgressParams{Token: token, Value: raw})
}

func displayName(path string) string { return filepath.Base(path) }

package decl

import (
	"errors"
	"fmt"
	"hash/maphash"
	"strconv"
	"strings"
	"sync"
	"time"

	"modernc.org/cc/v4"
)

// A parse that cc does not come back from cannot be stopped. What is fed to it
// is made so that it always does; should it not, the text is not tried again,
// and while maxRunaways of them are out cc is not used at all.
const (
	parseLimit   = 2 * time.Second
	limitPerByte = 4 * time.Microsecond // on top, for big items on busy machines
	maxRunaways  = 2
)

var (
	errRunaway = errors.New("the parser did not come back")
	errTooBig  = errors.New("too big to parse")
)

// maxText bounds what is fed at once, in bytes.
const maxText = 4 << 20

// runaways are the texts that cc is still busy with past the limit.
var runaways = struct {
	sync.Mutex
	seed  maphash.Seed
	texts map[uint64]bool
}{seed: maphash.MakeSeed(), texts: map[uint64]bool{}}

var ccABI = sync.OnceValue(func() *cc.ABI {
	abi, err := cc.NewABI("linux", "amd64")
	if err != nil {
		panic(err) // a table of cc's own
	}
	return abi
})

// parseText runs cc over a feed's text.
func parseText(text string) (*cc.AST, error) {
	if len(text) > maxText {
		return nil, errTooBig
	}
	hash := maphash.String(runaways.seed, text)
	runaways.Lock()
	stop := len(runaways.texts) >= maxRunaways || runaways.texts[hash]
	runaways.Unlock()
	if stop {
		return nil, errRunaway
	}
	done := make(chan outcome, 1)
	go func() { done <- runParser(text) }()
	timer := time.NewTimer(parseLimit + time.Duration(len(text))*limitPerByte)
	defer timer.Stop()
	select {
	case r := <-done:
		return r.ast, r.err
	case <-timer.C:
	}
	runaways.Lock()
	defer runaways.Unlock()
	runaways.texts[hash] = true
	go func() {
		<-done
		runaways.Lock()
		defer runaways.Unlock()
		delete(runaways.texts, hash) // it was only slow
	}()
	return nil, errRunaway
}

type outcome struct {
	ast *cc.AST
	err error
}

// runParser runs cc, which panics on some inputs.
func runParser(text string) (r outcome) {
	defer func() {
		if p := recover(); p != nil {
			r = outcome{err: fmt.Errorf("the parser failed: %v", p)}
		}
	}()
	r.ast, r.err = cc.Parse(&cc.Config{ABI: ccABI()}, []cc.Source{{Name: "<predefined>", Value: text}})
	if r.err == nil && r.ast == nil {
		r.err = errors.New("the parser gave nothing")
	}
	return r
}

// errorOffset finds the byte that an error of cc's complains about: the text
// is one line, and errors begin with name:line:column.
func errorOffset(err error) (int, bool) {
	parts := strings.SplitN(err.Error(), ":", 4)
	if len(parts) < 4 {
		return 0, false
	}
	column, err := strconv.Atoi(strings.TrimSpace(parts[2]))
	return column - 1, err == nil
}

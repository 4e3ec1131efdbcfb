// Command sirenbase is SirenBase: the server, and what its operator does from
// a terminal. Each command has its file; commands.go lists them.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run carries out one command line and returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	c := newConsole(stdin, stdout, stderr)
	defer func() {
		if bug := recover(); bug != nil {
			code = c.fail(bugError{bug})
		}
	}()
	return c.fail(execute(ctx, args, c))
}

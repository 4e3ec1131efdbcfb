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
	ctx, stop := untilTold(ctx)
	defer stop()
	c := newConsole(stdin, stdout, stderr)
	defer func() {
		if bug := recover(); bug != nil {
			code = c.fail(bugError{bug})
		}
	}()
	return c.fail(execute(ctx, args, c))
}

// untilTold returns a context that ends with the first Ctrl-C or SIGTERM. A
// second Ctrl-C is a person who will not wait, and ends the program at once; a
// second SIGTERM means nothing: timeout and supervisors send it twice.
func untilTold(ctx context.Context) (told context.Context, stop func()) {
	interrupted, letInterrupt := signal.NotifyContext(ctx, os.Interrupt)
	context.AfterFunc(interrupted, letInterrupt)
	told, letTerminate := signal.NotifyContext(interrupted, syscall.SIGTERM)
	return told, func() {
		letTerminate()
		letInterrupt()
	}
}

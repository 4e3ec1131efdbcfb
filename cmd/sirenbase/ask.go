package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/term"
)

// confirm lets through what the person agrees to: with --yes, or at the
// terminal. Without either it refuses.
func (c *console) confirm(ctx context.Context, yes bool, question string) error {
	if yes {
		return nil
	}
	if _, ok := terminal(c.stdin); !ok {
		return errors.New("there is no terminal to ask on: say --yes to go ahead")
	}
	fmt.Fprintf(c.stderr, "%s [y/N] ", question)
	answer, err := await(ctx, c.readLine)
	if err != nil {
		return err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return nil
	}
	return errors.New("nothing was changed")
}

// askPIN reads a new PIN: twice and unseen on a terminal, else as one line.
func (c *console) askPIN(ctx context.Context) (string, error) {
	descriptor, ok := terminal(c.stdin)
	if !ok {
		return await(ctx, c.readLine)
	}
	pin, err := c.askUnseen(ctx, descriptor, "New PIN (four digits): ")
	if err != nil {
		return "", err
	}
	again, err := c.askUnseen(ctx, descriptor, "The same again: ")
	if err != nil {
		return "", err
	}
	if pin != again {
		return "", errors.New("the two PINs are not the same")
	}
	return pin, nil
}

// askUnseen gives the terminal its echo back also when it is interrupted.
func (c *console) askUnseen(ctx context.Context, descriptor int, question string) (string, error) {
	before, err := term.GetState(descriptor)
	if err != nil {
		return "", err
	}
	defer term.Restore(descriptor, before) //nolint:errcheck // the terminal may be gone by now
	fmt.Fprint(c.stderr, question)
	defer fmt.Fprintln(c.stderr)
	return await(ctx, func() (string, error) {
		secret, err := term.ReadPassword(descriptor)
		return string(secret), err
	})
}

// readLine reads what is left of the input if its last line has no end.
func (c *console) readLine() (string, error) {
	line, err := c.lines.ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimSpace(line), err
}

// await lets a read be interrupted. The read itself cannot be, and is left
// behind: the program ends then.
func await(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := read()
		done <- answer{text, err}
	}()
	select {
	case a := <-done:
		return a.text, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

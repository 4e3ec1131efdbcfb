package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"golang.org/x/term"
)

// console is where a command meets the person who typed it.
type console struct {
	stdin  io.Reader
	lines  *bufio.Reader // of stdin
	stdout io.Writer
	stderr io.Writer
}

func newConsole(stdin io.Reader, stdout, stderr io.Writer) *console {
	return &console{stdin: stdin, lines: bufio.NewReader(stdin), stdout: stdout, stderr: stderr}
}

// say prints for people, or for the script that asked.
func (c *console) say(format string, args ...any) { fmt.Fprintf(c.stdout, format+"\n", args...) }

// progress tells a person who waits what is going on. Logs and scripts do not
// want to know.
func (c *console) progress(format string, args ...any) {
	if _, ok := terminal(c.stderr); ok {
		fmt.Fprintf(c.stderr, format+"\n", args...)
	}
}

// terminal returns the descriptor of a stream that is a terminal.
func terminal(stream any) (descriptor int, ok bool) {
	file, ok := stream.(*os.File)
	if !ok {
		return 0, false
	}
	descriptor = int(file.Fd())
	return descriptor, term.IsTerminal(descriptor)
}

// printable takes out what would steer a terminal: names are anybody's text.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, text)
}

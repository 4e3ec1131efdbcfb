//go:build !unix

package dbtest

import "syscall"

func attributes() *syscall.SysProcAttr { return nil }

func giveAway(string) error { return nil }

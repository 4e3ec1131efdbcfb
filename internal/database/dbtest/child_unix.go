//go:build unix && !linux

package dbtest

import "syscall"

func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: account()}
}

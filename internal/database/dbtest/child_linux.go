package dbtest

import "syscall"

// attributes has the kernel end the child when this process ends, even by a
// panic or a timeout, which run no cleanup.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: account(), Pdeathsig: syscall.SIGQUIT}
}

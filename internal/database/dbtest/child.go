package dbtest

import (
	"os"
	"os/exec"
	"runtime"
)

// child is a process that must not outlive this one.
type child struct {
	process *os.Process
	exited  chan struct{}
	err     error // once exited
}

// launch starts cmd on a thread that lives as long as it does: a system that
// ends a child with its parent goes by the thread that started it.
func launch(cmd *exec.Cmd) (*child, error) {
	cmd.SysProcAttr = attributes()
	c := &child{exited: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		c.process = cmd.Process
		started <- err
		if err == nil {
			c.err = cmd.Wait()
			close(c.exited)
		}
	}()
	return c, <-started
}

func (c *child) signal(s os.Signal) error { return c.process.Signal(s) }

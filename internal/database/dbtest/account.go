//go:build unix

package dbtest

import (
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// account is who runs PostgreSQL, which refuses root; nil means us.
func account() *syscall.Credential {
	if os.Geteuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.ParseUint(u.Uid, 10, 32)
		gid, _ := strconv.ParseUint(u.Gid, 10, 32)
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	return &syscall.Credential{Uid: 65534, Gid: 65534}
}

// giveAway makes the account the owner of a folder.
func giveAway(dir string) error {
	if who := account(); who != nil {
		return os.Chown(dir, int(who.Uid), int(who.Gid))
	}
	return nil
}

package dbtest

import (
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

var errNotInstalled = errors.New("PostgreSQL is not installed")

// oldest is the oldest major version that is tested on.
const oldest = 15

// findBinaries returns the folder of the newest PostgreSQL that is installed.
func findBinaries() (string, error) {
	best, newest := "", oldest-1
	for _, dir := range candidates() {
		if major := majorVersion(dir); major > newest {
			best, newest = dir, major
		}
	}
	if best == "" {
		return "", errNotInstalled
	}
	return best, nil
}

func candidates() []string {
	dirs, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if path, err := exec.LookPath("postgres"); err == nil {
		// It may be a link into a folder that holds initdb too.
		if real, err := filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(real))
		}
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	return dirs
}

var versionNumber = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// majorVersion is 0 for a folder that has no server, or no initdb.
func majorVersion(dir string) int {
	if _, err := exec.LookPath(filepath.Join(dir, "initdb")); err != nil {
		return 0
	}
	out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
	match := versionNumber.FindSubmatch(out)
	if err != nil || match == nil {
		return 0
	}
	major, _ := strconv.Atoi(string(match[1]))
	return major
}

// Package internal_test holds what is true of the tree as a whole.
package internal_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/sirenbase/sirenbase/"

// sourceFile is a Go file of the program, tests left out.
type sourceFile struct {
	path    string // from the root of the repository: internal/api/api.go
	imports []string
}

// room is the package's folder: internal/api.
func (f sourceFile) room() string { return path.Dir(f.path) }

// sourceFiles reads the imports of every Go file below internal and cmd.
func sourceFiles(t *testing.T) []sourceFile {
	t.Helper()
	var files []sourceFile
	for _, root := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join("..", root), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			file := sourceFile{path: strings.TrimPrefix(filepath.ToSlash(name), "../")}
			for _, spec := range parsed.Imports {
				imported, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					return err
				}
				file.imports = append(file.imports, imported)
			}
			files = append(files, file)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

var (
	tools  = []string{"internal/tracking", "internal/milkcount", "internal/rtde"}
	frame  = []string{"internal/api", "internal/database", "internal/fault", "internal/clock", "internal/actor", "internal/owner"}
	ground = []string{"internal/fault", "internal/clock", "internal/actor", "internal/owner"}
	// testRooms are packages that only tests import.
	testRooms = []string{"internal/app/apptest", "internal/database/dbtest", "internal/legacy/legacytest"}
)

// within says whether a package is one of the rooms, or inside of one.
func within(room string, rooms []string) bool {
	return slices.ContainsFunc(rooms, func(one string) bool { return room == one || strings.HasPrefix(room, one+"/") })
}

func TestRoomsKnowOnlyWhomTheyMay(t *testing.T) {
	seen := map[string]bool{}
	for _, file := range sourceFiles(t) {
		room := file.room()
		seen[room] = true
		if within(room, testRooms) {
			continue // known to tests alone, and free to know everybody
		}
		for _, imported := range file.imports {
			ours, inside := strings.CutPrefix(imported, module)
			if !inside {
				continue
			}
			if reason := forbidden(room, ours); reason != "" {
				t.Errorf("%s imports %s: %s", file.path, ours, reason)
			}
		}
	}
	for _, room := range []string{"internal/api", "internal/database", "internal/tracking", "internal/app", "cmd/sirenbase"} {
		if !seen[room] {
			t.Errorf("no file of %s was read", room)
		}
	}
}

// forbidden says why a room may not import another one.
func forbidden(room, imported string) string {
	composes := within(room, []string{"cmd", "internal/app"})
	switch {
	case within(imported, testRooms):
		return "only tests import it"
	case within(imported, []string{"cmd"}):
		return "nothing imports a command"
	case within(imported, []string{"internal/app"}) && !composes:
		return "only cmd starts the app, and tests, which come in through the front door"
	case within(room, ground) && !within(imported, ground):
		return "it stands at the ground"
	case within(room, frame) && !within(imported, frame):
		return "the frame knows no room; it declares an interface for what it needs"
	case within(imported, []string{"web"}) && !composes:
		return "the built pages are handed on by the composition root"
	case within(room, []string{"internal/database"}) && within(imported, []string{"internal/api"}):
		return "the database knows no transport"
	case within(room, tools) && within(imported, tools) && !within(imported, []string{room}):
		return "a tool imports no other tool"
	case within(imported, tools) && !within(room, tools) && !composes && !within(room, []string{"internal/demo", "internal/legacy", "internal/backup"}):
		return "a tool is known to the composition root alone"
	default:
		return ""
	}
}

func TestTheImportRuleItself(t *testing.T) {
	for _, wrong := range [][2]string{
		{"internal/tracking", "internal/milkcount"},
		{"internal/rtde", "internal/app"},
		{"internal/api", "internal/identity"},
		{"internal/database", "internal/api"},
		{"internal/database", "internal/stores"},
		{"internal/identity", "internal/tracking"},
		{"internal/identity", "internal/app"},
		{"internal/app", "internal/app/apptest"},
		{"internal/fault", "internal/api"},
		{"internal/app", "cmd/sirenbase"},
		{"internal/api", "web"},
	} {
		if forbidden(wrong[0], wrong[1]) == "" {
			t.Errorf("%s may import %s", wrong[0], wrong[1])
		}
	}
	for _, right := range [][2]string{
		{"cmd/sirenbase", "internal/app"},
		{"internal/app", "internal/tracking"},
		{"internal/app", "web"},
		{"internal/tracking", "internal/api"},
		{"internal/tracking", "internal/database"},
		{"internal/identity", "internal/stores"},
		{"internal/api", "internal/database"},
	} {
		if reason := forbidden(right[0], right[1]); reason != "" {
			t.Errorf("%s may not import %s: %s", right[0], right[1], reason)
		}
	}
}

// The file that is called like its tool holds the rules, which know neither
// transport nor storage.
func TestRulesKnowNeitherTransportNorStorage(t *testing.T) {
	files := 0
	for _, file := range sourceFiles(t) {
		if !slices.Contains(tools, file.room()) || path.Base(file.path) != path.Base(file.room())+".go" {
			continue
		}
		files++
		for _, banned := range []string{"net/http", "database/sql", module + "internal/api", module + "internal/database", "math/rand", "math/rand/v2", "crypto/rand"} {
			if slices.Contains(file.imports, banned) {
				t.Errorf("%s imports %s", file.path, banned)
			}
		}
	}
	if files == 0 {
		t.Error("no rules were found")
	}
}

// SQL stands in the queries of a room; nothing else speaks to a driver.
func TestOnlyTheDatabaseKnowsItsDrivers(t *testing.T) {
	for _, file := range sourceFiles(t) {
		if within(file.room(), []string{"internal/database", "internal/legacy", "internal/backup"}) {
			continue
		}
		for _, imported := range file.imports {
			if imported == "database/sql" || strings.HasPrefix(imported, "github.com/jackc/pgx") || strings.HasPrefix(imported, "modernc.org/sqlite") {
				t.Errorf("%s imports %s", file.path, imported)
			}
		}
	}
}

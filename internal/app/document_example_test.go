package app_test

import (
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
)

// refusedFor is what an example is refused for on a server that just began, by
// the operation: nothing that is wrong with a body, only that the things it
// names are not there, or not yet, or there already. All others succeed.
var refusedFor = map[string]string{
	"sign-up":             "Partner number already exists",
	"create-user":         "Partner number already exists",
	"change-pin":          "Invalid credentials",
	"set-up":              "Setup is already done",
	"set-user-stores":     "Unknown store: 01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d",
	"remove-items":        "Item not found: 4821",
	"save-milk-foh":       "Unknown milk type: mt-001-whole",
	"save-milk-draft":     "Unknown milk type: mt-001-whole",
	"save-milk-boh":       "Cannot save BOH - session status is night_foh",
	"save-milk-morning":   "Cannot save morning count - session status is night_foh",
	"save-milk-on-order":  "Cannot save on order - session status is night_foh",
	"reopen-milk-session": "Cannot reopen to night_foh - session status is night_foh",
	"reorder-rtde-items":  "Item ID not found",
	"save-rtde-count":     "Item not found",
	"save-rtde-counts":    "Item not found",
	"save-rtde-pull":      "Item not found",
}

// inBraces is the id in a path.
var inBraces = regexp.MustCompile(`\{[^}]*\}`)

// withID puts the id of something that the server has into a path.
func withID(owner *apptest.Client, path string) string {
	if !inBraces.MatchString(path) {
		return path
	}
	return inBraces.ReplaceAllLiteralString(path, somethingAt(owner, path))
}

func somethingAt(owner *apptest.Client, path string) string {
	owner.TB.Helper()
	before, _, _ := strings.Cut(path, "/{")
	switch before {
	case "/api/admin/users":
		return owner.Get(before).Text("users.0.id")
	case "/api/stores":
		return owner.Get(before).Text("stores.0.id")
	case "/api/milk-count/admin/milk-types", "/api/milk-count/admin/par-levels":
		return owner.Get("/api/milk-count/milk-types").Text("milk_types.0.id")
	case "/api/milk-count/sessions":
		return owner.Post(before+"/start", nil).Text("session.id")
	case "/api/rtde/admin/items":
		return owner.Post(before, map[string]any{"name": "Panini", "par_level": 6}).Text("item.id")
	case "/api/rtde/sessions":
		return owner.Post(before+"/start", nil).Text("session_id")
	default:
		owner.TB.Fatalf("no id is known for %s", path)
		return ""
	}
}

// Who copies an example out of the document gets no complaint about it.
func TestTheServerTakesTheExamplesOfItsDocument(t *testing.T) {
	var document struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			RequestBody *struct {
				Content map[string]struct{ Example json.RawMessage }
			}
		}
	}
	if err := json.Unmarshal(served(t), &document); err != nil {
		t.Fatal(err)
	}
	sent := map[string]bool{}
	for path, methods := range document.Paths {
		for method, op := range methods {
			if op.RequestBody == nil {
				continue
			}
			sent[op.OperationID] = true
			t.Run(op.OperationID, func(t *testing.T) {
				owner := apptest.New(t, database.SQLite).Admin()
				example := op.RequestBody.Content["application/json"].Example
				r := owner.Do(strings.ToUpper(method), withID(owner, path), []byte(example))
				expectTaken(t, r, refusedFor[op.OperationID], example)
			})
		}
	}
	for id := range refusedFor {
		if !sent[id] {
			t.Errorf("no operation %s has an example", id)
		}
	}
}

func expectTaken(t *testing.T, r *apptest.Response, refused string, example []byte) {
	t.Helper()
	taken := r.Status < http.StatusBadRequest
	switch {
	case refused == "" && !taken, !strings.Contains(string(r.Body), refused):
		t.Errorf("%d %s\nto %s", r.Status, r.Body, example)
	case refused != "" && taken:
		t.Errorf("%d: no longer refused for %q", r.Status, refused)
	}
}

// The version stands in the guide for those who read it without a server.
func TestTheGuideShowsTheVersionOfTheAPI(t *testing.T) {
	guide, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(guide), `"api_version": "`+api.Version+`"`) {
		t.Errorf("docs/api.md does not show version %s of the API", api.Version)
	}
}

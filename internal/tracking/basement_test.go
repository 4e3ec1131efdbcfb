package tracking_test

import (
	"context"
	"flag"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) {
	for name, value := range map[string]string{
		// Each check of a property is a run on a real database; ask for more of them on the command line.
		"rapid.checks": "20",
		// The tests wait for disks and for each other's servers more than they compute.
		"test.parallel": "6",
	} {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(dbtest.Main(m))
}

// each runs a test on a server over each engine, beside the other tests.
func each(t *testing.T, run func(t *testing.T, s *apptest.Server)) {
	t.Helper()
	t.Parallel()
	apptest.Each(t, run)
}

const (
	itemsPath   = "/api/tracking/items"
	batchPath   = "/api/tracking/items/batch"
	removePath  = "/api/tracking/items/remove"
	searchPath  = "/api/tracking/items/search"
	codesPath   = "/api/tracking/codes"
	historyPath = "/api/tracking/history"
)

type object = map[string]any

// item is the body that adds an item; without a code one is drawn.
func item(name, category string, code ...string) object {
	body := object{"name": name, "category": category}
	if len(code) > 0 {
		body["code"] = code[0]
	}
	return body
}

// add adds an item and returns its code.
func add(c *apptest.Client, name, category string, code ...string) string {
	c.TB.Helper()
	return c.Post(itemsPath, item(name, category, code...)).ExpectStatus(http.StatusCreated).Text("item.code")
}

func remove(c *apptest.Client, code string) {
	c.TB.Helper()
	c.Delete(itemsPath + "/" + code).ExpectStatus(http.StatusOK)
}

// column lists one field of every element of a list in the answer.
func column(r *apptest.Response, list, field string) []string {
	r.TB.Helper()
	elements, ok := r.Value(list).([]any)
	if !ok {
		r.TB.Fatalf("%s is no list in %s", list, r.Body)
	}
	texts := []string{}
	for _, element := range elements {
		text, ok := element.(object)[field].(string)
		if !ok {
			r.TB.Fatalf("no %s in an element of %s", field, r.Body)
		}
		texts = append(texts, text)
	}
	return texts
}

// names lists the items that a GET answers.
func names(c *apptest.Client, query string) []string {
	c.TB.Helper()
	return column(c.Get(itemsPath+query).ExpectStatus(http.StatusOK), "items", "name")
}

// logInAgain is for tests that turn the clock past the end of a token.
func logInAgain(s *apptest.Server) *apptest.Client {
	s.TB.Helper()
	c := s.Anybody()
	r := c.Post("/api/auth/login", object{"partner_number": apptest.StaffNumber, "pin": apptest.StaffPIN})
	c.Token, c.UserID = r.ExpectStatus(http.StatusOK).Text("token"), r.Text("user.id")
	return c
}

// turnTo sets the clock, and logs in there.
func turnTo(s *apptest.Server, instant string) *apptest.Client {
	s.TB.Helper()
	t, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		s.TB.Fatal(err)
	}
	s.Clock.Advance(t.Sub(s.Clock.Now()))
	return logInAgain(s)
}

// exec changes the database behind the program's back, where ten thousand
// requests would take too long.
func exec(tb testing.TB, db *database.DB, query string, args ...any) {
	tb.Helper()
	err := db.InTx(context.Background(), func(tx *database.Handle) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func count(tb testing.TB, db *database.DB, query string, args ...any) int {
	tb.Helper()
	n, err := database.Value[int](context.Background(), db.Read(), query, args...)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// together does n things at once and returns their answers, in order.
func together(n int, do func(i int) *apptest.Response) []*apptest.Response {
	answers := make([]*apptest.Response, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			answers[i] = do(i)
		})
	}
	close(start)
	all.Wait()
	return answers
}

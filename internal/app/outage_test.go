package app_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
	"github.com/sirenbase/sirenbase/internal/identity"
)

const unreachable = "Database connection error. Please try again."

// outage is a server on a PostgreSQL of its own, with an owner logged in.
func outage(t *testing.T) (*dbtest.Cluster, *apptest.Server, *apptest.Client) {
	t.Helper()
	cluster := dbtest.NewCluster(t)
	s := apptest.Start(t, apptest.Settings(t, cluster.URL()))
	_, err := s.App.Identity.CreateFirstAdmin(t.Context(), identity.NewUser{PartnerNumber: "OWNER01", Name: "Olive Park", PIN: "1357"})
	if err != nil {
		t.Fatal(err)
	}
	return cluster, s, s.LogIn("OWNER01", "1357")
}

func TestWithoutItsDatabaseTheServerSaysSoAndGoesOn(t *testing.T) {
	cluster, s, owner := outage(t)
	for round := range 2 {
		code := fmt.Sprintf("482%d", round)
		item := map[string]string{"name": "Oat", "category": "other", "code": code}
		owner.Post("/api/tracking/items", item).ExpectStatus(201)
		cluster.Stop()
		for range 3 {
			owner.Get("/api/auth/me").ExpectError(503, unreachable)
			owner.Get("/api/admin/users").ExpectError(503, unreachable)
			owner.Get("/api/tracking/items").ExpectError(503, unreachable)
			owner.Post("/api/tracking/items", item).ExpectError(503, unreachable)
			owner.Delete("/api/tracking/items/"+code).ExpectError(503, unreachable)
			s.Anybody().Get("/api/setup").ExpectError(503, unreachable)
			s.Anybody().Post("/api/auth/login", `{"partner_number": "OWNER01", "pin": "1357"}`).ExpectError(503, unreachable)
			s.Anybody().Post("/api/auth/signup", `{"partner_number": "NEW01", "name": "Nia", "pin": "2468"}`).ExpectError(503, unreachable)
			s.Anybody().Get("/readyz").ExpectError(503, "The database cannot be reached")
			// What needs no database goes on.
			s.Anybody().Get("/healthz").Expect(200, `{"status": "ok"}`)
			s.Anybody().Get("/api/auth/me").ExpectError(401, "Missing Authorization Header")
			s.Anybody().Post("/api/auth/login", `[]`).ExpectError(400, "Request body must be a JSON object")
			s.Anybody().Get("/api/nothing").ExpectError(404, "Resource not found")
		}
		cluster.Start()
		// The very first answers are right again, on every connection of the pool.
		owner.Delete("/api/tracking/items/" + code).ExpectStatus(200)
		owner.Get("/api/auth/me").ExpectStatus(200)
		s.Anybody().Get("/readyz").Expect(200, `{"status": "ok"}`)
		s.Anybody().Post("/api/auth/login", `{"partner_number": "OWNER01", "pin": "1357"}`).ExpectStatus(200)
		owner.Post("/api/tracking/items", map[string]string{"name": "Oat", "category": "other"}).ExpectStatus(201)
	}
	if strings.Contains(s.Log(), "panic") {
		t.Error("something panicked")
	}
}

func TestAnOutageLeavesNoGoroutinesBehind(t *testing.T) {
	cluster, s, owner := outage(t)
	owner.Get("/api/auth/me").ExpectStatus(200)
	before := runtime.NumGoroutine()
	cluster.Stop()
	for range 100 {
		owner.Get("/api/tracking/items").ExpectStatus(503)
		owner.Post("/api/tracking/codes", nil).ExpectStatus(503)
		s.Anybody().Get("/readyz").ExpectStatus(503)
	}
	cluster.Start()
	owner.Get("/api/tracking/items").ExpectStatus(200)
	// Some need a moment to end; those that leaked never do.
	const spare = 20
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before+spare; runtime.Gosched() {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func TestABrokenDatabaseIsAnInternalErrorWithoutDetails(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		// The schema is not as the program expects it: nothing a client could mend.
		err := s.DB.InTx(t.Context(), dropItems)
		if err != nil {
			t.Fatal(err)
		}
		staff.Get("/api/tracking/items").ExpectError(500, "Internal server error")
		staff.Post("/api/tracking/items", `{"name": "Oat", "category": "other"}`).ExpectError(500, "Internal server error")
		staff.Delete("/api/tracking/items/4821").ExpectError(500, "Internal server error")
		staff.Get("/api/auth/me").ExpectStatus(200)
		if log := s.Log(); !strings.Contains(log, `"level":"ERROR"`) || !strings.Contains(log, "items") {
			t.Errorf("the log does not tell what is wrong: %s", log)
		}
	})
}

func TestAClosedDatabaseIsAnError(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		staff := s.Staff()
		if err := s.DB.Close(); err != nil {
			t.Fatal(err)
		}
		for _, r := range []*apptest.Response{
			staff.Get("/api/auth/me"), s.Anybody().Post("/api/auth/login", `{"partner_number": "TEST123", "pin": "5678"}`),
		} {
			r.ExpectOneOf(500, 503)
			if strings.Contains(string(r.Body), "sql") || strings.Contains(string(r.Body), "/") {
				t.Errorf("%s", r.Body)
			}
		}
		s.Anybody().Get("/readyz").ExpectStatus(503)
		s.Anybody().Get("/healthz").ExpectStatus(200)
	})
}

package identity_test

import (
	"context"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

const (
	wrongCredentials = "Invalid credentials"
	numberTaken      = "Partner number already exists"
	missing          = "Missing data for required field."
)

// credentials is the body of a login.
func credentials(number, pin string) map[string]string {
	return map[string]string{"partner_number": number, "pin": pin}
}

// account is the body of a sign-up.
func account(number, name, pin string) map[string]string {
	return map[string]string{"partner_number": number, "name": name, "pin": pin}
}

// execute changes the database behind the server's back.
func execute(s *apptest.Server, query string, args ...any) {
	s.TB.Helper()
	err := s.DB.InTx(context.Background(), func(tx *database.Handle) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	})
	if err != nil {
		s.TB.Fatal(err)
	}
}

// value reads one value from the database.
func value[T any](s *apptest.Server, query string, args ...any) T {
	s.TB.Helper()
	v, err := database.Value[T](context.Background(), s.DB.Read(), query, args...)
	if err != nil {
		s.TB.Fatal(err)
	}
	return v
}

// auditLine is an entry of the audit log in one line.
func auditLines(s *apptest.Server) []string {
	s.TB.Helper()
	lines, err := database.All(context.Background(), s.DB.Read(), func(row database.Row) (string, error) {
		parts := make([]string, 6)
		err := row.Scan(&parts[0], &parts[1], &parts[2], &parts[3], &parts[4], &parts[5])
		return strings.Join(parts, " | "), err
	}, `SELECT a.type, a.title, a.description, coalesce(u.partner_number, '-'), a.actor_name, s.number
		FROM audit_log a JOIN stores s ON s.id = a.store_id LEFT JOIN users u ON u.id = a.actor_id
		ORDER BY a.timestamp, a.id`)
	if err != nil {
		s.TB.Fatal(err)
	}
	return lines
}

// together runs n calls at once and returns what they answered.
func together(n int, call func(i int) *apptest.Response) []*apptest.Response {
	answers := make([]*apptest.Response, n)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-start
			answers[i] = call(i)
		})
	}
	close(start)
	wg.Wait()
	return answers
}

// statuses counts the answers by status.
func statuses(answers []*apptest.Response) map[int]int {
	counts := map[int]int{}
	for _, r := range answers {
		counts[r.Status]++
	}
	return counts
}

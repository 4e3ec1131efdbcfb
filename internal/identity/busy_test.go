package identity_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// logInWithin logs in without a network, in so much time.
func logInWithin(s *apptest.Server, patience time.Duration, number, pin string) *httptest.ResponseRecorder {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	body := fmt.Sprintf(`{"partner_number": %q, "pin": %q}`, number, pin)
	request := httptest.NewRequestWithContext(ctx, "POST", "/api/auth/login", strings.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	s.App.API.ServeHTTP(answer, request)
	return answer
}

func TestALoginThatWaitsTooLongToBeHashedIsToldToTryAgain(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		release := s.App.Identity.HoldHashing()
		// It takes a while to get as far as the hash, and nobody knows how long.
		for patience := 50 * time.Millisecond; ; patience *= 2 {
			answer := logInWithin(s, patience, apptest.StaffNumber, apptest.StaffPIN)
			if answer.Code == 503 && strings.Contains(answer.Body.String(), fault.ServerBusy) {
				break
			}
			if answer.Code != 503 || patience > 10*time.Second {
				t.Fatalf("after %v: %d %s", patience, answer.Code, answer.Body)
			}
		}
		release()
		s.LogIn(apptest.StaffNumber, apptest.StaffPIN)
	})
}

func TestNoNumberOfLoginsAtOnceIsHashedBeyondTheBound(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		const logins = 40
		flood := func(patience time.Duration, want int) {
			t.Helper()
			var all sync.WaitGroup
			for i := range logins {
				all.Go(func() {
					if answer := logInWithin(s, patience, fmt.Sprintf("GUEST%03d", i), "1234"); answer.Code != want {
						t.Errorf("status %d, want %d; body %s", answer.Code, want, answer.Body)
					}
				})
			}
			all.Wait()
		}
		release := s.App.Identity.HoldHashing()
		flood(200*time.Millisecond, 503)
		release()
		flood(time.Minute, 401)
	})
}

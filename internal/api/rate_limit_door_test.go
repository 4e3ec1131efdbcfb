package api_test

import (
	"context"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// behindProxy is a server that believes what this machine forwards.
func behindProxy(t *testing.T, rateLimit int) *apptest.Server {
	t.Helper()
	settings := apptest.Settings(t, dbtest.URL(t, database.SQLite))
	settings.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	settings.RateLimit = rateLimit
	return apptest.Start(t, settings)
}

// from is a client at another address.
func from(c *apptest.Client, address string) *apptest.Client {
	return c.With("X-Forwarded-For", address)
}

func TestAClientThatAsksTooOftenIsToldWhenToTryAgain(t *testing.T) {
	s := behindProxy(t, 5)
	eager := from(s.Anybody(), "198.51.100.1").With("Origin", ours)
	for range 5 {
		eager.Get("/api/setup").ExpectStatus(http.StatusOK)
	}
	for _, refused := range []*apptest.Response{
		eager.Get("/api/setup"), eager.Get("/api/setup?x=1"), eager.Get("/api/nothing"), eager.Get("/api/tracking/items"),
		eager.Post("/api/setup", "{}"), eager.Post("/api/auth/login", "[]"), eager.Get("//"), eager.Delete("/api/auth/login"),
	} {
		refused.ExpectError(http.StatusTooManyRequests, "Too many requests. Try again in 12 seconds.")
		for name, want := range map[string]string{
			"Retry-After": "12", "Cache-Control": "no-store", "X-Frame-Options": "DENY",
			"Access-Control-Allow-Origin": ours, "Access-Control-Allow-Credentials": "true",
		} {
			if got := refused.Header.Get(name); got != want {
				t.Errorf("%s is %q, want %q", name, got, want)
			}
		}
	}
	from(s.Anybody(), "198.51.100.2").Get("/api/setup").ExpectStatus(http.StatusOK)
	s.Clock.Advance(12 * time.Second)
	eager.Get("/api/setup").ExpectStatus(http.StatusOK)
	eager.Get("/api/setup").ExpectStatus(http.StatusTooManyRequests)
}

func TestTheAddressesOfAnIPv6NetworkAreOneClient(t *testing.T) {
	s := behindProxy(t, 1)
	from(s.Anybody(), "2001:db8:1:2::1").Get("/api/setup").ExpectStatus(http.StatusOK)
	from(s.Anybody(), "2001:db8:1:2:ffff::9").Get("/api/setup").ExpectStatus(http.StatusTooManyRequests)
	from(s.Anybody(), "2001:db8:1:3::1").Get("/api/setup").ExpectStatus(http.StatusOK)
}

func TestWhatMustAlwaysBeAnsweredHasNoLimit(t *testing.T) {
	s := behindProxy(t, 1)
	s.AddPartners()
	eager := from(s.Staff(), "198.51.100.1")
	eager.Get("/api/setup").ExpectStatus(http.StatusOK)
	eager.Get("/api/setup").ExpectStatus(http.StatusTooManyRequests)
	for range 3 {
		eager.Get("/api/auth/me").ExpectStatus(http.StatusOK)
		eager.Do(http.MethodHead, "/api/auth/me", nil).ExpectStatus(http.StatusOK)
		eager.WithToken("").Get("/api/auth/me").ExpectStatus(http.StatusUnauthorized)
		eager.Get("/healthz").ExpectStatus(http.StatusOK)
		eager.Get("/readyz").ExpectStatus(http.StatusOK)
		preflight(eager, "/api/setup", ours, "POST", "Content-Type").ExpectStatus(http.StatusNoContent)
	}
	eager.Get("/api/auth/me/").ExpectStatus(http.StatusTooManyRequests)
}

func TestThisMachineHasNoLimit(t *testing.T) {
	s := behindProxy(t, 1)
	for range 3 {
		s.Anybody().Get("/api/setup").ExpectStatus(http.StatusOK)
	}
}

func TestWithALimitOfZeroThereIsNone(t *testing.T) {
	s := behindProxy(t, 0)
	for range 3 {
		from(s.Anybody(), "198.51.100.1").Get("/api/setup").ExpectStatus(http.StatusOK)
	}
}

func TestHandlersKnowWhereARequestComesFrom(t *testing.T) {
	s := behindProxy(t, 0)
	op := api.Op{ID: "whence", Method: http.MethodGet, Path: "/test/whence", Tag: "Test", Access: api.Public, Says: []string{"{address}"}}
	api.Register(s.App.API, op, func(ctx context.Context, _ *struct{}) (*nameAnswer, error) {
		return &nameAnswer{api.Message{Message: api.ClientAddress(ctx)}}, nil
	})
	from(s.Anybody(), "198.51.100.1:80").Get("/test/whence").Expect(http.StatusOK, `{"message": "198.51.100.1"}`)
	s.Anybody().Get("/test/whence").Expect(http.StatusOK, `{"message": "127.0.0.1"}`)
}

package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
)

// logins are told from the answers of the login operation, so that identity
// need not know that anybody counts.
type logins struct{ failures *prometheus.CounterVec }

const loginRoute = "/api/auth/login"

// whyNotLoggedIn is the reason by the status of the answer.
var whyNotLoggedIn = map[int]string{
	http.StatusUnauthorized:    "credentials",
	http.StatusForbidden:       "account",
	http.StatusTooManyRequests: "throttled",
}

func newLogins() logins {
	failures := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "sirenbase_login_failures_total",
		Help: "Logins refused: for wrong credentials, for the state of the account, or for too many attempts.",
	}, []string{"reason"})
	for _, reason := range whyNotLoggedIn {
		failures.WithLabelValues(reason) // a rate needs the 0 before the first
	}
	return logins{failures}
}

func (l logins) observe(method, route string, status int) {
	reason, failed := whyNotLoggedIn[status]
	if failed && method == http.MethodPost && route == loginRoute {
		l.failures.WithLabelValues(reason).Inc()
	}
}

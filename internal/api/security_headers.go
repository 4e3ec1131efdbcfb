package api

import "net/http"

// securityHeaders tells browsers to make nothing of an answer but data for the
// page that asked. None of it concerns requests that CORS allows. The page of
// the API reference and the web app have policies of their own, see docsPolicy
// and pagesPolicy.
func securityHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", permissions)
		next.ServeHTTP(w, r)
	})
}

const permissions = "camera=(), geolocation=(), microphone=()"

package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// RefreshCookie is what an operation does with the cookie in which a browser may
// keep its refresh token: no script can read it there. It does so only for a
// request with the header X-Refresh-Cookie, which no other site can make a browser
// send: a form has no headers, and CORS does not allow this one.
type RefreshCookie int

const (
	NoRefreshCookie     RefreshCookie = iota
	SetsRefreshCookie                 // hands out a token: see HandOutRefreshToken
	TradesRefreshCookie               // takes the token in it, hands out another; one that is refused is dropped
	DropsRefreshCookie                // whatever the answer
)

const (
	refreshHeader = "X-Refresh-Cookie"
	refreshName   = "sirenbase_refresh"
	refreshPath   = "/api/auth"
	refreshScheme = "refreshCookie"
)

// HandOutRefreshToken returns what the body has of a refresh token: the token, or
// nothing for a client that gets it in a cookie, for as long as it is good.
func HandOutRefreshToken(ctx context.Context, token string, lifetime time.Duration) string {
	jar, ok := ctx.Value(jarKey{}).(*cookieJar)
	if !ok {
		return token
	}
	jar.token, jar.lifetime = token, lifetime
	return ""
}

// refreshCookie does for a client that asks for the cookie what the operation does
// with it.
func refreshCookie(op Op) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if !wantsCookie(ctx) {
			next(ctx)
			return
		}
		jar := &cookieJar{humaContext: ctx, does: op.RefreshCookie}
		next(huma.WithValue(jar, jarKey{}, jar))
	}
}

func wantsCookie(ctx huma.Context) bool { return strings.EqualFold(ctx.Header(refreshHeader), "true") }

// refreshTokenOf is the token of the Authorization header, or of the cookie where
// there is no such header.
func refreshTokenOf(ctx huma.Context) (string, error) {
	if ctx.Header("Authorization") == "" && wantsCookie(ctx) {
		if cookie, err := huma.ReadCookie(ctx, refreshName); err == nil && cookie.Value != "" {
			return cookie.Value, nil
		}
	}
	return tokenOf(ctx)
}

type jarKey struct{}

// cookieJar puts the cookie into the answer as soon as its status is known.
type cookieJar struct {
	humaContext
	does     RefreshCookie
	token    string // empty: none is handed out
	lifetime time.Duration
}

func (j *cookieJar) Unwrap() huma.Context { return j.humaContext }

func (j *cookieJar) SetStatus(status int) {
	switch {
	case j.token != "":
		j.send(j.token, int(j.lifetime.Seconds()))
	case j.does == DropsRefreshCookie, j.does == TradesRefreshCookie && status == http.StatusUnauthorized:
		j.send("", -1)
	}
	j.humaContext.SetStatus(status)
}

func (j *cookieJar) send(token string, maxAge int) {
	cookie := http.Cookie{
		Name: refreshName, Value: token, Path: refreshPath, MaxAge: maxAge,
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: requestOf(j.Context()).encrypted,
	}
	j.SetHeader("Set-Cookie", cookie.String())
}

// describeRefreshCookie documents the header, the cookie, and what the answer does
// with it.
func describeRefreshCookie(document *huma.OpenAPI, op *huma.Operation, does RefreshCookie) {
	op.Parameters = append(op.Parameters, &huma.Param{
		Name: refreshHeader, In: "header", Schema: &huma.Schema{Type: huma.TypeBoolean}, Description: aboutRefreshCookie[does],
	})
	op.Responses[strconv.Itoa(op.DefaultStatus)].Headers = map[string]*huma.Param{
		"Set-Cookie": header("With "+refreshHeader+": "+refreshName+".", huma.TypeString),
	}
	if does == TradesRefreshCookie {
		op.Security = append(op.Security, map[string][]string{refreshScheme: {}})
		document.Components.SecuritySchemes[refreshScheme] = &huma.SecurityScheme{
			Type: "apiKey", In: "cookie", Name: refreshName,
			Description: "The refresh token of a browser. It counts only with the header " + refreshHeader + ".",
		}
	}
}

var aboutRefreshCookie = map[RefreshCookie]string{
	SetsRefreshCookie: "For a page of this server: sets the refresh token as a cookie that no script can read, and " +
		"leaves refresh_token empty.",
	TradesRefreshCookie: "For a page of this server: takes the refresh token from the cookie, if there is no Authorization " +
		"header, sets the new one as a cookie, and leaves refresh_token empty. A refusal (401) takes the cookie away.",
	DropsRefreshCookie: "For a page of this server: takes the cookie with the refresh token away, whatever the answer.",
}

package identity

import (
	"context"
	"net/http"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

func (s *Service) registerSessions(a *api.API, tag string) {
	api.Register(a, api.Op{
		ID: "refresh", Method: http.MethodPost, Path: "/api/auth/refresh", Tag: tag, Access: api.Refresh,
		RefreshCookie: api.TradesRefreshCookie,
		Summary:       "Trade a refresh token, sent as bearer, for new tokens; it is good once",
	}, s.refresh)
	api.Register(a, api.Op{
		ID: "logout", Method: http.MethodPost, Path: "/api/auth/logout", Tag: tag, Access: api.Partner, AnyStore: true, NoReplay: true,
		RefreshCookie: api.DropsRefreshCookie,
		Summary:       "End the session: its access and refresh tokens stop working",
	}, s.logOut)
	api.Register(a, api.Op{
		ID: "change-pin", Method: http.MethodPut, Path: "/api/auth/pin", Tag: tag, Access: api.Partner, AnyStore: true, NoReplay: true,
		Summary: "Change one's own PIN and end one's other sessions",
		Says:    []string{"PIN changed successfully"},
		Refusals: api.Refusals{
			http.StatusUnauthorized:    {wrongCredentials},
			http.StatusTooManyRequests: {tooManyAttempts},
		},
	}, s.changePIN)
}

// TokensBody is what a refresh answers.
type TokensBody struct {
	Token        string `json:"token" example:"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl" doc:"Access token: send it as Authorization: Bearer."`
	RefreshToken string `json:"refresh_token" example:"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl" doc:"Empty for a client that gets it in a cookie: see X-Refresh-Cookie."`
	ExpiresIn    int    `json:"expires_in" doc:"Seconds until the access token expires." example:"86400"`
}

func toTokensBody(ctx context.Context, tokens Tokens) TokensBody {
	return TokensBody{
		Token:        tokens.Access,
		RefreshToken: api.HandOutRefreshToken(ctx, tokens.Refresh, tokens.RefreshExpiresIn),
		ExpiresIn:    int(tokens.ExpiresIn.Seconds()),
	}
}

type tokensAnswer struct{ Body TokensBody }

func (s *Service) refresh(ctx context.Context, _ *struct{}) (*tokensAnswer, error) {
	tokens, err := s.Refresh(ctx, api.BearerToken(ctx))
	if err != nil {
		return nil, err
	}
	return &tokensAnswer{toTokensBody(ctx, tokens)}, nil
}

func (s *Service) logOut(ctx context.Context, _ *struct{}) (*struct{}, error) {
	return nil, s.LogOut(ctx, actor.From(ctx))
}

// ChangePINBody is a new PIN for oneself.
type ChangePINBody struct {
	CurrentPIN string `json:"current_pin" example:"5678"`
	NewPIN     string `json:"new_pin" example:"8642" doc:"Four digits."`
}

// Check reports what cannot be a PIN.
func (b *ChangePINBody) Check(fields fault.Fields) {
	CheckPIN(fields, "current_pin", b.CurrentPIN)
	CheckPIN(fields, "new_pin", b.NewPIN)
}

type changePINInput struct{ api.JSON[ChangePINBody] }

type messageAnswer struct{ Body api.Message }

func (s *Service) changePIN(ctx context.Context, in *changePINInput) (*messageAnswer, error) {
	err := s.ChangePIN(ctx, actor.From(ctx), in.Value.CurrentPIN, in.Value.NewPIN, api.ClientAddress(ctx))
	if err != nil {
		return nil, err
	}
	return &messageAnswer{api.Message{Message: "PIN changed successfully"}}, nil
}

package app_test

import (
	"errors"
	"testing"

	"github.com/sirenbase/sirenbase/client"
	"github.com/sirenbase/sirenbase/internal/app/apptest"
)

func TestAClientRenewsItsTokensAndLogsOut(t *testing.T) {
	apptest.Each(t, func(t *testing.T, s *apptest.Server) {
		c, err := client.New(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		session, err := c.Login(t.Context(), apptest.StaffNumber, apptest.StaffPIN)
		if err != nil {
			t.Fatal(err)
		}
		renewed, err := c.Refresh(t.Context(), session.RefreshToken)
		if err != nil || renewed.RefreshToken == session.RefreshToken || c.Token() != renewed.Token {
			t.Fatalf("refreshed to %+v (%v)", renewed, err)
		}
		if _, err := c.MeWithResponse(t.Context()); err != nil {
			t.Error(err)
		}
		if err := c.Logout(t.Context()); err != nil || c.Token() != "" {
			t.Errorf("logged out: %v", err)
		}
		var refused *client.Error
		if _, err := c.Refresh(t.Context(), renewed.RefreshToken); !errors.As(err, &refused) || refused.Status != 401 {
			t.Errorf("after the logout: %v", err)
		}
	})
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/sirenbase/sirenbase/internal/app"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/demo"
	"github.com/sirenbase/sirenbase/internal/identity"
)

// Everybody may know these: the demo has nothing to hide.
const (
	demoAdmin, demoAdminPIN = "ADMIN001", "1234"
	demoStaff, demoStaffPIN = demo.StaffNumber, "5678"
)

const demoText = `
This is a demo: its data is invented, and gone when it stops (Ctrl-C).
Open it in a browser, and log in with partner number / PIN:

    ` + demoAdmin + ` / ` + demoAdminPIN + `   admin
    ` + demoStaff + `  / ` + demoStaffPIN + `   staff

or without one:

    curl %s/api/auth/login -H 'Content-Type: application/json' \
      -d '{"partner_number": "` + demoStaff + `", "pin": "` + demoStaffPIN + `"}'

`

// serveDemo serves a folder of its own, whatever database the environment
// names.
func (c *console) serveDemo(ctx context.Context, flags map[string]string) (err error) {
	folder, err := os.MkdirTemp("", "sirenbase-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	flags["DATA_DIR"] = folder
	flags["DATABASE_URL"] = "sqlite:" + filepath.Join(folder, "sirenbase.db")
	flags["SIGNUP_POLICY"] = string(config.SignupOpen)
	settings, err := loadWithSecrets(ctx, flags, true)
	if err != nil {
		return err
	}
	_, err = c.seed(ctx, settings, seeding{
		admin: identity.NewUser{PartnerNumber: demoAdmin, Name: "Morgan Hale", PIN: demoAdminPIN},
		demo:  true,
		pins:  map[string]string{demoAdmin: demoAdminPIN, demoStaff: demoStaffPIN},
	})
	if err != nil {
		return err
	}
	return c.serve(ctx, settings, func(_ context.Context, _ *app.App, url string) (string, error) {
		return fmt.Sprintf(demoText, url), nil
	})
}

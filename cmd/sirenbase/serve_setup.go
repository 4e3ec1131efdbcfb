package main

import (
	"context"
	"fmt"

	"github.com/sirenbase/sirenbase/internal/app"
)

const invitationText = `
Nobody can log in yet. This code makes the first admin; it works once, for 24 hours:

    %[2]s

Put in a name and a PIN of your own, and send it:

    curl %[1]s/api/setup -H 'Content-Type: application/json' -d '{
      "setup_code": "%[2]s", "partner_number": "ADMIN001", "name": "...", "pin": "...."}'

`

// invitation tells the first person how to get in. It is empty when somebody
// can log in already.
func invitation(ctx context.Context, program *app.App, url string) (string, error) {
	needed, err := program.Identity.SetupNeeded(ctx)
	if err != nil || !needed {
		return "", err
	}
	code, err := program.Identity.NewSetupCode(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(invitationText, url, code), nil
}

package main

import (
	"context"
	"fmt"

	"github.com/sirenbase/sirenbase/internal/app"
)

// The code stands behind a #, which a browser keeps to itself: so no log has it.
const invitationText = `
Nobody can log in yet. Open this in a browser to make the first admin:

    %[1]s/setup#%[2]s

Its code works once, for 24 hours. On a phone, open the address of this machine
and type the code in:

    %[2]s

`

const welcomeText = "Open it in a browser.\n"

// invitation tells the first person how to get in, and others where to.
func invitation(ctx context.Context, program *app.App, url string) (string, error) {
	needed, err := program.Identity.SetupNeeded(ctx)
	if err != nil || !needed {
		return welcomeText, err
	}
	code, err := program.Identity.NewSetupCode(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(invitationText, url, code), nil
}

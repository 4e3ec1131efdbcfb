package main

import (
	"context"

	"github.com/alecthomas/kong"
)

// commandLine is everything that can be typed.
type commandLine struct {
	Serve       serveCommand       `cmd:"" help:"Run the server."`
	Migrate     migrateCommands    `cmd:"" help:"Change the version of the database schema."`
	Seed        seedCommand        `cmd:"" help:"Make the first admin, and demo data if asked for."`
	Import      importCommand      `cmd:"" help:"Move in from the old system, the Flask application."`
	Users       usersCommands      `cmd:"" help:"See and manage accounts."`
	Stores      storesCommands     `cmd:"" help:"See and manage stores."`
	MilkCount   milkCountCommands  `cmd:"" help:"Try out Tool 2, the milk count; in development only."`
	RTDE        rtdeCommands       `cmd:"" name:"rtde" help:"Look after Tool 3, filling the display."`
	Backup      backupCommand      `cmd:"" help:"Write all data into one file, also while the server runs."`
	Restore     restoreCommand     `cmd:"" help:"Put the data of a backup into a database of either engine."`
	Config      configCommand      `cmd:"" help:"Print the settings that hold, and where each comes from."`
	Version     versionCommand     `cmd:"" help:"Print the version."`
	Healthcheck healthcheckCommand `cmd:"" help:"Ask a running server whether it is ready."`
	Completion  completionCommand  `cmd:"" help:"Print a script that completes commands in a shell."`
}

const description = `SirenBase keeps a coffee shop's inventory codes, milk counts and pull lists.

Settings come from environment variables and from the file .env in the working folder; "sirenbase config" prints them all. To look around, run "sirenbase serve --demo".`

// execute parses the arguments and runs the command that they name.
func execute(ctx context.Context, args []string, c *console) error {
	helped := false // kong goes on parsing after it has printed the help
	parser, err := kong.New(&commandLine{},
		kong.Name("sirenbase"),
		kong.Description(description),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Writers(c.stdout, c.stderr),
		kong.Exit(func(int) { helped = true }),
		kong.Bind(c),
		kong.BindTo(ctx, (*context.Context)(nil)),
	)
	if err != nil {
		return err
	}
	command, err := parser.Parse(args)
	switch {
	case helped:
		return nil
	case err != nil:
		return err
	}
	return command.Run()
}

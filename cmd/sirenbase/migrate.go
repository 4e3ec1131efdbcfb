package main

type migrateCommands struct {
	Up     migrateUpCommand     `cmd:"" default:"1" help:"Bring the schema to the version of this program (the default)."`
	Down   migrateDownCommand   `cmd:"" help:"Take back the last migrations, with the data in them."`
	Status migrateStatusCommand `cmd:"" help:"List the migrations, and which of them the database has been through."`
}

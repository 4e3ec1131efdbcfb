package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

// suite runs the tests the way package dbtest wants it.
type suite struct{ m *testing.M }

func (s suite) Run() int { return dbtest.Main(s.m) }

// TestMain makes the test binary play sirenbase when a script runs it.
func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){"sirenbase": main})
}

// TestScripts runs what is the same whatever the database.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", Cmds: scriptCommands(), RequireExplicitExec: true, Setup: setUp,
	})
}

// TestDataScripts runs what goes to the database, on both engines: the
// embedded one as it is by default, and PostgreSQL.
func TestDataScripts(t *testing.T) {
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			testscript.Run(t, testscript.Params{
				Dir: "testdata/data", Cmds: scriptCommands(), RequireExplicitExec: true,
				Condition: func(name string) (bool, error) { return name == string(engine), nil },
				Setup: func(env *testscript.Env) error {
					if engine == database.PostgreSQL {
						env.Setenv("DATABASE_URL", dbtest.EmptyURL(env.T().(testing.TB), engine))
						env.Setenv("SECRET_KEY", "a pepper for scripts, long enough to be taken")
						env.Setenv("JWT_SECRET_KEY", "a signing key for scripts, long enough as well")
					}
					return setUp(env)
				},
			})
		})
	}
}

// testingKey is where a script finds its test.
type testingKey struct{}

// setUp keeps programs with the race detector from staying for a second after
// their end.
func setUp(env *testscript.Env) error {
	env.Values[testingKey{}] = env.T()
	env.Setenv("GORACE", "atexit_sleep_ms=0")
	return nil
}

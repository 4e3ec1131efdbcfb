package jobs

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

func TestOneNodeDoesTheJobAndAnotherTakesItWhenThatIsGone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		hours := clock.NewManual(time.Date(2026, 3, 4, 20, 0, 0, 0, time.UTC))
		var did []string
		node := func(name string) (*Runner, Job) {
			return NewRunner(db, hours.Now, slog.New(slog.DiscardHandler)), Job{
				Name: "sweep", Every: 10 * time.Minute,
				Do: func(context.Context) (int64, error) { did = append(did, name); return 1, nil },
			}
		}
		first, firstJob := node("first")
		second, secondJob := node("second")
		for range 3 {
			first.once(t.Context(), firstJob)
			second.once(t.Context(), secondJob)
			hours.Advance(10 * time.Minute)
		}
		second.once(t.Context(), secondJob) // the first one's lease has ten minutes left
		hours.Advance(10 * time.Minute)
		second.once(t.Context(), secondJob)
		first.once(t.Context(), firstJob)
		if got := strings.Join(did, " "); got != "first first first second" {
			t.Errorf("done by: %s", got)
		}
	})
}

// lines is a log that a test can wait for.
type lines chan string

func (l lines) Write(line []byte) (int, error) {
	l <- string(line)
	return len(line), nil
}

func TestAFailedJobIsLoggedAndTheRunnerStopsWithItsContext(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, db *database.DB) {
		ctx, stop := context.WithCancel(t.Context())
		log := make(lines, 1)
		runner := NewRunner(db, clock.System, slog.New(slog.NewTextHandler(log, nil)), Job{
			Name: "sweep", Every: time.Hour,
			Do: func(context.Context) (int64, error) { return 0, errors.New("no broom") },
		})
		stopped := make(chan struct{})
		go func() { runner.Run(ctx); close(stopped) }()
		if line := <-log; !strings.Contains(line, "no broom") {
			t.Errorf("the log says %s", line)
		}
		stop()
		<-stopped
	})
}

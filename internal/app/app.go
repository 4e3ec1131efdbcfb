// Package app is the composition root: settings in, running server out. The
// command line and the tests both build the program here.
package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/sirenbase/sirenbase/internal/activity"
	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/audit"
	"github.com/sirenbase/sirenbase/internal/backup"
	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/events"
	"github.com/sirenbase/sirenbase/internal/idempotency"
	"github.com/sirenbase/sirenbase/internal/identity"
	"github.com/sirenbase/sirenbase/internal/jobs"
	"github.com/sirenbase/sirenbase/internal/metrics"
	"github.com/sirenbase/sirenbase/internal/milkcount"
	"github.com/sirenbase/sirenbase/internal/rtde"
	"github.com/sirenbase/sirenbase/internal/stores"
	"github.com/sirenbase/sirenbase/internal/tracking"
	"github.com/sirenbase/sirenbase/web"
)

// Options is what the program needs beyond its settings. Tests turn the clock,
// make hashing cheap and are impatient.
type Options struct {
	Version  string
	Commit   string
	Log      *slog.Logger
	Clock    clock.Clock
	HashCost identity.HashCost
	Timeouts Timeouts // the usual ones where they are zero
}

// App is the program, put together.
type App struct {
	DB       *database.DB
	API      *api.API
	Identity *identity.Service
	Stores   *stores.Service
	Tracking *tracking.Service
	Milk     *milkcount.Service
	RTDE     *rtde.Service
	Events   *events.Hub
	Backups  *backup.Daily // nil where none are made by themselves

	log      *slog.Logger
	jobs     *jobs.Runner
	metrics  *metrics.Metrics
	timeouts Timeouts
	leave    leave
}

// cleanUpEvery is how often what is long expired is deleted.
const cleanUpEvery = 10 * time.Minute

// New opens the database, brings its schema up to date, makes the first store
// if there is none, and wires the rooms together. The secrets of the settings
// must be there: see config.EnsureSecrets.
func New(ctx context.Context, settings config.Config, options Options) (*App, error) {
	db, err := database.Open(ctx, settings.Database.Reveal())
	if err != nil {
		return nil, err
	}
	a, err := assemble(ctx, db, settings, options)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

func assemble(ctx context.Context, db *database.DB, settings config.Config, options Options) (*App, error) {
	applied, err := db.Migrate(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrate the database: %w", err)
	}
	if applied > 0 {
		options.Log.Info("database schema brought up to date", "migrations", applied)
	}
	people := identity.NewService(db, options.Clock, identity.Config{
		Pepper:               []byte(settings.SecretKey.Reveal()),
		SigningKey:           []byte(settings.JWTSecretKey.Reveal()),
		AccessTokenLifetime:  settings.AccessTokenExpires,
		RefreshTokenLifetime: settings.RefreshTokenExpires,
		SignupPolicy:         settings.SignupPolicy,
		HashCost:             options.HashCost,
	})
	if err := people.CheckPepper(ctx); err != nil {
		return nil, err
	}
	tracker := tracking.NewService(db, options.Clock)
	milk := milkcount.NewService(db, options.Clock, settings.CoverDays)
	if err := stores.EnsureFirst(ctx, db, firstStore(settings, options.Clock())); err != nil {
		return nil, fmt.Errorf("make the first store: %w", err)
	}
	if err := stores.Retime(ctx, db, askedTimes(settings)); err != nil {
		return nil, fmt.Errorf("set the clock of the first store: %w", err)
	}
	if err := stores.Provision(ctx, db, options.Clock(), tracker, milk); err != nil {
		return nil, fmt.Errorf("make the first-run data: %w", err)
	}
	display := rtde.NewService(db, options.Clock)
	backups := dailyBackups(db, settings, options)
	replays := idempotency.NewService(db, options.Clock)
	hub := events.NewHub(db, options.Clock, options.Log)
	measured := newMetrics(db, milk, display, hub, backups, options)
	frame := api.New(api.Config{
		Log:         options.Log,
		Clock:       options.Clock,
		Build:       options.Version + " " + options.Commit,
		Auth:        people,
		CORSOrigins: settings.CORSOrigins,
		Redeem: func(ctx context.Context, text string) (actor.Actor, error) {
			ticket, err := hub.Redeem(ctx, text)
			if err != nil {
				return actor.Actor{}, err
			}
			return people.Standing(ctx, ticket.UserID, ticket.SessionID, ticket.StoreID, ticket.IssuedAt)
		},
		Replays:        replays,
		FingerprintKey: fingerprintKey(settings),
		TrustedProxies: settings.TrustedProxies,
		RateLimit:      settings.RateLimit,
		BodyTimeout:    options.Timeouts.orUsual().Upload,
		WorkTimeout:    options.Timeouts.orUsual().Work,
		Observe:        measured.Observe,
	})
	a := &App{
		DB: db, API: frame, Identity: people, Stores: stores.NewService(db, options.Clock, storeTimes(settings), tracker, milk),
		Tracking: tracker, Milk: milk, RTDE: display, Events: hub, Backups: backups,
		log: options.Log, metrics: measured, timeouts: options.Timeouts.orUsual(),
		leave: leave{delay: settings.DrainDelay},
		jobs: jobs.NewRunner(db, options.Clock, options.Log, append(backupJobs(backups),
			jobs.Job{Name: "delete expired RTD&E sessions", Every: cleanUpEvery, Do: display.CleanUp},
			jobs.Job{Name: "delete old answers", Every: cleanUpEvery, Do: replays.CleanUp},
			jobs.Job{Name: "delete old events", Every: cleanUpEvery, Do: hub.CleanUp},
			jobs.Job{Name: "delete expired logins", Every: cleanUpEvery, Do: people.CleanUp},
			jobs.Job{Name: "give back expired code leases", Every: cleanUpEvery, Do: tracker.CleanUp})...),
	}
	a.registerHealth()
	people.Register(frame)
	a.Stores.Register(frame)
	tracker.Register(frame)
	milk.Register(frame)
	display.Register(frame)
	activity.NewService(tracker, milk, display).Register(frame)
	audit.NewService(db, options.Clock).Register(frame)
	hub.Register(frame, people)
	registerVersion(frame, options)
	frame.ServeDocument()
	frame.ServePages(web.Dist())
	return a, nil
}

// Close lets go of the database.
func (a *App) Close() error { return a.DB.Close() }

// fingerprintKey is a key of its own, made of the secret.
func fingerprintKey(settings config.Config) []byte {
	mac := hmac.New(sha256.New, []byte(settings.SecretKey.Reveal()))
	mac.Write([]byte("sirenbase request fingerprint"))
	return mac.Sum(nil)
}

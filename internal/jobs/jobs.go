// Package jobs does what has to be done now and then, in the background. Of
// several nodes on one database one does a job: the one that holds its lease.
// When that node is gone its lease runs out, and another takes it.
package jobs

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/sirenbase/sirenbase/internal/clock"
	"github.com/sirenbase/sirenbase/internal/database"
)

// Job is something to be done now and then.
type Job struct {
	Name  string
	Every time.Duration
	// Do says how much it did, for the log.
	Do func(ctx context.Context) (int64, error)
}

// Runner runs jobs for one node.
type Runner struct {
	db     *database.DB
	now    clock.Clock
	log    *slog.Logger
	holder string
	jobs   []Job
}

// NewRunner returns a runner; Run starts it.
func NewRunner(db *database.DB, now clock.Clock, log *slog.Logger, jobs ...Job) *Runner {
	return &Runner{db: db, now: now, log: log, holder: uuid.NewString(), jobs: jobs}
}

// Run does every job at once and then each in its time, until the context
// ends. A job that fails is logged and tried again in its time.
func (r *Runner) Run(ctx context.Context) {
	done := make(chan struct{})
	for _, job := range r.jobs {
		go func() {
			defer func() { done <- struct{}{} }()
			r.repeat(ctx, job)
		}()
	}
	for range r.jobs {
		<-done
	}
}

func (r *Runner) repeat(ctx context.Context, job Job) {
	ticker := time.NewTicker(job.Every)
	defer ticker.Stop()
	for {
		r.once(ctx, job)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// once does the job if this node may.
func (r *Runner) once(ctx context.Context, job Job) {
	mine, err := r.lease(ctx, job)
	if err != nil || !mine {
		r.logFailure(ctx, job, err)
		return
	}
	n, err := job.Do(ctx)
	r.logFailure(ctx, job, err)
	if n > 0 {
		r.log.InfoContext(ctx, "job done", "job", job.Name, "count", n)
	}
}

func (r *Runner) logFailure(ctx context.Context, job Job, err error) {
	if err != nil && ctx.Err() == nil {
		r.log.ErrorContext(ctx, "job failed", "job", job.Name, "cause", err)
	}
}

// lease takes the job for this node, or keeps it, until two turns from now.
func (r *Runner) lease(ctx context.Context, job Job) (mine bool, err error) {
	now := r.now()
	err = r.db.InTx(ctx, func(tx *database.Handle) error {
		taken, err := tx.Exec(ctx, `
			INSERT INTO job_leases (name, holder, expires_at) VALUES ($1, $2, $3)
			ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
			WHERE job_leases.holder = excluded.holder OR job_leases.expires_at <= $4`,
			job.Name, r.holder, database.Instant(now.Add(2*job.Every)), database.Instant(now))
		mine = taken > 0
		return err
	})
	return mine, err
}

package database_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/database/dbtest"
)

func TestCommitAndRollback(t *testing.T) {
	withCounters(t, func(t *testing.T, db *database.DB) {
		mustTx(t, db, func(tx *database.Handle) error { return set(t.Context(), tx, "a", 2) })
		wantCounter(t, db, "a", 2)

		refused := errors.New("refused")
		err := db.InTx(t.Context(), func(tx *database.Handle) error {
			return errors.Join(set(t.Context(), tx, "a", 3), refused)
		})
		if !errors.Is(err, refused) {
			t.Errorf("InTx returned %v, want the function's error", err)
		}
		wantCounter(t, db, "a", 2)
	})
}

func TestPanicRollsBackAndGoesOn(t *testing.T) {
	withCounters(t, func(t *testing.T, db *database.DB) {
		func() {
			defer func() {
				if recover() != "boom" {
					t.Error("the panic did not arrive")
				}
			}()
			_ = db.InTx(t.Context(), func(tx *database.Handle) error {
				if err := set(t.Context(), tx, "a", 3); err != nil {
					t.Error(err)
				}
				panic("boom")
			})
		}()
		wantCounter(t, db, "a", 1)
		mustTx(t, db, func(tx *database.Handle) error { return set(t.Context(), tx, "a", 4) })
	})
}

func TestFailedStatementEndsTheTransaction(t *testing.T) {
	withCounters(t, func(t *testing.T, db *database.DB) {
		err := db.InTx(t.Context(), func(tx *database.Handle) error {
			if err := set(t.Context(), tx, "a", 5); err != nil {
				return err
			}
			_ = set(t.Context(), tx, "b", -1) // forgotten
			return nil
		})
		if !errors.Is(err, database.ErrCheck) {
			t.Errorf("InTx returned %v, want ErrCheck", err)
		}
		wantCounter(t, db, "a", 1)
	})
}

// Two programs, fifty writers, one row.
func TestReadModifyWriteLosesNothing(t *testing.T) {
	const writers, rounds = 50, 20
	for _, engine := range dbtest.Engines() {
		t.Run(string(engine), func(t *testing.T) {
			url := dbtest.URL(t, engine)
			programs := []*database.DB{dbtest.Connect(t, url), dbtest.Connect(t, url)}
			makeCounters(t, programs[0])
			var group sync.WaitGroup
			for writer := range writers {
				db := programs[writer%len(programs)]
				group.Go(func() {
					for range rounds {
						if err := db.InTx(t.Context(), func(tx *database.Handle) error { return increment(t.Context(), tx) }); err != nil {
							t.Error(err)
						}
					}
				})
			}
			group.Wait()
			wantCounter(t, programs[0], "a", 1+writers*rounds)
		})
	}
}

func increment(ctx context.Context, tx *database.Handle) error {
	n, err := database.Value[int64](ctx, tx, "SELECT n FROM counters WHERE name = 'a' "+tx.Engine().ForUpdate())
	if err != nil {
		return err
	}
	return set(ctx, tx, "a", n+1)
}

// Two transactions take the same two rows in opposite order, each holding its
// first until the other holds its own: one must give way, and run again.
func TestDeadlockIsRetried(t *testing.T) {
	withCounters(t, func(t *testing.T, db *database.DB) {
		if db.Engine() == database.SQLite {
			return // it has one writer: nobody can hold a row that another wants
		}
		var group, holding sync.WaitGroup
		holding.Add(2)
		for _, order := range [][2]string{{"a", "b"}, {"b", "a"}} {
			group.Go(func() {
				arrive := sync.OnceFunc(holding.Done)
				defer arrive() // or the other would wait for one that failed
				err := db.InTx(t.Context(), func(tx *database.Handle) error {
					if err := add(t.Context(), tx, order[0]); err != nil {
						return err
					}
					arrive()
					holding.Wait()
					return add(t.Context(), tx, order[1])
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		wantCounter(t, db, "a", 3)
		wantCounter(t, db, "b", 3)
	})
}

func add(ctx context.Context, tx *database.Handle, name string) error {
	_, err := tx.Exec(ctx, "UPDATE counters SET n = n + 1 WHERE name = $1", name)
	return err
}

func TestSerializationFailureIsRetriedButNotForever(t *testing.T) {
	db := dbtest.Open(t, database.PostgreSQL)
	fail := func(tx *database.Handle) error {
		_, err := tx.Exec(t.Context(), "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")
		return err
	}
	var runs int
	err := db.InTx(t.Context(), func(tx *database.Handle) error {
		if runs++; runs < 3 {
			return fail(tx)
		}
		return nil
	})
	if err != nil || runs != 3 {
		t.Errorf("after %d runs: %v, want success at the third", runs, err)
	}
	runs = 0
	err = db.InTx(t.Context(), func(tx *database.Handle) error { runs++; return fail(tx) })
	if !errors.Is(err, database.ErrUnavailable) || runs != 10 {
		t.Errorf("after %d runs: %v, want ErrUnavailable after 10", runs, err)
	}
}

func TestReadTxSeesOneMoment(t *testing.T) {
	withCounters(t, func(t *testing.T, db *database.DB) {
		err := db.InReadTx(t.Context(), func(tx *database.Handle) error {
			before, err := get(t.Context(), tx, "a")
			if err != nil {
				return err
			}
			mustTx(t, db, func(other *database.Handle) error { return set(t.Context(), other, "a", 9) })
			after, err := get(t.Context(), tx, "a")
			if err != nil || before != after {
				t.Errorf("saw %d, then %d (%v)", before, after, err)
			}
			return set(t.Context(), tx, "a", 10)
		})
		if err == nil {
			t.Error("a read transaction wrote")
		}
		wantCounter(t, db, "a", 9)
	})
}

func TestNestedTransactionFailsOnSQLite(t *testing.T) {
	db := dbtest.Open(t, database.SQLite)
	database.SetPoolWait(db, 1)
	err := db.InTx(t.Context(), func(*database.Handle) error {
		return db.InTx(t.Context(), func(*database.Handle) error { return nil })
	})
	if !errors.Is(err, database.ErrUnavailable) {
		t.Errorf("nested InTx returned %v, want ErrUnavailable", err)
	}
}

func TestCollecting(t *testing.T) {
	withCounters(t, func(t *testing.T, db *database.DB) {
		name := func(row database.Row) (string, error) {
			var name string
			err := row.Scan(&name)
			return name, err
		}
		got, err := database.All(t.Context(), db.Read(), name, "SELECT name FROM counters ORDER BY name")
		if diff := cmp.Diff([]string{"a", "b"}, got); diff != "" || err != nil {
			t.Errorf("All: %v\n%s", err, diff)
		}
		got, err = database.All(t.Context(), db.Read(), name, "SELECT name FROM counters WHERE n > 5")
		if got == nil || len(got) != 0 || err != nil {
			t.Errorf("All of nothing = %#v, %v, want an empty slice", got, err)
		}
		if _, err := database.One(t.Context(), db.Read(), name, "SELECT name FROM counters WHERE n > 5"); !errors.Is(err, database.ErrNoRows) {
			t.Errorf("One of nothing returned %v, want ErrNoRows", err)
		}
		mustTx(t, db, func(tx *database.Handle) error {
			affected, err := tx.Exec(t.Context(), "UPDATE counters SET n = 0")
			if affected != 2 {
				t.Errorf("Exec affected %d rows, want 2", affected)
			}
			return err
		})
	})
}

package events

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// ticketLifetime is how long a browser may take to open its stream.
const ticketLifetime = time.Minute

// Ticket says whose stream may be opened.
type Ticket struct {
	UserID, SessionID, StoreID string
	IssuedAt                   time.Time
}

// NewTicket makes a ticket, which is good once and for a short while.
func (h *Hub) NewTicket(ctx context.Context, who actor.Actor) (text string, until time.Time, err error) {
	text, until = rand.Text(), h.now().Add(ticketLifetime)
	err = h.db.InTx(ctx, func(tx *database.Handle) error {
		return insertTicket(ctx, tx, hashTicket(text), Ticket{UserID: who.UserID, SessionID: who.SessionID, StoreID: who.Store.ID}, until)
	})
	return text, until, err
}

// Redeem takes a ticket. It looks first, so that who has none makes nobody wait.
func (h *Hub) Redeem(ctx context.Context, text string) (t Ticket, err error) {
	known, err := ticketExists(ctx, h.db.Read(), hashTicket(text))
	if err != nil {
		return t, err
	}
	if !known {
		return t, errBadTicket()
	}
	err = h.db.InTx(ctx, func(tx *database.Handle) error {
		t, err = takeTicket(ctx, tx, hashTicket(text), h.now())
		return err
	})
	if errors.Is(err, database.ErrNoRows) {
		err = errBadTicket()
	}
	return t, err
}

func errBadTicket() error { return fault.New(fault.Unauthenticated, "Invalid or expired ticket") }

func hashTicket(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func insertTicket(ctx context.Context, tx *database.Handle, hash string, t Ticket, until time.Time) error {
	_, err := tx.Exec(ctx, `
		INSERT INTO event_tickets (ticket_hash, user_id, session_id, store_id, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		hash, t.UserID, t.SessionID, t.StoreID, database.Instant(until))
	return err
}

func ticketExists(ctx context.Context, h *database.Handle, hash string) (bool, error) {
	return database.Value[bool](ctx, h, `SELECT EXISTS (SELECT 1 FROM event_tickets WHERE ticket_hash = $1)`, hash)
}

func takeTicket(ctx context.Context, tx *database.Handle, hash string, now time.Time) (Ticket, error) {
	return database.One(ctx, tx, func(row database.Row) (Ticket, error) {
		var t Ticket
		err := row.Scan(&t.UserID, &t.SessionID, &t.StoreID, database.ScanInstant(&t.IssuedAt))
		t.IssuedAt = t.IssuedAt.Add(-ticketLifetime)
		return t, err
	}, `
		DELETE FROM event_tickets WHERE ticket_hash = $1 AND expires_at > $2
		RETURNING user_id, session_id, store_id, expires_at`,
		hash, database.Instant(now))
}

func deleteTickets(ctx context.Context, tx *database.Handle, now time.Time) (int64, error) {
	return tx.Exec(ctx, `DELETE FROM event_tickets WHERE expires_at <= $1`, database.Instant(now))
}

package rtde

import (
	"context"
	"net/http"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// ActiveBody is the session that can be resumed.
type ActiveBody struct {
	Session api.Nullable[ActiveSessionBody] `json:"session" doc:"null if there is none."`
}

// ActiveSessionBody is how far a session is.
type ActiveSessionBody struct {
	ID           string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	StartedAt    api.Time `json:"started_at"`
	ExpiresAt    api.Time `json:"expires_at"`
	ItemsCounted int      `json:"items_counted" example:"3"`
	TotalItems   int      `json:"total_items" example:"24"`
}

func toActiveBody(p Progress) ActiveSessionBody {
	return ActiveSessionBody{
		ID: p.ID, StartedAt: api.Time(p.StartedAt), ExpiresAt: api.Time(p.ExpiresAt),
		ItemsCounted: p.ItemsCounted, TotalItems: p.TotalItems,
	}
}

type activeAnswer struct{ Body ActiveBody }

func (h handlers) active(ctx context.Context, _ *struct{}) (*activeAnswer, error) {
	found, err := h.service.Active(ctx, actor.From(ctx))
	if err != nil || found == nil {
		return &activeAnswer{}, err
	}
	body := toActiveBody(*found)
	return &activeAnswer{ActiveBody{api.Nullable[ActiveSessionBody]{Object: &body}}}, nil
}

// InProgressSessionBody is a session of somebody in the store.
type InProgressSessionBody struct {
	ActiveSessionBody
	UserID        string `json:"user_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	UserName      string `json:"user_name" example:"Sam Rivera"`
	StartedBy     string `json:"started_by" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"User id; another one if the session was taken over."`
	StartedByName string `json:"started_by_name" example:"Avery Stone"`
}

// InProgressBody lists the sessions of the store.
type InProgressBody struct {
	Sessions []InProgressSessionBody `json:"sessions"`
}

type inProgressAnswer struct{ Body InProgressBody }

func (h handlers) inProgress(ctx context.Context, _ *struct{}) (*inProgressAnswer, error) {
	found, err := h.service.InProgress(ctx, actor.From(ctx))
	if err != nil {
		return nil, err
	}
	body := InProgressBody{Sessions: make([]InProgressSessionBody, len(found))}
	for n, p := range found {
		body.Sessions[n] = InProgressSessionBody{
			ActiveSessionBody: toActiveBody(p), UserID: p.UserID, UserName: p.UserName,
			StartedBy: p.StartedBy, StartedByName: p.StartedByName,
		}
	}
	return &inProgressAnswer{body}, nil
}

// StartBody says whether to begin anew.
type StartBody struct {
	Action *string `json:"action,omitempty" example:"new" doc:"new, which is the default, or resume."`
}

const (
	startNew    = "new"
	startResume = "resume"
)

func (b *StartBody) action() string {
	if b.Action == nil {
		return startNew
	}
	return *b.Action
}

// Check reports an action that is none.
func (b *StartBody) Check(fields fault.Fields) {
	if action := b.action(); action != startNew && action != startResume {
		fields.Add("action", "Must be one of: new, resume.")
	}
}

type startInput struct{ api.JSON[StartBody] }

// StartedBody is the session to work in.
type StartedBody struct {
	SessionID string   `json:"session_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	ExpiresAt api.Time `json:"expires_at"`
}

type startAnswer struct {
	Status int
	Body   StartedBody
}

func (h handlers) start(ctx context.Context, in *startInput) (*startAnswer, error) {
	act, status := h.service.Start, http.StatusCreated
	if in.Value.action() == startResume {
		act, status = h.service.Resume, http.StatusOK
	}
	session, err := act(ctx, actor.From(ctx))
	if err != nil {
		return nil, err
	}
	return &startAnswer{status, StartedBody{session.ID, api.Time(session.ExpiresAt)}}, nil
}

type takeOverAnswer struct{ Body StartedBody }

func (h handlers) takeOver(ctx context.Context, in *SessionPath) (*takeOverAnswer, error) {
	session, err := h.service.TakeOver(ctx, actor.From(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &takeOverAnswer{StartedBody{session.ID, api.Time(session.ExpiresAt)}}, nil
}

// SessionBody is a session as the API shows one.
type SessionBody struct {
	ID            string    `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	UserID        string    `json:"user_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	UserName      string    `json:"user_name" example:"Sam Rivera"`
	StartedBy     string    `json:"started_by" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"User id; another one if the session was taken over."`
	StartedByName string    `json:"started_by_name" example:"Avery Stone"`
	Status        string    `json:"status" enum:"in_progress,expired,completed"`
	StartedAt     api.Time  `json:"started_at"`
	ExpiresAt     api.Time  `json:"expires_at"`
	CompletedAt   *api.Time `json:"completed_at,omitempty"`
	ReceivedAt    api.Time  `json:"received_at" doc:"When the server last heard of it; later than its times for a phone that was out of reach."`
}

// LineBody is an item in a session.
type LineBody struct {
	ItemID          string  `json:"item_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Name            string  `json:"name" example:"Turkey Wrap"`
	Brand           *string `json:"brand"`
	ImageFilename   *string `json:"image_filename"`
	Icon            *string `json:"icon"`
	ParLevel        int     `json:"par_level" example:"8"`
	DisplayOrder    int     `json:"display_order" example:"1"`
	CountedQuantity int     `json:"counted_quantity" example:"2" doc:"0 until it is counted; is_counted tells the two apart."`
	IsCounted       bool    `json:"is_counted" example:"true"`
	NeedQuantity    int     `json:"need_quantity" example:"6" doc:"What is missing to par."`
	IsPulled        bool    `json:"is_pulled"`
}

func toLineBody(l Line) LineBody {
	return LineBody{
		ItemID: l.Item.ID, Name: l.Item.Name, Brand: l.Item.Brand, ImageFilename: l.Item.ImageFilename,
		Icon: l.Item.Icon, ParLevel: l.Item.ParLevel, DisplayOrder: l.Item.DisplayOrder,
		CountedQuantity: l.counted(), IsCounted: l.Counted != nil, NeedQuantity: l.Need(), IsPulled: l.IsPulled,
	}
}

// SessionItemsBody is a session with its items.
type SessionItemsBody struct {
	Session SessionBody `json:"session"`
	Items   []LineBody  `json:"items"`
}

type sessionAnswer struct{ Body SessionItemsBody }

func (h handlers) session(ctx context.Context, in *SessionPath) (*sessionAnswer, error) {
	s, lines, err := h.service.Session(ctx, actor.From(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	body := SessionItemsBody{
		Session: SessionBody{
			ID: s.ID, UserID: s.UserID, UserName: s.UserName, StartedBy: s.StartedBy, StartedByName: s.StartedByName,
			Status: string(s.Status), StartedAt: api.Time(s.StartedAt), ExpiresAt: api.Time(s.ExpiresAt),
			CompletedAt: api.NullTime(s.CompletedAt), ReceivedAt: api.Time(s.ReceivedAt),
		},
		Items: make([]LineBody, len(lines)),
	}
	for n, line := range lines {
		body.Items[n] = toLineBody(line)
	}
	return &sessionAnswer{body}, nil
}

// LastCompletedBody says when the display was last filled.
type LastCompletedBody struct {
	LastCompletedAt *api.Time `json:"last_completed_at" nullable:"true"`
	UserName        string    `json:"user_name,omitempty" example:"Sam Rivera"`
}

type lastCompletedAnswer struct{ Body LastCompletedBody }

func (h handlers) lastCompleted(ctx context.Context, _ *struct{}) (*lastCompletedAnswer, error) {
	session, err := h.service.LastCompleted(ctx, actor.From(ctx))
	if err != nil || session == nil {
		return &lastCompletedAnswer{}, err
	}
	return &lastCompletedAnswer{LastCompletedBody{api.NullTime(session.CompletedAt), session.UserName}}, nil
}

type historyInput struct {
	Limit  int `query:"limit" minimum:"1" default:"30" doc:"At most 100."`
	Offset int `query:"offset" minimum:"0" default:"0"`
}

// RecordBody is what is kept of a completed session.
type RecordBody struct {
	ID              string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	UserID          string   `json:"user_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	UserName        string   `json:"user_name" example:"Sam Rivera"`
	StartedBy       string   `json:"started_by" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"User id; another one if the session was taken over."`
	StartedByName   string   `json:"started_by_name" example:"Avery Stone"`
	StartedAt       api.Time `json:"started_at"`
	CompletedAt     api.Time `json:"completed_at"`
	ReceivedAt      api.Time `json:"received_at" doc:"When the server heard of the completion."`
	DurationSeconds int      `json:"duration_seconds" example:"540"`
	ItemsCounted    int      `json:"items_counted" example:"24"`
	ItemsPulled     int      `json:"items_pulled" example:"9"`
	UnitsPulled     int      `json:"units_pulled" example:"31"`
}

// HistoryBody lists completed sessions.
type HistoryBody struct {
	Sessions []RecordBody `json:"sessions"`
	Total    int          `json:"total" example:"1" doc:"How many there are, on all pages."`
	Limit    int          `json:"limit" example:"30"`
	Offset   int          `json:"offset"`
}

type historyAnswer struct{ Body HistoryBody }

const maxHistory = 100

func (h handlers) history(ctx context.Context, in *historyInput) (*historyAnswer, error) {
	limit := min(in.Limit, maxHistory)
	sessions, total, err := h.service.History(ctx, actor.From(ctx), limit, in.Offset)
	if err != nil {
		return nil, err
	}
	body := HistoryBody{Sessions: make([]RecordBody, len(sessions)), Total: total, Limit: limit, Offset: in.Offset}
	for n, s := range sessions {
		body.Sessions[n] = RecordBody{
			ID: s.ID, UserID: s.UserID, UserName: s.UserName, StartedBy: s.StartedBy, StartedByName: s.StartedByName,
			StartedAt: api.Time(s.StartedAt), CompletedAt: api.Time(*s.CompletedAt), ReceivedAt: api.Time(s.ReceivedAt),
			DurationSeconds: int(s.Record.Duration.Seconds()), ItemsCounted: s.Record.ItemsCounted,
			ItemsPulled: s.Record.ItemsPulled, UnitsPulled: s.Record.UnitsPulled,
		}
	}
	return &historyAnswer{body}, nil
}

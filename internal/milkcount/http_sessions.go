package milkcount

import (
	"context"

	"github.com/sirenbase/sirenbase/internal/actor"
	"github.com/sirenbase/sirenbase/internal/api"
	"github.com/sirenbase/sirenbase/internal/fault"
)

// SessionBody is a session as the API shows one; what is not saved yet is left out.
type SessionBody struct {
	ID                   string    `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	Date                 string    `json:"date" format:"date" example:"2026-01-05"`
	Status               string    `json:"status" enum:"night_foh,night_boh,morning,on_order,completed"`
	CreatedAt            api.Time  `json:"created_at"`
	ReceivedAt           api.Time  `json:"received_at" doc:"When the server last heard of a start or a save; later than that for a phone that was out of reach."`
	NightFOHSavedAt      *api.Time `json:"night_foh_saved_at,omitempty"`
	NightBOHSavedAt      *api.Time `json:"night_boh_saved_at,omitempty"`
	MorningSavedAt       *api.Time `json:"morning_saved_at,omitempty"`
	OnOrderSavedAt       *api.Time `json:"on_order_saved_at,omitempty"`
	CompletedAt          *api.Time `json:"completed_at,omitempty"`
	NightCountUserID     string    `json:"night_count_user_id,omitempty" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"Who saved FOH."`
	NightCountUserName   string    `json:"night_count_user_name,omitempty" example:"Sam Rivera"`
	NightBOHUserID       string    `json:"night_boh_user_id,omitempty" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"Who saved BOH."`
	NightBOHUserName     string    `json:"night_boh_user_name,omitempty" example:"Sam Rivera"`
	MorningCountUserID   string    `json:"morning_count_user_id,omitempty" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"Who last saved morning or on order."`
	MorningCountUserName string    `json:"morning_count_user_name,omitempty" example:"Avery Stone"`
	OnOrderUserID        string    `json:"on_order_user_id,omitempty" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d" doc:"Who saved on order."`
	OnOrderUserName      string    `json:"on_order_user_name,omitempty" example:"Avery Stone"`
}

func toSessionBody(s Session) SessionBody {
	foh, boh, morning, onOrder := s.Saves[NightFOH], s.Saves[NightBOH], s.Saves[Morning], s.Saves[OnOrder]
	lastMorning := morning
	if onOrder.UserID != "" {
		lastMorning = onOrder
	}
	return SessionBody{
		ID: s.ID, Date: string(s.Date), Status: string(s.Status), CreatedAt: api.Time(s.CreatedAt),
		ReceivedAt:      api.Time(s.ReceivedAt),
		NightFOHSavedAt: foh.savedAt(), NightBOHSavedAt: boh.savedAt(),
		MorningSavedAt: morning.savedAt(), OnOrderSavedAt: onOrder.savedAt(),
		CompletedAt:      api.NullTime(s.CompletedAt),
		NightCountUserID: foh.UserID, NightCountUserName: foh.UserName,
		NightBOHUserID: boh.UserID, NightBOHUserName: boh.UserName,
		MorningCountUserID: lastMorning.UserID, MorningCountUserName: lastMorning.UserName,
		OnOrderUserID: onOrder.UserID, OnOrderUserName: onOrder.UserName,
	}
}

func (s Save) savedAt() *api.Time {
	if s.At.IsZero() {
		return nil
	}
	return api.NullTime(&s.At)
}

// EntryBody is what was counted of one milk; null until it is entered.
type EntryBody struct {
	ID               string   `json:"id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	SessionID        string   `json:"session_id" example:"01934b2e-7c1a-7c3e-9d5e-3f1f6c0a2b4d"`
	MilkTypeID       string   `json:"milk_type_id" example:"mt-001-whole"`
	MilkTypeName     string   `json:"milk_type_name" example:"Oat"`
	MilkTypeCategory string   `json:"milk_type_category" enum:"dairy,non_dairy"`
	FOHCount         *int     `json:"foh_count" example:"5" doc:"In the front fridges."`
	BOHCount         *int     `json:"boh_count" example:"8" doc:"In the back fridges."`
	MorningMethod    *string  `json:"morning_method" example:"boh_count" doc:"boh_count or direct_delivered."`
	CurrentBOH       *int     `json:"current_boh" example:"12" doc:"In the back fridges in the morning."`
	Delivered        *int     `json:"delivered" example:"4"`
	OnOrder          *int     `json:"on_order" example:"1"`
	UpdatedAt        api.Time `json:"updated_at"`
	UpdatedByName    *string  `json:"updated_by_name"`
}

func toEntryBodies(entries []Entry) []EntryBody {
	bodies := make([]EntryBody, len(entries))
	for i, e := range entries {
		bodies[i] = EntryBody{
			ID: e.ID, SessionID: e.SessionID,
			MilkTypeID: e.MilkTypeID, MilkTypeName: e.MilkTypeName, MilkTypeCategory: e.Category,
			FOHCount: e.FOH, BOHCount: e.BOH, MorningMethod: (*string)(e.Method),
			CurrentBOH: e.CurrentBOH, Delivered: e.Delivered(), OnOrder: e.OnOrder,
			UpdatedAt: api.Time(e.UpdatedAt), UpdatedByName: e.UpdatedByName,
		}
	}
	return bodies
}

// TodayBody is the session to work on now.
type TodayBody struct {
	Session api.Nullable[SessionBody] `json:"session" doc:"null if there is none."`
}

type todayAnswer struct{ Body TodayBody }

func (h handlers) today(ctx context.Context, _ *struct{}) (*todayAnswer, error) {
	session, err := h.service.Today(ctx, actor.From(ctx))
	if err != nil || session == nil {
		return &todayAnswer{}, err
	}
	body := toSessionBody(*session)
	return &todayAnswer{TodayBody{api.Nullable[SessionBody]{Object: &body}}}, nil
}

// SessionMessageBody says what was done to a session.
type SessionMessageBody struct {
	api.Message
	Session SessionBody `json:"session"`
}

type sessionAnswer struct{ Body SessionMessageBody }

func toSessionAnswer(session Session, err error, message string) (*sessionAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &sessionAnswer{SessionMessageBody{api.Message{Message: message}, toSessionBody(session)}}, nil
}

func (h handlers) start(ctx context.Context, _ *struct{}) (*sessionAnswer, error) {
	session, started, err := h.service.Start(ctx, actor.From(ctx))
	if err == nil && !started {
		err = &fault.Error{
			Kind: fault.Invalid, Message: "Session already exists for today",
			With: map[string]any{"session": toSessionBody(session)},
		}
	}
	return toSessionAnswer(session, err, "Session started")
}

// SessionPath names a session.
type SessionPath struct {
	ID string `path:"id"`
}

// SessionEntriesBody is a session with its entries.
type SessionEntriesBody struct {
	Session SessionBody `json:"session"`
	Entries []EntryBody `json:"entries"`
}

type sessionEntriesAnswer struct{ Body SessionEntriesBody }

func (h handlers) session(ctx context.Context, in *SessionPath) (*sessionEntriesAnswer, error) {
	session, entries, err := h.service.Session(ctx, actor.From(ctx), in.ID)
	if err != nil {
		return nil, err
	}
	return &sessionEntriesAnswer{SessionEntriesBody{toSessionBody(session), toEntryBodies(entries)}}, nil
}

type historyInput struct {
	Limit  int    `query:"limit" minimum:"1" default:"30" doc:"At most 100."`
	Offset int    `query:"offset" minimum:"0" default:"0"`
	Status string `query:"status" enum:"night_foh,night_boh,morning,on_order,completed"`
}

// HistoryBody lists sessions.
type HistoryBody struct {
	Sessions []SessionBody `json:"sessions"`
	Total    int           `json:"total" example:"1" doc:"How many there are, on all pages."`
	Limit    int           `json:"limit" example:"30"`
	Offset   int           `json:"offset"`
}

type historyAnswer struct{ Body HistoryBody }

const maxHistory = 100

func (h handlers) history(ctx context.Context, in *historyInput) (*historyAnswer, error) {
	status := Status(in.Status)
	if in.Status != "" && status.index() < 0 {
		return nil, api.InvalidParameter("status")
	}
	limit := min(in.Limit, maxHistory)
	sessions, total, err := h.service.History(ctx, actor.From(ctx), status, limit, in.Offset)
	if err != nil {
		return nil, err
	}
	body := HistoryBody{Sessions: make([]SessionBody, len(sessions)), Total: total, Limit: limit, Offset: in.Offset}
	for i, session := range sessions {
		body.Sessions[i] = toSessionBody(session)
	}
	return &historyAnswer{body}, nil
}

type usageInput struct {
	From string `query:"from" format:"date" doc:"A business date; 28 days before today if it is left out."`
	To   string `query:"to" format:"date" doc:"A business date; today if it is left out."`
}

// DayUseBody is what was used on a day.
type DayUseBody struct {
	Date string `json:"date" example:"2026-01-05" format:"date"`
	Used int    `json:"used" example:"7"`
}

// MilkUsageBody is how much of a milk is used.
type MilkUsageBody struct {
	MilkTypeID   string       `json:"milk_type_id" example:"mt-001-whole"`
	MilkTypeName string       `json:"milk_type_name" example:"Whole"`
	Days         []DayUseBody `json:"days" doc:"The days for which the day before is known too."`
	Mean         *float64     `json:"mean" example:"7.1" doc:"A day; null without any day."`
	StdDev       *float64     `json:"stddev" example:"2.4" doc:"Of the sample; null with fewer than two days."`
	ParValue     int          `json:"par_value" example:"19"`
	SuggestedPar *int         `json:"suggested_par" example:"19" doc:"What covers COVER_DAYS days of mean use plus 1.65 standard deviations; null with fewer than 7 days."`
}

// UsageBody is how much milk is used.
type UsageBody struct {
	From      string          `json:"from" example:"2026-01-05" format:"date"`
	To        string          `json:"to" example:"2026-02-01" format:"date"`
	MilkTypes []MilkUsageBody `json:"milk_types"`
}

type usageAnswer struct{ Body UsageBody }

func (h handlers) usage(ctx context.Context, in *usageInput) (*usageAnswer, error) {
	who := actor.From(ctx)
	from, to, err := h.period(who, in)
	if err != nil {
		return nil, err
	}
	usages, err := h.service.Usage(ctx, who, from, to)
	if err != nil {
		return nil, err
	}
	body := UsageBody{From: string(from), To: string(to), MilkTypes: make([]MilkUsageBody, len(usages))}
	for i, usage := range usages {
		milk := MilkUsageBody{
			MilkTypeID: usage.MilkType.ID, MilkTypeName: usage.MilkType.Name, Days: make([]DayUseBody, len(usage.Days)),
			Mean: usage.Mean, StdDev: usage.StdDev, ParValue: usage.MilkType.Par.Value, SuggestedPar: usage.SuggestedPar,
		}
		for j, day := range usage.Days {
			milk.Days[j] = DayUseBody{Date: string(day.Date), Used: day.Used}
		}
		body.MilkTypes[i] = milk
	}
	return &usageAnswer{body}, nil
}

// period reads the dates of a request; either may be left out.
func (h handlers) period(who actor.Actor, in *usageInput) (from, to Date, err error) {
	from, to = h.service.LastDays(who.Store)
	if in.To != "" {
		if to, err = ParseDate(in.To); err != nil {
			return "", "", api.InvalidParameter("to")
		}
		from = to.AddDays(1 - defaultUsageDays)
	}
	if in.From != "" {
		if from, err = ParseDate(in.From); err != nil || from > to {
			return "", "", api.InvalidParameter("from")
		}
	}
	return from, to, nil
}

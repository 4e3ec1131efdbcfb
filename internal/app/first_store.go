package app

import (
	"context"
	"time"

	"github.com/sirenbase/sirenbase/internal/config"
	"github.com/sirenbase/sirenbase/internal/database"
	"github.com/sirenbase/sirenbase/internal/stores"
)

func storeTimes(settings config.Config) stores.Times {
	return stores.Times{
		BusinessDayStart:   stores.FormatTimeOfDay(settings.BusinessDayStart),
		MorningCountCutoff: stores.FormatTimeOfDay(settings.MorningCountCutoff),
	}
}

func firstStore(settings config.Config, now time.Time) stores.Store {
	return stores.Store{
		Name: "Store 1", Number: "1",
		Timezone:           settings.StoreTimezone.String(),
		BusinessDayStart:   stores.FormatTimeOfDay(settings.BusinessDayStart),
		MorningCountCutoff: stores.FormatTimeOfDay(settings.MorningCountCutoff),
		CreatedAt:          now,
	}
}

// askedTimes is the clock that somebody asked for in the settings, and empty where
// nobody did: a command without the server's settings changes nothing. The two
// times of day go together.
func askedTimes(settings config.Config) stores.Store {
	first, asked := firstStore(settings, time.Time{}), stores.Store{}
	if settings.Given("STORE_TIMEZONE") {
		asked.Timezone = first.Timezone
	}
	if settings.Given("BUSINESS_DAY_START") || settings.Given("MORNING_COUNT_CUTOFF") {
		asked.BusinessDayStart, asked.MorningCountCutoff = first.BusinessDayStart, first.MorningCountCutoff
	}
	return asked
}

// WarnOfUnusedSettings logs which settings somebody gave that the store does
// not go by: they are for its making, and it keeps its own since. Of several
// stores none is meant.
func (a *App) WarnOfUnusedSettings(ctx context.Context, settings config.Config) error {
	n, err := database.Value[int](ctx, a.DB.Read(), `SELECT count(*) FROM stores`)
	if err != nil || n != 1 {
		return err
	}
	store, err := stores.First(ctx, a.DB.Read())
	if err != nil {
		return err
	}
	want := firstStore(settings, store.CreatedAt)
	for _, s := range []struct{ name, given, kept string }{
		{"STORE_TIMEZONE", want.Timezone, store.Timezone},
		{"BUSINESS_DAY_START", want.BusinessDayStart, store.BusinessDayStart},
		{"MORNING_COUNT_CUTOFF", want.MorningCountCutoff, store.MorningCountCutoff},
	} {
		if settings.Given(s.name) && s.given != s.kept {
			a.log.Warn("a setting for the first store is not used: the store has its own",
				"setting", s.name, "given", s.given, "store", s.kept)
		}
	}
	return nil
}

-- +goose Up
-- What is being counted right now, and each step of the count by when it was
-- last saved, the newest first.
CREATE INDEX milk_sessions_in_progress ON milk_sessions (store_id) WHERE status <> 'completed';
CREATE INDEX milk_sessions_by_night_foh ON milk_sessions (store_id, night_foh_saved_at DESC, id DESC)
    WHERE night_foh_saved_at IS NOT NULL;
CREATE INDEX milk_sessions_by_night_boh ON milk_sessions (store_id, night_boh_saved_at DESC, id DESC)
    WHERE night_boh_saved_at IS NOT NULL;
CREATE INDEX milk_sessions_by_morning ON milk_sessions (store_id, morning_saved_at DESC, id DESC)
    WHERE morning_saved_at IS NOT NULL;
CREATE INDEX milk_sessions_by_completion ON milk_sessions (store_id, completed_at DESC, id DESC)
    WHERE completed_at IS NOT NULL;

-- +goose Down
DROP INDEX milk_sessions_by_completion;
DROP INDEX milk_sessions_by_morning;
DROP INDEX milk_sessions_by_night_boh;
DROP INDEX milk_sessions_by_night_foh;
DROP INDEX milk_sessions_in_progress;

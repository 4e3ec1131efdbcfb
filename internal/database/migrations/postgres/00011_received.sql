-- +goose Up
-- When the server heard of what a phone that was out of reach says was done
-- earlier. Null in rows of before: then it is the time that they give.
ALTER TABLE tracking_history ADD COLUMN received_at timestamptz;
ALTER TABLE milk_sessions ADD COLUMN received_at timestamptz;
ALTER TABLE rtde_sessions ADD COLUMN received_at timestamptz;

-- +goose Down
ALTER TABLE rtde_sessions DROP COLUMN received_at;
ALTER TABLE milk_sessions DROP COLUMN received_at;
ALTER TABLE tracking_history DROP COLUMN received_at;

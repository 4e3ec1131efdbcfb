-- +goose Up
-- Append-only: who changed what in the administration of a store.
CREATE TABLE audit_log (
    store_id    text NOT NULL REFERENCES stores (id),
    id          text NOT NULL,
    type        text NOT NULL,
    title       text NOT NULL,
    description text NOT NULL,
    details     text, -- JSON: old and new values
    actor_id    text,
    actor_name  text NOT NULL,
    timestamp   text NOT NULL CHECK (length(timestamp) = 27),
    PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_log_by_time ON audit_log (store_id, timestamp DESC, id DESC);

-- +goose Down
DROP TABLE audit_log;

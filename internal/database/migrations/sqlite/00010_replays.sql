-- +goose Up
-- The first answer to a request that came with an idempotency key, written in
-- the transaction of the change that it tells of.
CREATE TABLE idempotency_answers (
    user_id         text NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint     text NOT NULL,
    status          integer NOT NULL,
    content_type    text NOT NULL,
    body            text NOT NULL,
    created_at      text NOT NULL CHECK (length(created_at) = 27),
    PRIMARY KEY (user_id, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_answers_by_time ON idempotency_answers (created_at);

-- +goose Down
DROP TABLE idempotency_answers;

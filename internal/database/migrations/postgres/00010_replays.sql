-- +goose Up
-- The first answer to a request that came with an idempotency key, written in
-- the transaction of the change that it tells of.
CREATE TABLE idempotency_answers (
    user_id         text COLLATE "C" NOT NULL,
    idempotency_key text COLLATE "C" NOT NULL,
    fingerprint     text COLLATE "C" NOT NULL,
    status          integer NOT NULL,
    content_type    text NOT NULL,
    body            text NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (user_id, idempotency_key)
);
CREATE INDEX idempotency_answers_by_time ON idempotency_answers (created_at);

-- +goose Down
DROP TABLE idempotency_answers;

-- +goose Up
-- The one refresh token of a session that is good; any other was used already.
ALTER TABLE login_sessions ADD COLUMN refresh_id text COLLATE "C";

-- Failed logins of the last day, by the number that was tried, whether anybody
-- has it or not. in_row: there was no success from that address since.
CREATE TABLE login_failures (
    partner_number text COLLATE "C" NOT NULL,
    id             text COLLATE "C" NOT NULL,
    address        text COLLATE "C" NOT NULL,
    failed_at      timestamptz NOT NULL,
    in_row         boolean NOT NULL DEFAULT true,
    PRIMARY KEY (partner_number, id)
);
CREATE INDEX login_failures_by_time ON login_failures (failed_at);

-- One row for each number that somebody lately tried to log in with: attempts
-- wait for each other at it, and too many of them lock it.
CREATE TABLE login_guards (
    partner_number text COLLATE "C" PRIMARY KEY,
    locked_at      timestamptz,
    updated_at     timestamptz NOT NULL
);
CREATE INDEX login_guards_by_time ON login_guards (updated_at);

-- The stores that a user belongs to, the home store among them.
CREATE TABLE store_members (
    user_id  text COLLATE "C" NOT NULL REFERENCES users (id),
    store_id text COLLATE "C" NOT NULL REFERENCES stores (id),
    PRIMARY KEY (user_id, store_id)
);
CREATE INDEX store_members_by_store ON store_members (store_id, user_id);
INSERT INTO store_members (user_id, store_id) SELECT id, home_store_id FROM users;

-- +goose Down
DROP TABLE store_members;
DROP TABLE login_guards;
DROP TABLE login_failures;
ALTER TABLE login_sessions DROP COLUMN refresh_id;

-- +goose Up
-- How many events a store has had. Whoever writes one holds this row until the
-- end of the transaction, so that events become visible in the order of their
-- numbers. It is also the revision of all that the store's lists show.
CREATE TABLE store_revisions (
    store_id text COLLATE "C" NOT NULL REFERENCES stores (id),
    revision bigint NOT NULL,
    PRIMARY KEY (store_id)
);
INSERT INTO store_revisions (store_id, revision) SELECT id, 0 FROM stores;

-- What clients are told of, written in the transaction of the change.
CREATE TABLE store_events (
    store_id   text COLLATE "C" NOT NULL REFERENCES stores (id),
    revision   bigint NOT NULL,
    type       text NOT NULL,
    payload    text NOT NULL, -- JSON
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, revision)
);
CREATE INDEX store_events_by_time ON store_events (created_at);

-- A ticket lets a browser open the stream of events, once.
CREATE TABLE event_tickets (
    ticket_hash text COLLATE "C" PRIMARY KEY,
    user_id     text COLLATE "C" NOT NULL REFERENCES users (id),
    session_id  text COLLATE "C" NOT NULL,
    store_id    text COLLATE "C" NOT NULL REFERENCES stores (id),
    expires_at  timestamptz NOT NULL
);

-- +goose Down
DROP TABLE event_tickets;
DROP TABLE store_events;
DROP TABLE store_revisions;

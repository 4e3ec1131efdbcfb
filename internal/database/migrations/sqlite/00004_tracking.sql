-- +goose Up
CREATE TABLE tracking_items (
    store_id   text NOT NULL REFERENCES stores (id),
    id         text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    name       text NOT NULL,
    -- The name as it is searched: case folded.
    name_key   text NOT NULL,
    category   text NOT NULL,
    code       text NOT NULL CHECK (code GLOB '[0-9][0-9][0-9][0-9]'),
    added_by   text NOT NULL REFERENCES users (id),
    added_at   text NOT NULL CHECK (length(added_at) = 27),
    is_removed integer NOT NULL DEFAULT false CHECK (is_removed IN (false, true)),
    removed_at text CHECK (length(removed_at) = 27),
    removed_by text REFERENCES users (id),
    PRIMARY KEY (store_id, id),
    CHECK (is_removed = (removed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tracking_items_active_code ON tracking_items (store_id, code) WHERE NOT is_removed;
-- Without statistics SQLite counts the columns that are compared: were is_removed only in a WHERE
-- here, it would read the next index instead, and every item that was ever removed.
CREATE INDEX tracking_items_active ON tracking_items (store_id, is_removed, added_at DESC, id DESC);
CREATE INDEX tracking_items_all ON tracking_items (store_id, added_at DESC, id DESC);
CREATE INDEX tracking_items_removed_code ON tracking_items (store_id, code, removed_at DESC, id DESC) WHERE is_removed;
CREATE INDEX tracking_items_names ON tracking_items (store_id, category, name_key, code) WHERE NOT is_removed;

CREATE TABLE tracking_history (
    store_id  text NOT NULL REFERENCES stores (id),
    id        text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    action    text NOT NULL CHECK (action IN ('ADD', 'REMOVE', 'RESTORE')),
    item_name text NOT NULL,
    item_code text NOT NULL,
    user_id   text NOT NULL REFERENCES users (id),
    timestamp text NOT NULL CHECK (length(timestamp) = 27),
    notes     text,
    PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tracking_history_by_time ON tracking_history (store_id, timestamp DESC, id DESC);
CREATE INDEX tracking_history_by_code ON tracking_history (store_id, item_code, timestamp DESC, id DESC);
CREATE INDEX tracking_history_by_user ON tracking_history (store_id, user_id, timestamp DESC, id DESC);
CREATE INDEX tracking_history_by_action ON tracking_history (store_id, action, timestamp DESC, id DESC);

-- One row for each of a store's 10,000 codes, so that a free one is found by
-- index at the same cost however many are taken. A code is in use by an
-- item, held for a partner (lessee_id), or free. draw is its place in the
-- store's own random order.
CREATE TABLE tracking_codes (
    store_id         text NOT NULL REFERENCES stores (id),
    code             text NOT NULL CHECK (code GLOB '[0-9][0-9][0-9][0-9]'),
    draw             integer NOT NULL,
    in_use           integer NOT NULL DEFAULT false CHECK (in_use IN (false, true)),
    lessee_id        text REFERENCES users (id),
    lease_expires_at text CHECK (length(lease_expires_at) = 27),
    freed_at         text CHECK (length(freed_at) = 27), -- when its last item was removed; null: never used
    PRIMARY KEY (store_id, code),
    CHECK (NOT in_use OR lessee_id IS NULL),
    CHECK ((lessee_id IS NULL) = (lease_expires_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX tracking_codes_free ON tracking_codes (store_id, freed_at, draw)
    WHERE NOT in_use AND lessee_id IS NULL;
CREATE INDEX tracking_codes_free_low ON tracking_codes (store_id, freed_at, draw)
    WHERE NOT in_use AND lessee_id IS NULL AND substr(code, 1, 1) = '0';
CREATE INDEX tracking_codes_leases ON tracking_codes (store_id, lease_expires_at)
    WHERE lessee_id IS NOT NULL;

CREATE TABLE tracking_name_templates (
    store_id   text NOT NULL REFERENCES stores (id),
    id         text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    name       text NOT NULL,
    name_key   text NOT NULL,
    category   text NOT NULL,
    created_at text NOT NULL CHECK (length(created_at) = 27),
    updated_at text NOT NULL CHECK (length(updated_at) = 27),
    PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tracking_name_templates_by_name ON tracking_name_templates (store_id, category, name_key);

-- +goose Down
DROP TABLE tracking_name_templates;
DROP TABLE tracking_codes;
DROP TABLE tracking_history;
DROP TABLE tracking_items;

-- +goose Up
CREATE TABLE rtde_items (
    store_id       text COLLATE "C" NOT NULL REFERENCES stores (id),
    id             text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    name           text NOT NULL,
    brand          text,
    image_filename text,
    icon           text,
    par_level      integer NOT NULL CHECK (par_level BETWEEN 1 AND 1000000),
    display_order  integer NOT NULL,
    active         boolean NOT NULL,
    -- A session that is gone counted or pulled it; it can only be hidden.
    was_used       boolean NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (store_id, id)
);
CREATE INDEX rtde_items_in_order ON rtde_items (store_id, display_order, id);

CREATE TABLE rtde_sessions (
    store_id         text COLLATE "C" NOT NULL REFERENCES stores (id),
    id               text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    user_id          text COLLATE "C" NOT NULL REFERENCES users (id),
    started_by       text COLLATE "C" NOT NULL REFERENCES users (id),
    status           text COLLATE "C" NOT NULL CHECK (status IN ('in_progress', 'completed')),
    started_at       timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL,
    completed_at     timestamptz,
    -- The record that is kept when the counts are dropped.
    items_counted    integer NOT NULL DEFAULT 0,
    items_pulled     integer NOT NULL DEFAULT 0,
    units_pulled     integer NOT NULL DEFAULT 0,
    duration_seconds integer NOT NULL DEFAULT 0,
    PRIMARY KEY (store_id, id),
    CHECK ((status = 'completed') = (completed_at IS NOT NULL))
);
CREATE UNIQUE INDEX rtde_sessions_one_in_progress ON rtde_sessions (store_id, user_id)
    WHERE status = 'in_progress';
CREATE INDEX rtde_sessions_completed ON rtde_sessions (store_id, completed_at DESC, id DESC)
    WHERE status = 'completed';
CREATE INDEX rtde_sessions_expiry ON rtde_sessions (expires_at) WHERE status = 'in_progress';

CREATE TABLE rtde_session_counts (
    store_id         text COLLATE "C" NOT NULL,
    session_id       text COLLATE "C" NOT NULL,
    item_id          text COLLATE "C" NOT NULL,
    counted_quantity integer CHECK (counted_quantity BETWEEN 0 AND 1000000), -- null: pulled, not counted
    is_pulled        boolean NOT NULL DEFAULT false,
    updated_at       timestamptz NOT NULL,
    PRIMARY KEY (store_id, session_id, item_id),
    FOREIGN KEY (store_id, session_id) REFERENCES rtde_sessions (store_id, id) ON DELETE CASCADE,
    FOREIGN KEY (store_id, item_id) REFERENCES rtde_items (store_id, id)
);
CREATE INDEX rtde_session_counts_by_item ON rtde_session_counts (store_id, item_id);

-- Who does a background job, of several nodes on this database.
CREATE TABLE job_leases (
    name       text COLLATE "C" PRIMARY KEY,
    holder     text NOT NULL,
    expires_at timestamptz NOT NULL
);

-- +goose Down
DROP TABLE job_leases;
DROP TABLE rtde_session_counts;
DROP TABLE rtde_sessions;
DROP TABLE rtde_items;

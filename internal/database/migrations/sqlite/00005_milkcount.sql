-- +goose Up
CREATE TABLE milk_types (
    store_id      text NOT NULL REFERENCES stores (id),
    id            text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    name          text NOT NULL,
    -- The name as it is compared: case folded.
    name_key      text NOT NULL,
    category      text NOT NULL CHECK (category IN ('dairy', 'non_dairy')),
    display_order integer NOT NULL CHECK (display_order >= 1),
    active        integer NOT NULL CHECK (active IN (false, true)),
    created_at    text NOT NULL CHECK (length(created_at) = 27),
    updated_at    text NOT NULL CHECK (length(updated_at) = 27),
    PRIMARY KEY (store_id, id),
    UNIQUE (store_id, name_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE milk_par_levels (
    store_id     text NOT NULL,
    milk_type_id text NOT NULL,
    id           text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    par_value    integer NOT NULL CHECK (par_value BETWEEN 0 AND 1000000),
    updated_at   text NOT NULL CHECK (length(updated_at) = 27),
    updated_by   text REFERENCES users (id),
    PRIMARY KEY (store_id, milk_type_id),
    FOREIGN KEY (store_id, milk_type_id) REFERENCES milk_types (store_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE milk_sessions (
    store_id           text NOT NULL REFERENCES stores (id),
    id                 text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    session_date       text NOT NULL CHECK (length(session_date) = 10),
    status             text NOT NULL
        CHECK (status IN ('night_foh', 'night_boh', 'morning', 'on_order', 'completed')),
    -- A saved step was opened again: what follows are corrections.
    reopened           integer NOT NULL DEFAULT false CHECK (reopened IN (false, true)),
    night_foh_saved_at text CHECK (length(night_foh_saved_at) = 27),
    night_foh_user_id  text REFERENCES users (id),
    night_boh_saved_at text CHECK (length(night_boh_saved_at) = 27),
    night_boh_user_id  text REFERENCES users (id),
    morning_saved_at   text CHECK (length(morning_saved_at) = 27),
    morning_user_id    text REFERENCES users (id),
    on_order_saved_at  text CHECK (length(on_order_saved_at) = 27),
    on_order_user_id   text REFERENCES users (id),
    completed_at       text CHECK (length(completed_at) = 27),
    created_at         text NOT NULL CHECK (length(created_at) = 27),
    PRIMARY KEY (store_id, id),
    UNIQUE (store_id, session_date),
    CHECK ((status = 'completed') = (completed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX milk_sessions_by_status ON milk_sessions (store_id, status, session_date DESC);

CREATE TABLE milk_entries (
    store_id       text NOT NULL,
    session_id     text NOT NULL,
    milk_type_id   text NOT NULL,
    id             text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    foh_count      integer CHECK (foh_count BETWEEN 0 AND 1000000),
    boh_count      integer CHECK (boh_count BETWEEN 0 AND 1000000),
    morning_method text CHECK (morning_method IN ('boh_count', 'direct_delivered')),
    current_boh    integer CHECK (current_boh BETWEEN 0 AND 1000000),
    -- As entered; worked out from the other counts where the method is boh_count.
    delivered      integer CHECK (delivered BETWEEN 0 AND 1000000),
    on_order       integer CHECK (on_order BETWEEN 0 AND 1000000),
    -- The par when the session was completed; null until then.
    par_value      integer,
    updated_at     text NOT NULL CHECK (length(updated_at) = 27),
    updated_by     text REFERENCES users (id),
    PRIMARY KEY (store_id, session_id, milk_type_id),
    FOREIGN KEY (store_id, session_id) REFERENCES milk_sessions (store_id, id) ON DELETE CASCADE,
    FOREIGN KEY (store_id, milk_type_id) REFERENCES milk_types (store_id, id)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE milk_entries;
DROP TABLE milk_sessions;
DROP TABLE milk_par_levels;
DROP TABLE milk_types;

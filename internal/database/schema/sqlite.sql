-- Written by go test ./internal/database -update; do not edit.

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

CREATE TABLE event_tickets (
    ticket_hash text NOT NULL PRIMARY KEY,
    user_id     text NOT NULL REFERENCES users (id),
    session_id  text NOT NULL,
    store_id    text NOT NULL REFERENCES stores (id),
    expires_at  text NOT NULL CHECK (length(expires_at) = 27)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE job_leases (
    name       text NOT NULL PRIMARY KEY,
    holder     text NOT NULL,
    expires_at text NOT NULL CHECK (length(expires_at) = 27)
) STRICT, WITHOUT ROWID;

CREATE TABLE key_checks (
    name   text NOT NULL PRIMARY KEY,
    digest text NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE login_failures (
    partner_number text NOT NULL,
    id             text NOT NULL,
    address        text NOT NULL,
    failed_at      text NOT NULL CHECK (length(failed_at) = 27),
    in_row         integer NOT NULL DEFAULT 1 CHECK (in_row IN (0, 1)),
    PRIMARY KEY (partner_number, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX login_failures_by_time ON login_failures (failed_at);

CREATE TABLE login_guards (
    partner_number text NOT NULL PRIMARY KEY,
    locked_at      text CHECK (length(locked_at) = 27),
    updated_at     text NOT NULL CHECK (length(updated_at) = 27)
) STRICT, WITHOUT ROWID;
CREATE INDEX login_guards_by_time ON login_guards (updated_at);

CREATE TABLE login_sessions (
    id         text NOT NULL PRIMARY KEY,
    user_id    text NOT NULL REFERENCES users (id),
    created_at text NOT NULL CHECK (length(created_at) = 27),
    expires_at text NOT NULL CHECK (length(expires_at) = 27),
    revoked_at text CHECK (length(revoked_at) = 27)
, refresh_id text) STRICT;
CREATE INDEX login_sessions_by_expiry ON login_sessions (expires_at);
CREATE INDEX login_sessions_by_user ON login_sessions (user_id);

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
    created_at         text NOT NULL CHECK (length(created_at) = 27), received_at text CHECK (length(received_at) = 27),
    PRIMARY KEY (store_id, id),
    UNIQUE (store_id, session_date),
    CHECK ((status = 'completed') = (completed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX milk_sessions_by_completion ON milk_sessions (store_id, completed_at DESC, id DESC)
    WHERE completed_at IS NOT NULL;
CREATE INDEX milk_sessions_by_morning ON milk_sessions (store_id, morning_saved_at DESC, id DESC)
    WHERE morning_saved_at IS NOT NULL;
CREATE INDEX milk_sessions_by_night_boh ON milk_sessions (store_id, night_boh_saved_at DESC, id DESC)
    WHERE night_boh_saved_at IS NOT NULL;
CREATE INDEX milk_sessions_by_night_foh ON milk_sessions (store_id, night_foh_saved_at DESC, id DESC)
    WHERE night_foh_saved_at IS NOT NULL;
CREATE INDEX milk_sessions_by_status ON milk_sessions (store_id, status, session_date DESC);
CREATE INDEX milk_sessions_in_progress ON milk_sessions (store_id) WHERE status <> 'completed';

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

CREATE TABLE rtde_items (
    store_id       text NOT NULL REFERENCES stores (id),
    id             text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    name           text NOT NULL,
    brand          text,
    image_filename text,
    icon           text,
    par_level      integer NOT NULL CHECK (par_level BETWEEN 1 AND 1000000),
    display_order  integer NOT NULL,
    active         integer NOT NULL CHECK (active IN (false, true)),
    -- A session that is gone counted or pulled it; it can only be hidden.
    was_used       integer NOT NULL DEFAULT false CHECK (was_used IN (false, true)),
    created_at     text NOT NULL CHECK (length(created_at) = 27),
    updated_at     text NOT NULL CHECK (length(updated_at) = 27),
    PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rtde_items_in_order ON rtde_items (store_id, display_order, id);

CREATE TABLE rtde_session_counts (
    store_id         text NOT NULL,
    session_id       text NOT NULL,
    item_id          text NOT NULL,
    counted_quantity integer CHECK (counted_quantity BETWEEN 0 AND 1000000), -- null: pulled, not counted
    is_pulled        integer NOT NULL DEFAULT false CHECK (is_pulled IN (false, true)),
    updated_at       text NOT NULL CHECK (length(updated_at) = 27),
    PRIMARY KEY (store_id, session_id, item_id),
    FOREIGN KEY (store_id, session_id) REFERENCES rtde_sessions (store_id, id) ON DELETE CASCADE,
    FOREIGN KEY (store_id, item_id) REFERENCES rtde_items (store_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rtde_session_counts_by_item ON rtde_session_counts (store_id, item_id);

CREATE TABLE rtde_sessions (
    store_id         text NOT NULL REFERENCES stores (id),
    id               text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    user_id          text NOT NULL REFERENCES users (id),
    started_by       text NOT NULL REFERENCES users (id),
    status           text NOT NULL CHECK (status IN ('in_progress', 'completed')),
    started_at       text NOT NULL CHECK (length(started_at) = 27),
    expires_at       text NOT NULL CHECK (length(expires_at) = 27),
    completed_at     text CHECK (length(completed_at) = 27),
    -- The record that is kept when the counts are dropped.
    items_counted    integer NOT NULL DEFAULT 0,
    items_pulled     integer NOT NULL DEFAULT 0,
    units_pulled     integer NOT NULL DEFAULT 0,
    duration_seconds integer NOT NULL DEFAULT 0, received_at text CHECK (length(received_at) = 27),
    PRIMARY KEY (store_id, id),
    CHECK ((status = 'completed') = (completed_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX rtde_sessions_completed ON rtde_sessions (store_id, completed_at DESC, id DESC)
    WHERE status = 'completed';
CREATE INDEX rtde_sessions_expiry ON rtde_sessions (expires_at) WHERE status = 'in_progress';
CREATE UNIQUE INDEX rtde_sessions_one_in_progress ON rtde_sessions (store_id, user_id)
    WHERE status = 'in_progress';

CREATE TABLE setup_codes (
    code_hash  text NOT NULL PRIMARY KEY,
    expires_at text NOT NULL CHECK (length(expires_at) = 27)
) STRICT;

CREATE TABLE store_events (
    store_id   text NOT NULL REFERENCES stores (id),
    revision   integer NOT NULL,
    type       text NOT NULL,
    payload    text NOT NULL, -- JSON
    created_at text NOT NULL CHECK (length(created_at) = 27),
    PRIMARY KEY (store_id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX store_events_by_time ON store_events (created_at);

CREATE TABLE store_members (
    user_id  text NOT NULL REFERENCES users (id),
    store_id text NOT NULL REFERENCES stores (id),
    PRIMARY KEY (user_id, store_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX store_members_by_store ON store_members (store_id, user_id);

CREATE TABLE store_revisions (
    store_id text NOT NULL REFERENCES stores (id),
    revision integer NOT NULL,
    PRIMARY KEY (store_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE stores (
    id                   text NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 36),
    name                 text NOT NULL,
    number               text NOT NULL UNIQUE,
    timezone             text NOT NULL,
    business_day_start   text NOT NULL CHECK (length(business_day_start) = 5),
    morning_count_cutoff text NOT NULL CHECK (length(morning_count_cutoff) = 5),
    created_at           text NOT NULL CHECK (length(created_at) = 27),
    updated_at           text NOT NULL CHECK (length(updated_at) = 27)
) STRICT;

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

CREATE TABLE tracking_history (
    store_id  text NOT NULL REFERENCES stores (id),
    id        text NOT NULL CHECK (length(id) BETWEEN 1 AND 36),
    action    text NOT NULL CHECK (action IN ('ADD', 'REMOVE', 'RESTORE')),
    item_name text NOT NULL,
    item_code text NOT NULL,
    user_id   text NOT NULL REFERENCES users (id),
    timestamp text NOT NULL CHECK (length(timestamp) = 27),
    notes     text, received_at text CHECK (length(received_at) = 27),
    PRIMARY KEY (store_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tracking_history_by_action ON tracking_history (store_id, action, timestamp DESC, id DESC);
CREATE INDEX tracking_history_by_code ON tracking_history (store_id, item_code, timestamp DESC, id DESC);
CREATE INDEX tracking_history_by_time ON tracking_history (store_id, timestamp DESC, id DESC);
CREATE INDEX tracking_history_by_user ON tracking_history (store_id, user_id, timestamp DESC, id DESC);

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
CREATE INDEX tracking_items_active ON tracking_items (store_id, is_removed, added_at DESC, id DESC);
CREATE UNIQUE INDEX tracking_items_active_code ON tracking_items (store_id, code) WHERE NOT is_removed;
CREATE INDEX tracking_items_all ON tracking_items (store_id, added_at DESC, id DESC);
CREATE INDEX tracking_items_names ON tracking_items (store_id, category, name_key, code) WHERE NOT is_removed;
CREATE INDEX tracking_items_removed_code ON tracking_items (store_id, code, removed_at DESC, id DESC) WHERE is_removed;

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

CREATE TABLE users (
    id                  text NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 36),
    home_store_id       text NOT NULL REFERENCES stores (id),
    partner_number      text NOT NULL UNIQUE,
    name                text NOT NULL,
    pin_hash            text NOT NULL,
    role                text NOT NULL CHECK (role IN ('staff', 'admin')),
    is_owner            integer NOT NULL DEFAULT false CHECK (is_owner IN (false, true)),
    status              text NOT NULL CHECK (status IN ('pending', 'active', 'deleted')),
    last_login_at       text CHECK (length(last_login_at) = 27),
    -- Tokens without a session of ours (the old system's) count from here on.
    tokens_valid_from   text CHECK (length(tokens_valid_from) = 27),
    deleted_at          text CHECK (length(deleted_at) = 27),
    deleted_by          text REFERENCES users (id),
    created_at          text NOT NULL CHECK (length(created_at) = 27),
    updated_at          text NOT NULL CHECK (length(updated_at) = 27),
    CHECK (role = 'admin' OR NOT is_owner),
    CHECK ((status = 'deleted') = (deleted_at IS NOT NULL))
) STRICT;
CREATE INDEX users_by_store ON users (home_store_id, created_at DESC, id DESC);

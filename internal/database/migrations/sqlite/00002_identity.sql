-- +goose Up
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

-- A session is one login on one device; it lasts until its tokens expire or it is revoked.
CREATE TABLE login_sessions (
    id         text NOT NULL PRIMARY KEY,
    user_id    text NOT NULL REFERENCES users (id),
    created_at text NOT NULL CHECK (length(created_at) = 27),
    expires_at text NOT NULL CHECK (length(expires_at) = 27),
    revoked_at text CHECK (length(revoked_at) = 27)
) STRICT;
CREATE INDEX login_sessions_by_user ON login_sessions (user_id);
CREATE INDEX login_sessions_by_expiry ON login_sessions (expires_at);

-- The codes that a fresh installation prints on its terminal; hashed, and gone once used.
CREATE TABLE setup_codes (
    code_hash  text NOT NULL PRIMARY KEY,
    expires_at text NOT NULL CHECK (length(expires_at) = 27)
) STRICT;

-- +goose Down
DROP TABLE setup_codes;
DROP TABLE login_sessions;
DROP TABLE users;

-- +goose Up
CREATE TABLE users (
    id                  text COLLATE "C" PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 36),
    home_store_id       text COLLATE "C" NOT NULL REFERENCES stores (id),
    partner_number      text COLLATE "C" NOT NULL UNIQUE,
    name                text NOT NULL,
    pin_hash            text NOT NULL,
    role                text NOT NULL CHECK (role IN ('staff', 'admin')),
    is_owner            boolean NOT NULL DEFAULT false,
    status              text NOT NULL CHECK (status IN ('pending', 'active', 'deleted')),
    last_login_at       timestamptz,
    -- Tokens without a session of ours (the old system's) count from here on.
    tokens_valid_from   timestamptz,
    deleted_at          timestamptz,
    deleted_by          text COLLATE "C" REFERENCES users (id),
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    CHECK (role = 'admin' OR NOT is_owner),
    CHECK ((status = 'deleted') = (deleted_at IS NOT NULL))
);
CREATE INDEX users_by_store ON users (home_store_id, created_at DESC, id DESC);

-- A session is one login on one device; it lasts until its tokens expire or it is revoked.
CREATE TABLE login_sessions (
    id         text COLLATE "C" PRIMARY KEY,
    user_id    text COLLATE "C" NOT NULL REFERENCES users (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX login_sessions_by_user ON login_sessions (user_id);
CREATE INDEX login_sessions_by_expiry ON login_sessions (expires_at);

-- The codes that a fresh installation prints on its terminal; hashed, and gone once used.
CREATE TABLE setup_codes (
    code_hash  text COLLATE "C" PRIMARY KEY,
    expires_at timestamptz NOT NULL
);

-- +goose Down
DROP TABLE setup_codes;
DROP TABLE login_sessions;
DROP TABLE users;

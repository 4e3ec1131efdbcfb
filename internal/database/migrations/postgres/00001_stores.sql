-- +goose Up
-- Text that is compared or sorted is COLLATE "C": by code point, as SQLite does.
CREATE TABLE stores (
    id                   text COLLATE "C" PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 36),
    name                 text NOT NULL,
    number               text COLLATE "C" NOT NULL UNIQUE,
    timezone             text NOT NULL,
    business_day_start   text NOT NULL CHECK (length(business_day_start) = 5),
    morning_count_cutoff text NOT NULL CHECK (length(morning_count_cutoff) = 5),
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL
);

-- +goose Down
DROP TABLE stores;

-- +goose Up
-- Instants are UTC text of fixed width, so that they sort as text.
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

-- +goose Down
DROP TABLE stores;

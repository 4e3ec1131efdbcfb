-- +goose Up
-- Digests of the keys that this database depends on, by setting: a program with
-- another key notices before it does harm.
CREATE TABLE key_checks (
    name   text COLLATE "C" PRIMARY KEY,
    digest text COLLATE "C" NOT NULL
);

-- +goose Down
DROP TABLE key_checks;

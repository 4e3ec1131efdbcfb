-- +goose Up
-- Digests of the keys that this database depends on, by setting: a program with
-- another key notices before it does harm.
CREATE TABLE key_checks (
    name   text NOT NULL PRIMARY KEY,
    digest text NOT NULL
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE key_checks;

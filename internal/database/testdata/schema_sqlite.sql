-- SQLite keeps each statement as it was written.
SELECT sql || ';' || CASE WHEN lead(tbl_name, 1, '') OVER w = tbl_name THEN '' ELSE char(10) END
FROM sqlite_schema
WHERE sql IS NOT NULL AND tbl_name NOT IN ('goose_db_version', 'sqlite_sequence')
WINDOW w AS (ORDER BY tbl_name, type <> 'table', type, name)
ORDER BY tbl_name, type <> 'table', type, name

-- Claims of incidents that were compared with others, once or again: a decision on an incident makes it due (`reach_due`),
-- and does not make it one that nobody looked at. Beside the log, as `reach` is.
CREATE TABLE reach_compared (claim TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

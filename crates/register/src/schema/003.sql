-- Reach: where the names of people are looked up, so that what comes in is compared with those near it and nobody else is
-- read. The program fills it beside the log, since keys are by the rules of its linker and by what the linking in force
-- learnt (`reach_under`); whatever is lost with it is made again. `reach_due` holds the claims of people, and of incidents in
-- texts, that changed since.
-- `fields` parts those who share a key with many others: two bytes each, the lower first.
CREATE TABLE reach (key INTEGER NOT NULL, claim INTEGER NOT NULL, fields BLOB NOT NULL, PRIMARY KEY (key, claim)) STRICT, WITHOUT ROWID;
CREATE TABLE reach_under (learnt TEXT NOT NULL, claims INTEGER NOT NULL) STRICT;
CREATE TABLE reach_due (claim TEXT PRIMARY KEY, kind TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO reach_due SELECT DISTINCT id, kind FROM claim WHERE kind = 'person' OR kind = 'incident' AND row IS NULL;

-- When something was, by its first day; and what was then.
CREATE INDEX answer_by_day ON answer (body ->> '$.bounds[0]') WHERE body ->> '$.bounds[0]' IS NOT NULL;
CREATE INDEX timed_by_answer ON timed (answer) WHERE valid_to IS NULL;

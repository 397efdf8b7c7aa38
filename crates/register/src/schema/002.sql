-- Incidents that may be one strike, as a machine found: which may be, and what they come to as one, in the form of
-- `incident.view`. A strike has the id of its oldest record. Nothing is joined by it.
CREATE TABLE of_strike (incident TEXT NOT NULL, strike TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (incident, valid_from)) STRICT, WITHOUT ROWID;
CREATE INDEX of_strike_by_strike ON of_strike (strike);
CREATE TABLE strike (id TEXT NOT NULL, view BLOB NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (id, valid_from)) STRICT, WITHOUT ROWID;
CREATE INDEX link_alike ON link (left_id) WHERE kind = 'alike';

-- The register as a view of its log. Every row says from which log position it holds and, once it no longer does,
-- until which: "as of" is `valid_from <= ?position AND (valid_to IS NULL OR valid_to > ?position)`.

CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Entries of a batch are saved together: between two ends there is no state.
CREATE TABLE batch (ends INTEGER PRIMARY KEY) STRICT;

-- One row an entry, ours and others', in the order in which we came to know them.
CREATE TABLE entry (
  sequence  INTEGER PRIMARY KEY,
  position  INTEGER NOT NULL,
  origin    TEXT NOT NULL,
  number    INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  time      INTEGER NOT NULL,
  author    TEXT,
  body      TEXT,
  erased_by INTEGER,
  unread    TEXT,
  UNIQUE (origin, number)
) STRICT;

CREATE INDEX entry_by_position ON entry (position);

CREATE TABLE setting (key TEXT NOT NULL, value TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (key, valid_from)) STRICT;
CREATE TABLE account (id TEXT NOT NULL, roles TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (id, valid_from)) STRICT;
CREATE TABLE source (id TEXT NOT NULL, record TEXT NOT NULL, origin TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (id, valid_from)) STRICT;

-- Documents, what was read of them, and the parts of which they are made.
CREATE TABLE document (
  id         TEXT PRIMARY KEY,
  name       TEXT,
  media_type TEXT NOT NULL,
  size       INTEGER NOT NULL,
  source     TEXT,
  container  TEXT,
  added      INTEGER NOT NULL
) STRICT;
CREATE TABLE published (document TEXT NOT NULL REFERENCES document (id), edtf TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (document, valid_from)) STRICT;
CREATE TABLE reading (
  document       TEXT NOT NULL REFERENCES document (id),
  text           TEXT NOT NULL,
  form           TEXT NOT NULL,
  reader         TEXT NOT NULL,
  version        TEXT NOT NULL,
  layout_derived INTEGER NOT NULL,
  valid_from     INTEGER NOT NULL,
  valid_to       INTEGER,
  PRIMARY KEY (document, valid_from)
) STRICT;
CREATE TABLE part (
  document   TEXT NOT NULL REFERENCES document (id),
  number     INTEGER NOT NULL,
  label      TEXT,
  starts     INTEGER NOT NULL,
  ends       INTEGER NOT NULL,
  byte_start INTEGER NOT NULL,
  byte_end   INTEGER NOT NULL,
  published  TEXT,
  language   TEXT,
  country    TEXT,
  repost_key TEXT,
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER,
  PRIMARY KEY (document, number, valid_from)
) STRICT;
CREATE INDEX part_by_repost_key ON part (repost_key) WHERE repost_key IS NOT NULL;

-- Runs: proposed when they are logged, in force when they are adopted.
CREATE TABLE run (
  sequence INTEGER PRIMARY KEY REFERENCES entry (sequence),
  kind     TEXT NOT NULL,
  program  TEXT NOT NULL,
  version  TEXT NOT NULL,
  result   TEXT NOT NULL,
  adopted  INTEGER
) STRICT;

-- Whether the extraction in force of a document is ours: another register's never takes its place.
CREATE TABLE coded (document TEXT PRIMARY KEY REFERENCES document (id), own INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  key        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL,
  document   TEXT NOT NULL REFERENCES document (id),
  part       INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  about      TEXT,
  body       TEXT NOT NULL,
  row        INTEGER,
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER
) STRICT;
-- With all that grouping asks, so that for most claims it need not look into the table.
CREATE INDEX claim_by_id ON claim (id, valid_from, valid_to, kind);
CREATE INDEX claim_by_document ON claim (document, part, row);
CREATE INDEX claim_by_about ON claim (about) WHERE about IS NOT NULL;
CREATE INDEX claim_by_kind ON claim (kind, key) WHERE kind IN ('incident', 'aggregate', 'position', 'source', 'quote');

-- Answers about places and times, each kept once; lists repeat the same ones by the thousand.
CREATE TABLE answer (key INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE placed (claim TEXT NOT NULL, answer INTEGER NOT NULL REFERENCES answer (key), own INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (claim, valid_from)) STRICT, WITHOUT ROWID;
CREATE TABLE timed (claim TEXT NOT NULL, answer INTEGER NOT NULL REFERENCES answer (key), own INTEGER NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (claim, valid_from)) STRICT, WITHOUT ROWID;

-- What machines and people say about who and what is the same.
CREATE TABLE link (
  kind       TEXT NOT NULL,
  left_id    TEXT NOT NULL,
  right_id   TEXT NOT NULL,
  why        TEXT NOT NULL,
  permille   INTEGER,
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER,
  PRIMARY KEY (left_id, right_id, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_right ON link (right_id);
-- Who is who in the draws of the linking, where there is doubt. `people` is two bytes a draw, the lower first: in draws
-- in which two claims of one `component` have the same number, they are one person.
CREATE TABLE drawn (claim TEXT NOT NULL, component TEXT NOT NULL, people BLOB NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (claim, valid_from)) STRICT, WITHOUT ROWID;
CREATE INDEX drawn_by_component ON drawn (component);
CREATE TABLE judgement (
  sequence   INTEGER PRIMARY KEY REFERENCES entry (sequence),
  left_id    TEXT NOT NULL,
  right_id   TEXT NOT NULL,
  verdict    TEXT NOT NULL,
  why        TEXT NOT NULL,
  author     TEXT,
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER
) STRICT;
CREATE INDEX judgement_by_left ON judgement (left_id);
CREATE INDEX judgement_by_right ON judgement (right_id);

CREATE TABLE decision (
  sequence   INTEGER PRIMARY KEY REFERENCES entry (sequence),
  target     TEXT NOT NULL,
  field      TEXT NOT NULL,
  value      TEXT NOT NULL,
  why        TEXT NOT NULL,
  used       TEXT NOT NULL,
  rejected   TEXT NOT NULL,
  author     TEXT,
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER
) STRICT;
CREATE INDEX decision_by_target ON decision (target, field);
CREATE TABLE rejection (claim TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES entry (sequence), why TEXT NOT NULL, author TEXT, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (claim, valid_from)) STRICT;

-- Records are views: which claims make them, and what they come to.
CREATE TABLE member (claim TEXT NOT NULL, record TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (claim, valid_from)) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_record ON member (record, valid_from);
CREATE TABLE incident (id TEXT NOT NULL, view BLOB NOT NULL, title TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (id, valid_from)) STRICT;
CREATE INDEX incident_now ON incident (id) WHERE valid_to IS NULL;
CREATE TABLE person (
  id         TEXT NOT NULL,
  name       TEXT,
  name_key   TEXT,
  sex        TEXT,
  age        INTEGER,
  age_class  TEXT,
  fate       TEXT,
  status     TEXT,
  incident   TEXT,
  earliest   TEXT,
  latest     TEXT,
  place      TEXT,
  valid_from INTEGER NOT NULL,
  valid_to   INTEGER,
  PRIMARY KEY (id, valid_from)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_name_key ON person (name_key) WHERE name_key IS NOT NULL;
CREATE INDEX person_by_incident ON person (incident) WHERE incident IS NOT NULL;

CREATE TABLE figure (id TEXT NOT NULL, question TEXT NOT NULL, title_en TEXT NOT NULL, title_ar TEXT NOT NULL, origin TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (id, valid_from)) STRICT;
CREATE TABLE clearing (target TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES entry (sequence), author TEXT, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (target, valid_from)) STRICT;
CREATE TABLE signature (target TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES entry (sequence), author TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (target, author, valid_from)) STRICT;
CREATE TABLE objection (person TEXT NOT NULL, sequence INTEGER NOT NULL REFERENCES entry (sequence), why TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER, PRIMARY KEY (person, valid_from)) STRICT;
CREATE TABLE note (sequence INTEGER PRIMARY KEY REFERENCES entry (sequence), record TEXT NOT NULL, author TEXT, valid_from INTEGER NOT NULL) STRICT;
CREATE TABLE population (sequence INTEGER PRIMARY KEY REFERENCES entry (sequence), record TEXT NOT NULL, valid_from INTEGER NOT NULL, valid_to INTEGER) STRICT;
CREATE TABLE redaction (blob TEXT NOT NULL, replacement TEXT, sequence INTEGER NOT NULL REFERENCES entry (sequence), PRIMARY KEY (blob, sequence)) STRICT;

-- Search: folded words are looked up, verbatim ones are shown. Folding has already made words of letters and digits, with
-- a space between two; the tokenizer only splits at it. Another one would part a folded word that it does not know.
CREATE TABLE found (key INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, part INTEGER) STRICT;
CREATE INDEX found_by_id ON found (id);
CREATE VIRTUAL TABLE search USING fts5 (folded, content = '', contentless_delete = 1, detail = 'column', tokenize = 'ascii');

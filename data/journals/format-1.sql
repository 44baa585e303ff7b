-- The tables of a SQLite journal of format 1, as the first program made them.
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE event(
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  seat TEXT NOT NULL,
  command_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  payload TEXT NOT NULL,
  hash BLOB NOT NULL);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

-- What each command led to, so that a retry is answered and not done again.
CREATE TABLE command(id TEXT PRIMARY KEY, first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL)
  WITHOUT ROWID;

-- The last guard: a brigade that has a row cannot get a second one.
CREATE TABLE active_assignment(
  brigade INTEGER PRIMARY KEY,
  assignment INTEGER NOT NULL,
  incident INTEGER NOT NULL);

-- Erasable: events only point here.
CREATE TABLE personal(ref INTEGER PRIMARY KEY, incident INTEGER NOT NULL, body TEXT NOT NULL);

CREATE TABLE snapshot(
  seq INTEGER PRIMARY KEY,
  format INTEGER NOT NULL,
  event_hash BLOB NOT NULL,
  state_hash BLOB NOT NULL,
  state TEXT NOT NULL);

CREATE TABLE fix(
  brigade INTEGER NOT NULL, at INTEGER NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  source TEXT NOT NULL, speed_kmh REAL NOT NULL, heading_deg REAL NOT NULL);
CREATE TABLE latest_fix(
  brigade INTEGER PRIMARY KEY, at INTEGER NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
  source TEXT NOT NULL, speed_kmh REAL NOT NULL, heading_deg REAL NOT NULL);
PRAGMA application_id=1245988172;
PRAGMA user_version=1;
INSERT INTO meta VALUES('format','1');

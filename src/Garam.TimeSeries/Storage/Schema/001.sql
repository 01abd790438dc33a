-- Telemetry store, schema 1. Times are microseconds since the Unix epoch, UTC.
-- Blobs are described byte by byte in docs/formats/timeseries.md.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE series_group (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL UNIQUE,
  retention_class TEXT NOT NULL DEFAULT ''
);

-- A track is a set of series whose samples share one time column. A series stays in its track for life.
CREATE TABLE series (
  track_id     INTEGER NOT NULL,
  track_column INTEGER NOT NULL,
  group_id     INTEGER NOT NULL,
  kind         INTEGER NOT NULL,
  name         TEXT NOT NULL,
  PRIMARY KEY (track_id, track_column)
) WITHOUT ROWID;

-- The newest rows of a track, rewritten by every commit that touches the track.
-- Rows before open_from are in closed blocks and in the rollups; rows from it on are here and only here.
CREATE TABLE open_block (
  track_id    INTEGER PRIMARY KEY,
  open_from   INTEGER NOT NULL,
  raw_horizon INTEGER NOT NULL,
  newest      BLOB NOT NULL,
  data        BLOB NOT NULL
);

-- A closed block is one chunk.
CREATE TABLE block (
  id         INTEGER PRIMARY KEY,
  track_id   INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time  INTEGER NOT NULL,
  row_count  INTEGER NOT NULL,
  in_minutes INTEGER NOT NULL, -- 0: too sparse for minute rollups, which are made from its rows when asked
  data       BLOB NOT NULL
);
CREATE INDEX block_by_time ON block (track_id, first_time, last_time, in_minutes);

-- level 1 = minute, 2 = hour, 3 = day. first_time and last_time are bucket starts.
CREATE TABLE rollup (
  id         INTEGER PRIMARY KEY,
  track_id   INTEGER NOT NULL,
  level      INTEGER NOT NULL,
  first_time INTEGER NOT NULL,
  last_time  INTEGER NOT NULL,
  data       BLOB NOT NULL
);
CREATE INDEX rollup_by_time ON rollup (track_id, level, first_time, last_time);

CREATE TABLE text_series (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  newest_time INTEGER NOT NULL,
  newest      BLOB NOT NULL,
  UNIQUE (group_id, name)
);

-- One row per change of a text.
CREATE TABLE text_event (
  text_id INTEGER NOT NULL,
  time    INTEGER NOT NULL,
  value   BLOB NOT NULL,
  PRIMARY KEY (text_id, time)
) WITHOUT ROWID;

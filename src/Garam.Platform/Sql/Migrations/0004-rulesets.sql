CREATE TABLE rulesets (
  id             TEXT    NOT NULL PRIMARY KEY,
  state          TEXT    NOT NULL,
  active_version INTEGER NULL,
  trial_version  INTEGER NULL,
  trial_share    DOUBLE PRECISION NULL,
  trial_since_us BIGINT  NULL,
  file           TEXT    NULL,
  file_hash      TEXT    NULL,
  revision       INTEGER NOT NULL,
  updated_us     BIGINT  NOT NULL
);

CREATE TABLE ruleset_versions (
  ruleset_id TEXT    NOT NULL,
  version    INTEGER NOT NULL,
  product_id TEXT    NOT NULL,
  author     TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  created_us BIGINT  NOT NULL,
  body       TEXT    NOT NULL,
  PRIMARY KEY (ruleset_id, version)
);

CREATE TABLE ruleset_changes (
  ruleset_id     TEXT    NOT NULL,
  number         INTEGER NOT NULL,
  change         TEXT    NOT NULL,
  version        INTEGER NULL,
  former_version INTEGER NULL,
  share          DOUBLE PRECISION NULL,
  made_by        TEXT    NOT NULL,
  reason         TEXT    NOT NULL,
  at_us          BIGINT  NOT NULL,
  PRIMARY KEY (ruleset_id, number)
);

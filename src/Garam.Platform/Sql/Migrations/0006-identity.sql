CREATE TABLE users (
  name          TEXT    NOT NULL PRIMARY KEY,
  display_name  TEXT    NULL,
  password_hash TEXT    NOT NULL,
  role          TEXT    NOT NULL,
  customer_id   TEXT    NULL,
  language      TEXT    NULL,
  disabled      INTEGER NOT NULL,
  stamp         TEXT    NOT NULL,
  created_us    BIGINT  NOT NULL,
  updated_us    BIGINT  NOT NULL
);

CREATE TABLE api_tokens (
  id          TEXT   NOT NULL PRIMARY KEY,
  user_name   TEXT   NOT NULL,
  name        TEXT   NOT NULL,
  hash        TEXT   NOT NULL UNIQUE,
  role        TEXT   NOT NULL,
  customer_id TEXT   NULL,
  created_us  BIGINT NOT NULL,
  expires_us  BIGINT NULL
);

CREATE INDEX api_tokens_by_user ON api_tokens (user_name);

CREATE TABLE refresh_tokens (
  hash       TEXT   NOT NULL PRIMARY KEY,
  family     TEXT   NOT NULL,
  user_name  TEXT   NOT NULL,
  stamp      TEXT   NOT NULL,
  expires_us BIGINT NOT NULL,
  used_us    BIGINT NULL
);

CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);
CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_name);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (expires_us);

CREATE TABLE identity_revision (
  revision BIGINT NOT NULL
);

INSERT INTO identity_revision (revision) VALUES (0);

CREATE TABLE audit (
  id      BIGINT NOT NULL PRIMARY KEY,
  at_us   BIGINT NOT NULL,
  actor   TEXT   NOT NULL,
  address TEXT   NULL,
  action  TEXT   NOT NULL,
  subject TEXT   NOT NULL,
  detail  TEXT   NULL
);

CREATE INDEX audit_by_time ON audit (at_us);
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_subject ON audit (subject, id);

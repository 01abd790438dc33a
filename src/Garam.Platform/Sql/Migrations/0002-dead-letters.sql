CREATE TABLE dead_letters (
  position     BIGINT NOT NULL PRIMARY KEY,
  reason       TEXT   NOT NULL,
  detail       TEXT   NOT NULL,
  device_id    TEXT   NOT NULL,
  product_id   TEXT   NULL,
  spec_version INTEGER NULL,
  channel      TEXT   NOT NULL,
  received_us  BIGINT NOT NULL,
  first_us     BIGINT NOT NULL,
  last_us      BIGINT NOT NULL,
  attempts     INTEGER NOT NULL,
  record       BLOB   NOT NULL
);

CREATE INDEX dead_letters_by_reason ON dead_letters (reason, position);
CREATE INDEX dead_letters_by_device ON dead_letters (device_id, position);

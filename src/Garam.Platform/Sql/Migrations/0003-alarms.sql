CREATE TABLE alarms (
  id              BIGINT  NOT NULL PRIMARY KEY,
  ruleset         TEXT    NOT NULL,
  rule            TEXT    NOT NULL,
  subject         TEXT    NOT NULL,
  state           TEXT    NOT NULL,
  severity        INTEGER NOT NULL,
  follow_up       INTEGER NOT NULL,
  device_id       TEXT    NOT NULL,
  product_id      TEXT    NOT NULL,
  site_id         TEXT    NULL,
  customer_id     TEXT    NULL,
  kind            TEXT    NOT NULL,
  arm             TEXT    NULL,
  ruleset_version INTEGER NOT NULL,
  spec_version    INTEGER NOT NULL,
  raised_position BIGINT  NOT NULL,
  last_position   BIGINT  NOT NULL,
  mark_position   BIGINT  NOT NULL,
  mark_us         BIGINT  NOT NULL,
  since_us        BIGINT  NOT NULL,
  first_us        BIGINT  NOT NULL,
  last_us         BIGINT  NOT NULL,
  raised_us       BIGINT  NOT NULL,
  count           BIGINT  NOT NULL,
  count_base      BIGINT  NOT NULL,
  value           DOUBLE PRECISION NULL,
  worst           DOUBLE PRECISION NULL,
  is_lasting      INTEGER NOT NULL,
  is_flapping     INTEGER NOT NULL,
  flap_us         BIGINT  NOT NULL,
  is_shelved      INTEGER NOT NULL,
  acknowledged_by TEXT    NULL,
  acknowledged_us BIGINT  NULL,
  cleared_us      BIGINT  NULL,
  resolved_by     TEXT    NULL,
  resolved_us     BIGINT  NULL,
  closed_us       BIGINT  NULL,
  verdict         TEXT    NULL,
  note            TEXT    NULL,
  revision        INTEGER NOT NULL,
  changed_us      BIGINT  NOT NULL,
  search          TEXT    NOT NULL,
  detail          TEXT    NOT NULL
);

CREATE INDEX alarms_by_key ON alarms (ruleset, rule, subject, id);
CREATE INDEX alarms_by_state ON alarms (state, id);
CREATE INDEX alarms_by_device ON alarms (device_id, id);
CREATE INDEX alarms_by_first ON alarms (first_us);
CREATE INDEX alarms_lasting ON alarms (id) WHERE is_lasting = 1;
CREATE INDEX alarms_flapping ON alarms (id) WHERE is_flapping = 1;

CREATE TABLE alarm_history (
  id       BIGINT NOT NULL PRIMARY KEY,
  alarm_id BIGINT NOT NULL,
  at_us    BIGINT NOT NULL,
  change   TEXT   NOT NULL,
  made_by  TEXT   NULL,
  note     TEXT   NULL
);

CREATE INDEX alarm_history_by_alarm ON alarm_history (alarm_id, id);

CREATE TABLE alarm_actions (
  alarm_id BIGINT  NOT NULL,
  action   TEXT    NOT NULL,
  attempts INTEGER NOT NULL,
  due_us   BIGINT  NOT NULL,
  PRIMARY KEY (alarm_id, action)
);

CREATE INDEX alarm_actions_by_due ON alarm_actions (due_us);

CREATE TABLE alarm_shelvings (
  id         BIGINT NOT NULL PRIMARY KEY,
  ruleset    TEXT   NULL,
  rule       TEXT   NULL,
  device_id  TEXT   NULL,
  site_id    TEXT   NULL,
  until_us   BIGINT NOT NULL,
  reason     TEXT   NOT NULL,
  made_by    TEXT   NOT NULL,
  made_us    BIGINT NOT NULL
);

CREATE TABLE maintenance_windows (
  id          BIGINT NOT NULL PRIMARY KEY,
  device_id   TEXT   NULL,
  site_id     TEXT   NULL,
  customer_id TEXT   NULL,
  product_id  TEXT   NULL,
  from_us     BIGINT NULL,
  to_us       BIGINT NULL,
  days        TEXT   NULL,
  start_time  TEXT   NULL,
  end_time    TEXT   NULL,
  time_zone   TEXT   NULL,
  reason      TEXT   NOT NULL,
  made_by     TEXT   NOT NULL,
  made_us     BIGINT NOT NULL
);

-- One row: numbers given out so far, so that none is given twice after retention has removed the newest.
CREATE TABLE alarm_desk (
  id         INTEGER NOT NULL PRIMARY KEY,
  alarm_id   BIGINT  NOT NULL,
  history_id BIGINT  NOT NULL,
  quiet_id   BIGINT  NOT NULL,
  written_us BIGINT  NOT NULL
);

INSERT INTO alarm_desk (id, alarm_id, history_id, quiet_id, written_us) VALUES (1, 0, 0, 0, 0);

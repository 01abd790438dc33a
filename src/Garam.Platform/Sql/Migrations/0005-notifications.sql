CREATE TABLE notification_events (
  id       BIGINT NOT NULL PRIMARY KEY,
  alarm_id BIGINT NOT NULL,
  change   TEXT   NOT NULL,
  at_us    BIGINT NOT NULL,
  by_whom  TEXT   NULL,
  note     TEXT   NULL,
  alarm    TEXT   NOT NULL
);

CREATE TABLE notifications (
  id          BIGINT  NOT NULL PRIMARY KEY,
  key         TEXT    NOT NULL UNIQUE,
  event_id    BIGINT  NOT NULL,
  alarm_id    BIGINT  NOT NULL,
  route       TEXT    NOT NULL,
  channel     TEXT    NOT NULL,
  recipient   TEXT    NOT NULL,
  language    TEXT    NOT NULL,
  change      TEXT    NOT NULL,
  step        INTEGER NOT NULL,
  severity    INTEGER NOT NULL,
  product_id  TEXT    NOT NULL,
  device_id   TEXT    NOT NULL,
  site_id     TEXT    NULL,
  customer_id TEXT    NULL,
  state       TEXT    NOT NULL,
  message     TEXT    NULL,
  attempts    INTEGER NOT NULL,
  created_us  BIGINT  NOT NULL,
  due_us      BIGINT  NOT NULL,
  expires_us  BIGINT  NOT NULL,
  sent_us     BIGINT  NULL,
  error       TEXT    NULL
);

CREATE INDEX notifications_waiting ON notifications (channel, state, due_us, id);
CREATE INDEX notifications_by_message ON notifications (message);
CREATE INDEX notifications_by_alarm ON notifications (alarm_id);
CREATE INDEX notifications_by_event ON notifications (event_id);

CREATE TABLE notification_escalations (
  alarm_id    BIGINT  NOT NULL,
  route       TEXT    NOT NULL,
  event_id    BIGINT  NOT NULL,
  next_step   INTEGER NOT NULL,
  due_us      BIGINT  NULL,
  record_step INTEGER NULL,
  PRIMARY KEY (alarm_id, route)
);

CREATE INDEX notification_escalations_due ON notification_escalations (due_us);

-- The further devices of an alarm that a rule across devices raised: it is found under each of them. The one that raised it stands in the alarm.
CREATE TABLE alarm_devices (
  device_id TEXT   NOT NULL,
  alarm_id  BIGINT NOT NULL,
  PRIMARY KEY (device_id, alarm_id)
);

CREATE INDEX alarm_devices_by_alarm ON alarm_devices (alarm_id);

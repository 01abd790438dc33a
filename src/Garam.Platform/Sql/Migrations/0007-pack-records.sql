-- What packs keep of their own findings for a while: predictions, analyses. One JSON text each.
CREATE TABLE pack_records (
  pack      TEXT   NOT NULL,
  kind      TEXT   NOT NULL,
  device_id TEXT   NOT NULL,
  at_us     BIGINT NOT NULL,
  body      TEXT   NOT NULL,
  PRIMARY KEY (pack, kind, device_id, at_us)
);
CREATE INDEX pack_records_by_time ON pack_records (pack, kind, at_us);

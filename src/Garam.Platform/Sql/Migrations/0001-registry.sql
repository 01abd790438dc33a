CREATE TABLE customers (
  id         TEXT   NOT NULL PRIMARY KEY,
  title      TEXT   NULL,
  updated_us BIGINT NOT NULL
);

CREATE TABLE sites (
  id          TEXT   NOT NULL PRIMARY KEY,
  customer_id TEXT   NULL,
  title       TEXT   NULL,
  updated_us  BIGINT NOT NULL
);

CREATE TABLE devices (
  id              TEXT   NOT NULL PRIMARY KEY,
  product_id      TEXT   NULL,
  model           TEXT   NULL,
  title           TEXT   NULL,
  site_id         TEXT   NULL,
  hub_id          TEXT   NULL,
  tags            TEXT   NOT NULL DEFAULT '{}',
  expected_period_ms BIGINT NULL,
  credential_hash TEXT   NULL,
  registered_us   BIGINT NOT NULL,
  updated_us      BIGINT NOT NULL
);

CREATE INDEX devices_by_site ON devices (site_id);
CREATE INDEX devices_by_product ON devices (product_id);

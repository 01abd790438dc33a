-- Since when nothing is taken from the device, Unix microseconds; null while it is in use.
ALTER TABLE devices ADD COLUMN disabled_us BIGINT NULL;

CREATE TYPE visit_kind AS ENUM ('first', 'control', 'emergency');

CREATE TABLE rooms (
  room varchar(20) PRIMARY KEY,
  floor smallint NOT NULL
);

CREATE TABLE bookings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  booked_at timestamptz NOT NULL,
  kind visit_kind NOT NULL
);

CREATE TABLE visits (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  booking_id bigint NOT NULL UNIQUE REFERENCES bookings (id),
  room text NOT NULL
);

CREATE TABLE features (
  name text PRIMARY KEY,
  enabled boolean NOT NULL
);

INSERT INTO bookings (booked_at, kind) VALUES ('1970-01-01 00:00+00', 'first');
INSERT INTO features VALUES ('online-booking', false);

-- A service that matches candidates with openings, in the state that an assessment finds it in.

CREATE TABLE employers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE openings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  employer_id bigint NOT NULL REFERENCES employers (id) ON DELETE CASCADE,
  url text NOT NULL UNIQUE,
  title text NOT NULL,
  phase text NOT NULL CHECK (phase IN ('draft', 'open', 'closed')),
  words tsvector,
  seen_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX openings_employer ON openings (employer_id);
CREATE INDEX openings_words ON openings USING gin (words);

CREATE TABLE candidates (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE cvs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  candidate_id bigint NOT NULL REFERENCES candidates (id),
  content_hash text NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX cvs_candidate ON cvs (candidate_id);

CREATE TABLE cv_parts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cv_id bigint NOT NULL REFERENCES cvs (id) ON DELETE CASCADE,
  body text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE matches (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  opening_id bigint NOT NULL REFERENCES openings (id),
  cv_id bigint NOT NULL REFERENCES cvs (id),
  score numeric(5, 2) NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX matches_opening ON matches (opening_id);
CREATE INDEX matches_cv ON matches (cv_id);

CREATE TABLE submissions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  opening_id bigint NOT NULL REFERENCES openings (id),
  candidate_id bigint NOT NULL REFERENCES candidates (id),
  status text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX submissions_opening ON submissions (opening_id);
CREATE INDEX submissions_candidate ON submissions (candidate_id);

CREATE TABLE submission_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  submission_id bigint NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
  entry text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX submission_log_submission ON submission_log (submission_id);

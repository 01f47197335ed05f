-- The live database of the sample, with the faults that README.md lists.

CREATE TABLE members (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    card_number text NOT NULL UNIQUE,
    full_name   text NOT NULL,
    email       text,
    phone       text,                                          -- planted: not in the docs
    joined_on   date NOT NULL DEFAULT CURRENT_DATE
);

CREATE TABLE books (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    isbn           varchar(13) UNIQUE,
    title          text NOT NULL,
    author         text NOT NULL,
    published_year smallint CHECK (published_year > 1400)
);

CREATE TABLE copies (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    book_id bigint NOT NULL REFERENCES books (id) ON DELETE CASCADE,
    shelf   text NOT NULL,
    wear    text NOT NULL DEFAULT 'good' CHECK (wear IN ('new', 'good', 'worn', 'withdrawn'))
);

CREATE TABLE loans (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    copy_id     bigint NOT NULL REFERENCES copies (id),
    member_id   bigint NOT NULL REFERENCES members (id),
    lent_on     date NOT NULL DEFAULT CURRENT_DATE,
    due_on      date NOT NULL,
    returned_on date,
    CHECK (due_on >= lent_on)
);

CREATE UNIQUE INDEX loans_one_open_per_copy ON loans (copy_id) WHERE returned_on IS NULL;
CREATE INDEX loans_member_idx ON loans (member_id, lent_on DESC);

-- The P3X is the lending kiosk by the door. Its log has nothing to do with phase 3, and may have
-- a foreign key.
CREATE TABLE p3xlog (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kiosk     text NOT NULL,
    loan_id   bigint REFERENCES loans (id) ON DELETE SET NULL,
    message   text NOT NULL,
    logged_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE p3_suggestions (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    member_id  bigint NOT NULL REFERENCES members (id),        -- planted: a forbidden foreign key
    book_id    bigint NOT NULL,
    reason     text,                                           -- planted: nullable
    score      numeric(4,3) NOT NULL,                          -- planted: no CHECK
    model      text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz
);

CREATE INDEX p3_suggestions_member_idx ON p3_suggestions (member_id, created_at DESC);

CREATE TABLE p3_feedback (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    suggestion_id uuid NOT NULL UNIQUE,
    verdict       text NOT NULL CHECK (verdict IN ('useful', 'not_useful', 'already_read')),
    note          text,
    given_at      timestamptz NOT NULL DEFAULT now()
);
-- planted: no p3_feedback_given_at_idx

CREATE TABLE p3_switches (
    name       text PRIMARY KEY,
    enabled    boolean NOT NULL DEFAULT false,
    changed_at timestamptz NOT NULL DEFAULT now()
);

-- planted: a view of the core reads a table of phase 3
CREATE VIEW front_desk AS
SELECT m.id, m.full_name, s.book_id AS suggested_book_id
FROM members m
JOIN p3_suggestions s ON s.member_id = m.id;

-- The live database of the sample, with the faults that README.md lists.

-- planted: the documented value 'temporary' is missing
CREATE TYPE employment_type AS ENUM ('full_time', 'part_time', 'contract', 'internship');

CREATE TABLE users (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email         text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    display_name  varchar(120) NOT NULL,
    role          text NOT NULL DEFAULT 'candidate'
                  CHECK (role IN ('candidate', 'recruiter', 'admin')),
    status        text NOT NULL DEFAULT 'active'
                  CHECK (status IN ('active', 'suspended', 'closed')),
    last_login_at timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now(),
    deleted_at    timestamptz
);

CREATE TABLE companies (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name       text NOT NULL,
    slug       varchar(80) NOT NULL UNIQUE,
    website    text,
    plan       text NOT NULL DEFAULT 'free' CHECK (plan IN ('free', 'team', 'enterprise')),
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);

CREATE TABLE company_members (
    company_id uuid NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    user_id    uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    seat       text NOT NULL DEFAULT 'viewer' CHECK (seat IN ('owner', 'editor', 'viewer')),
    invited_by uuid REFERENCES users (id) ON DELETE SET NULL,
    joined_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (company_id, user_id)
);

CREATE TABLE candidate_profiles (
    user_id          uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    headline         text,
    location         text,
    years_experience integer NOT NULL DEFAULT 0 CHECK (years_experience >= 0),
    open_to_work     boolean NOT NULL DEFAULT true,
    preferences      jsonb NOT NULL DEFAULT '{}'::jsonb,
    updated_at       timestamptz NOT NULL DEFAULT now()
);

-- planted: no deleted_at, although the policy asks for it
CREATE TABLE resumes (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    candidate_id uuid NOT NULL REFERENCES candidate_profiles (user_id) ON DELETE CASCADE,
    title        varchar(200) NOT NULL,
    is_primary   boolean NOT NULL DEFAULT true,                -- planted: documented false
    created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE resume_versions (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    resume_id   uuid NOT NULL REFERENCES resumes (id) ON DELETE RESTRICT, -- planted: not CASCADE
    version     integer NOT NULL CHECK (version > 0),
    body        jsonb NOT NULL,
    storage_key text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (resume_id, version)
);

CREATE TABLE job_posts (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    company_id      uuid NOT NULL REFERENCES companies (id) ON DELETE CASCADE,
    created_by      uuid REFERENCES users (id) ON DELETE SET NULL,
    title           text NOT NULL,
    description     text NOT NULL,
    employment_type employment_type NOT NULL,
    salary_min      integer,                                   -- planted: documented numeric(10,2)
    salary_max      numeric(10,2),
    currency        char(3) NOT NULL DEFAULT 'EUR',
    status          text NOT NULL DEFAULT 'draft'
                    CHECK (status IN ('draft', 'open', 'paused', 'closed')),
    published_at    timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    deleted_at      timestamptz
);

CREATE INDEX job_posts_open_idx ON job_posts (company_id, published_at DESC)
    WHERE status = 'open' AND deleted_at IS NULL;

CREATE TABLE job_post_skills (
    job_post_id uuid NOT NULL REFERENCES job_posts (id) ON DELETE CASCADE,
    skill       text NOT NULL,
    weight      smallint NOT NULL DEFAULT 1 CHECK (weight BETWEEN 1 AND 5),
    PRIMARY KEY (job_post_id, skill)
);

CREATE TABLE applications (
    id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    job_post_id       uuid NOT NULL REFERENCES job_posts (id) ON DELETE RESTRICT,
    candidate_id      uuid NOT NULL REFERENCES candidate_profiles (user_id) ON DELETE CASCADE,
    resume_version_id uuid REFERENCES resume_versions (id) ON DELETE SET NULL,
    status            text NOT NULL DEFAULT 'submitted'
                      CHECK (status IN ('submitted', 'in_review', 'interview', 'offer',
                                        'rejected', 'withdrawn')),
    cover_note        text,
    submitted_at      timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    deleted_at        timestamptz
    -- planted: no UNIQUE (job_post_id, candidate_id)
);

CREATE INDEX applications_candidate_idx ON applications (candidate_id, submitted_at DESC);

CREATE TABLE application_events (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id uuid NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    actor_id       uuid REFERENCES users (id) ON DELETE SET NULL,
    kind           text NOT NULL CHECK (kind IN ('moved', 'noted', 'viewed')),
    detail         jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at     timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX application_events_timeline_idx ON application_events (application_id, created_at);

CREATE TABLE interviews (
    id               uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    application_id   uuid NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    starts_at        timestamptz NOT NULL,                     -- planted: documented scheduled_at
    duration_minutes integer NOT NULL DEFAULT 45 CHECK (duration_minutes BETWEEN 15 AND 480),
    location         text,
    status           text NOT NULL DEFAULT 'proposed',         -- planted: no CHECK
    created_at       timestamptz NOT NULL DEFAULT now()
);

-- planted: in no document
CREATE TABLE email_bounces (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address    text NOT NULL,
    reason     text,
    bounced_at timestamptz NOT NULL DEFAULT now()
);

-- planted: no saved_searches

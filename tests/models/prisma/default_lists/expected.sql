-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Lists" (
    "id" INTEGER NOT NULL,
    "words" TEXT[] DEFAULT ARRAY['a', 'it''s', 'say "x"', '']::TEXT[],
    "none" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "numbers" INTEGER[] DEFAULT ARRAY[1, -2, 3]::INTEGER[],
    "bigs" BIGINT[] DEFAULT ARRAY[1, 9007199254740993]::BIGINT[],
    "floats" DOUBLE PRECISION[] DEFAULT ARRAY[1.5, 2, -0.25]::DOUBLE PRECISION[],
    "decimals" DECIMAL(6,2)[] DEFAULT ARRAY[1.10, 2.20]::DECIMAL(6,2)[],
    "flags" BOOLEAN[] DEFAULT ARRAY[true, false]::BOOLEAN[],
    "moments" TIMESTAMP(3)[] DEFAULT ARRAY['2024-02-29 13:14:15 +00:00']::TIMESTAMP(3)[],
    "documents" JSONB[] DEFAULT ARRAY['{"a": 1}', '[]']::JSONB[],
    "blobs" BYTEA[] DEFAULT ARRAY['\x68656c6c6f', '\x']::BYTEA[],
    "codes" VARCHAR(4)[] DEFAULT ARRAY['ab', 'cd']::VARCHAR(4)[],
    "generated" INTEGER[] DEFAULT '{1,2}'::integer[],
    "noDefault" TEXT[],

    CONSTRAINT "Lists_pkey" PRIMARY KEY ("id")
);

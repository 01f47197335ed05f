-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Literals" (
    "id" INTEGER NOT NULL DEFAULT 7,
    "text" TEXT NOT NULL DEFAULT 'plain',
    "empty" TEXT NOT NULL DEFAULT '',
    "quoted" TEXT NOT NULL DEFAULT 'it''s "quoted"',
    "escaped" TEXT NOT NULL DEFAULT 'tab	here, line
break, back\slash',
    "unicode" TEXT NOT NULL DEFAULT 'héllo ☃',
    "directly" TEXT NOT NULL DEFAULT 'été — ✓',
    "fixed" CHAR(3) NOT NULL DEFAULT 'x',
    "bits" BIT(4) NOT NULL DEFAULT '1010',
    "uuid" UUID NOT NULL DEFAULT '8b0a3f4e-8d3c-4b8e-9f4c-3b1d1f1f7c11',
    "number" INTEGER NOT NULL DEFAULT 42,
    "negative" INTEGER NOT NULL DEFAULT -1,
    "small" SMALLINT NOT NULL DEFAULT 3,
    "big" BIGINT NOT NULL DEFAULT 9007199254740993,
    "real" DOUBLE PRECISION NOT NULL DEFAULT 1.5,
    "whole" DOUBLE PRECISION NOT NULL DEFAULT 2,
    "tiny" DOUBLE PRECISION NOT NULL DEFAULT 0.000001,
    "minus" DOUBLE PRECISION NOT NULL DEFAULT -3.25,
    "amount" DECIMAL(65,30) NOT NULL DEFAULT 12.50,
    "amountText" DECIMAL(10,2) NOT NULL DEFAULT 12.50,
    "huge" DECIMAL(65,30) NOT NULL DEFAULT 123456789012345678901234567890.12345,
    "yes" BOOLEAN NOT NULL DEFAULT true,
    "no" BOOLEAN NOT NULL DEFAULT false,
    "moment" TIMESTAMP(3) NOT NULL DEFAULT '2024-02-29 13:14:15.123 +00:00',
    "offset" TIMESTAMPTZ(3) NOT NULL DEFAULT '2024-02-29 13:14:15 +02:00',
    "day" DATE NOT NULL DEFAULT '2024-02-29 00:00:00 +00:00',
    "document" JSONB NOT NULL DEFAULT '{"a": [1, 2], "b": "it''s"}',
    "list" JSONB NOT NULL DEFAULT '[]',
    "textual" JSON NOT NULL DEFAULT '{ "spaced" : true }',
    "bytes" BYTEA NOT NULL DEFAULT '\x68656c6c6f',
    "noBytes" BYTEA NOT NULL DEFAULT '\x',
    "maybe" TEXT DEFAULT 'perhaps',
    "named" TEXT NOT NULL DEFAULT 'value',

    CONSTRAINT "Literals_pkey" PRIMARY KEY ("id")
);

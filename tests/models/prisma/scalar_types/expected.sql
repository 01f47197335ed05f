-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Reading" (
    "id" INTEGER NOT NULL,
    "string" TEXT NOT NULL,
    "stringMaybe" TEXT,
    "stringMany" TEXT[],
    "boolean" BOOLEAN NOT NULL,
    "booleanMaybe" BOOLEAN,
    "booleanMany" BOOLEAN[],
    "int" INTEGER NOT NULL,
    "intMaybe" INTEGER,
    "intMany" INTEGER[],
    "bigInt" BIGINT NOT NULL,
    "bigIntMaybe" BIGINT,
    "bigIntMany" BIGINT[],
    "float" DOUBLE PRECISION NOT NULL,
    "floatMaybe" DOUBLE PRECISION,
    "floatMany" DOUBLE PRECISION[],
    "decimal" DECIMAL(65,30) NOT NULL,
    "decimalMaybe" DECIMAL(65,30),
    "decimalMany" DECIMAL(65,30)[],
    "dateTime" TIMESTAMP(3) NOT NULL,
    "dateTimeMaybe" TIMESTAMP(3),
    "dateTimeMany" TIMESTAMP(3)[],
    "json" JSONB NOT NULL,
    "jsonMaybe" JSONB,
    "jsonMany" JSONB[],
    "bytes" BYTEA NOT NULL,
    "bytesMaybe" BYTEA,
    "bytesMany" BYTEA[],

    CONSTRAINT "Reading_pkey" PRIMARY KEY ("id")
);

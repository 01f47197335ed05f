-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Brin" (
    "id" INTEGER NOT NULL,
    "ofInet" INET NOT NULL,
    "ofInt2" SMALLINT NOT NULL,
    "ofInt4" INTEGER NOT NULL,
    "ofInt8" BIGINT NOT NULL,
    "ofBit" BIT(8) NOT NULL,
    "ofVarBit" VARBIT NOT NULL,
    "ofBpchar" CHAR(4) NOT NULL,
    "ofBytea" BYTEA NOT NULL,
    "ofDate" DATE NOT NULL,
    "ofFloat4" REAL NOT NULL,
    "ofFloat8" DOUBLE PRECISION NOT NULL,
    "ofNumeric" DECIMAL(65,30) NOT NULL,
    "ofOid" OID NOT NULL,
    "ofText" TEXT NOT NULL,
    "ofTimestamp" TIMESTAMP(3) NOT NULL,
    "ofTimestampTz" TIMESTAMPTZ NOT NULL,
    "ofTime" TIME NOT NULL,
    "ofTimeTz" TIMETZ NOT NULL,
    "ofUuid" UUID NOT NULL,

    CONSTRAINT "Brin_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Others" (
    "id" INTEGER NOT NULL,
    "place" INET NOT NULL,
    "document" JSONB NOT NULL,
    "words" TEXT[],
    "title" VARCHAR(30) NOT NULL,

    CONSTRAINT "Others_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "inet_inclusion" ON "Brin" USING BRIN ("ofInet" inet_inclusion_ops);

-- CreateIndex
CREATE INDEX "inet_bloom" ON "Brin" USING BRIN ("ofInet" inet_bloom_ops);

-- CreateIndex
CREATE INDEX "inet_minmax" ON "Brin" USING BRIN ("ofInet" inet_minmax_ops);

-- CreateIndex
CREATE INDEX "inet_minmax_multi" ON "Brin" USING BRIN ("ofInet" inet_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "int2_bloom" ON "Brin" USING BRIN ("ofInt2" int2_bloom_ops);

-- CreateIndex
CREATE INDEX "int2_minmax" ON "Brin" USING BRIN ("ofInt2" int2_minmax_ops);

-- CreateIndex
CREATE INDEX "int2_minmax_multi" ON "Brin" USING BRIN ("ofInt2" int2_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "int4_bloom" ON "Brin" USING BRIN ("ofInt4" int4_bloom_ops);

-- CreateIndex
CREATE INDEX "int4_minmax" ON "Brin" USING BRIN ("ofInt4" int4_minmax_ops);

-- CreateIndex
CREATE INDEX "int4_minmax_multi" ON "Brin" USING BRIN ("ofInt4" int4_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "int8_bloom" ON "Brin" USING BRIN ("ofInt8" int8_bloom_ops);

-- CreateIndex
CREATE INDEX "int8_minmax" ON "Brin" USING BRIN ("ofInt8" int8_minmax_ops);

-- CreateIndex
CREATE INDEX "int8_minmax_multi" ON "Brin" USING BRIN ("ofInt8" int8_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "bit_minmax" ON "Brin" USING BRIN ("ofBit" bit_minmax_ops);

-- CreateIndex
CREATE INDEX "varbit_minmax" ON "Brin" USING BRIN ("ofVarBit" varbit_minmax_ops);

-- CreateIndex
CREATE INDEX "bpchar_bloom" ON "Brin" USING BRIN ("ofBpchar" bpchar_bloom_ops);

-- CreateIndex
CREATE INDEX "bpchar_minmax" ON "Brin" USING BRIN ("ofBpchar" bpchar_minmax_ops);

-- CreateIndex
CREATE INDEX "bytea_bloom" ON "Brin" USING BRIN ("ofBytea" bytea_bloom_ops);

-- CreateIndex
CREATE INDEX "bytea_minmax" ON "Brin" USING BRIN ("ofBytea" bytea_minmax_ops);

-- CreateIndex
CREATE INDEX "date_bloom" ON "Brin" USING BRIN ("ofDate" date_bloom_ops);

-- CreateIndex
CREATE INDEX "date_minmax" ON "Brin" USING BRIN ("ofDate" date_minmax_ops);

-- CreateIndex
CREATE INDEX "date_minmax_multi" ON "Brin" USING BRIN ("ofDate" date_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "float4_bloom" ON "Brin" USING BRIN ("ofFloat4" float4_bloom_ops);

-- CreateIndex
CREATE INDEX "float4_minmax" ON "Brin" USING BRIN ("ofFloat4" float4_minmax_ops);

-- CreateIndex
CREATE INDEX "float4_minmax_multi" ON "Brin" USING BRIN ("ofFloat4" float4_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "float8_bloom" ON "Brin" USING BRIN ("ofFloat8" float8_bloom_ops);

-- CreateIndex
CREATE INDEX "float8_minmax" ON "Brin" USING BRIN ("ofFloat8" float8_minmax_ops);

-- CreateIndex
CREATE INDEX "float8_minmax_multi" ON "Brin" USING BRIN ("ofFloat8" float8_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "numeric_bloom" ON "Brin" USING BRIN ("ofNumeric" numeric_bloom_ops);

-- CreateIndex
CREATE INDEX "numeric_minmax" ON "Brin" USING BRIN ("ofNumeric" numeric_minmax_ops);

-- CreateIndex
CREATE INDEX "numeric_minmax_multi" ON "Brin" USING BRIN ("ofNumeric" numeric_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "oid_bloom" ON "Brin" USING BRIN ("ofOid" oid_bloom_ops);

-- CreateIndex
CREATE INDEX "oid_minmax" ON "Brin" USING BRIN ("ofOid" oid_minmax_ops);

-- CreateIndex
CREATE INDEX "oid_minmax_multi" ON "Brin" USING BRIN ("ofOid" oid_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "text_bloom" ON "Brin" USING BRIN ("ofText" text_bloom_ops);

-- CreateIndex
CREATE INDEX "text_minmax" ON "Brin" USING BRIN ("ofText" text_minmax_ops);

-- CreateIndex
CREATE INDEX "timestamp_bloom" ON "Brin" USING BRIN ("ofTimestamp" timestamp_bloom_ops);

-- CreateIndex
CREATE INDEX "timestamp_minmax" ON "Brin" USING BRIN ("ofTimestamp" timestamp_minmax_ops);

-- CreateIndex
CREATE INDEX "timestamp_minmax_multi" ON "Brin" USING BRIN ("ofTimestamp" timestamp_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "timestamptz_bloom" ON "Brin" USING BRIN ("ofTimestampTz" timestamptz_bloom_ops);

-- CreateIndex
CREATE INDEX "timestamptz_minmax" ON "Brin" USING BRIN ("ofTimestampTz" timestamptz_minmax_ops);

-- CreateIndex
CREATE INDEX "timestamptz_minmax_multi" ON "Brin" USING BRIN ("ofTimestampTz" timestamptz_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "time_bloom" ON "Brin" USING BRIN ("ofTime" time_bloom_ops);

-- CreateIndex
CREATE INDEX "time_minmax" ON "Brin" USING BRIN ("ofTime" time_minmax_ops);

-- CreateIndex
CREATE INDEX "time_minmax_multi" ON "Brin" USING BRIN ("ofTime" time_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "timetz_bloom" ON "Brin" USING BRIN ("ofTimeTz" timetz_bloom_ops);

-- CreateIndex
CREATE INDEX "timetz_minmax" ON "Brin" USING BRIN ("ofTimeTz" timetz_minmax_ops);

-- CreateIndex
CREATE INDEX "timetz_minmax_multi" ON "Brin" USING BRIN ("ofTimeTz" timetz_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "uuid_bloom" ON "Brin" USING BRIN ("ofUuid" uuid_bloom_ops);

-- CreateIndex
CREATE INDEX "uuid_minmax" ON "Brin" USING BRIN ("ofUuid" uuid_minmax_ops);

-- CreateIndex
CREATE INDEX "uuid_minmax_multi" ON "Brin" USING BRIN ("ofUuid" uuid_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "inet_gist" ON "Others" USING GIST ("place" inet_ops);

-- CreateIndex
CREATE INDEX "inet_spgist" ON "Others" USING SPGIST ("place" inet_ops);

-- CreateIndex
CREATE INDEX "jsonb" ON "Others" USING GIN ("document" jsonb_ops);

-- CreateIndex
CREATE INDEX "jsonb_path" ON "Others" USING GIN ("document" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "array" ON "Others" USING GIN ("words" array_ops);

-- CreateIndex
CREATE INDEX "text" ON "Others" USING SPGIST ("title" text_ops);

-- CreateIndex
CREATE INDEX "no class" ON "Others"("place", "document");

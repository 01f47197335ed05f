-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Search" (
    "id" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "words" TEXT[],
    "payload" JSONB NOT NULL,
    "place" INET NOT NULL,
    "count" INTEGER NOT NULL,
    "big" BIGINT NOT NULL,
    "happened" TIMESTAMP(3) NOT NULL,
    "ratio" DOUBLE PRECISION NOT NULL,
    "blob" BYTEA NOT NULL,
    "flag" UUID NOT NULL,

    CONSTRAINT "Search_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "payload_path" ON "Search" USING GIN ("payload" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "payload_ops" ON "Search" USING GIN ("payload" jsonb_ops);

-- CreateIndex
CREATE INDEX "words_ops" ON "Search" USING GIN ("words" array_ops);

-- CreateIndex
CREATE INDEX "title_prefix" ON "Search"("title" text_pattern_ops);

-- CreateIndex
CREATE INDEX "title_count" ON "Search"("title" text_pattern_ops DESC, "count");

-- CreateIndex
CREATE INDEX "title_spgist" ON "Search" USING SPGIST ("title" text_ops);

-- CreateIndex
CREATE INDEX "place_spgist" ON "Search" USING SPGIST ("place" inet_ops);

-- CreateIndex
CREATE INDEX "count_minmax" ON "Search" USING BRIN ("count" int4_minmax_ops);

-- CreateIndex
CREATE INDEX "count_bloom" ON "Search" USING BRIN ("count" int4_bloom_ops);

-- CreateIndex
CREATE INDEX "count_multi" ON "Search" USING BRIN ("count" int4_minmax_multi_ops);

-- CreateIndex
CREATE INDEX "big_minmax" ON "Search" USING BRIN ("big" int8_minmax_ops);

-- CreateIndex
CREATE INDEX "happened_minmax" ON "Search" USING BRIN ("happened" timestamp_minmax_ops);

-- CreateIndex
CREATE INDEX "ratio_minmax" ON "Search" USING BRIN ("ratio" float8_minmax_ops);

-- CreateIndex
CREATE INDEX "blob_bloom" ON "Search" USING BRIN ("blob" bytea_bloom_ops);

-- CreateIndex
CREATE INDEX "flag_minmax" ON "Search" USING BRIN ("flag" uuid_minmax_ops);

-- CreateIndex
CREATE INDEX "two_ops" ON "Search" USING BRIN ("title" text_minmax_ops, "count" int4_minmax_ops);

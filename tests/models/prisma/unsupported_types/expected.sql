-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Place" (
    "id" INTEGER NOT NULL,
    "spot" point NOT NULL,
    "area" polygon,
    "path" circle[],
    "range" int4range NOT NULL DEFAULT '[1,10)'::int4range,
    "period" tstzrange,
    "words" tsvector DEFAULT ''::tsvector,
    "span" interval,
    "hardware_address" macaddr,
    "net" cidr NOT NULL,
    "custom" character varying(12),

    CONSTRAINT "Place_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Place_net_key" ON "Place"("net");

-- CreateIndex
CREATE INDEX "Place_words_idx" ON "Place" USING GIN ("words");

-- CreateIndex
CREATE INDEX "Place_spot_idx" ON "Place" USING GIST ("spot");

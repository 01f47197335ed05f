-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Event" (
    "id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "place_name" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "tags" TEXT[],
    "payload" JSONB NOT NULL,
    "address" INET NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,
    "note" TEXT,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Event_kind_idx" ON "Event"("kind");

-- CreateIndex
CREATE INDEX "Event_place_name_idx" ON "Event"("place_name");

-- CreateIndex
CREATE INDEX "Event_kind_at_idx" ON "Event"("kind", "at");

-- CreateIndex
CREATE INDEX "Event_at_idx" ON "Event"("at" DESC);

-- CreateIndex
CREATE INDEX "kind_newest_first" ON "Event"("kind" ASC, "at" DESC);

-- CreateIndex
CREATE INDEX "weight_by_name" ON "Event"("weight");

-- CreateIndex
CREATE INDEX "kind_hash" ON "Event" USING HASH ("kind");

-- CreateIndex
CREATE INDEX "weight_btree" ON "Event"("weight");

-- CreateIndex
CREATE INDEX "Event_tags_idx" ON "Event" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "payload_gin" ON "Event" USING GIN ("payload");

-- CreateIndex
CREATE INDEX "Event_address_idx" ON "Event" USING GIST ("address" inet_ops);

-- CreateIndex
CREATE INDEX "note_spgist" ON "Event" USING SPGIST ("note");

-- CreateIndex
CREATE INDEX "at_brin" ON "Event" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "Event_note_idx" ON "Event"("note");

-- CreateIndex
CREATE INDEX "note again" ON "Event"("note");

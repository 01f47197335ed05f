-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Stage" AS ENUM ('open', 'closed');

-- CreateTable
CREATE TABLE "Ticket" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "unit_price" DECIMAL(65,30),
    "urgent" BOOLEAN NOT NULL,
    "stage" "Stage" NOT NULL,
    "closed_at" TIMESTAMP(3),

    CONSTRAINT "Ticket_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Ticket_code_key" ON "Ticket"("code") WHERE ("code" IS NOT NULL);

-- CreateIndex
CREATE INDEX "Ticket_number_idx" ON "Ticket"("number") WHERE (urgent IS TRUE);

-- CreateIndex
CREATE INDEX "priced" ON "Ticket"("unit_price") WHERE ("unit_price" IS NOT NULL AND "urgent" = true);

-- CreateIndex
CREATE INDEX "closed_dear" ON "Ticket"("closed_at" DESC) WHERE (stage = 'closed' AND unit_price > 10);

-- CreateIndex
CREATE UNIQUE INDEX "Ticket_number_stage_key" ON "Ticket"("number", "stage") WHERE ("closed_at" IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "odd_ones" ON "Ticket"("code", "number") WHERE ("code" = 'it''s' AND "number" = 5 AND "urgent" != false);

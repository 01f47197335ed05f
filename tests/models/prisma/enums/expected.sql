-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "order_state" AS ENUM ('draft', 'placed', 'on its way', 'came back');

-- CreateEnum
CREATE TYPE "Colour" AS ENUM ('Red', 'Green', 'Blue');

-- CreateEnum
CREATE TYPE "NeverUsed" AS ENUM ('one');

-- CreateTable
CREATE TABLE "Order" (
    "id" INTEGER NOT NULL,
    "state" "order_state" NOT NULL DEFAULT 'draft',
    "earlier" "order_state" DEFAULT 'came back',
    "history" "order_state"[] DEFAULT ARRAY['draft', 'placed']::"order_state"[],
    "none" "order_state"[] DEFAULT ARRAY[]::"order_state"[],
    "plain" "order_state"[],
    "colour" "Colour" NOT NULL,
    "accent_colour" "Colour" DEFAULT 'Green',
    "generated" "Colour" NOT NULL DEFAULT 'Red'::"Colour",

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Order_state_idx" ON "Order"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Order_colour_accent_colour_key" ON "Order"("colour", "accent_colour");

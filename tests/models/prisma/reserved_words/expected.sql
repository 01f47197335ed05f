-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "where" AS ENUM ('null', 'default', 'true_', 'limit');

-- CreateTable
CREATE TABLE "user" (
    "order" INTEGER NOT NULL,
    "select" TEXT NOT NULL DEFAULT 'from',
    "table" TEXT NOT NULL,
    "group" INTEGER NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("order")
);

-- CreateTable
CREATE TABLE "order" (
    "id" INTEGER NOT NULL,
    "user" INTEGER NOT NULL,

    CONSTRAINT "order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "grant" (
    "analyse" "where" NOT NULL DEFAULT 'default',
    "to" INTEGER NOT NULL,

    CONSTRAINT "grant_pkey" PRIMARY KEY ("to")
);

-- CreateIndex
CREATE UNIQUE INDEX "user_table_key" ON "user"("table");

-- CreateIndex
CREATE INDEX "user_group_idx" ON "user"("group");

-- AddForeignKey
ALTER TABLE "order" ADD CONSTRAINT "order_user_fkey" FOREIGN KEY ("user") REFERENCES "user"("order") ON DELETE RESTRICT ON UPDATE CASCADE;

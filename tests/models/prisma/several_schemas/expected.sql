-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "app";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "audit"."Level" AS ENUM ('low', 'high');

-- CreateTable
CREATE TABLE "app"."accounts" (
    "id" SERIAL NOT NULL,
    "level" "audit"."Level" NOT NULL DEFAULT 'low',

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit"."Entry" (
    "id" INTEGER NOT NULL,
    "accountId" INTEGER NOT NULL,
    "levels" "audit"."Level"[] DEFAULT ARRAY['low']::"audit"."Level"[],

    CONSTRAINT "Entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Group" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "Group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app"."_AccountToGroup" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_AccountToGroup_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "audit"."_EntryToGroup" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_EntryToGroup_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE INDEX "Entry_accountId_idx" ON "audit"."Entry"("accountId");

-- CreateIndex
CREATE INDEX "_AccountToGroup_B_index" ON "app"."_AccountToGroup"("B");

-- CreateIndex
CREATE INDEX "_EntryToGroup_B_index" ON "audit"."_EntryToGroup"("B");

-- AddForeignKey
ALTER TABLE "audit"."Entry" ADD CONSTRAINT "Entry_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "app"."accounts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app"."_AccountToGroup" ADD CONSTRAINT "_AccountToGroup_A_fkey" FOREIGN KEY ("A") REFERENCES "app"."accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app"."_AccountToGroup" ADD CONSTRAINT "_AccountToGroup_B_fkey" FOREIGN KEY ("B") REFERENCES "Group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit"."_EntryToGroup" ADD CONSTRAINT "_EntryToGroup_A_fkey" FOREIGN KEY ("A") REFERENCES "audit"."Entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit"."_EntryToGroup" ADD CONSTRAINT "_EntryToGroup_B_fkey" FOREIGN KEY ("B") REFERENCES "Group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

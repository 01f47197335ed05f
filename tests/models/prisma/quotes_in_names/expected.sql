-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "an "answer"" AS ENUM ('don't', 'could"be');

-- CreateTable
CREATE TABLE "a "question"" (
    "id" INTEGER NOT NULL,
    "say "hi"" TEXT NOT NULL,
    "answer" "an "answer"" NOT NULL DEFAULT 'don''t',

    CONSTRAINT "a "question"_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "a "question"_say "hi"_key" ON "a "question""("say "hi"");

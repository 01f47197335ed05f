-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Loose" AS ENUM ('one', 'two', 'three');

-- CreateTable
CREATE TABLE "Odd" (
    "id" INTEGER NOT NULL,
    "name" TEXT DEFAULT '// not a comment',
    "url" TEXT NOT NULL DEFAULT 'https://example.org/{id}',
    "in_dented" INTEGER NOT NULL DEFAULT 5,

    CONSTRAINT "Odd_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Uses" (
    "id" INTEGER NOT NULL,
    "loose" "Loose" NOT NULL DEFAULT 'two',

    CONSTRAINT "Uses_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Odd_url_key" ON "Odd"("url");

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Boolean_" AS ENUM ('true', 'false', 'model', 'enum');

-- CreateTable
CREATE TABLE "enum_" (
    "id" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "enum" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "view" TEXT NOT NULL DEFAULT 'view',
    "datasource" INTEGER,
    "generator" INTEGER,
    "String" TEXT NOT NULL,
    "Int" INTEGER NOT NULL,
    "map" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "autoincrement" SERIAL NOT NULL,
    "now" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "enum__pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Uses" (
    "id" INTEGER NOT NULL,
    "said" "Boolean_" NOT NULL DEFAULT 'true',
    "all" "Boolean_"[] DEFAULT ARRAY['model', 'enum']::"Boolean_"[],

    CONSTRAINT "Uses_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "enum__enum_key" ON "enum_"("enum");

-- CreateIndex
CREATE INDEX "enum__index_model_idx" ON "enum_"("index", "model");

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Kind Of Thing" AS ENUM ('a "small" one, 100%', 'größer', 'same');

-- CreateTable
CREATE TABLE "User Accounts" (
    "ID" INTEGER NOT NULL,
    "First Name" TEXT NOT NULL,
    "say: hi!" TEXT NOT NULL,
    "snake_case" TEXT NOT NULL,
    "größe" TEXT NOT NULL,

    CONSTRAINT "User Accounts_pkey" PRIMARY KEY ("ID")
);

-- CreateTable
CREATE TABLE "it's posts" (
    "id" INTEGER NOT NULL,
    "user.id" INTEGER NOT NULL,

    CONSTRAINT "it's posts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "things" (
    "id" INTEGER NOT NULL,
    "kind" "Kind Of Thing" NOT NULL DEFAULT 'größer',
    "all" "Kind Of Thing"[] DEFAULT ARRAY['a "small" one, 100%', 'same']::"Kind Of Thing"[],

    CONSTRAINT "things_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User Accounts_snake_case_key" ON "User Accounts"("snake_case");

-- CreateIndex
CREATE INDEX "User Accounts_First Name_idx" ON "User Accounts"("First Name");

-- CreateIndex
CREATE INDEX "User Accounts_say: hi!_größe_idx" ON "User Accounts"("say: hi!", "größe");

-- AddForeignKey
ALTER TABLE "it's posts" ADD CONSTRAINT "it's posts_user.id_fkey" FOREIGN KEY ("user.id") REFERENCES "User Accounts"("ID") ON DELETE RESTRICT ON UPDATE CASCADE;

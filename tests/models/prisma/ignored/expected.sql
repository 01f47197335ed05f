-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Kept" (
    "id" INTEGER NOT NULL,
    "hidden" TEXT,
    "needed" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Kept_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Hidden" (
    "id" INTEGER NOT NULL,
    "keptId" INTEGER NOT NULL,

    CONSTRAINT "Hidden_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WithoutKey" (
    "note" TEXT,
    "size" INTEGER NOT NULL
);

-- CreateIndex
CREATE INDEX "Kept_hidden_idx" ON "Kept"("hidden");

-- AddForeignKey
ALTER TABLE "Hidden" ADD CONSTRAINT "Hidden_keptId_fkey" FOREIGN KEY ("keptId") REFERENCES "Kept"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

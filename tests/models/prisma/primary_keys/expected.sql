-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "OneField" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "OneField_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Named" (
    "id" TEXT NOT NULL,

    CONSTRAINT "named_by_hand" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Compound" (
    "tenant" INTEGER NOT NULL,
    "serial" INTEGER NOT NULL,
    "note" TEXT,

    CONSTRAINT "Compound_pkey" PRIMARY KEY ("tenant","serial")
);

-- CreateTable
CREATE TABLE "CompoundNamed" (
    "tenant" INTEGER NOT NULL,
    "serial_no" INTEGER NOT NULL,
    "part" TEXT NOT NULL,

    CONSTRAINT "compound_by_hand" PRIMARY KEY ("part","serial_no","tenant")
);

-- CreateTable
CREATE TABLE "ByUnique" (
    "code" TEXT NOT NULL,
    "note" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "ByCompoundUnique" (
    "left" INTEGER NOT NULL,
    "right" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "mapped_table" (
    "mapped_id" INTEGER NOT NULL,

    CONSTRAINT "mapped_table_pkey" PRIMARY KEY ("mapped_id")
);

-- CreateTable
CREATE TABLE "PositionalName" (
    "key" CHAR(8) NOT NULL,

    CONSTRAINT "PositionalName_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "ByUnique_code_key" ON "ByUnique"("code");

-- CreateIndex
CREATE UNIQUE INDEX "ByCompoundUnique_left_right_key" ON "ByCompoundUnique"("left", "right");

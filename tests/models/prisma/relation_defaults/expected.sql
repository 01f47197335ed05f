-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Parent" (
    "id" INTEGER NOT NULL,
    "tenant" INTEGER NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "Parent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RequiredChild" (
    "id" INTEGER NOT NULL,
    "parentId" INTEGER NOT NULL,

    CONSTRAINT "RequiredChild_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OptionalChild" (
    "id" INTEGER NOT NULL,
    "parentId" INTEGER,

    CONSTRAINT "OptionalChild_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LooseChild" (
    "id" INTEGER NOT NULL,
    "parentId" INTEGER NOT NULL,

    CONSTRAINT "LooseChild_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CompoundRequired" (
    "id" INTEGER NOT NULL,
    "tenant" INTEGER NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "CompoundRequired_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CompoundOptional" (
    "id" INTEGER NOT NULL,
    "tenant" INTEGER,
    "code" TEXT,

    CONSTRAINT "CompoundOptional_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Parent_tenant_code_key" ON "Parent"("tenant", "code");

-- AddForeignKey
ALTER TABLE "RequiredChild" ADD CONSTRAINT "RequiredChild_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Parent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OptionalChild" ADD CONSTRAINT "OptionalChild_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Parent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LooseChild" ADD CONSTRAINT "LooseChild_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Parent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CompoundRequired" ADD CONSTRAINT "CompoundRequired_tenant_code_fkey" FOREIGN KEY ("tenant", "code") REFERENCES "Parent"("tenant", "code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CompoundOptional" ADD CONSTRAINT "CompoundOptional_tenant_code_fkey" FOREIGN KEY ("tenant", "code") REFERENCES "Parent"("tenant", "code") ON DELETE SET NULL ON UPDATE CASCADE;

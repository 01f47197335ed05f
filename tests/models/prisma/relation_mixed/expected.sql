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
CREATE TABLE "Mixed" (
    "id" INTEGER NOT NULL,
    "tenant" INTEGER NOT NULL,
    "code" TEXT,

    CONSTRAINT "Mixed_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Parent_tenant_code_key" ON "Parent"("tenant", "code");

-- AddForeignKey
ALTER TABLE "Mixed" ADD CONSTRAINT "Mixed_tenant_code_fkey" FOREIGN KEY ("tenant", "code") REFERENCES "Parent"("tenant", "code") ON DELETE RESTRICT ON UPDATE CASCADE;

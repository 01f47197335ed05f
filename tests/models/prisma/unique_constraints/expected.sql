-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Account" (
    "id" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "phone" TEXT,
    "handle" TEXT NOT NULL,
    "realm" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "serial" INTEGER NOT NULL,
    "favour" INTEGER,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Account_email_key" ON "Account"("email");

-- CreateIndex
CREATE UNIQUE INDEX "one_account_per_phone" ON "Account"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "Account_handle_key" ON "Account"("handle" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Account_realm_account_name_key" ON "Account"("realm", "account_name");

-- CreateIndex
CREATE UNIQUE INDEX "serial_in_realm" ON "Account"("realm", "serial");

-- CreateIndex
CREATE UNIQUE INDEX "Account_serial_realm_key" ON "Account"("serial", "realm");

-- CreateIndex
CREATE UNIQUE INDEX "Account_account_name_serial_key" ON "Account"("account_name", "serial" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "uq_favour" ON "Account"("favour" ASC, "serial");

-- CreateIndex
CREATE UNIQUE INDEX "email_again" ON "Account"("email");

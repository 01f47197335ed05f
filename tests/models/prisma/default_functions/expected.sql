-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Serial" (
    "id" SERIAL NOT NULL,

    CONSTRAINT "Serial_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SmallSerial" (
    "id" SMALLSERIAL NOT NULL,

    CONSTRAINT "SmallSerial_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BigSerial" (
    "id" BIGSERIAL NOT NULL,

    CONSTRAINT "BigSerial_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SerialElsewhere" (
    "id" TEXT NOT NULL,
    "counter" SERIAL NOT NULL,
    "counted" SERIAL NOT NULL,

    CONSTRAINT "SerialElsewhere_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Generated" (
    "id" TEXT NOT NULL,
    "uuid4" UUID NOT NULL,
    "uuid7" UUID NOT NULL,
    "cuid" TEXT NOT NULL,
    "cuid2" VARCHAR(30) NOT NULL,
    "nano" TEXT NOT NULL,
    "nanoShort" TEXT NOT NULL,
    "ulid" TEXT NOT NULL,
    "created" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "zoned" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "day" DATE NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "clock" TIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed" TIMESTAMP(3) NOT NULL,
    "both" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "inDb" UUID NOT NULL DEFAULT gen_random_uuid(),
    "sum" INTEGER NOT NULL DEFAULT (1 + 2),
    "text" TEXT NOT NULL DEFAULT 'it''s'::text,
    "unknown" TEXT NOT NULL,
    "maybe" INTEGER DEFAULT floor(random() * 10),
    "document" JSONB NOT NULL DEFAULT jsonb_build_object('a', 1),
    "soon" TIMESTAMPTZ NOT NULL DEFAULT now() + interval '1 day',

    CONSTRAINT "Generated_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "SerialElsewhere_counter_key" ON "SerialElsewhere"("counter");

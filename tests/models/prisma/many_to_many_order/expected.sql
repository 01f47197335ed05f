-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "beta" (
    "id" INTEGER NOT NULL,

    CONSTRAINT "beta_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "zz_table" (
    "id" BIGINT NOT NULL,

    CONSTRAINT "zz_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "aa_table" (
    "gamma_id" CHAR(3) NOT NULL,

    CONSTRAINT "gamma_key" PRIMARY KEY ("gamma_id")
);

-- CreateTable
CREATE TABLE "_AlphaTobeta" (
    "A" BIGINT NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_AlphaTobeta_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_GammaTobeta" (
    "A" CHAR(3) NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_GammaTobeta_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "__under" (
    "A" CHAR(3) NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "__under_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE INDEX "_AlphaTobeta_B_index" ON "_AlphaTobeta"("B");

-- CreateIndex
CREATE INDEX "_GammaTobeta_B_index" ON "_GammaTobeta"("B");

-- CreateIndex
CREATE INDEX "__under_B_index" ON "__under"("B");

-- AddForeignKey
ALTER TABLE "_AlphaTobeta" ADD CONSTRAINT "_AlphaTobeta_A_fkey" FOREIGN KEY ("A") REFERENCES "zz_table"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AlphaTobeta" ADD CONSTRAINT "_AlphaTobeta_B_fkey" FOREIGN KEY ("B") REFERENCES "beta"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_GammaTobeta" ADD CONSTRAINT "_GammaTobeta_A_fkey" FOREIGN KEY ("A") REFERENCES "aa_table"("gamma_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_GammaTobeta" ADD CONSTRAINT "_GammaTobeta_B_fkey" FOREIGN KEY ("B") REFERENCES "beta"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "__under" ADD CONSTRAINT "__under_A_fkey" FOREIGN KEY ("A") REFERENCES "aa_table"("gamma_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "__under" ADD CONSTRAINT "__under_B_fkey" FOREIGN KEY ("B") REFERENCES "beta"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharacters" (
    "id" INTEGER NOT NULL,
    "aLongFieldNameForTheUniqueConstraintOfThisTable" TEXT NOT NULL,
    "another" INTEGER NOT NULL,

    CONSTRAINT "AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeChara_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AnotherRatherLongModelNameForTheOtherSideOfTheRelation" (
    "id" INTEGER NOT NULL,
    "theIdentifierOfTheParent" INTEGER NOT NULL,
    "sixteenCharacter" INTEGER NOT NULL,

    CONSTRAINT "AnotherRatherLongModelNameForTheOtherSideOfTheRelation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "straßenbahnhöfe" (
    "id" INTEGER NOT NULL,
    "zähler_der_größten_straße" TEXT NOT NULL,
    "größenänderung_fünfzehn_käse" TEXT NOT NULL,

    CONSTRAINT "straßenbahnhöfe_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exactly_x" (
    "id" INTEGER NOT NULL,
    "c234567890123456789012345678901234567890123456789" INTEGER NOT NULL,
    "d2345678901234567890123456789012345678901234567890" INTEGER NOT NULL,

    CONSTRAINT "exactly_x_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharacter" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeC_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharac_key" ON "AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharacters"("aLongFieldNameForTheUniqueConstraintOfThisTable");

-- CreateIndex
CREATE INDEX "AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharac_idx" ON "AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharacters"("another", "aLongFieldNameForTheUniqueConstraintOfThisTable");

-- CreateIndex
CREATE UNIQUE INDEX "AnotherRatherLongModelNameForTheOtherSideOfTheRelation_sixt_key" ON "AnotherRatherLongModelNameForTheOtherSideOfTheRelation"("sixteenCharacter");

-- CreateIndex
CREATE UNIQUE INDEX "AnotherRatherLongModelNameForTheOtherSideOfTheRelation_theI_key" ON "AnotherRatherLongModelNameForTheOtherSideOfTheRelation"("theIdentifierOfTheParent", "sixteenCharacter");

-- CreateIndex
CREATE UNIQUE INDEX "straßenbahnhöfe_zähler_der_größten_straße_key" ON "straßenbahnhöfe"("zähler_der_größten_straße");

-- CreateIndex
CREATE INDEX "straßenbahnhöfe_zähler_der_größten_straße_größenän_idx" ON "straßenbahnhöfe"("zähler_der_größten_straße", "größenänderung_fünfzehn_käse");

-- CreateIndex
CREATE UNIQUE INDEX "straßenbahnhöfe_größenänderung_fünfzehn_käse_zähler_key" ON "straßenbahnhöfe"("größenänderung_fünfzehn_käse", "zähler_der_größten_straße");

-- CreateIndex
CREATE UNIQUE INDEX "exactly_x_c234567890123456789012345678901234567890123456789_key" ON "exactly_x"("c234567890123456789012345678901234567890123456789");

-- CreateIndex
CREATE UNIQUE INDEX "exactly_x_d234567890123456789012345678901234567890123456789_key" ON "exactly_x"("d2345678901234567890123456789012345678901234567890");

-- CreateIndex
CREATE INDEX "_AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeC_B_index" ON "_AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharacter"("B");

-- AddForeignKey
ALTER TABLE "AnotherRatherLongModelNameForTheOtherSideOfTheRelation" ADD CONSTRAINT "AnotherRatherLongModelNameForTheOtherSideOfTheRelation_the_fkey" FOREIGN KEY ("theIdentifierOfTheParent") REFERENCES "AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharacters"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharacter" ADD CONSTRAINT "_AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCh_A_fkey" FOREIGN KEY ("A") REFERENCES "AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharacters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCharacter" ADD CONSTRAINT "_AVeryLongModelNameThatGoesOnAndOnUntilItHasSixtyThreeCh_B_fkey" FOREIGN KEY ("B") REFERENCES "AnotherRatherLongModelNameForTheOtherSideOfTheRelation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

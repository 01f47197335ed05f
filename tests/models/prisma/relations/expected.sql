-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Author" (
    "id" SERIAL NOT NULL,
    "tenant" INTEGER NOT NULL,
    "login" TEXT NOT NULL,

    CONSTRAINT "Author_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "books" (
    "id" SERIAL NOT NULL,
    "author_id" INTEGER NOT NULL,
    "editorId" INTEGER,
    "shelfCode" TEXT,

    CONSTRAINT "books_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shelf" (
    "code" TEXT NOT NULL,

    CONSTRAINT "Shelf_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "Review" (
    "id" INTEGER NOT NULL,
    "book_id" INTEGER NOT NULL,
    "tenant" INTEGER NOT NULL,
    "login" TEXT NOT NULL,

    CONSTRAINT "Review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Award" (
    "id" INTEGER NOT NULL,
    "winner" TEXT NOT NULL DEFAULT 'nobody',

    CONSTRAINT "Award_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Author_login_key" ON "Author"("login");

-- CreateIndex
CREATE UNIQUE INDEX "Author_tenant_login_key" ON "Author"("tenant", "login");

-- AddForeignKey
ALTER TABLE "books" ADD CONSTRAINT "books_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "Author"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "books" ADD CONSTRAINT "book_is_edited_by" FOREIGN KEY ("editorId") REFERENCES "Author"("id") ON DELETE SET NULL ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "books" ADD CONSTRAINT "books_shelfCode_fkey" FOREIGN KEY ("shelfCode") REFERENCES "Shelf"("code") ON DELETE SET DEFAULT ON UPDATE SET DEFAULT;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "books"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Review" ADD CONSTRAINT "Review_tenant_login_fkey" FOREIGN KEY ("tenant", "login") REFERENCES "Author"("tenant", "login") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Award" ADD CONSTRAINT "Award_winner_fkey" FOREIGN KEY ("winner") REFERENCES "Author"("login") ON DELETE NO ACTION ON UPDATE CASCADE;

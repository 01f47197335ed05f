-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "task_status" AS ENUM ('queued', 'running', 'completed', 'failed');

-- CreateEnum
CREATE TYPE "artifact_kind" AS ENUM ('pdf', 'docx', 'zip');

-- CreateTable
CREATE TABLE "jobs" (
    "id" UUID NOT NULL,
    "owner_user_id" TEXT NOT NULL,
    "source_filename" TEXT,
    "source_content_type" TEXT,
    "source_size_bytes" BIGINT,
    "sections" JSONB,
    "current_schema" JSONB,
    "cv_sections_confirmed" BOOLEAN NOT NULL DEFAULT false,
    "schema_dirty" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_events" (
    "id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "owner_user_id" TEXT NOT NULL,
    "trace_id" UUID NOT NULL,
    "event_type" TEXT NOT NULL,
    "payload" JSONB,
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tasks" (
    "id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "owner_user_id" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "task_type" TEXT NOT NULL,
    "status" "task_status" NOT NULL DEFAULT 'queued',
    "stage" TEXT,
    "input_payload" JSONB NOT NULL,
    "error_message" TEXT,
    "timeout_at" TIMESTAMP(3),
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "tasks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artifacts" (
    "id" UUID NOT NULL,
    "job_id" UUID NOT NULL,
    "owner_user_id" TEXT NOT NULL,
    "task_id" UUID,
    "kind" "artifact_kind" NOT NULL,
    "version" INTEGER NOT NULL,
    "is_zip" BOOLEAN NOT NULL DEFAULT false,
    "blob_path" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "expires_at" TIMESTAMP(3) NOT NULL DEFAULT (CURRENT_TIMESTAMP + '90 days'::interval),
    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "artifact_counters" (
    "job_id" UUID NOT NULL,
    "kind" "artifact_kind" NOT NULL,
    "next_version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "artifact_counters_pkey" PRIMARY KEY ("job_id","kind")
);

-- CreateTable
CREATE TABLE "job_artifact_latest" (
    "job_id" UUID NOT NULL,
    "kind" "artifact_kind" NOT NULL,
    "latest_artifact_id" UUID NOT NULL,
    "latest_version" INTEGER NOT NULL,
    "updated_at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "job_artifact_latest_pkey" PRIMARY KEY ("job_id","kind")
);

-- CreateIndex
CREATE INDEX "jobs_owner_user_id_created_at_idx" ON "jobs"("owner_user_id", "created_at");

-- CreateIndex
CREATE INDEX "job_events_job_id_created_at_idx" ON "job_events"("job_id", "created_at");

-- CreateIndex
CREATE INDEX "job_events_owner_user_id_event_type_idx" ON "job_events"("owner_user_id", "event_type");

-- CreateIndex
CREATE INDEX "job_events_trace_id_idx" ON "job_events"("trace_id");

-- CreateIndex
CREATE INDEX "tasks_job_id_idx" ON "tasks"("job_id");

-- CreateIndex
CREATE INDEX "tasks_status_timeout_at_idx" ON "tasks"("status", "timeout_at");

-- CreateIndex
CREATE UNIQUE INDEX "tasks_owner_user_id_idempotency_key_key" ON "tasks"("owner_user_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "artifacts_owner_user_id_idx" ON "artifacts"("owner_user_id");

-- CreateIndex
CREATE UNIQUE INDEX "artifacts_job_id_kind_version_key" ON "artifacts"("job_id", "kind", "version");

-- AddForeignKey
ALTER TABLE "job_events" ADD CONSTRAINT "job_events_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "tasks"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifact_counters" ADD CONSTRAINT "artifact_counters_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_artifact_latest" ADD CONSTRAINT "job_artifact_latest_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_artifact_latest" ADD CONSTRAINT "job_artifact_latest_latest_artifact_id_fkey" FOREIGN KEY ("latest_artifact_id") REFERENCES "artifacts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

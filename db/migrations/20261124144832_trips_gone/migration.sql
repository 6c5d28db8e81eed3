ALTER TABLE "pre_cool_proofs" ADD COLUMN "trip" integer DEFAULT 1;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "trips_gone" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pre_cool_proofs" DROP CONSTRAINT "pre_cool_proofs_pkey";--> statement-breakpoint
ALTER TABLE "pre_cool_proofs" ADD PRIMARY KEY ("run_id","trip");--> statement-breakpoint
UPDATE "runs" SET "trips_gone" = 1 WHERE "status" IN ('on_road', 'finished');

CREATE TABLE "door_rules" (
	"id" uuid PRIMARY KEY,
	"trip_check" boolean NOT NULL,
	"pre_cool_photo" boolean NOT NULL,
	"unload_scan" boolean NOT NULL,
	"zone_readings" boolean NOT NULL,
	"refuse_photo" boolean NOT NULL,
	"key_drop_set" boolean NOT NULL,
	"wait_minutes" integer NOT NULL,
	"wait_reasons" text[] NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "door_rule_days" CHECK ("valid_from" <= "valid_to" and "wait_minutes" between 0 and 120)
);
--> statement-breakpoint
CREATE TABLE "driver_link_codes" (
	"id" uuid PRIMARY KEY,
	"link_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "driver_link_sessions" (
	"session_id" uuid PRIMARY KEY,
	"link_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "driver_links" (
	"id" uuid PRIMARY KEY,
	"run_id" uuid NOT NULL,
	"driver_person_id" uuid NOT NULL,
	"token_hash" text NOT NULL UNIQUE,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"opened_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "pre_cool_proofs" (
	"run_id" uuid PRIMARY KEY,
	"photo_file_ids" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receiver_pins" (
	"stop_id" uuid PRIMARY KEY,
	"pin" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "pin_digits" CHECK ("pin" ~ '^[0-9]{6}$' and "tries" >= 0)
);
--> statement-breakpoint
CREATE TABLE "stop_corrections" (
	"id" uuid PRIMARY KEY,
	"stop_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"text" text NOT NULL,
	"photo_file_ids" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stop_proofs" (
	"stop_id" uuid PRIMARY KEY,
	"kind" text NOT NULL,
	"evidence" jsonb NOT NULL,
	"happened_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"received_at" timestamp with time zone NOT NULL,
	"flags" text[] NOT NULL,
	"sha256" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trip_check_items" (
	"id" uuid PRIMARY KEY,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"seq" integer NOT NULL,
	"stops_run" boolean NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trip_checks" (
	"run_id" uuid PRIMARY KEY,
	"answers" jsonb NOT NULL,
	"photo_file_ids" jsonb NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "door_rules_valid_from_index" ON "door_rules" ("valid_from");--> statement-breakpoint
CREATE INDEX "driver_link_codes_link_id_sent_at_index" ON "driver_link_codes" ("link_id","sent_at");--> statement-breakpoint
CREATE INDEX "driver_link_sessions_link_id_index" ON "driver_link_sessions" ("link_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_link_per_run" ON "driver_links" ("run_id") WHERE "revoked_at" is null;--> statement-breakpoint
CREATE INDEX "driver_links_run_id_index" ON "driver_links" ("run_id");--> statement-breakpoint
CREATE INDEX "stop_corrections_stop_id_at_index" ON "stop_corrections" ("stop_id","at");--> statement-breakpoint
CREATE INDEX "trip_check_items_valid_from_index" ON "trip_check_items" ("valid_from");--> statement-breakpoint
ALTER TABLE "driver_link_codes" ADD CONSTRAINT "driver_link_codes_link_id_driver_links_id_fkey" FOREIGN KEY ("link_id") REFERENCES "driver_links"("id");--> statement-breakpoint
ALTER TABLE "driver_link_sessions" ADD CONSTRAINT "driver_link_sessions_link_id_driver_links_id_fkey" FOREIGN KEY ("link_id") REFERENCES "driver_links"("id");--> statement-breakpoint
ALTER TABLE "driver_link_sessions" ADD CONSTRAINT "driver_link_sessions_session_id_sessions_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "driver_links" ADD CONSTRAINT "driver_links_run_id_runs_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id");--> statement-breakpoint
ALTER TABLE "driver_links" ADD CONSTRAINT "driver_links_driver_person_id_people_id_fkey" FOREIGN KEY ("driver_person_id") REFERENCES "people"("id");--> statement-breakpoint
ALTER TABLE "pre_cool_proofs" ADD CONSTRAINT "pre_cool_proofs_run_id_runs_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id");--> statement-breakpoint
ALTER TABLE "receiver_pins" ADD CONSTRAINT "receiver_pins_stop_id_stops_id_fkey" FOREIGN KEY ("stop_id") REFERENCES "stops"("id");--> statement-breakpoint
ALTER TABLE "stop_corrections" ADD CONSTRAINT "stop_corrections_stop_id_stops_id_fkey" FOREIGN KEY ("stop_id") REFERENCES "stops"("id");--> statement-breakpoint
ALTER TABLE "stop_proofs" ADD CONSTRAINT "stop_proofs_stop_id_stops_id_fkey" FOREIGN KEY ("stop_id") REFERENCES "stops"("id");--> statement-breakpoint
ALTER TABLE "trip_checks" ADD CONSTRAINT "trip_checks_run_id_runs_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id");--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "stop_proofs" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "stop_corrections" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE FUNCTION "refuse_changed_proof"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the proof of a closed stop is not changed';
END
$$;--> statement-breakpoint
-- What proves a closed stop stays as it was; corrections are rows of their own.
CREATE TRIGGER "proof_stays" BEFORE UPDATE ON "stops" FOR EACH ROW
	WHEN (OLD."finished_at" IS NOT NULL AND (OLD."receiver_name", OLD."signature_file_id", OLD."photo_file_ids", OLD."temperature_deci_c", OLD."fail_reason", OLD."note", OLD."crates_out", OLD."crates_back")
		IS DISTINCT FROM (NEW."receiver_name", NEW."signature_file_id", NEW."photo_file_ids", NEW."temperature_deci_c", NEW."fail_reason", NEW."note", NEW."crates_out", NEW."crates_back"))
	EXECUTE FUNCTION "refuse_changed_proof"();

CREATE TABLE "access_bans" (
	"id" uuid PRIMARY KEY,
	"name" text NOT NULL,
	"district_code" text,
	"lng_e6" integer,
	"lat_e6" integer,
	"radius_metres" integer,
	"from_minute" smallint NOT NULL,
	"to_minute" smallint NOT NULL,
	"weekdays" smallint[] NOT NULL,
	"min_gross_kg" integer NOT NULL,
	"unless_skill" text,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "ban_where" CHECK (("district_code" is not null or ("lng_e6" is not null and "lat_e6" is not null and "radius_metres" > 0))
        and "from_minute" between 0 and 1440 and "to_minute" between "from_minute" and 1440)
);
--> statement-breakpoint
CREATE TABLE "pair_rules" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"site_id" uuid NOT NULL,
	"other_site_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	CONSTRAINT "pair_of_two" CHECK ("kind" in ('apart', 'together') and "site_id" <> "other_site_id")
);
--> statement-breakpoint
CREATE TABLE "plan_proposals" (
	"id" uuid PRIMARY KEY,
	"wave_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"day" text NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"seconds" integer NOT NULL,
	"seed" integer NOT NULL,
	"keep" jsonb NOT NULL,
	"plan_id" uuid,
	"run_versions" jsonb NOT NULL,
	"progress" jsonb,
	"result" jsonb,
	"cost_fen" bigint,
	"cost_parts" jsonb,
	"matrix_source" text,
	"failure" text,
	"reason" text DEFAULT '' NOT NULL,
	"asked_by" uuid,
	"asked_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"seen_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	CONSTRAINT "proposal_status" CHECK ("status" in ('asked','running','done','failed','cancelled','adopted') and "seconds" between 1 and 600)
);
--> statement-breakpoint
CREATE TABLE "planning_weights" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"fen_per_km" integer NOT NULL,
	"fen_per_hour" integer NOT NULL,
	"late_fen_per_minute" integer NOT NULL,
	"overtime_fen_per_hour" integer NOT NULL,
	"moved_fen" integer NOT NULL,
	"unserved_fen" integer NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "weights_not_negative" CHECK (least("fen_per_km", "fen_per_hour", "late_fen_per_minute", "overtime_fen_per_hour", "moved_fen") >= 0 and "unserved_fen" > 0)
);
--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "windows" jsonb;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "largest_length_cm" integer;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "largest_height_cm" integer;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "largest_gross_kg" integer;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "needs" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "sites" ADD COLUMN "plan_priority" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "stops" ADD COLUMN "trip" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "stops" ADD COLUMN "locked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "layouts" jsonb;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "length_cm" integer;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "height_cm" integer;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "gross_kg" integer;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "skills" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "shift_from" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "shift_to" integer DEFAULT 1200 NOT NULL;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "rest_after_minutes" integer DEFAULT 240 NOT NULL;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "rest_minutes" integer DEFAULT 20 NOT NULL;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "trips" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "reload_minutes" integer DEFAULT 40 NOT NULL;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "fixed_fen" bigint DEFAULT 20000 NOT NULL;--> statement-breakpoint
CREATE INDEX "access_bans_district_code_index" ON "access_bans" ("district_code");--> statement-breakpoint
CREATE INDEX "pair_rules_hub_id_index" ON "pair_rules" ("hub_id");--> statement-breakpoint
CREATE INDEX "plan_proposals_wave_id_asked_at_index" ON "plan_proposals" ("wave_id","asked_at");--> statement-breakpoint
CREATE INDEX "proposals_to_plan" ON "plan_proposals" ("asked_at") WHERE "status" in ('asked', 'running');--> statement-breakpoint
CREATE INDEX "planning_weights_hub_id_valid_from_index" ON "planning_weights" ("hub_id","valid_from");--> statement-breakpoint
ALTER TABLE "pair_rules" ADD CONSTRAINT "pair_rules_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "plan_proposals" ADD CONSTRAINT "plan_proposals_wave_id_waves_id_fkey" FOREIGN KEY ("wave_id") REFERENCES "waves"("id");--> statement-breakpoint
ALTER TABLE "plan_proposals" ADD CONSTRAINT "plan_proposals_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "planning_weights" ADD CONSTRAINT "planning_weights_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "vehicles" ADD CONSTRAINT "vehicle_times" CHECK ("shift_from" between 0 and "shift_to" and "shift_to" <= 2880 and "trips" between 1 and 6
        and "rest_after_minutes" > 0 and "rest_minutes" >= 0 and "reload_minutes" >= 0 and "fixed_fen" >= 0);
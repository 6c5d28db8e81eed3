CREATE TABLE "emission_factors" (
	"id" uuid PRIMARY KEY,
	"drive" text NOT NULL,
	"min_gross_kg" integer NOT NULL,
	"grams_per_km" integer NOT NULL,
	"cooling_bp" integer NOT NULL,
	"certainty" text NOT NULL,
	"source" text NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	CONSTRAINT "one_factor" UNIQUE("drive","min_gross_kg","valid_from"),
	CONSTRAINT "factor_range" CHECK ("grams_per_km" >= 0 and "cooling_bp" between 0 and 10000 and "certainty" in ('measured', 'published', 'estimated'))
);
--> statement-breakpoint
CREATE TABLE "run_odometers" (
	"run_id" uuid PRIMARY KEY,
	"out_km" integer NOT NULL,
	"back_km" integer,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "odometer_forward" CHECK ("out_km" between 0 and 5000000 and coalesce("back_km", "out_km") between "out_km" and "out_km" + 3000)
);
--> statement-breakpoint
CREATE TABLE "temperature_alarms" (
	"id" uuid PRIMARY KEY,
	"kind" text NOT NULL,
	"device_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"zone" text NOT NULL,
	"run_id" uuid,
	"status" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"limit_deci_c" smallint,
	"worst_deci_c" smallint,
	"opened_at" timestamp with time zone NOT NULL,
	"acknowledged_by" uuid,
	"acknowledged_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision" text,
	"reason" text DEFAULT '' NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "alarm_decided" CHECK ("kind" in ('warm', 'reject', 'cold', 'silent') and "status" in ('open', 'acknowledged', 'decided')
        and ("status" = 'decided') = ("decided_at" is not null) and "ended_at" >= "started_at")
);
--> statement-breakpoint
CREATE TABLE "temperature_devices" (
	"id" uuid PRIMARY KEY,
	"serial" text NOT NULL UNIQUE,
	"name" text DEFAULT '' NOT NULL,
	"kind" text NOT NULL,
	"hub_id" uuid NOT NULL,
	"vehicle_id" uuid,
	"zone" text NOT NULL,
	"every_minutes" smallint DEFAULT 5 NOT NULL,
	"calibrated_on" text,
	"calibration_due" text,
	"calibration_file_id" uuid,
	"secret" text DEFAULT '' NOT NULL,
	"secret_set_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_at" timestamp with time zone,
	"last_deci_c" smallint,
	"heard_at" timestamp with time zone,
	"clock_offset_seconds" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "device_kind" CHECK ("kind" in ('truck_box', 'cold_room', 'probe') and ("kind" <> 'truck_box' or "vehicle_id" is not null)
        and ("kind" <> 'cold_room' or "vehicle_id" is null) and "every_minutes" between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "temperature_holds" (
	"id" uuid PRIMARY KEY,
	"alarm_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"order_id" uuid,
	"stop_id" uuid,
	"bin_id" uuid,
	"quantity" bigint NOT NULL,
	"status" text NOT NULL,
	CONSTRAINT "goods_held_once" UNIQUE NULLS NOT DISTINCT("alarm_id","lot_id","order_id","bin_id"),
	CONSTRAINT "hold_what" CHECK ("quantity" > 0 and ("order_id" is null) <> ("bin_id" is null)
        and "status" in ('held', 'release', 'return', 'dispose', 'passed', 'listed'))
);
--> statement-breakpoint
CREATE TABLE "temperature_hours" (
	"device_id" uuid,
	"hour" timestamp with time zone,
	"probe" smallint,
	"readings" integer NOT NULL,
	"lowest" smallint NOT NULL,
	"highest" smallint NOT NULL,
	"sum_deci_c" integer NOT NULL,
	CONSTRAINT "temperature_hours_pkey" PRIMARY KEY("device_id","hour","probe")
);
--> statement-breakpoint
CREATE TABLE "temperature_nonces" (
	"device_id" uuid,
	"nonce" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "temperature_nonces_pkey" PRIMARY KEY("device_id","nonce")
);
--> statement-breakpoint
CREATE TABLE "temperature_readings" (
	"device_id" uuid,
	"at" timestamp with time zone,
	"probe" smallint DEFAULT 0,
	"deci_c" smallint NOT NULL,
	"humidity" smallint,
	CONSTRAINT "temperature_readings_pkey" PRIMARY KEY("device_id","at","probe")
);
--> statement-breakpoint
CREATE TABLE "temperature_rules" (
	"id" uuid PRIMARY KEY,
	"zone" text NOT NULL,
	"sku_id" uuid,
	"warn_above" smallint NOT NULL,
	"warn_minutes" smallint NOT NULL,
	"reject_above" smallint,
	"warn_below" smallint,
	"silent_minutes" smallint NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "rule_limits" CHECK (coalesce("reject_above", "warn_above") >= "warn_above" and coalesce("warn_below", -1000) < "warn_above"
        and "warn_minutes" between 0 and 720 and "silent_minutes" between 1 and 720)
);
--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "drive" text DEFAULT 'diesel' NOT NULL;--> statement-breakpoint
CREATE INDEX "emission_factors_valid_from_index" ON "emission_factors" ("valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "alarm_once" ON "temperature_alarms" ("device_id","rule_id","kind","started_at");--> statement-breakpoint
CREATE INDEX "temperature_alarms_hub_id_status_index" ON "temperature_alarms" ("hub_id","status");--> statement-breakpoint
CREATE INDEX "temperature_alarms_run_id_index" ON "temperature_alarms" ("run_id");--> statement-breakpoint
CREATE INDEX "temperature_devices_hub_id_index" ON "temperature_devices" ("hub_id");--> statement-breakpoint
CREATE INDEX "temperature_devices_vehicle_id_index" ON "temperature_devices" ("vehicle_id");--> statement-breakpoint
CREATE INDEX "temperature_holds_order_id_lot_id_index" ON "temperature_holds" ("order_id","lot_id");--> statement-breakpoint
CREATE INDEX "temperature_holds_lot_id_index" ON "temperature_holds" ("lot_id");--> statement-breakpoint
CREATE INDEX "temperature_nonces_at_index" ON "temperature_nonces" ("at");--> statement-breakpoint
CREATE INDEX "temperature_readings_age" ON "temperature_readings" USING brin ("at");--> statement-breakpoint
CREATE INDEX "temperature_rules_zone_valid_from_index" ON "temperature_rules" ("zone","valid_from");--> statement-breakpoint
ALTER TABLE "run_odometers" ADD CONSTRAINT "run_odometers_run_id_runs_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id");--> statement-breakpoint
ALTER TABLE "temperature_alarms" ADD CONSTRAINT "temperature_alarms_device_id_temperature_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "temperature_devices"("id");--> statement-breakpoint
ALTER TABLE "temperature_alarms" ADD CONSTRAINT "temperature_alarms_rule_id_temperature_rules_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "temperature_rules"("id");--> statement-breakpoint
ALTER TABLE "temperature_alarms" ADD CONSTRAINT "temperature_alarms_run_id_runs_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id");--> statement-breakpoint
ALTER TABLE "temperature_devices" ADD CONSTRAINT "temperature_devices_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "temperature_devices" ADD CONSTRAINT "temperature_devices_vehicle_id_vehicles_id_fkey" FOREIGN KEY ("vehicle_id") REFERENCES "vehicles"("id");--> statement-breakpoint
ALTER TABLE "temperature_devices" ADD CONSTRAINT "temperature_devices_calibration_file_id_files_id_fkey" FOREIGN KEY ("calibration_file_id") REFERENCES "files"("id");--> statement-breakpoint
ALTER TABLE "temperature_holds" ADD CONSTRAINT "temperature_holds_alarm_id_temperature_alarms_id_fkey" FOREIGN KEY ("alarm_id") REFERENCES "temperature_alarms"("id");--> statement-breakpoint
ALTER TABLE "temperature_holds" ADD CONSTRAINT "temperature_holds_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "temperature_holds" ADD CONSTRAINT "temperature_holds_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "temperature_holds" ADD CONSTRAINT "temperature_holds_stop_id_stops_id_fkey" FOREIGN KEY ("stop_id") REFERENCES "stops"("id");--> statement-breakpoint
ALTER TABLE "temperature_holds" ADD CONSTRAINT "temperature_holds_bin_id_bins_id_fkey" FOREIGN KEY ("bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "temperature_nonces" ADD CONSTRAINT "temperature_nonces_device_id_temperature_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "temperature_devices"("id");--> statement-breakpoint
ALTER TABLE "temperature_rules" ADD CONSTRAINT "temperature_rules_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
-- Trade limits of the zones (domain: frozen ≤ −18, chilled 0–4 and 0–8); labels go before them, row by row.
INSERT INTO "temperature_rules" ("id", "zone", "warn_above", "warn_minutes", "reject_above", "warn_below", "silent_minutes", "valid_from", "valid_to", "source")
SELECT gen_random_uuid(), "zone", "warn", "minutes", "reject", "cold", 20, '2020-01-01', '2099-12-31', 'GB 31605-2020 §3.1 asks for an alarm; values: trade default, to be verified'
FROM (VALUES ('frozen', -150, 15, -120, NULL), ('chilled_meat', 50, 15, 70, -20), ('chilled', 100, 30, 120, -10),
	('cool', 220, 60, NULL, 0), ('ambient', 300, 60, NULL, NULL)) AS limits("zone", "warn", "minutes", "reject", "cold");--> statement-breakpoint
INSERT INTO "emission_factors" ("id", "drive", "min_gross_kg", "grams_per_km", "cooling_bp", "certainty", "source", "valid_from", "valid_to")
SELECT gen_random_uuid(), "drive", "kg", "grams", "cooling", 'estimated', "source", '2020-01-01', '2099-12-31'
FROM (VALUES ('diesel', 0, 260, 1500, 'estimate: light diesel van 9.7 l per 100 km, 2.68 kg CO₂e per litre'),
	('diesel', 3501, 400, 1800, 'estimate: light diesel truck 15 l per 100 km, 2.68 kg CO₂e per litre'),
	('diesel', 7500, 590, 2000, 'estimate: medium diesel truck 22 l per 100 km, 2.68 kg CO₂e per litre'),
	('electric', 0, 160, 1500, 'estimate: 28 kWh per 100 km, Chinese grid about 0.57 kg CO₂e per kWh'),
	('electric', 3501, 260, 1500, 'estimate: 45 kWh per 100 km, Chinese grid about 0.57 kg CO₂e per kWh')) AS factors("drive", "kg", "grams", "cooling", "source");

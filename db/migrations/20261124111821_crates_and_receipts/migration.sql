CREATE TABLE "crate_balances" (
	"hub_id" uuid,
	"party_kind" text NOT NULL,
	"party_id" uuid,
	"type_id" uuid,
	"count" integer NOT NULL,
	CONSTRAINT "crate_balances_pkey" PRIMARY KEY("hub_id","party_id","type_id"),
	CONSTRAINT "crates_not_negative" CHECK ("count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "crate_moves" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"type_id" uuid NOT NULL,
	"from_kind" text,
	"from_id" uuid,
	"to_kind" text,
	"to_id" uuid,
	"count" integer NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"person_id" uuid,
	"event_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "crates_moved" CHECK ("count" > 0),
	CONSTRAINT "crate_parties" CHECK (("from_kind" is null) = ("from_id" is null) and ("to_kind" is null) = ("to_id" is null)
        and ("from_id" is not null or "to_id" is not null) and "from_id" is distinct from "to_id")
);
--> statement-breakpoint
CREATE TABLE "crate_types" (
	"id" uuid PRIMARY KEY,
	"code" text NOT NULL CONSTRAINT "crate_code" UNIQUE,
	"name" text NOT NULL,
	"name_en" text NOT NULL,
	"tare_grams" integer NOT NULL,
	"deposit_fen" bigint NOT NULL,
	"closed_at" timestamp with time zone,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "crate_facts" CHECK ("tare_grams" > 0 and "deposit_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "life_rules" (
	"id" uuid PRIMARY KEY,
	"category" text,
	"part" integer NOT NULL,
	"of" integer NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "life_share" CHECK ("part" >= 0 and "of" > 0 and "part" <= "of")
);
--> statement-breakpoint
CREATE TABLE "put_aways" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"from_bin_id" uuid NOT NULL,
	"to_bin_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipt_counts" (
	"line_id" uuid PRIMARY KEY,
	"accepted" bigint NOT NULL,
	"refused" bigint NOT NULL,
	"refuse_reason" text,
	"refused_to" text,
	"disposal" text DEFAULT '' NOT NULL,
	"net_grams" bigint,
	"tare_grams" bigint,
	"surface_deci_c" integer,
	"core_deci_c" integer,
	"photo_file_ids" jsonb NOT NULL,
	"second_why" text[] NOT NULL,
	"counted_by" uuid NOT NULL,
	"counted_at" timestamp with time zone NOT NULL,
	"confirmed_by" uuid,
	"confirmed_at" timestamp with time zone,
	CONSTRAINT "count_quantities" CHECK ("accepted" >= 0 and "refused" >= 0 and "accepted" + "refused" > 0),
	CONSTRAINT "not_the_same_person" CHECK (cardinality("second_why") = 0 or "confirmed_by" is null or "confirmed_by" <> "counted_by")
);
--> statement-breakpoint
CREATE TABLE "receipt_exceptions" (
	"id" uuid PRIMARY KEY,
	"line_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"granted_by" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_exception" UNIQUE("line_id","kind")
);
--> statement-breakpoint
CREATE TABLE "refused_goods" (
	"id" uuid PRIMARY KEY,
	"line_id" uuid NOT NULL UNIQUE,
	"lot_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"reason" text NOT NULL,
	"fate" text NOT NULL,
	"disposal" text DEFAULT '' NOT NULL,
	"photo_file_ids" jsonb NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "refused_something" CHECK ("quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "second_person_rules" (
	"id" uuid PRIMARY KEY,
	"kind" text NOT NULL,
	"above_fen" bigint,
	"buyer_class" text,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "second_person_kind" CHECK (("kind" = 'value_above') = ("above_fen" is not null) and ("kind" = 'buyer_class') = ("buyer_class" is not null))
);
--> statement-breakpoint
CREATE TABLE "temperature_limits" (
	"id" uuid PRIMARY KEY,
	"zone" text NOT NULL,
	"sku_id" uuid,
	"warn_above_deci_c" integer,
	"warn_for_minutes" integer,
	"surface_max_deci_c" integer,
	"core_max_deci_c" integer,
	"trip_log_needed" boolean NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "warn_complete" CHECK (("warn_above_deci_c" is null) = ("warn_for_minutes" is null))
);
--> statement-breakpoint
CREATE TABLE "trip_logs" (
	"id" uuid PRIMARY KEY,
	"consignment_id" uuid NOT NULL,
	"zone" text NOT NULL,
	"source" text NOT NULL,
	"device" text DEFAULT '' NOT NULL,
	"min_deci_c" integer NOT NULL,
	"max_deci_c" integer NOT NULL,
	"readings" integer NOT NULL,
	"minutes_above" integer NOT NULL,
	"gap_minutes" integer,
	"first_at" timestamp with time zone,
	"last_at" timestamp with time zone,
	"verdict" text NOT NULL,
	"raw" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "trip_range" CHECK ("min_deci_c" <= "max_deci_c" and "minutes_above" >= 0)
);
--> statement-breakpoint
CREATE TABLE "weighings" (
	"id" uuid PRIMARY KEY,
	"line_id" uuid NOT NULL,
	"gross_grams" bigint NOT NULL,
	"crates" jsonb NOT NULL,
	"other_tare_grams" bigint NOT NULL,
	"tare_grams" bigint NOT NULL,
	"net_grams" bigint NOT NULL,
	"scale" text DEFAULT '' NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"struck_at" timestamp with time zone,
	"struck_by" uuid,
	CONSTRAINT "net_is_gross_less_tare" CHECK ("net_grams" = "gross_grams" - "tare_grams" and "net_grams" > 0)
);
--> statement-breakpoint
CREATE INDEX "crate_balances_party_id_index" ON "crate_balances" ("party_id");--> statement-breakpoint
CREATE INDEX "crate_moves_subject_id_index" ON "crate_moves" ("subject_id");--> statement-breakpoint
CREATE INDEX "crate_moves_hub_id_id_index" ON "crate_moves" ("hub_id","id");--> statement-breakpoint
CREATE INDEX "crate_moves_from" ON "crate_moves" ("from_id","hub_id");--> statement-breakpoint
CREATE INDEX "crate_moves_to" ON "crate_moves" ("to_id","hub_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_life_rule" ON "life_rules" (coalesce("category", ''),"valid_from");--> statement-breakpoint
CREATE INDEX "put_aways_lot_id_index" ON "put_aways" ("lot_id");--> statement-breakpoint
CREATE INDEX "put_aways_hub_id_at_index" ON "put_aways" ("hub_id","at");--> statement-breakpoint
CREATE INDEX "refused_goods_lot_id_index" ON "refused_goods" ("lot_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_limit" ON "temperature_limits" ("zone",coalesce("sku_id"::text, ''),"valid_from");--> statement-breakpoint
CREATE INDEX "trip_logs_consignment_id_index" ON "trip_logs" ("consignment_id");--> statement-breakpoint
CREATE INDEX "weighings_line_id_index" ON "weighings" ("line_id");--> statement-breakpoint
ALTER TABLE "crate_balances" ADD CONSTRAINT "crate_balances_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "crate_balances" ADD CONSTRAINT "crate_balances_type_id_crate_types_id_fkey" FOREIGN KEY ("type_id") REFERENCES "crate_types"("id");--> statement-breakpoint
ALTER TABLE "crate_moves" ADD CONSTRAINT "crate_moves_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "crate_moves" ADD CONSTRAINT "crate_moves_type_id_crate_types_id_fkey" FOREIGN KEY ("type_id") REFERENCES "crate_types"("id");--> statement-breakpoint
ALTER TABLE "put_aways" ADD CONSTRAINT "put_aways_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "put_aways" ADD CONSTRAINT "put_aways_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "put_aways" ADD CONSTRAINT "put_aways_from_bin_id_bins_id_fkey" FOREIGN KEY ("from_bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "put_aways" ADD CONSTRAINT "put_aways_to_bin_id_bins_id_fkey" FOREIGN KEY ("to_bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "receipt_counts" ADD CONSTRAINT "receipt_counts_line_id_consignment_lines_id_fkey" FOREIGN KEY ("line_id") REFERENCES "consignment_lines"("id");--> statement-breakpoint
ALTER TABLE "receipt_exceptions" ADD CONSTRAINT "receipt_exceptions_line_id_consignment_lines_id_fkey" FOREIGN KEY ("line_id") REFERENCES "consignment_lines"("id");--> statement-breakpoint
ALTER TABLE "refused_goods" ADD CONSTRAINT "refused_goods_line_id_consignment_lines_id_fkey" FOREIGN KEY ("line_id") REFERENCES "consignment_lines"("id");--> statement-breakpoint
ALTER TABLE "refused_goods" ADD CONSTRAINT "refused_goods_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "temperature_limits" ADD CONSTRAINT "temperature_limits_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "trip_logs" ADD CONSTRAINT "trip_logs_consignment_id_consignments_id_fkey" FOREIGN KEY ("consignment_id") REFERENCES "consignments"("id");--> statement-breakpoint
ALTER TABLE "weighings" ADD CONSTRAINT "weighings_line_id_consignment_lines_id_fkey" FOREIGN KEY ("line_id") REFERENCES "consignment_lines"("id");--> statement-breakpoint
-- The rules of the dock that hold from the first day on; a change is a new row from its day.
INSERT INTO "temperature_limits" ("id", "zone", "warn_above_deci_c", "warn_for_minutes", "surface_max_deci_c", "core_max_deci_c", "trip_log_needed", "valid_from", "valid_to", "source") VALUES
	(gen_random_uuid(), 'frozen', -150, 15, -120, -120, true, '2020-01-01', '2099-12-31', 'GB 31605-2020; GB 31646-2018: not above −12 ℃ for a short time'),
	(gen_random_uuid(), 'chilled_meat', 50, 15, 70, 70, true, '2020-01-01', '2099-12-31', 'GB 31605-2020; core not above 7 ℃ (trade default)'),
	(gen_random_uuid(), 'chilled', 100, 30, 120, 100, true, '2020-01-01', '2099-12-31', 'GB 31605-2020: chilled 0–10 ℃; 12 ℃ at the surface (trade default)'),
	(gen_random_uuid(), 'cool', 220, 60, NULL, NULL, false, '2020-01-01', '2099-12-31', 'trade default'),
	(gen_random_uuid(), 'ambient', 300, 60, NULL, NULL, false, '2020-01-01', '2099-12-31', 'trade default'),
	(gen_random_uuid(), 'live', NULL, NULL, NULL, NULL, false, '2020-01-01', '2099-12-31', 'trade default');--> statement-breakpoint
INSERT INTO "life_rules" ("id", "part", "of", "valid_from", "valid_to", "source") VALUES
	(gen_random_uuid(), 2, 3, '2020-01-01', '2099-12-31', 'trade default: two thirds of the shelf life at the warehouse');--> statement-breakpoint
INSERT INTO "second_person_rules" ("id", "kind", "above_fen", "buyer_class", "valid_from", "valid_to", "source") VALUES
	(gen_random_uuid(), 'high_risk', NULL, NULL, '2020-01-01', '2099-12-31', '上海市食品安全条例 Art. 114: high-risk food'),
	(gen_random_uuid(), 'value_above', 5000000, NULL, '2020-01-01', '2099-12-31', 'house rule'),
	(gen_random_uuid(), 'buyer_class', NULL, 'canteen_university', '2020-01-01', '2099-12-31', 'two-person acceptance of school canteens (学校食品安全与营养健康管理规定)');

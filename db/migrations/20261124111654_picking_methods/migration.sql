CREATE SEQUENCE "public"."sscc_serials" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "hub_picking" (
	"hub_id" uuid PRIMARY KEY,
	"shortage_rule" text NOT NULL,
	"class_order" text[] NOT NULL,
	"sscc_prefix" text NOT NULL,
	"check_rule" text NOT NULL,
	"check_tolerance_bp" integer NOT NULL,
	"tote_kinds" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "sscc_prefix_digits" CHECK ("sscc_prefix" ~ '^[0-9]{4,12}$')
);
--> statement-breakpoint
CREATE TABLE "pick_rules" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"method" text NOT NULL,
	"zone" text,
	"category" text,
	"buyer_class" text,
	"catch_weight" boolean,
	"at_dock" boolean,
	"min_sites" integer,
	"max_packs" integer,
	"note" text DEFAULT '' NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "put_batches" (
	"id" uuid PRIMARY KEY,
	"wave_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"zone" text NOT NULL,
	"method" text NOT NULL,
	"quantity" bigint NOT NULL,
	"fetched_quantity" bigint,
	"status" text NOT NULL,
	"wall_bin_id" uuid,
	"fetched_by" uuid,
	"fetched_at" timestamp with time zone,
	CONSTRAINT "batch_quantity" CHECK ("quantity" > 0 and coalesce("fetched_quantity", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "tote_checks" (
	"id" uuid PRIMARY KEY,
	"tote_id" uuid NOT NULL,
	"person_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"gross_grams" bigint,
	"expected_grams" bigint NOT NULL,
	"result" text NOT NULL,
	"counts" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tote_passes" (
	"id" uuid PRIMARY KEY,
	"tote_id" uuid NOT NULL,
	"from_person_id" uuid,
	"to_person_id" uuid,
	"place" text DEFAULT '' NOT NULL,
	"open_tasks" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wave_methods" (
	"id" uuid PRIMARY KEY,
	"wave_id" uuid NOT NULL,
	"order_id" uuid,
	"sku_id" uuid,
	"method" text NOT NULL,
	"reason" text NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "totes" DROP CONSTRAINT "tote_per_zone";--> statement-breakpoint
ALTER TABLE "skus" ADD COLUMN "handling" text DEFAULT 'packed' NOT NULL;--> statement-breakpoint
ALTER TABLE "skus" ADD COLUMN "loose" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "cut_rule" text;--> statement-breakpoint
ALTER TABLE "pick_tasks" ADD COLUMN "method" text DEFAULT 'by_order' NOT NULL;--> statement-breakpoint
ALTER TABLE "pick_tasks" ADD COLUMN "bin_id" uuid;--> statement-breakpoint
ALTER TABLE "pick_tasks" ADD COLUMN "walk" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pick_tasks" ADD COLUMN "batch_id" uuid;--> statement-breakpoint
ALTER TABLE "totes" ADD COLUMN "sscc" text;--> statement-breakpoint
ALTER TABLE "totes" ADD COLUMN "separation" text DEFAULT 'packed' NOT NULL;--> statement-breakpoint
ALTER TABLE "totes" ADD COLUMN "loose_lot_id" uuid;--> statement-breakpoint
ALTER TABLE "totes" ADD COLUMN "part" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "totes" ADD COLUMN "kind" text DEFAULT 'crate' NOT NULL;--> statement-breakpoint
ALTER TABLE "totes" ADD COLUMN "holder_id" uuid;--> statement-breakpoint
ALTER TABLE "totes" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "totes" ADD COLUMN "checked_by" uuid;--> statement-breakpoint
ALTER TABLE "totes" ADD COLUMN "gross_grams" bigint;--> statement-breakpoint
ALTER TABLE "totes" ADD CONSTRAINT "tote_part" UNIQUE("order_id","zone","separation","part");--> statement-breakpoint
ALTER TABLE "totes" ADD CONSTRAINT "totes_sscc_key" UNIQUE("sscc");--> statement-breakpoint
CREATE INDEX "pick_rules_hub_id_sequence_index" ON "pick_rules" ("hub_id","sequence");--> statement-breakpoint
CREATE INDEX "put_batches_wave_id_status_index" ON "put_batches" ("wave_id","status");--> statement-breakpoint
CREATE INDEX "put_batches_lot_id_index" ON "put_batches" ("lot_id");--> statement-breakpoint
CREATE INDEX "tote_checks_tote_id_index" ON "tote_checks" ("tote_id");--> statement-breakpoint
CREATE INDEX "tote_passes_tote_id_index" ON "tote_passes" ("tote_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_choice" ON "wave_methods" ("wave_id",coalesce("order_id", '00000000-0000-0000-0000-000000000000'::uuid),coalesce("sku_id", '00000000-0000-0000-0000-000000000000'::uuid));--> statement-breakpoint
CREATE INDEX "pick_tasks_batch_id_index" ON "pick_tasks" ("batch_id");--> statement-breakpoint
ALTER TABLE "hub_picking" ADD CONSTRAINT "hub_picking_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "pick_rules" ADD CONSTRAINT "pick_rules_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "put_batches" ADD CONSTRAINT "put_batches_wave_id_waves_id_fkey" FOREIGN KEY ("wave_id") REFERENCES "waves"("id");--> statement-breakpoint
ALTER TABLE "put_batches" ADD CONSTRAINT "put_batches_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "put_batches" ADD CONSTRAINT "put_batches_wall_bin_id_bins_id_fkey" FOREIGN KEY ("wall_bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "tote_checks" ADD CONSTRAINT "tote_checks_tote_id_totes_id_fkey" FOREIGN KEY ("tote_id") REFERENCES "totes"("id");--> statement-breakpoint
ALTER TABLE "tote_passes" ADD CONSTRAINT "tote_passes_tote_id_totes_id_fkey" FOREIGN KEY ("tote_id") REFERENCES "totes"("id");--> statement-breakpoint
ALTER TABLE "wave_methods" ADD CONSTRAINT "wave_methods_wave_id_waves_id_fkey" FOREIGN KEY ("wave_id") REFERENCES "waves"("id");--> statement-breakpoint
ALTER TABLE "wave_methods" ADD CONSTRAINT "wave_methods_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "wave_methods" ADD CONSTRAINT "wave_methods_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "totes" ADD CONSTRAINT "totes_loose_lot_id_lots_id_fkey" FOREIGN KEY ("loose_lot_id") REFERENCES "lots"("id");--> statement-breakpoint
-- Packs that exist are handled as their category says.
UPDATE "skus" k SET "handling" = CASE WHEN p."category" IN ('C6', 'braised_poultry', 'braised_egg') THEN 'ready_to_eat' ELSE 'raw' END
FROM "products" p WHERE p."id" = k."product_id" AND p."category" IN ('A1', 'leaf_vegetable', 'root_vegetable', 'chilli', 'fresh_bamboo', 'yam', 'A2', 'fresh_mushroom', 'dried_mushroom', 'A3', 'citrus', 'pear_peach', 'kiwifruit', 'A4', 'coarse_grain', 'lotus_seed', 'fresh_peanut', 'A5', 'pork', 'beef_mutton', 'poultry', 'egg', 'A6', 'live_fish', 'chilled_fish', 'crude_tea', 'A8', 'edible_herb', 'dried_flower', 'B4', 'dried_bamboo', 'dried_vegetable', 'C6', 'braised_poultry', 'braised_egg');

CREATE TABLE "bin_count_lines" (
	"id" uuid PRIMARY KEY,
	"count_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"first_quantity" bigint,
	"first_difference" bigint,
	"second_quantity" bigint,
	"second_difference" bigint,
	"adjusted_by" bigint,
	CONSTRAINT "counted_lot_once" UNIQUE("count_id","lot_id")
);
--> statement-breakpoint
CREATE TABLE "bin_counts" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"bin_id" uuid NOT NULL,
	"status" text NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"first_by" uuid,
	"first_at" timestamp with time zone,
	"second_by" uuid,
	"second_at" timestamp with time zone,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision" text DEFAULT '' NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "count_tolerances" (
	"id" uuid PRIMARY KEY,
	"kind" text NOT NULL UNIQUE,
	"tolerance_bp" integer NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "tolerance_share" CHECK ("tolerance_bp" between 0 and 10000)
);
--> statement-breakpoint
CREATE TABLE "disposals" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"bin_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"status" text NOT NULL,
	"method" text NOT NULL,
	"reason" text NOT NULL,
	"place" text NOT NULL,
	"done_at" timestamp with time zone NOT NULL,
	"photo_file_ids" jsonb NOT NULL,
	"done_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"witness_by" uuid,
	"witnessed_at" timestamp with time zone,
	"keep_until" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "disposes_some" CHECK ("quantity" > 0),
	CONSTRAINT "two_people" CHECK ("witness_by" is null or "witness_by" <> "done_by")
);
--> statement-breakpoint
CREATE TABLE "near_expiry_lots" (
	"lot_id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"threshold_days" integer NOT NULL,
	"noticed_at" timestamp with time zone NOT NULL,
	"action" text,
	"markdown_bp" integer,
	"note" text DEFAULT '' NOT NULL,
	"acted_by" uuid,
	"acted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "near_expiry_rules" (
	"id" uuid PRIMARY KEY,
	"min_life_days" integer NOT NULL,
	"threshold_days" integer NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "one_near_expiry_rule" UNIQUE("min_life_days","valid_from"),
	CONSTRAINT "near_expiry_days" CHECK ("min_life_days" >= 0 and "threshold_days" >= 0)
);
--> statement-breakpoint
CREATE TABLE "quarantines" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"bin_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"status" text NOT NULL,
	"reason" text NOT NULL,
	"photo_file_ids" jsonb NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"tested_by" uuid,
	"tested_at" timestamp with time zone,
	"test_note" text DEFAULT '' NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision" text DEFAULT '' NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "quarantine_some" CHECK ("quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "returned_goods" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"bin_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"reason" text NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "returns_some" CHECK ("quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "transfer_lines" (
	"id" uuid PRIMARY KEY,
	"transfer_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	CONSTRAINT "transfer_sku_once" UNIQUE("transfer_id","sku_id"),
	CONSTRAINT "asks_some" CHECK ("quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "transfer_lots" (
	"id" uuid PRIMARY KEY,
	"transfer_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"child_lot_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"depart_deci_c" integer,
	"arrive_deci_c" integer,
	"later_lot_reason" text DEFAULT '' NOT NULL,
	"received_quantity" bigint,
	"quarantined_quantity" bigint DEFAULT 0 NOT NULL,
	"short_reason" text DEFAULT '' NOT NULL,
	CONSTRAINT "transfer_lot_once" UNIQUE("transfer_id","lot_id"),
	CONSTRAINT "transfer_lot_counts" CHECK ("quantity" > 0 and coalesce("received_quantity", 0) between 0 and "quantity"
        and "quarantined_quantity" between 0 and coalesce("received_quantity", 0))
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"from_hub_id" uuid NOT NULL,
	"to_hub_id" uuid NOT NULL,
	"status" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"request_hash" text NOT NULL,
	"asked_by" uuid,
	"asked_at" timestamp with time zone NOT NULL,
	"plate" text DEFAULT '' NOT NULL,
	"seal_number" text DEFAULT '' NOT NULL,
	"depart_deci_c" integer,
	"arrive_deci_c" integer,
	"shipped_by" uuid,
	"shipped_at" timestamp with time zone,
	"seal_ok" boolean,
	"received_by" uuid,
	"received_at" timestamp with time zone,
	"cancel_reason" text DEFAULT '' NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "between_hubs" CHECK ("from_hub_id" <> "to_hub_id")
);
--> statement-breakpoint
ALTER TABLE "lots" DROP CONSTRAINT "lots_code_key";--> statement-breakpoint
ALTER TABLE "lots" ADD COLUMN "origin_lot_id" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "lots_code_once" ON "lots" ("code") WHERE "origin_lot_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "lots_code_per_hub" ON "lots" ("hub_id","code");--> statement-breakpoint
CREATE INDEX "bin_count_lines_lot_id_index" ON "bin_count_lines" ("lot_id");--> statement-breakpoint
CREATE INDEX "bin_counts_hub_id_status_index" ON "bin_counts" ("hub_id","status");--> statement-breakpoint
CREATE INDEX "bin_counts_bin_id_opened_at_index" ON "bin_counts" ("bin_id","opened_at");--> statement-breakpoint
CREATE INDEX "disposals_hub_id_status_index" ON "disposals" ("hub_id","status");--> statement-breakpoint
CREATE INDEX "disposals_lot_id_index" ON "disposals" ("lot_id");--> statement-breakpoint
CREATE INDEX "near_expiry_lots_hub_id_index" ON "near_expiry_lots" ("hub_id");--> statement-breakpoint
CREATE INDEX "quarantines_hub_id_status_index" ON "quarantines" ("hub_id","status");--> statement-breakpoint
CREATE INDEX "quarantines_lot_id_index" ON "quarantines" ("lot_id");--> statement-breakpoint
CREATE INDEX "returned_goods_hub_id_at_index" ON "returned_goods" ("hub_id","at");--> statement-breakpoint
CREATE INDEX "returned_goods_lot_id_index" ON "returned_goods" ("lot_id");--> statement-breakpoint
CREATE INDEX "transfer_lots_lot_id_index" ON "transfer_lots" ("lot_id");--> statement-breakpoint
CREATE INDEX "transfer_lots_child_lot_id_index" ON "transfer_lots" ("child_lot_id");--> statement-breakpoint
CREATE INDEX "transfers_from_hub_id_status_index" ON "transfers" ("from_hub_id","status");--> statement-breakpoint
CREATE INDEX "transfers_to_hub_id_status_index" ON "transfers" ("to_hub_id","status");--> statement-breakpoint
ALTER TABLE "bin_count_lines" ADD CONSTRAINT "bin_count_lines_count_id_bin_counts_id_fkey" FOREIGN KEY ("count_id") REFERENCES "bin_counts"("id");--> statement-breakpoint
ALTER TABLE "bin_count_lines" ADD CONSTRAINT "bin_count_lines_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "bin_counts" ADD CONSTRAINT "bin_counts_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "bin_counts" ADD CONSTRAINT "bin_counts_bin_id_bins_id_fkey" FOREIGN KEY ("bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "disposals" ADD CONSTRAINT "disposals_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "disposals" ADD CONSTRAINT "disposals_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "disposals" ADD CONSTRAINT "disposals_bin_id_bins_id_fkey" FOREIGN KEY ("bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "near_expiry_lots" ADD CONSTRAINT "near_expiry_lots_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "quarantines" ADD CONSTRAINT "quarantines_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "quarantines" ADD CONSTRAINT "quarantines_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "quarantines" ADD CONSTRAINT "quarantines_bin_id_bins_id_fkey" FOREIGN KEY ("bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "returned_goods" ADD CONSTRAINT "returned_goods_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "returned_goods" ADD CONSTRAINT "returned_goods_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "returned_goods" ADD CONSTRAINT "returned_goods_bin_id_bins_id_fkey" FOREIGN KEY ("bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "transfer_lines" ADD CONSTRAINT "transfer_lines_transfer_id_transfers_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id");--> statement-breakpoint
ALTER TABLE "transfer_lines" ADD CONSTRAINT "transfer_lines_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "transfer_lots" ADD CONSTRAINT "transfer_lots_transfer_id_transfers_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id");--> statement-breakpoint
ALTER TABLE "transfer_lots" ADD CONSTRAINT "transfer_lots_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "transfer_lots" ADD CONSTRAINT "transfer_lots_child_lot_id_lots_id_fkey" FOREIGN KEY ("child_lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_from_hub_id_hubs_id_fkey" FOREIGN KEY ("from_hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_to_hub_id_hubs_id_fkey" FOREIGN KEY ("to_hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "movements" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
-- The last guard of the law: what came back or is to be destroyed never goes on sale again, by whatever verb.
CREATE FUNCTION "guard_goods_roads"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	"src" text := (SELECT "kind" FROM "bins" WHERE "id" = NEW."from_bin_id");
	"dst" text := (SELECT "kind" FROM "bins" WHERE "id" = NEW."to_bin_id");
BEGIN
	IF "src" = 'returns' AND NOT ("dst" IS NOT DISTINCT FROM 'destroy' OR ("dst" IS NULL AND NEW."kind" = 'count'))
		OR "src" = 'destroy' AND NOT ("dst" IS NULL AND NEW."kind" IN ('destroy', 'count'))
		OR "src" = 'quarantine' AND NOT (coalesce("dst", '') IN ('destroy', 'quarantine') OR NEW."kind" IN ('release', 'count'))
		OR "dst" = 'returns' AND NOT ("src" IS NULL AND NEW."kind" IN ('return', 'count')) THEN
		RAISE EXCEPTION 'goods may not go from % to % by %', coalesce("src", 'outside'), coalesce("dst", 'outside'), NEW."kind";
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "goods_roads" BEFORE INSERT ON "movements" FOR EACH ROW EXECUTE FUNCTION "guard_goods_roads"();--> statement-breakpoint
CREATE FUNCTION "keep_disposals"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD."keep_until" >= to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') THEN
		RAISE EXCEPTION 'records of disposal are kept until %', OLD."keep_until";
	END IF;
	RETURN OLD;
END $$;--> statement-breakpoint
CREATE TRIGGER "kept" BEFORE DELETE ON "disposals" FOR EACH ROW EXECUTE FUNCTION "keep_disposals"();--> statement-breakpoint
-- The ladder used in Shanghai: whole life → days before the last one.
INSERT INTO "near_expiry_rules" ("id", "min_life_days", "threshold_days", "valid_from", "valid_to", "source")
SELECT gen_random_uuid(), "life", "days", '2020-01-01', '2099-12-31', '上海市食品安全条例 Art. 29; trade ladder of Shanghai, Beijing and Guangzhou'
FROM (VALUES (365, 45), (180, 20), (90, 15), (30, 10), (16, 5), (0, 2)) AS ladder("life", "days");--> statement-breakpoint
INSERT INTO "count_tolerances" ("id", "kind", "tolerance_bp", "source") VALUES
	(gen_random_uuid(), 'counted', 0, 'house rule: pieces and packs agree or they do not'),
	(gen_random_uuid(), 'weighed', 50, 'house rule: half a percent of drying out and scales');

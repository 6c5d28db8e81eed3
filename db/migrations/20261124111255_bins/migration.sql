CREATE TABLE "bins" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"code" text NOT NULL,
	"zone" text NOT NULL,
	"kind" text NOT NULL,
	"sequence" integer NOT NULL,
	"closed_at" timestamp with time zone,
	CONSTRAINT "bin_code_per_hub" UNIQUE("hub_id","code")
);
--> statement-breakpoint
CREATE TABLE "bin_stock" (
	"bin_id" uuid,
	"lot_id" uuid,
	"quantity" bigint NOT NULL,
	CONSTRAINT "bin_stock_pkey" PRIMARY KEY("lot_id","bin_id"),
	CONSTRAINT "bin_not_negative" CHECK ("quantity" >= 0)
);
--> statement-breakpoint
ALTER TABLE "movements" ADD COLUMN "from_bin_id" uuid;--> statement-breakpoint
ALTER TABLE "movements" ADD COLUMN "to_bin_id" uuid;--> statement-breakpoint
CREATE INDEX "bin_stock_bin_id_index" ON "bin_stock" ("bin_id");--> statement-breakpoint
ALTER TABLE "bins" ADD CONSTRAINT "bins_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "bin_stock" ADD CONSTRAINT "bin_stock_bin_id_bins_id_fkey" FOREIGN KEY ("bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "bin_stock" ADD CONSTRAINT "bin_stock_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "movements" ADD CONSTRAINT "movements_from_bin_id_bins_id_fkey" FOREIGN KEY ("from_bin_id") REFERENCES "bins"("id");--> statement-breakpoint
ALTER TABLE "movements" ADD CONSTRAINT "movements_to_bin_id_bins_id_fkey" FOREIGN KEY ("to_bin_id") REFERENCES "bins"("id");--> statement-breakpoint
-- Everything in the house until now lies, and all goods came and went, at the dock of its temperature zone.
INSERT INTO "bins" ("id", "hub_id", "code", "zone", "kind", "sequence")
SELECT gen_random_uuid(), h."hub_id", z."prefix" || '-D01', h."zone", 'dock', 1
FROM (SELECT DISTINCT l."hub_id", k."zone" FROM "movements" m JOIN "lots" l ON l."id" = m."lot_id" JOIN "skus" k ON k."id" = l."sku_id") h
JOIN (VALUES ('frozen', 'FZ'), ('chilled_meat', 'CM'), ('chilled', 'CH'), ('cool', 'CO'), ('ambient', 'AM'), ('live', 'LV')) AS z("zone", "prefix") ON z."zone" = h."zone";--> statement-breakpoint
UPDATE "movements" m SET
	"from_bin_id" = CASE WHEN m."quantity" < 0 THEN b."id" END,
	"to_bin_id" = CASE WHEN m."quantity" > 0 THEN b."id" END
FROM "lots" l JOIN "skus" k ON k."id" = l."sku_id" JOIN "bins" b ON b."hub_id" = l."hub_id" AND b."zone" = k."zone"
WHERE l."id" = m."lot_id";--> statement-breakpoint
INSERT INTO "bin_stock" ("bin_id", "lot_id", "quantity")
SELECT coalesce(m."to_bin_id", m."from_bin_id"), m."lot_id", sum(m."quantity") FROM "movements" m GROUP BY 1, 2;--> statement-breakpoint
ALTER TABLE "bin_stock" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "movements" ADD CONSTRAINT "moves_between_bins" CHECK (("from_bin_id" is not null or "to_bin_id" is not null) and "from_bin_id" is distinct from "to_bin_id"
        and ("quantity" < 0) = ("to_bin_id" is null));
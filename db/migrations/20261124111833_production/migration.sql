CREATE TABLE "base_receipts" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"org_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"supplier_org_id" uuid,
	"source_lot_id" uuid,
	"lot_id" uuid,
	"status" text NOT NULL,
	"quantity" bigint NOT NULL,
	"received_quantity" bigint,
	"refused_quantity" bigint,
	"refuse_reason" text,
	"supplier_name" text NOT NULL,
	"supplier_address" text NOT NULL,
	"supplier_contact" text NOT NULL,
	"supplier_licence" text NOT NULL,
	"supplier_lot_code" text NOT NULL,
	"made_on" text,
	"use_by_day" text NOT NULL,
	"certificate" text NOT NULL,
	"deci_c" integer,
	"file_ids" jsonb NOT NULL,
	"sent_by" uuid,
	"sent_at" timestamp with time zone,
	"received_by" uuid,
	"received_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "receipt_positive" CHECK ("quantity" > 0),
	CONSTRAINT "receipt_sums" CHECK ("received_quantity" is null or "received_quantity" + coalesce("refused_quantity", 0) = "quantity")
);
--> statement-breakpoint
CREATE TABLE "batch_inputs" (
	"id" uuid PRIMARY KEY,
	"batch_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"taken_by" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "takes_something" CHECK ("quantity" <> 0)
);
--> statement-breakpoint
CREATE TABLE "batch_readings" (
	"id" uuid PRIMARY KEY,
	"batch_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"deci_c" integer,
	"within_limits" boolean NOT NULL,
	"action" text DEFAULT '' NOT NULL,
	"read_by" uuid,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inspections" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"org_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"passed" boolean NOT NULL,
	"items" jsonb NOT NULL,
	"basis" text[] NOT NULL,
	"parents" jsonb NOT NULL,
	"file_ids" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"inspected_by" uuid,
	"inspected_on" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lot_labels" (
	"lot_id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"allergens" text[] NOT NULL,
	"ingredients" jsonb NOT NULL,
	"product_standard" text NOT NULL,
	"sc_number" text NOT NULL,
	"storage" text NOT NULL,
	"producer" text NOT NULL,
	"producer_address" text NOT NULL,
	"shelf_life_days" integer NOT NULL,
	"prepared_dish_class" text
);
--> statement-breakpoint
CREATE TABLE "materials" (
	"sku_id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"additive_class" text,
	CONSTRAINT "additive_has_class" CHECK (("kind" = 'additive') = ("additive_class" is not null))
);
--> statement-breakpoint
CREATE TABLE "production_batches" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"org_id" uuid NOT NULL,
	"recipe_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"owns_lot" boolean NOT NULL,
	"status" text NOT NULL,
	"planned_day" text NOT NULL,
	"planned_quantity" bigint NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"made_quantity" bigint,
	"expected_quantity" bigint,
	"waste_grams" bigint,
	"reason" text DEFAULT '' NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "batch_positive" CHECK ("planned_quantity" > 0 and coalesce("made_quantity", 1) > 0)
);
--> statement-breakpoint
CREATE TABLE "recipe_inputs" (
	"recipe_id" uuid,
	"seq" integer NOT NULL,
	"sku_id" uuid,
	"quantity" bigint NOT NULL,
	"loss_bp" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "recipe_inputs_pkey" PRIMARY KEY("recipe_id","sku_id"),
	CONSTRAINT "input_positive" CHECK ("quantity" > 0 and "loss_bp" >= 0 and "loss_bp" < 10000)
);
--> statement-breakpoint
CREATE TABLE "recipe_steps" (
	"recipe_id" uuid,
	"seq" integer,
	"name" text NOT NULL,
	"minutes" integer,
	"min_deci_c" integer,
	"max_deci_c" integer,
	CONSTRAINT "recipe_steps_pkey" PRIMARY KEY("recipe_id","seq")
);
--> statement-breakpoint
CREATE TABLE "recipes" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"kind" text NOT NULL,
	"batch_quantity" bigint NOT NULL,
	"tolerance_bp" integer NOT NULL,
	"valid_from" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "recipe_version" UNIQUE("sku_id","version"),
	CONSTRAINT "recipe_positive" CHECK ("batch_quantity" > 0 and "tolerance_bp" >= 0)
);
--> statement-breakpoint
CREATE TABLE "sku_labels" (
	"sku_id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"ingredients" jsonb NOT NULL,
	"product_standard" text DEFAULT '' NOT NULL,
	"sc_number" text DEFAULT '' NOT NULL,
	"answers" jsonb NOT NULL,
	"prepared_dish_class" text,
	"version" integer DEFAULT 1 NOT NULL,
	"written_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "base_receipts_org_id_id_index" ON "base_receipts" ("org_id","id");--> statement-breakpoint
CREATE INDEX "base_receipts_supplier_org_id_id_index" ON "base_receipts" ("supplier_org_id","id");--> statement-breakpoint
CREATE INDEX "base_receipts_source_lot_id_index" ON "base_receipts" ("source_lot_id");--> statement-breakpoint
CREATE INDEX "batch_inputs_batch_id_index" ON "batch_inputs" ("batch_id");--> statement-breakpoint
CREATE INDEX "batch_inputs_lot_id_index" ON "batch_inputs" ("lot_id");--> statement-breakpoint
CREATE INDEX "batch_readings_batch_id_index" ON "batch_readings" ("batch_id");--> statement-breakpoint
CREATE INDEX "inspections_batch_id_index" ON "inspections" ("batch_id");--> statement-breakpoint
CREATE INDEX "inspections_lot_id_index" ON "inspections" ("lot_id");--> statement-breakpoint
CREATE INDEX "inspections_org_id_id_index" ON "inspections" ("org_id","id");--> statement-breakpoint
CREATE INDEX "materials_org_id_index" ON "materials" ("org_id");--> statement-breakpoint
CREATE INDEX "production_batches_org_id_id_index" ON "production_batches" ("org_id","id");--> statement-breakpoint
CREATE INDEX "production_batches_recipe_id_index" ON "production_batches" ("recipe_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lot_of_one_batch" ON "production_batches" ("lot_id") WHERE "status" <> 'cancelled';--> statement-breakpoint
CREATE INDEX "recipe_inputs_sku_id_index" ON "recipe_inputs" ("sku_id");--> statement-breakpoint
CREATE INDEX "recipes_org_id_index" ON "recipes" ("org_id");--> statement-breakpoint
ALTER TABLE "base_receipts" ADD CONSTRAINT "base_receipts_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "base_receipts" ADD CONSTRAINT "base_receipts_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "base_receipts" ADD CONSTRAINT "base_receipts_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "base_receipts" ADD CONSTRAINT "base_receipts_supplier_org_id_organisations_id_fkey" FOREIGN KEY ("supplier_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "base_receipts" ADD CONSTRAINT "base_receipts_source_lot_id_lots_id_fkey" FOREIGN KEY ("source_lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "base_receipts" ADD CONSTRAINT "base_receipts_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "batch_inputs" ADD CONSTRAINT "batch_inputs_batch_id_production_batches_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "production_batches"("id");--> statement-breakpoint
ALTER TABLE "batch_inputs" ADD CONSTRAINT "batch_inputs_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "batch_readings" ADD CONSTRAINT "batch_readings_batch_id_production_batches_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "production_batches"("id");--> statement-breakpoint
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_batch_id_production_batches_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "production_batches"("id");--> statement-breakpoint
ALTER TABLE "inspections" ADD CONSTRAINT "inspections_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "lot_labels" ADD CONSTRAINT "lot_labels_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "lot_labels" ADD CONSTRAINT "lot_labels_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "materials" ADD CONSTRAINT "materials_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "materials" ADD CONSTRAINT "materials_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "production_batches" ADD CONSTRAINT "production_batches_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "production_batches" ADD CONSTRAINT "production_batches_recipe_id_recipes_id_fkey" FOREIGN KEY ("recipe_id") REFERENCES "recipes"("id");--> statement-breakpoint
ALTER TABLE "production_batches" ADD CONSTRAINT "production_batches_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "production_batches" ADD CONSTRAINT "production_batches_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "recipe_inputs" ADD CONSTRAINT "recipe_inputs_recipe_id_recipes_id_fkey" FOREIGN KEY ("recipe_id") REFERENCES "recipes"("id");--> statement-breakpoint
ALTER TABLE "recipe_inputs" ADD CONSTRAINT "recipe_inputs_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "recipe_steps" ADD CONSTRAINT "recipe_steps_recipe_id_recipes_id_fkey" FOREIGN KEY ("recipe_id") REFERENCES "recipes"("id");--> statement-breakpoint
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "recipes" ADD CONSTRAINT "recipes_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "sku_labels" ADD CONSTRAINT "sku_labels_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "sku_labels" ADD CONSTRAINT "sku_labels_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");
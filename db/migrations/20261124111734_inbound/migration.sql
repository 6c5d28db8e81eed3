CREATE TABLE "call_off_offers" (
	"id" uuid PRIMARY KEY,
	"call_off_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"lot_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"day" text NOT NULL,
	"status" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"offered_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decide_note" text DEFAULT '' NOT NULL,
	"moved_quantity" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "offer_positive" CHECK ("quantity" > 0 and "moved_quantity" between 0 and "quantity")
);
--> statement-breakpoint
CREATE TABLE "call_off_times" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"buyer_class" text NOT NULL,
	"days_before" integer NOT NULL,
	"minutes" integer NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "call_off_in_day" CHECK ("minutes" between 0 and 1439 and "days_before" between 0 and 14)
);
--> statement-breakpoint
CREATE TABLE "called_off" (
	"hub_id" uuid,
	"day" text,
	"at" timestamp with time zone NOT NULL,
	"call_offs" integer DEFAULT 0 NOT NULL,
	"moved_lots" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "called_off_pkey" PRIMARY KEY("hub_id","day")
);
--> statement-breakpoint
CREATE TABLE "confidence_rules" (
	"id" uuid PRIMARY KEY,
	"prior_bp" integer NOT NULL,
	"prior_weight" integer NOT NULL,
	"half_life_weeks" integer NOT NULL,
	"weeks_back" integer NOT NULL,
	"floor_bp" integer NOT NULL,
	"ceiling_bp" integer NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	CONSTRAINT "learnable" CHECK ("prior_weight" > 0 and "half_life_weeks" > 0 and "weeks_back" between 1 and 104
        and 0 <= "floor_bp" and "floor_bp" <= "prior_bp" and "prior_bp" <= "ceiling_bp" and "ceiling_bp" <= 10000)
);
--> statement-breakpoint
CREATE TABLE "confidences" (
	"org_id" uuid,
	"sku_id" uuid,
	"learned_bp" integer NOT NULL,
	"evidence" integer DEFAULT 0 NOT NULL,
	"learned_at" timestamp with time zone NOT NULL,
	"override_bp" integer,
	"override_reason" text DEFAULT '' NOT NULL,
	"override_by" uuid,
	"override_until" text,
	CONSTRAINT "confidences_pkey" PRIMARY KEY("org_id","sku_id"),
	CONSTRAINT "confidence_share" CHECK ("learned_bp" between 0 and 10000 and coalesce("override_bp", 0) between 0 and 10000),
	CONSTRAINT "override_ends" CHECK (("override_bp" is null) = ("override_until" is null))
);
--> statement-breakpoint
CREATE TABLE "consignment_handovers" (
	"id" uuid PRIMARY KEY,
	"consignment_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"place" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"seal_found" text,
	"seal_number" text NOT NULL,
	"readings" jsonb NOT NULL,
	"taken_by" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"photo_file_ids" jsonb NOT NULL,
	"person_id" uuid,
	CONSTRAINT "one_handover" UNIQUE("consignment_id","seq")
);
--> statement-breakpoint
CREATE TABLE "consignment_legs" (
	"id" uuid PRIMARY KEY,
	"consignment_id" uuid NOT NULL,
	"seq" smallint NOT NULL,
	"mode" text NOT NULL,
	"from_place" text NOT NULL,
	"to_place" text NOT NULL,
	"carrier" text DEFAULT '' NOT NULL,
	"vehicle" text DEFAULT '' NOT NULL,
	"waybill" text DEFAULT '' NOT NULL,
	"departs_at" timestamp with time zone NOT NULL,
	"arrives_at" timestamp with time zone NOT NULL,
	"departed_at" timestamp with time zone,
	"arrived_at" timestamp with time zone,
	CONSTRAINT "leg_in_order" UNIQUE("consignment_id","seq"),
	CONSTRAINT "leg_forward" CHECK ("departs_at" < "arrives_at"),
	CONSTRAINT "leg_done_forward" CHECK ("arrived_at" is null or "arrived_at" >= "departed_at")
);
--> statement-breakpoint
CREATE TABLE "consignment_zones" (
	"consignment_id" uuid,
	"zone" text,
	"set_point_deci_c" integer NOT NULL,
	CONSTRAINT "consignment_zones_pkey" PRIMARY KEY("consignment_id","zone")
);
--> statement-breakpoint
CREATE TABLE "dock_appointments" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"consignment_id" uuid NOT NULL,
	"day" text NOT NULL,
	"from_minute" smallint NOT NULL,
	"to_minute" smallint NOT NULL,
	"status" text NOT NULL,
	"dock" text DEFAULT '' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"requested_by" uuid,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"arrived_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "appointment_in_day" CHECK ("from_minute" >= 0 and "from_minute" < "to_minute" and "to_minute" <= 1440)
);
--> statement-breakpoint
CREATE TABLE "dock_slots" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"weekday" smallint,
	"from_minute" smallint NOT NULL,
	"to_minute" smallint NOT NULL,
	"capacity" smallint NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "slot_in_day" CHECK ("from_minute" >= 0 and "from_minute" < "to_minute" and "to_minute" <= 1440 and "capacity" >= 0)
);
--> statement-breakpoint
CREATE TABLE "forecasts" (
	"lot_id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"week" text NOT NULL,
	"harvest_day" text NOT NULL,
	"said_quantity" bigint NOT NULL,
	"said_at" timestamp with time zone NOT NULL,
	"copied" boolean DEFAULT false NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "said_positive" CHECK ("said_quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "making_leads" (
	"sku_id" uuid PRIMARY KEY,
	"making_hours" integer NOT NULL,
	"mode" text DEFAULT 'road' NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "making_hours" CHECK ("making_hours" between 0 and 720)
);
--> statement-breakpoint
CREATE TABLE "offer_rules" (
	"id" uuid PRIMARY KEY,
	"kind" text NOT NULL,
	"spare_days" integer,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "timeline_steps" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"step" text NOT NULL,
	"buyer_class" text,
	"zone" text,
	"mode" text,
	"county_code" text,
	"minutes" integer NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "step_minutes" CHECK ("minutes" between 0 and 20160),
	CONSTRAINT "step_days" CHECK ("valid_from" <= "valid_to")
);
--> statement-breakpoint
ALTER TABLE "call_offs" ADD COLUMN "window_from" integer;--> statement-breakpoint
ALTER TABLE "call_offs" ADD COLUMN "dock_by" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call_offs" ADD COLUMN "ship_by" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call_offs" ADD COLUMN "make_by" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "call_offs" ADD COLUMN "start_by" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "call_off_offers_call_off_id_index" ON "call_off_offers" ("call_off_id");--> statement-breakpoint
CREATE INDEX "call_off_offers_hub_id_status_index" ON "call_off_offers" ("hub_id","status");--> statement-breakpoint
CREATE UNIQUE INDEX "one_call_off_time" ON "call_off_times" ("hub_id","buyer_class","valid_from");--> statement-breakpoint
CREATE INDEX "dock_appointments_hub_id_day_index" ON "dock_appointments" ("hub_id","day");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_appointment" ON "dock_appointments" ("consignment_id") WHERE "status" in ('requested', 'confirmed');--> statement-breakpoint
CREATE INDEX "dock_slots_hub_id_index" ON "dock_slots" ("hub_id");--> statement-breakpoint
CREATE INDEX "forecasts_org_id_week_index" ON "forecasts" ("org_id","week");--> statement-breakpoint
CREATE INDEX "forecasts_sku_id_hub_id_week_index" ON "forecasts" ("sku_id","hub_id","week");--> statement-breakpoint
CREATE INDEX "timeline_steps_hub_id_step_index" ON "timeline_steps" ("hub_id","step");--> statement-breakpoint
ALTER TABLE "call_off_offers" ADD CONSTRAINT "call_off_offers_call_off_id_call_offs_id_fkey" FOREIGN KEY ("call_off_id") REFERENCES "call_offs"("id");--> statement-breakpoint
ALTER TABLE "call_off_offers" ADD CONSTRAINT "call_off_offers_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "call_off_offers" ADD CONSTRAINT "call_off_offers_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "call_off_offers" ADD CONSTRAINT "call_off_offers_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "call_off_times" ADD CONSTRAINT "call_off_times_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "called_off" ADD CONSTRAINT "called_off_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "confidences" ADD CONSTRAINT "confidences_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "confidences" ADD CONSTRAINT "confidences_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "consignment_handovers" ADD CONSTRAINT "consignment_handovers_consignment_id_consignments_id_fkey" FOREIGN KEY ("consignment_id") REFERENCES "consignments"("id");--> statement-breakpoint
ALTER TABLE "consignment_legs" ADD CONSTRAINT "consignment_legs_consignment_id_consignments_id_fkey" FOREIGN KEY ("consignment_id") REFERENCES "consignments"("id");--> statement-breakpoint
ALTER TABLE "consignment_zones" ADD CONSTRAINT "consignment_zones_consignment_id_consignments_id_fkey" FOREIGN KEY ("consignment_id") REFERENCES "consignments"("id");--> statement-breakpoint
ALTER TABLE "dock_appointments" ADD CONSTRAINT "dock_appointments_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "dock_appointments" ADD CONSTRAINT "dock_appointments_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "dock_appointments" ADD CONSTRAINT "dock_appointments_consignment_id_consignments_id_fkey" FOREIGN KEY ("consignment_id") REFERENCES "consignments"("id");--> statement-breakpoint
ALTER TABLE "dock_slots" ADD CONSTRAINT "dock_slots_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "forecasts" ADD CONSTRAINT "forecasts_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "forecasts" ADD CONSTRAINT "forecasts_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "forecasts" ADD CONSTRAINT "forecasts_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "forecasts" ADD CONSTRAINT "forecasts_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "making_leads" ADD CONSTRAINT "making_leads_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "timeline_steps" ADD CONSTRAINT "timeline_steps_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");
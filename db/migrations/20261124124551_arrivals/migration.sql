CREATE TABLE "arrival_tolerances" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid,
	"buyer_class" text,
	"minutes" integer NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "tolerance_minutes" CHECK ("minutes" between 1 and 240 and "valid_from" <= "valid_to")
);
--> statement-breakpoint
CREATE TABLE "run_relays" (
	"id" uuid PRIMARY KEY,
	"from_run_id" uuid NOT NULL,
	"to_run_id" uuid NOT NULL,
	"stop_ids" uuid[] NOT NULL,
	"totes" integer NOT NULL,
	"reason" text NOT NULL,
	"person_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "relay_between_two" CHECK ("from_run_id" <> "to_run_id" and cardinality("stop_ids") > 0)
);
--> statement-breakpoint
CREATE TABLE "told_arrivals" (
	"stop_id" uuid PRIMARY KEY,
	"expected_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tracking_links" (
	"id" uuid PRIMARY KEY,
	"order_id" uuid NOT NULL,
	"token_hash" text NOT NULL UNIQUE,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "arrival_tolerances_valid_from_index" ON "arrival_tolerances" ("valid_from");--> statement-breakpoint
CREATE INDEX "run_relays_from_run_id_index" ON "run_relays" ("from_run_id");--> statement-breakpoint
CREATE INDEX "run_relays_to_run_id_index" ON "run_relays" ("to_run_id");--> statement-breakpoint
CREATE INDEX "tracking_links_order_id_index" ON "tracking_links" ("order_id");--> statement-breakpoint
ALTER TABLE "arrival_tolerances" ADD CONSTRAINT "arrival_tolerances_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "run_relays" ADD CONSTRAINT "run_relays_from_run_id_runs_id_fkey" FOREIGN KEY ("from_run_id") REFERENCES "runs"("id");--> statement-breakpoint
ALTER TABLE "run_relays" ADD CONSTRAINT "run_relays_to_run_id_runs_id_fkey" FOREIGN KEY ("to_run_id") REFERENCES "runs"("id");--> statement-breakpoint
ALTER TABLE "told_arrivals" ADD CONSTRAINT "told_arrivals_stop_id_stops_id_fkey" FOREIGN KEY ("stop_id") REFERENCES "stops"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "tracking_links" ADD CONSTRAINT "tracking_links_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
-- Ours to choose; the hubs' own rows go before it.
INSERT INTO "arrival_tolerances" ("id", "hub_id", "buyer_class", "minutes", "valid_from", "valid_to", "source")
VALUES (gen_random_uuid(), NULL, NULL, 20, '2020-01-01', '2099-12-31', 'house rule: told when the expected arrival moves by more than 20 minutes');

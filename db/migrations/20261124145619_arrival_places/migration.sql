CREATE TABLE "stop_places" (
	"stop_id" uuid PRIMARY KEY,
	"lng_e_6" integer NOT NULL,
	"lat_e_6" integer NOT NULL,
	"accuracy_m" integer NOT NULL,
	"metres_off" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "place_metres" CHECK ("accuracy_m" >= 0 and "metres_off" >= 0)
);
--> statement-breakpoint
ALTER TABLE "door_rules" ADD COLUMN "weigh_tolerance_bp" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "stop_places_at_index" ON "stop_places" ("at");--> statement-breakpoint
ALTER TABLE "stop_places" ADD CONSTRAINT "stop_places_stop_id_stops_id_fkey" FOREIGN KEY ("stop_id") REFERENCES "stops"("id");--> statement-breakpoint
ALTER TABLE "door_rules" ADD CONSTRAINT "door_rule_weigh" CHECK ("weigh_tolerance_bp" between 0 and 1000);
CREATE TABLE "door_decisions" (
	"id" uuid PRIMARY KEY,
	"stop_id" uuid NOT NULL,
	"choice" text NOT NULL,
	"new_stop_id" uuid,
	"note" text NOT NULL,
	"person_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "decision_of_door" CHECK ("choice" in ('again', 'back', 'tomorrow') and ("choice" = 'again') = ("new_stop_id" is not null))
);
--> statement-breakpoint
CREATE INDEX "door_decisions_stop_id_at_index" ON "door_decisions" ("stop_id","at");--> statement-breakpoint
ALTER TABLE "door_decisions" ADD CONSTRAINT "door_decisions_stop_id_stops_id_fkey" FOREIGN KEY ("stop_id") REFERENCES "stops"("id");--> statement-breakpoint
ALTER TABLE "door_decisions" ADD CONSTRAINT "door_decisions_new_stop_id_stops_id_fkey" FOREIGN KEY ("new_stop_id") REFERENCES "stops"("id");
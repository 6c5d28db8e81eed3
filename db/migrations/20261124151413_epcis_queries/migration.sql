CREATE TABLE "epcis_queries" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"query" jsonb NOT NULL,
	"person_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "epcis_query_name" UNIQUE("org_id","name")
);
--> statement-breakpoint
CREATE INDEX "epcis_queries_org_id_id_index" ON "epcis_queries" ("org_id","id");--> statement-breakpoint
CREATE INDEX "epcis_events_disposition_index" ON "epcis_events" ("disposition") WHERE "disposition" is not null;--> statement-breakpoint
ALTER TABLE "epcis_queries" ADD CONSTRAINT "epcis_queries_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");
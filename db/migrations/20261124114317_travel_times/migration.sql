CREATE TABLE "travel_pairs" (
	"source" text,
	"hour_band" smallint,
	"from_cell" text,
	"to_cell" text,
	"seconds" integer NOT NULL,
	"metres" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "travel_pairs_pkey" PRIMARY KEY("source","hour_band","from_cell","to_cell"),
	CONSTRAINT "travel_not_negative" CHECK ("seconds" >= 0 and "metres" >= 0)
);
--> statement-breakpoint
CREATE TABLE "travel_ratios" (
	"hub_id" uuid,
	"hour_band" smallint,
	"ring" smallint,
	"ratio_bp" integer NOT NULL,
	"samples" integer NOT NULL,
	"learned_at" timestamp with time zone NOT NULL,
	CONSTRAINT "travel_ratios_pkey" PRIMARY KEY("hub_id","hour_band","ring"),
	CONSTRAINT "ratio_sane" CHECK ("ratio_bp" between 5000 and 20000 and "samples" > 0)
);
--> statement-breakpoint
CREATE INDEX "travel_pairs_at_index" ON "travel_pairs" ("at");--> statement-breakpoint
ALTER TABLE "travel_ratios" ADD CONSTRAINT "travel_ratios_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");
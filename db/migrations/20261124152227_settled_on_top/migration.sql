ALTER TABLE "settlement_lines" ADD COLUMN "more" boolean DEFAULT false NOT NULL;--> statement-breakpoint
DROP INDEX "sale_once";--> statement-breakpoint
CREATE UNIQUE INDEX "sale_once" ON "settlement_lines" ("order_line_id","lot_id","more") WHERE "reverses_id" is null;
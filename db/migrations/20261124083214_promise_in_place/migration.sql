DROP INDEX "lots_available";--> statement-breakpoint
CREATE INDEX "lots_available" ON "lots" ("sku_id","hub_id","use_by_day");--> statement-breakpoint
-- Rows whose balance changes all day keep room on their page for the next version.
ALTER TABLE "lots" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "ledger_accounts" SET (fillfactor = 70);

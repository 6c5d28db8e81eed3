ALTER TABLE "order_lines" DROP CONSTRAINT "line_no_once";--> statement-breakpoint
DROP INDEX "order_lines_sku_id_index";
CREATE TABLE "weight_questions" (
	"order_line_id" uuid PRIMARY KEY,
	"order_id" uuid NOT NULL,
	"delivered_quantity" bigint NOT NULL,
	"billed_quantity" bigint NOT NULL,
	"excess_fen" bigint NOT NULL,
	"lots" jsonb NOT NULL,
	"status" text DEFAULT 'asked' NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	CONSTRAINT "excess" CHECK ("billed_quantity" < "delivered_quantity" and "excess_fen" >= 0),
	CONSTRAINT "answered" CHECK (("status" = 'asked') = ("answered_at" is null))
);
--> statement-breakpoint
CREATE INDEX "weight_questions_order_id_index" ON "weight_questions" ("order_id");--> statement-breakpoint
ALTER TABLE "weight_questions" ADD CONSTRAINT "weight_questions_order_line_id_order_lines_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_lines"("id");--> statement-breakpoint
ALTER TABLE "weight_questions" ADD CONSTRAINT "weight_questions_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");
CREATE INDEX "pick_tasks_order_id_index" ON "pick_tasks" ("order_id");--> statement-breakpoint
CREATE INDEX "pick_tasks_tote_id_index" ON "pick_tasks" ("tote_id");
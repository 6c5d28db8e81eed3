CREATE TABLE "recall_lots" (
	"recall_id" uuid,
	"lot_id" uuid,
	"named" boolean NOT NULL,
	"depth" integer NOT NULL,
	"stage_before" text NOT NULL,
	"hold_reason_before" text,
	"added_at" timestamp with time zone NOT NULL,
	"stopped_at" timestamp with time zone,
	CONSTRAINT "recall_lots_pkey" PRIMARY KEY("recall_id","lot_id")
);
--> statement-breakpoint
CREATE TABLE "recall_notice_goods" (
	"notice_id" uuid,
	"lot_id" uuid,
	"quantity" bigint NOT NULL,
	"kept_quantity" bigint,
	"used_quantity" bigint,
	"recovered_quantity" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "recall_notice_goods_pkey" PRIMARY KEY("notice_id","lot_id"),
	CONSTRAINT "notice_quantities" CHECK ("quantity" >= 0 and "recovered_quantity" >= 0 and "recovered_quantity" <= "quantity"
        and coalesce("kept_quantity", 0) >= 0 and coalesce("used_quantity", 0) >= 0
        and coalesce("kept_quantity", 0) + coalesce("used_quantity", 0) <= "quantity")
);
--> statement-breakpoint
CREATE TABLE "recall_notices" (
	"id" uuid PRIMARY KEY,
	"recall_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"org_id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"sent_at" timestamp with time zone,
	"answer_due_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"answer_note" text DEFAULT '' NOT NULL,
	"photo_file_ids" jsonb NOT NULL,
	"call_since" timestamp with time zone,
	"called_at" timestamp with time zone,
	"called_by" uuid,
	"call_note" text DEFAULT '' NOT NULL,
	CONSTRAINT "notice_per_place" UNIQUE("recall_id","place_id")
);
--> statement-breakpoint
CREATE TABLE "recall_rules" (
	"id" uuid PRIMARY KEY,
	"clock" text NOT NULL,
	"level" integer,
	"amount" integer NOT NULL,
	"unit" text NOT NULL,
	"version" text NOT NULL,
	"source" text NOT NULL,
	"verify" boolean NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	CONSTRAINT "rule_in_bounds" CHECK ("amount" > 0 and "unit" in ('hours', 'working_days') and ("level" is null or "level" between 1 and 3))
);
--> statement-breakpoint
CREATE TABLE "recall_tasks" (
	"id" uuid PRIMARY KEY,
	"recall_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"lot_id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"order_id" uuid,
	"quantity" bigint NOT NULL,
	"status" text NOT NULL,
	"done_quantity" bigint,
	"note" text DEFAULT '' NOT NULL,
	"photo_file_ids" jsonb NOT NULL,
	"done_by" uuid,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "fetch_quantities" CHECK ("quantity" > 0 and coalesce("done_quantity", 0) between 0 and "quantity")
);
--> statement-breakpoint
CREATE TABLE "recalls" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"drill" boolean NOT NULL,
	"level" integer NOT NULL,
	"cause" text NOT NULL,
	"reason" text NOT NULL,
	"remedy" text NOT NULL,
	"status" text NOT NULL,
	"known_at" timestamp with time zone NOT NULL,
	"start_due_at" timestamp with time zone NOT NULL,
	"finish_due_at" timestamp with time zone NOT NULL,
	"incident_due_at" timestamp with time zone,
	"incident_reported_at" timestamp with time zone,
	"incident_note" text DEFAULT '' NOT NULL,
	"answer_minutes" integer NOT NULL,
	"rule_version" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"stopped_at" timestamp with time zone,
	"scoped_at" timestamp with time zone,
	"notified_at" timestamp with time zone,
	"retrieving_at" timestamp with time zone,
	"disposed_at" timestamp with time zone,
	"reported_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"withdraw_reason" text,
	"stopped" jsonb NOT NULL,
	"conclusion" text DEFAULT '' NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "only_labels_are_remedied" CHECK ("level" between 1 and 3 and "remedy" in ('destroy', 'relabel') and ("remedy" = 'destroy' or "cause" = 'label'))
);
--> statement-breakpoint
CREATE INDEX "recall_lots_lot_id_index" ON "recall_lots" ("lot_id");--> statement-breakpoint
CREATE INDEX "recall_notice_goods_lot_id_index" ON "recall_notice_goods" ("lot_id");--> statement-breakpoint
CREATE INDEX "recall_notices_org_id_id_index" ON "recall_notices" ("org_id","id");--> statement-breakpoint
CREATE INDEX "notices_unanswered" ON "recall_notices" ("answer_due_at") WHERE "answered_at" is null and "call_since" is null;--> statement-breakpoint
CREATE INDEX "recall_rules_clock_level_index" ON "recall_rules" ("clock","level");--> statement-breakpoint
CREATE INDEX "recall_tasks_hub_id_status_index" ON "recall_tasks" ("hub_id","status");--> statement-breakpoint
CREATE INDEX "recall_tasks_recall_id_kind_index" ON "recall_tasks" ("recall_id","kind");--> statement-breakpoint
CREATE INDEX "recalls_status_index" ON "recalls" ("status");--> statement-breakpoint
ALTER TABLE "recall_lots" ADD CONSTRAINT "recall_lots_recall_id_recalls_id_fkey" FOREIGN KEY ("recall_id") REFERENCES "recalls"("id");--> statement-breakpoint
ALTER TABLE "recall_lots" ADD CONSTRAINT "recall_lots_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "recall_notice_goods" ADD CONSTRAINT "recall_notice_goods_notice_id_recall_notices_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "recall_notices"("id");--> statement-breakpoint
ALTER TABLE "recall_notice_goods" ADD CONSTRAINT "recall_notice_goods_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "recall_notices" ADD CONSTRAINT "recall_notices_recall_id_recalls_id_fkey" FOREIGN KEY ("recall_id") REFERENCES "recalls"("id");--> statement-breakpoint
ALTER TABLE "recall_notices" ADD CONSTRAINT "recall_notices_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "recall_tasks" ADD CONSTRAINT "recall_tasks_recall_id_recalls_id_fkey" FOREIGN KEY ("recall_id") REFERENCES "recalls"("id");--> statement-breakpoint
ALTER TABLE "recall_tasks" ADD CONSTRAINT "recall_tasks_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
-- Facts of law, not sample data: 食品召回管理办法 as of 2015/2020; Order 122 of 2026 is to be compared (verify).
INSERT INTO "recall_rules" ("id", "clock", "level", "amount", "unit", "version", "source", "verify", "valid_from", "valid_to") VALUES
	('01930000-0000-7000-8000-0000000c0001', 'start', 1, 24, 'hours', '2015/2020', '食品召回管理办法（2015/2020）一级召回', true, '2015-09-01', '2099-12-31'),
	('01930000-0000-7000-8000-0000000c0002', 'start', 2, 48, 'hours', '2015/2020', '食品召回管理办法（2015/2020）二级召回', true, '2015-09-01', '2099-12-31'),
	('01930000-0000-7000-8000-0000000c0003', 'start', 3, 72, 'hours', '2015/2020', '食品召回管理办法（2015/2020）三级召回', true, '2015-09-01', '2099-12-31'),
	('01930000-0000-7000-8000-0000000c0004', 'finish', 1, 10, 'working_days', '2015/2020', '食品召回管理办法（2015/2020）一级召回', true, '2015-09-01', '2099-12-31'),
	('01930000-0000-7000-8000-0000000c0005', 'finish', 2, 20, 'working_days', '2015/2020', '食品召回管理办法（2015/2020）二级召回', true, '2015-09-01', '2099-12-31'),
	('01930000-0000-7000-8000-0000000c0006', 'finish', 3, 30, 'working_days', '2015/2020', '食品召回管理办法（2015/2020）三级召回', true, '2015-09-01', '2099-12-31'),
	('01930000-0000-7000-8000-0000000c0007', 'incident', NULL, 2, 'hours', '2017', '上海市食品安全条例第七十二条', false, '2017-03-20', '2099-12-31'),
	('01930000-0000-7000-8000-0000000c0008', 'answer', 1, 2, 'hours', 'house', '本平台约定：一级召回确认时限', false, '2015-09-01', '2099-12-31'),
	('01930000-0000-7000-8000-0000000c0009', 'answer', 2, 4, 'hours', 'house', '本平台约定：二级召回确认时限', false, '2015-09-01', '2099-12-31'),
	('01930000-0000-7000-8000-0000000c000a', 'answer', 3, 8, 'hours', 'house', '本平台约定：三级召回确认时限', false, '2015-09-01', '2099-12-31');

ALTER TABLE "door_rules" ADD COLUMN "wash_days" integer DEFAULT 7 NOT NULL;--> statement-breakpoint
ALTER TABLE "door_rules" ADD CONSTRAINT "door_rule_wash" CHECK ("wash_days" between 1 and 31);
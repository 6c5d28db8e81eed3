ALTER TABLE "door_rules" ADD COLUMN "buyer_class" text;--> statement-breakpoint
ALTER TABLE "door_rules" ADD COLUMN "proofs" text[] DEFAULT '{signature,pin}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "door_rules" ADD CONSTRAINT "door_rule_proofs" CHECK (cardinality("proofs") > 0 and "proofs" <@ array['signature', 'pin', 'photo']);
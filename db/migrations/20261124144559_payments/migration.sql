CREATE TABLE "bank_imports" (
	"id" uuid PRIMARY KEY,
	"name" text NOT NULL,
	"sha256" text NOT NULL,
	"lines" integer NOT NULL,
	"fresh" integer NOT NULL,
	"fresh_fen" bigint NOT NULL,
	"imported_by" uuid,
	"imported_at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bank_lines" (
	"id" uuid PRIMARY KEY,
	"import_id" uuid NOT NULL,
	"serial" text NOT NULL,
	"day" text NOT NULL,
	"payer" text NOT NULL,
	"payer_account" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"memo" text NOT NULL,
	"status" text NOT NULL,
	"proposed_org_id" uuid,
	"payment_id" uuid,
	"reason" text DEFAULT '' NOT NULL,
	"asked_by" uuid,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "return_two_people" CHECK ("asked_by" is null or "decided_by" is null or "asked_by" <> "decided_by"),
	CONSTRAINT "bank_amount" CHECK ("amount_fen" > 0),
	CONSTRAINT "bank_matched" CHECK (("status" = 'matched') = ("payment_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "connect_accounts" (
	"org_id" uuid PRIMARY KEY,
	"provider_account_id" text NOT NULL UNIQUE,
	"payouts_enabled" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "disputes" (
	"id" uuid PRIMARY KEY,
	"payment_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"provider_dispute_id" text NOT NULL UNIQUE,
	"amount_fen" bigint NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"due_by" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "dispute_amount" CHECK ("amount_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "pay_codes" (
	"code" text PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"statement_id" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_code" UNIQUE NULLS NOT DISTINCT("org_id","statement_id")
);
--> statement-breakpoint
CREATE TABLE "payment_allocations" (
	"id" uuid PRIMARY KEY,
	"payment_id" uuid NOT NULL,
	"statement_id" uuid NOT NULL,
	"fen" bigint NOT NULL,
	"event_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "allocation_moves" CHECK ("fen" <> 0)
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"method" text NOT NULL,
	"purpose" text NOT NULL,
	"subject_id" uuid,
	"amount_fen" bigint NOT NULL,
	"received_fen" bigint,
	"fee_fen" bigint DEFAULT 0 NOT NULL,
	"status" text NOT NULL,
	"pay_code" text DEFAULT '' NOT NULL,
	"provider_intent_id" text UNIQUE,
	"provider_charge_id" text UNIQUE,
	"client_secret" text DEFAULT '' NOT NULL,
	"failure" text DEFAULT '' NOT NULL,
	"event_id" uuid,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	"next_check_at" timestamp with time zone,
	"checks" integer DEFAULT 0 NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "payment_method" CHECK ("method" in ('transfer', 'card', 'alipay', 'wechat_pay')),
	CONSTRAINT "payment_purpose" CHECK ("purpose" in ('statement', 'order', 'prepay')),
	CONSTRAINT "payment_subject" CHECK (("purpose" = 'prepay') = ("subject_id" is null)),
	CONSTRAINT "payment_amount" CHECK ("amount_fen" > 0 and coalesce("received_fen", 1) > 0),
	CONSTRAINT "payment_booked" CHECK (("status" = 'succeeded') = ("event_id" is not null and "received_fen" is not null))
);
--> statement-breakpoint
CREATE TABLE "provider_calls" (
	"id" uuid PRIMARY KEY,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"params" jsonb NOT NULL,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone NOT NULL,
	"claimed_until" timestamp with time zone,
	"last_error" text DEFAULT '' NOT NULL,
	"provider_id" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "one_call" UNIQUE("subject_id","kind"),
	CONSTRAINT "call_status" CHECK ("status" in ('waiting', 'done', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "provider_events" (
	"id" text PRIMARY KEY,
	"type" text NOT NULL,
	"object_id" text NOT NULL,
	"way" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"next_try_at" timestamp with time zone NOT NULL,
	"claimed_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp with time zone,
	"last_error" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receiving_accounts" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"holder" text NOT NULL,
	"bank" text NOT NULL,
	"number" text NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "account_from" UNIQUE("number","valid_from"),
	CONSTRAINT "account_days" CHECK ("valid_from" <= "valid_to")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY,
	"payment_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"provider_refund_id" text UNIQUE,
	"failure" text DEFAULT '' NOT NULL,
	"asked_by" uuid,
	"asked_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"event_id" uuid,
	"ended_at" timestamp with time zone,
	"next_check_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "refund_amount" CHECK ("amount_fen" > 0),
	CONSTRAINT "two_people" CHECK ("decided_by" is null or "decided_by" <> "asked_by")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "bank_serial" ON "bank_lines" ("serial");--> statement-breakpoint
CREATE INDEX "bank_lines_status_id_index" ON "bank_lines" ("status","id");--> statement-breakpoint
CREATE INDEX "disputes_status_id_index" ON "disputes" ("status","id");--> statement-breakpoint
CREATE INDEX "disputes_payment_id_index" ON "disputes" ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_allocations_payment_id_index" ON "payment_allocations" ("payment_id");--> statement-breakpoint
CREATE INDEX "payment_allocations_statement_id_index" ON "payment_allocations" ("statement_id");--> statement-breakpoint
CREATE INDEX "payments_org_id_id_index" ON "payments" ("org_id","id");--> statement-breakpoint
CREATE INDEX "payments_status_id_index" ON "payments" ("status","id");--> statement-breakpoint
CREATE INDEX "payments_to_check" ON "payments" ("next_check_at") WHERE "next_check_at" is not null;--> statement-breakpoint
CREATE INDEX "payments_by_code" ON "payments" ("pay_code") WHERE "status" = 'open';--> statement-breakpoint
CREATE INDEX "calls_waiting" ON "provider_calls" ("next_try_at") WHERE "status" = 'waiting';--> statement-breakpoint
CREATE INDEX "provider_events_open" ON "provider_events" ("next_try_at") WHERE "done_at" is null;--> statement-breakpoint
CREATE INDEX "provider_events_object_id_index" ON "provider_events" ("object_id");--> statement-breakpoint
CREATE INDEX "refunds_payment_id_index" ON "refunds" ("payment_id");--> statement-breakpoint
CREATE INDEX "refunds_status_id_index" ON "refunds" ("status","id");--> statement-breakpoint
CREATE INDEX "refunds_to_check" ON "refunds" ("next_check_at") WHERE "next_check_at" is not null;--> statement-breakpoint
ALTER TABLE "bank_imports" ADD CONSTRAINT "bank_imports_imported_by_people_id_fkey" FOREIGN KEY ("imported_by") REFERENCES "people"("id");--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_import_id_bank_imports_id_fkey" FOREIGN KEY ("import_id") REFERENCES "bank_imports"("id");--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_payment_id_payments_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id");--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_asked_by_people_id_fkey" FOREIGN KEY ("asked_by") REFERENCES "people"("id");--> statement-breakpoint
ALTER TABLE "bank_lines" ADD CONSTRAINT "bank_lines_decided_by_people_id_fkey" FOREIGN KEY ("decided_by") REFERENCES "people"("id");--> statement-breakpoint
ALTER TABLE "connect_accounts" ADD CONSTRAINT "connect_accounts_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "disputes" ADD CONSTRAINT "disputes_payment_id_payments_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id");--> statement-breakpoint
ALTER TABLE "pay_codes" ADD CONSTRAINT "pay_codes_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "payment_allocations" ADD CONSTRAINT "payment_allocations_payment_id_payments_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id");--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_created_by_people_id_fkey" FOREIGN KEY ("created_by") REFERENCES "people"("id");--> statement-breakpoint
ALTER TABLE "receiving_accounts" ADD CONSTRAINT "receiving_accounts_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_asked_by_people_id_fkey" FOREIGN KEY ("asked_by") REFERENCES "people"("id");--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_decided_by_people_id_fkey" FOREIGN KEY ("decided_by") REFERENCES "people"("id");
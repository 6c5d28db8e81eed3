CREATE TABLE "commission_contests" (
	"id" uuid PRIMARY KEY,
	"settlement_line_id" uuid NOT NULL,
	"broker_org_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"raised_by" uuid NOT NULL,
	"raised_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"answer" text,
	"added_fen" bigint DEFAULT 0 NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	CONSTRAINT "answered_whole" CHECK (("status" = 'open') = ("answered_by" is null)),
	CONSTRAINT "added_not_negative" CHECK ("added_fen" >= 0 and ("added_fen" = 0 or "status" = 'upheld'))
);
--> statement-breakpoint
CREATE TABLE "org_bank_accounts" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"holder" text NOT NULL,
	"bank_name" text NOT NULL,
	"bank_code" text NOT NULL,
	"number_sealed" text NOT NULL,
	"last_four" text NOT NULL,
	"written_by" uuid,
	"at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payout_batches" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"through_day" text NOT NULL,
	"way" text NOT NULL,
	"status" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"checked_by" uuid,
	"checked_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "four_eyes" CHECK ("checked_by" is null or "checked_by" <> "made_by"),
	CONSTRAINT "checked_before_sent" CHECK (("checked_by" is not null) = ("checked_at" is not null)
        and ("status" not in ('approved','sent','done') or "checked_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"id" uuid PRIMARY KEY,
	"batch_id" uuid NOT NULL,
	"party_org_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"bank_account_id" uuid,
	"status" text NOT NULL,
	"needs_second" text,
	"second_by" uuid,
	"second_at" timestamp with time zone,
	"rail_reference" text,
	"return_reason" text,
	"ended_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "payout_positive" CHECK ("amount_fen" > 0),
	CONSTRAINT "returned_with_reason" CHECK (("status" = 'returned') = ("return_reason" is not null)),
	CONSTRAINT "second_before_sent" CHECK ("status" not in ('sent','confirmed','returned') or "needs_second" is null or "second_by" is not null)
);
--> statement-breakpoint
CREATE TABLE "retention_releases" (
	"id" uuid PRIMARY KEY,
	"supplier_org_id" uuid NOT NULL,
	"through_day" text NOT NULL,
	"amount_fen" bigint NOT NULL,
	"event_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "release_positive" CHECK ("amount_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "settlement_lines" (
	"id" uuid PRIMARY KEY,
	"order_id" uuid NOT NULL,
	"order_line_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"buyer_org_id" uuid NOT NULL,
	"supplier_org_id" uuid NOT NULL,
	"hub_org_id" uuid NOT NULL,
	"platform_org_id" uuid,
	"quantity" bigint NOT NULL,
	"gross_fen" bigint NOT NULL,
	"tax_fen" bigint NOT NULL,
	"fee_fen" bigint NOT NULL,
	"retention_fen" bigint NOT NULL,
	"commission_supplier_fen" bigint NOT NULL,
	"commission_platform_fen" bigint NOT NULL,
	"net_fen" bigint NOT NULL,
	"terms_id" uuid,
	"mandate_id" uuid,
	"broker_org_id" uuid,
	"reverses_id" uuid,
	"subject_id" uuid NOT NULL,
	"due_on" text NOT NULL,
	"release_on" text,
	"frozen_until" text,
	"day" text NOT NULL,
	"event_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "parts_make_gross" CHECK ("gross_fen" = "fee_fen" + "retention_fen" + "commission_supplier_fen" + "net_fen"),
	CONSTRAINT "signs_agree" CHECK (case when "reverses_id" is null then least("quantity", "gross_fen", "tax_fen", "fee_fen", "retention_fen",
          "commission_supplier_fen", "commission_platform_fen", "net_fen") >= 0
        else greatest("quantity", "gross_fen", "tax_fen", "fee_fen", "retention_fen",
          "commission_supplier_fen", "commission_platform_fen", "net_fen") <= 0 end),
	CONSTRAINT "commission_has_broker" CHECK ("broker_org_id" is not null or ("commission_supplier_fen" = 0 and "commission_platform_fen" = 0)),
	CONSTRAINT "fee_has_platform" CHECK ("platform_org_id" is not null or ("fee_fen" = 0 and "commission_platform_fen" = 0))
);
--> statement-breakpoint
CREATE TABLE "supplier_terms" (
	"id" uuid PRIMARY KEY,
	"supplier_org_id" uuid NOT NULL,
	"platform_org_id" uuid NOT NULL,
	"valid_from" text NOT NULL,
	"fee_bp" integer NOT NULL,
	"fee_bp_by_category" jsonb NOT NULL,
	"delivery_fee_centifen" integer NOT NULL,
	"retention_bp" integer NOT NULL,
	"retention_months" integer NOT NULL,
	"rhythm" text NOT NULL,
	"wait_days" integer NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"written_by" uuid,
	"at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "terms_in_range" CHECK ("fee_bp" between 0 and 10000 and "delivery_fee_centifen" >= 0 and "retention_bp" between 0 and 3000
        and "retention_months" between 0 and 36 and "wait_days" between 0 and 60),
	CONSTRAINT "known_rhythm" CHECK ("rhythm" in ('weekly','half_month','monthly'))
);
--> statement-breakpoint
ALTER TABLE "mandates" ADD COLUMN "commission_basis" text;--> statement-breakpoint
ALTER TABLE "mandates" ADD COLUMN "commission_rate" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "mandates" ADD COLUMN "supplier_pays_bp" integer DEFAULT 10000 NOT NULL;--> statement-breakpoint
ALTER TABLE "mandates" ADD COLUMN "platform_org_id" uuid;--> statement-breakpoint
ALTER TABLE "mandates" ADD COLUMN "written_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_transfers" ADD COLUMN "reason" text DEFAULT 'sale' NOT NULL;--> statement-breakpoint
CREATE INDEX "transfers_debited" ON "ledger_transfers" ("debit_account_id","at") WHERE "kind" in ('post','direct');--> statement-breakpoint
CREATE INDEX "transfers_credited" ON "ledger_transfers" ("credit_account_id","at") WHERE "kind" in ('post','direct');--> statement-breakpoint
CREATE INDEX "commission_contests_broker_org_id_index" ON "commission_contests" ("broker_org_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contest_once" ON "commission_contests" ("settlement_line_id");--> statement-breakpoint
CREATE INDEX "org_bank_accounts_org_id_at_index" ON "org_bank_accounts" ("org_id","at");--> statement-breakpoint
CREATE INDEX "payout_batches_org_id_status_index" ON "payout_batches" ("org_id","status");--> statement-breakpoint
CREATE INDEX "payouts_batch_id_index" ON "payouts" ("batch_id");--> statement-breakpoint
CREATE INDEX "payouts_party_org_id_index" ON "payouts" ("party_org_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_payout" ON "payouts" ("party_org_id","purpose") WHERE "status" in ('proposed','approved');--> statement-breakpoint
CREATE UNIQUE INDEX "release_once" ON "retention_releases" ("supplier_org_id","through_day");--> statement-breakpoint
CREATE UNIQUE INDEX "sale_once" ON "settlement_lines" ("order_line_id","lot_id") WHERE "reverses_id" is null;--> statement-breakpoint
CREATE INDEX "settlement_lines_order_id_index" ON "settlement_lines" ("order_id");--> statement-breakpoint
CREATE INDEX "settlement_lines_supplier_org_id_day_index" ON "settlement_lines" ("supplier_org_id","day");--> statement-breakpoint
CREATE INDEX "settlement_lines_due" ON "settlement_lines" ("supplier_org_id","due_on");--> statement-breakpoint
CREATE INDEX "settlement_lines_release" ON "settlement_lines" ("supplier_org_id","release_on") WHERE "release_on" is not null;--> statement-breakpoint
CREATE INDEX "settlement_lines_broker_org_id_day_index" ON "settlement_lines" ("broker_org_id","day") WHERE "broker_org_id" is not null;--> statement-breakpoint
CREATE INDEX "settlement_lines_reverses_id_index" ON "settlement_lines" ("reverses_id") WHERE "reverses_id" is not null;--> statement-breakpoint
CREATE INDEX "settlement_lines_event_id_index" ON "settlement_lines" ("event_id");--> statement-breakpoint
CREATE INDEX "supplier_terms_supplier_org_id_valid_from_index" ON "supplier_terms" ("supplier_org_id","valid_from");--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_platform_org_id_organisations_id_fkey" FOREIGN KEY ("platform_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "commission_contests" ADD CONSTRAINT "commission_contests_settlement_line_id_settlement_lines_id_fkey" FOREIGN KEY ("settlement_line_id") REFERENCES "settlement_lines"("id");--> statement-breakpoint
ALTER TABLE "commission_contests" ADD CONSTRAINT "commission_contests_broker_org_id_organisations_id_fkey" FOREIGN KEY ("broker_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "org_bank_accounts" ADD CONSTRAINT "org_bank_accounts_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "payout_batches" ADD CONSTRAINT "payout_batches_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_batch_id_payout_batches_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "payout_batches"("id");--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_party_org_id_organisations_id_fkey" FOREIGN KEY ("party_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_bank_account_id_org_bank_accounts_id_fkey" FOREIGN KEY ("bank_account_id") REFERENCES "org_bank_accounts"("id");--> statement-breakpoint
ALTER TABLE "retention_releases" ADD CONSTRAINT "retention_releases_supplier_org_id_organisations_id_fkey" FOREIGN KEY ("supplier_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_order_line_id_order_lines_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_lines"("id");--> statement-breakpoint
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_buyer_org_id_organisations_id_fkey" FOREIGN KEY ("buyer_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_supplier_org_id_organisations_id_fkey" FOREIGN KEY ("supplier_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_terms_id_supplier_terms_id_fkey" FOREIGN KEY ("terms_id") REFERENCES "supplier_terms"("id");--> statement-breakpoint
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_mandate_id_mandates_id_fkey" FOREIGN KEY ("mandate_id") REFERENCES "mandates"("id");--> statement-breakpoint
ALTER TABLE "settlement_lines" ADD CONSTRAINT "settlement_lines_broker_org_id_organisations_id_fkey" FOREIGN KEY ("broker_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "supplier_terms" ADD CONSTRAINT "supplier_terms_supplier_org_id_organisations_id_fkey" FOREIGN KEY ("supplier_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "supplier_terms" ADD CONSTRAINT "supplier_terms_platform_org_id_organisations_id_fkey" FOREIGN KEY ("platform_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "commission_basis" CHECK ("commission_basis" in ('kg','bp','lump') and "commission_rate" >= 0
      or "commission_basis" is null and "commission_rate" = 0);--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "commission_payer" CHECK ("supplier_pays_bp" between 0 and 10000
      and ("supplier_pays_bp" = 10000 or "platform_org_id" is not null));--> statement-breakpoint
-- What was booked stays as it was booked: corrections are entries of their own.
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_transfers" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "settlement_lines" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "supplier_terms" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "retention_releases" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

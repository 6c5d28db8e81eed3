CREATE TABLE "claim_lines" (
	"id" uuid PRIMARY KEY,
	"claim_id" uuid NOT NULL,
	"order_line_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"supplier_org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"quantity" bigint NOT NULL,
	"photo_file_ids" jsonb NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"rule_id" uuid NOT NULL,
	"asked_fen" bigint NOT NULL,
	"proposed_party" text NOT NULL,
	"proposed_why" text[] NOT NULL,
	"accepted_quantity" bigint,
	"accepted_fen" bigint,
	"responsible_party" text,
	"responsible_org_id" uuid,
	"decision_reason" text DEFAULT '' NOT NULL,
	"contested_at" timestamp with time zone,
	"contested_by" uuid,
	"contest_reason" text DEFAULT '' NOT NULL,
	"contest_outcome" text,
	"contest_answer" text DEFAULT '' NOT NULL,
	"contest_answered_by" uuid,
	"contest_answered_at" timestamp with time zone,
	CONSTRAINT "claim_line_once" UNIQUE("claim_id","order_line_id","lot_id","kind"),
	CONSTRAINT "claim_quantities" CHECK ("quantity" > 0 and coalesce("accepted_quantity", 0) between 0 and "quantity"),
	CONSTRAINT "claim_line_decided" CHECK (("accepted_quantity" is null) = ("accepted_fen" is null)
        and (coalesce("accepted_quantity", 0) > 0) = ("responsible_party" is not null)),
	CONSTRAINT "contest_whole" CHECK (("contest_outcome" is null) = ("contest_answered_at" is null) and ("contested_at" is not null or "contest_outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "claim_rules" (
	"id" uuid PRIMARY KEY,
	"goods_class" text NOT NULL,
	"kind" text,
	"sku_id" uuid,
	"hours" integer NOT NULL,
	"photos_min" integer NOT NULL,
	"auto_up_to_fen" bigint NOT NULL,
	"contest_hours" integer NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "claim_rule_limits" CHECK ("hours" between 1 and 2160 and "photos_min" between 0 and 6 and "auto_up_to_fen" >= 0
        and "contest_hours" between 0 and 2160 and "valid_from" <= "valid_to")
);
--> statement-breakpoint
CREATE TABLE "claim_weights" (
	"kind" text,
	"valid_from" text,
	"weight" integer NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "claim_weights_pkey" PRIMARY KEY("kind","valid_from"),
	CONSTRAINT "weight_range" CHECK ("weight" between 0 and 1000)
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"order_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"status" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"said_at" timestamp with time zone NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"request_hash" text NOT NULL,
	"decided_how" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"reason" text DEFAULT '' NOT NULL,
	"contest_until" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "claim_decided" CHECK (("status" in ('decided', 'contested')) = ("decided_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "credit_note_lines" (
	"credit_note_id" uuid,
	"claim_line_id" uuid UNIQUE,
	"quantity" bigint NOT NULL,
	"tax_rate_bp" integer NOT NULL,
	"gross_fen" bigint NOT NULL,
	"tax_fen" bigint NOT NULL,
	CONSTRAINT "credit_note_lines_pkey" PRIMARY KEY("credit_note_id","claim_line_id"),
	CONSTRAINT "credit_line_sums" CHECK ("quantity" > 0 and "gross_fen" >= 0 and "tax_fen" between 0 and "gross_fen")
);
--> statement-breakpoint
CREATE TABLE "credit_notes" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"claim_id" uuid NOT NULL UNIQUE,
	"order_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"day" text NOT NULL,
	"total_fen" bigint NOT NULL,
	"tax_fen" bigint NOT NULL,
	"event_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "credit_sums" CHECK ("total_fen" > 0 and "tax_fen" >= 0 and "tax_fen" <= "total_fen")
);
--> statement-breakpoint
CREATE TABLE "quality_scores" (
	"org_id" uuid,
	"day" text,
	"days" integer NOT NULL,
	"delivered_lines" integer NOT NULL,
	"by_kind" jsonb NOT NULL,
	"per_thousand" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "quality_scores_pkey" PRIMARY KEY("org_id","day")
);
--> statement-breakpoint
CREATE TABLE "interest_accruals" (
	"statement_id" uuid,
	"day" text,
	"open_fen" bigint NOT NULL,
	"ppm_per_day" integer NOT NULL,
	"micro_fen" bigint NOT NULL,
	"posted_fen" bigint NOT NULL,
	"event_id" uuid,
	CONSTRAINT "interest_accruals_pkey" PRIMARY KEY("statement_id","day"),
	CONSTRAINT "accrual_sums" CHECK ("open_fen" > 0 and "micro_fen" = "open_fen" * "ppm_per_day" and "posted_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "interest_rates" (
	"valid_from" text PRIMARY KEY,
	"ppm_per_day" integer NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "rate_range" CHECK ("ppm_per_day" between 0 and 10000)
);
--> statement-breakpoint
CREATE TABLE "invoice_lines" (
	"invoice_id" uuid,
	"line_no" integer,
	"sku_id" uuid NOT NULL,
	"item" text NOT NULL,
	"spec" text NOT NULL,
	"unit" text NOT NULL,
	"milli_units" bigint NOT NULL,
	"tax_rate_bp" integer NOT NULL,
	"exempt" boolean NOT NULL,
	"net_fen" bigint NOT NULL,
	"tax_fen" bigint NOT NULL,
	"gross_fen" bigint NOT NULL,
	CONSTRAINT "invoice_lines_pkey" PRIMARY KEY("invoice_id","line_no"),
	CONSTRAINT "invoice_line_sums" CHECK ("net_fen" + "tax_fen" = "gross_fen")
);
--> statement-breakpoint
CREATE TABLE "invoices" (
	"id" uuid PRIMARY KEY,
	"statement_id" uuid NOT NULL,
	"seller_org_id" uuid NOT NULL,
	"buyer_org_id" uuid NOT NULL,
	"status" text NOT NULL,
	"kind" text NOT NULL,
	"special_type" text,
	"number20" text,
	"issued_on" text,
	"net_fen" bigint NOT NULL,
	"tax_fen" bigint NOT NULL,
	"total_fen" bigint NOT NULL,
	"red_of" uuid,
	"red_confirmation" text,
	"remark" text DEFAULT '' NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "invoice_sums" CHECK ("net_fen" + "tax_fen" = "total_fen"),
	CONSTRAINT "invoice_issued" CHECK (("status" = 'draft') = ("number20" is null) and ("number20" is null) = ("issued_on" is null)),
	CONSTRAINT "invoice_number" CHECK ("number20" is null or "number20" ~ '^[0-9]{20}$'),
	CONSTRAINT "red_needs_confirmation" CHECK (("red_of" is null) = ("red_confirmation" is null)),
	CONSTRAINT "invoice_kinds" CHECK ("kind" in ('special', 'ordinary') and coalesce("special_type", '12') in ('12', '16'))
);
--> statement-breakpoint
CREATE TABLE "month_closes" (
	"month" text PRIMARY KEY,
	"status" text NOT NULL,
	"closed_by" uuid NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"checklist" jsonb NOT NULL,
	"open_asked_by" uuid,
	"open_asked_at" timestamp with time zone,
	"open_reason" text DEFAULT '' NOT NULL,
	"opened_by" uuid,
	"opened_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "month_status" CHECK ("status" in ('closed', 'opening', 'open') and "month" ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'),
	CONSTRAINT "month_four_eyes" CHECK ("opened_by" is null or "opened_by" is distinct from "open_asked_by")
);
--> statement-breakpoint
CREATE TABLE "payment_limits" (
	"id" uuid PRIMARY KEY,
	"debtor_kind" text NOT NULL,
	"warn_days" integer NOT NULL,
	"max_days" integer NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "limit_order" CHECK ("warn_days" between 0 and "max_days")
);
--> statement-breakpoint
CREATE TABLE "statement_disputes" (
	"id" uuid PRIMARY KEY,
	"statement_id" uuid NOT NULL,
	"transfer_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"answer" text DEFAULT '' NOT NULL,
	"outcome" text,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	CONSTRAINT "dispute_answered" CHECK (("answered_at" is null) = ("outcome" is null))
);
--> statement-breakpoint
CREATE TABLE "statement_lines" (
	"account_id" uuid,
	"transfer_id" uuid,
	"statement_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	"reason" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "statement_lines_pkey" PRIMARY KEY("account_id","transfer_id"),
	CONSTRAINT "line_not_nothing" CHECK ("amount_fen" <> 0)
);
--> statement-breakpoint
CREATE TABLE "statement_reminders" (
	"statement_id" uuid,
	"step" integer,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "statement_reminders_pkey" PRIMARY KEY("statement_id","step")
);
--> statement-breakpoint
CREATE TABLE "statement_terms" (
	"id" uuid PRIMARY KEY,
	"side" text NOT NULL,
	"org_id" uuid,
	"rhythm" text NOT NULL,
	"cut_day" integer NOT NULL,
	"due_days" integer NOT NULL,
	"debtor_kind" text NOT NULL,
	"auto_confirm_days" integer,
	"interest" boolean NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"verdict" text NOT NULL,
	"verdict_source" text NOT NULL,
	"written_by" uuid,
	"written_at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "terms_range" CHECK ("side" in ('buyer', 'supplier', 'broker') and "rhythm" in ('weekly', 'half_month', 'monthly')
        and "cut_day" between 1 and case when "rhythm" = 'weekly' then 7 else 31 end
        and "due_days" between 0 and 60 and coalesce("auto_confirm_days", 1) between 1 and 60
        and "valid_from" <= "valid_to")
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"side" text NOT NULL,
	"org_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"terms_id" uuid NOT NULL,
	"from_day" text NOT NULL,
	"to_day" text NOT NULL,
	"due_on" text NOT NULL,
	"status" text NOT NULL,
	"opening_fen" bigint NOT NULL,
	"increases_fen" bigint NOT NULL,
	"decreases_fen" bigint NOT NULL,
	"closing_fen" bigint NOT NULL,
	"due_fen" bigint NOT NULL,
	"line_count" integer NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"confirmed_at" timestamp with time zone,
	"confirmed_by" uuid,
	"confirmed_how" text,
	"invoiced_at" timestamp with time zone,
	"paid_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "statement_once" UNIQUE("side","org_id","to_day"),
	CONSTRAINT "statement_sums" CHECK ("opening_fen" + "increases_fen" - "decreases_fen" = "closing_fen" and "increases_fen" >= 0 and "decreases_fen" >= 0),
	CONSTRAINT "statement_days" CHECK ("from_day" <= "to_day" and "due_on" >= "to_day")
);
--> statement-breakpoint
CREATE TABLE "write_offs" (
	"id" uuid PRIMARY KEY,
	"statement_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	"reason" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "write_off_positive" CHECK ("amount_fen" > 0),
	CONSTRAINT "write_off_four_eyes" CHECK (("outcome" is null) = ("decided_by" is null) and "decided_by" is distinct from "asked_by")
);
--> statement-breakpoint
CREATE INDEX "claim_lines_order_line_id_lot_id_index" ON "claim_lines" ("order_line_id","lot_id");--> statement-breakpoint
CREATE INDEX "claim_lines_supplier_org_id_claim_id_index" ON "claim_lines" ("supplier_org_id","claim_id");--> statement-breakpoint
CREATE INDEX "claim_rules_goods_class_valid_from_index" ON "claim_rules" ("goods_class","valid_from");--> statement-breakpoint
CREATE INDEX "claims_org_id_id_index" ON "claims" ("org_id","id");--> statement-breakpoint
CREATE INDEX "claims_order_id_index" ON "claims" ("order_id");--> statement-breakpoint
CREATE INDEX "claims_status_made_at_index" ON "claims" ("status","made_at");--> statement-breakpoint
CREATE INDEX "credit_notes_org_id_day_index" ON "credit_notes" ("org_id","day");--> statement-breakpoint
CREATE UNIQUE INDEX "score_by_day" ON "quality_scores" ("day","org_id");--> statement-breakpoint
CREATE INDEX "invoices_statement_id_index" ON "invoices" ("statement_id");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_number_once" ON "invoices" ("number20") WHERE "number20" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_per_seller" ON "invoices" ("statement_id","seller_org_id") WHERE "red_of" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "red_once" ON "invoices" ("red_of") WHERE "red_of" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "one_payment_limit" ON "payment_limits" ("debtor_kind","valid_from");--> statement-breakpoint
CREATE INDEX "statement_disputes_statement_id_index" ON "statement_disputes" ("statement_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_dispute" ON "statement_disputes" ("statement_id","transfer_id") WHERE "answered_at" is null;--> statement-breakpoint
CREATE INDEX "statement_lines_statement_id_at_index" ON "statement_lines" ("statement_id","at");--> statement-breakpoint
CREATE INDEX "statement_terms_side_org_id_valid_from_index" ON "statement_terms" ("side","org_id","valid_from");--> statement-breakpoint
CREATE INDEX "statements_org_id_id_index" ON "statements" ("org_id","id");--> statement-breakpoint
CREATE INDEX "statements_status_due_on_index" ON "statements" ("status","due_on");--> statement-breakpoint
CREATE INDEX "statements_account_id_to_day_index" ON "statements" ("account_id","to_day");--> statement-breakpoint
CREATE UNIQUE INDEX "one_open_write_off" ON "write_offs" ("statement_id") WHERE "outcome" is null;--> statement-breakpoint
ALTER TABLE "claim_lines" ADD CONSTRAINT "claim_lines_claim_id_claims_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claims"("id");--> statement-breakpoint
ALTER TABLE "claim_lines" ADD CONSTRAINT "claim_lines_order_line_id_order_lines_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_lines"("id");--> statement-breakpoint
ALTER TABLE "claim_lines" ADD CONSTRAINT "claim_lines_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "claim_lines" ADD CONSTRAINT "claim_lines_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "claim_lines" ADD CONSTRAINT "claim_lines_supplier_org_id_organisations_id_fkey" FOREIGN KEY ("supplier_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "claim_lines" ADD CONSTRAINT "claim_lines_rule_id_claim_rules_id_fkey" FOREIGN KEY ("rule_id") REFERENCES "claim_rules"("id");--> statement-breakpoint
ALTER TABLE "claim_lines" ADD CONSTRAINT "claim_lines_responsible_org_id_organisations_id_fkey" FOREIGN KEY ("responsible_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "claim_rules" ADD CONSTRAINT "claim_rules_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_site_id_sites_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id");--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "credit_note_lines" ADD CONSTRAINT "credit_note_lines_credit_note_id_credit_notes_id_fkey" FOREIGN KEY ("credit_note_id") REFERENCES "credit_notes"("id");--> statement-breakpoint
ALTER TABLE "credit_note_lines" ADD CONSTRAINT "credit_note_lines_claim_line_id_claim_lines_id_fkey" FOREIGN KEY ("claim_line_id") REFERENCES "claim_lines"("id");--> statement-breakpoint
ALTER TABLE "credit_notes" ADD CONSTRAINT "credit_notes_claim_id_claims_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claims"("id");--> statement-breakpoint
ALTER TABLE "credit_notes" ADD CONSTRAINT "credit_notes_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "credit_notes" ADD CONSTRAINT "credit_notes_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "quality_scores" ADD CONSTRAINT "quality_scores_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "interest_accruals" ADD CONSTRAINT "interest_accruals_statement_id_statements_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id");--> statement-breakpoint
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoice_lines_invoice_id_invoices_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoices"("id");--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_statement_id_statements_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id");--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_seller_org_id_organisations_id_fkey" FOREIGN KEY ("seller_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_buyer_org_id_organisations_id_fkey" FOREIGN KEY ("buyer_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "statement_disputes" ADD CONSTRAINT "statement_disputes_statement_id_statements_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id");--> statement-breakpoint
ALTER TABLE "statement_disputes" ADD CONSTRAINT "statement_disputes_transfer_id_ledger_transfers_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "ledger_transfers"("id");--> statement-breakpoint
ALTER TABLE "statement_lines" ADD CONSTRAINT "statement_lines_transfer_id_ledger_transfers_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "ledger_transfers"("id");--> statement-breakpoint
ALTER TABLE "statement_lines" ADD CONSTRAINT "statement_lines_statement_id_statements_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id");--> statement-breakpoint
ALTER TABLE "statement_reminders" ADD CONSTRAINT "statement_reminders_statement_id_statements_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id");--> statement-breakpoint
ALTER TABLE "statement_terms" ADD CONSTRAINT "statement_terms_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_account_id_ledger_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "ledger_accounts"("id");--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_terms_id_statement_terms_id_fkey" FOREIGN KEY ("terms_id") REFERENCES "statement_terms"("id");--> statement-breakpoint
ALTER TABLE "write_offs" ADD CONSTRAINT "write_offs_statement_id_statements_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id");--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "credit_notes" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "credit_note_lines" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "statement_lines" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "statement_terms" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "interest_accruals" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
-- No entry may come into a month whose books are closed. The youngest closed month is looked at first: nearly every
-- statement ends there.
CREATE FUNCTION "refuse_closed_month"() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  last_closed text := (select max(month) from month_closes where status <> 'open');
  offender text;
begin
  if last_closed is null or not exists (
    select 1 from fresh where at < ((last_closed || '-01')::timestamp + interval '1 month') at time zone 'Asia/Shanghai')
  then return null; end if;
  select m.month into offender from fresh f join month_closes m
    on m.month = to_char(f.at at time zone 'Asia/Shanghai', 'YYYY-MM') and m.status <> 'open' limit 1;
  if offender is not null then
    raise exception 'the books of % are closed', offender using errcode = 'HM001';
  end if;
  return null;
end $$;--> statement-breakpoint
CREATE TRIGGER "refuse_closed_month" AFTER INSERT ON "ledger_transfers" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION "refuse_closed_month"();--> statement-breakpoint
-- Law: 国务院令第802号. For other debtors the platform keeps to the same bound.
INSERT INTO "payment_limits" ("id", "debtor_kind", "warn_days", "max_days", "valid_from", "valid_to", "source") VALUES
	(gen_random_uuid(), 'public_body', 30, 60, '2025-06-01', '2099-12-31', '保障中小企业款项支付条例（国务院令第802号）第九条：机关、事业单位 30 日，合同另有约定最长 60 日'),
	(gen_random_uuid(), 'large_enterprise', 60, 60, '2025-06-01', '2099-12-31', '保障中小企业款项支付条例（国务院令第802号）第九条：大型企业 60 日'),
	(gen_random_uuid(), 'other', 60, 60, '2000-01-01', '2099-12-31', '平台规则（示例）：账期不超过 60 日');--> statement-breakpoint
INSERT INTO "interest_rates" ("valid_from", "ppm_per_day", "source") VALUES ('2000-01-01', 500, '平台规则（示例）：逾期每日万分之五');--> statement-breakpoint
INSERT INTO "statement_terms" ("id", "side", "org_id", "rhythm", "cut_day", "due_days", "debtor_kind", "auto_confirm_days", "interest", "valid_from", "valid_to", "verdict", "verdict_source", "written_at") VALUES
	('01930000-0000-7000-8000-0000000e0001', 'buyer', null, 'monthly', 31, 30, 'other', null, false, '2000-01-01', '2099-12-31', 'ok', '平台规则（示例）', '2000-01-01'),
	('01930000-0000-7000-8000-0000000e0002', 'supplier', null, 'monthly', 31, 15, 'other', null, false, '2000-01-01', '2099-12-31', 'ok', '平台规则（示例）', '2000-01-01'),
	('01930000-0000-7000-8000-0000000e0003', 'broker', null, 'monthly', 31, 15, 'other', null, false, '2000-01-01', '2099-12-31', 'ok', '平台规则（示例）', '2000-01-01');--> statement-breakpoint
INSERT INTO "claim_rules" ("id", "goods_class", "kind", "hours", "photos_min", "auto_up_to_fen", "contest_hours", "valid_from", "valid_to", "source") VALUES
	('01930000-0000-7000-8000-0000000f0001', 'fresh', null, 24, 1, 5000, 72, '2000-01-01', '2099-12-31', '平台规则（示例）：鲜品签收后 24 小时内'),
	('01930000-0000-7000-8000-0000000f0002', 'frozen', null, 48, 1, 5000, 72, '2000-01-01', '2099-12-31', '平台规则（示例）：冷冻品签收后 48 小时内'),
	('01930000-0000-7000-8000-0000000f0003', 'dry', null, 168, 1, 5000, 72, '2000-01-01', '2099-12-31', '平台规则（示例）：常温品签收后 7 天内'),
	('01930000-0000-7000-8000-0000000f0004', 'fresh', 'shortage', 24, 0, 10000, 72, '2000-01-01', '2099-12-31', '平台规则（示例）：少货以装筐扫码核对，可不拍照'),
	('01930000-0000-7000-8000-0000000f0005', 'frozen', 'shortage', 48, 0, 10000, 72, '2000-01-01', '2099-12-31', '平台规则（示例）：少货以装筐扫码核对，可不拍照'),
	('01930000-0000-7000-8000-0000000f0006', 'dry', 'shortage', 72, 0, 10000, 72, '2000-01-01', '2099-12-31', '平台规则（示例）：少货以装筐扫码核对，可不拍照'),
	('01930000-0000-7000-8000-0000000f0007', 'fresh', 'temperature', 12, 1, 50000, 72, '2000-01-01', '2099-12-31', '平台规则（示例）：温度问题 12 小时内，附温度计照片'),
	('01930000-0000-7000-8000-0000000f0008', 'frozen', 'temperature', 24, 1, 50000, 72, '2000-01-01', '2099-12-31', '平台规则（示例）：温度问题 24 小时内，附温度计照片');--> statement-breakpoint
INSERT INTO "claim_weights" ("kind", "valid_from", "weight", "source") VALUES
	('shortage', '2000-01-01', 50, '平台规则（示例）'),
	('quality', '2000-01-01', 100, '平台规则（示例）'),
	('temperature', '2000-01-01', 150, '平台规则（示例）'),
	('wrong_goods', '2000-01-01', 80, '平台规则（示例）');

CREATE TABLE "price_contract_lines" (
	"id" uuid PRIMARY KEY,
	"contract_id" uuid NOT NULL,
	"sku_id" uuid NOT NULL,
	"centifen" bigint,
	"discount_bp" integer,
	"reference_key" text,
	"quantity_limit" bigint,
	CONSTRAINT "fixed_or_discount" CHECK (("centifen" is null) = ("discount_bp" is not null and "reference_key" is not null)
        and ("centifen" is null or "centifen" > 0) and ("discount_bp" is null or "discount_bp" between 0 and 9999)),
	CONSTRAINT "limit_positive" CHECK ("quantity_limit" is null or "quantity_limit" > 0)
);
--> statement-breakpoint
CREATE TABLE "price_contracts" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL,
	"supplier_org_id" uuid NOT NULL,
	"buyer_org_id" uuid NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "contract_days" CHECK ("valid_from" <= "valid_to")
);
--> statement-breakpoint
CREATE TABLE "reference_prices" (
	"id" uuid PRIMARY KEY,
	"key" text NOT NULL,
	"market" text NOT NULL,
	"product" text NOT NULL,
	"grade" text DEFAULT '' NOT NULL,
	"day" text NOT NULL,
	"low_centifen" bigint,
	"average_centifen" bigint NOT NULL,
	"high_centifen" bigint,
	"per" bigint NOT NULL,
	"source" text NOT NULL,
	"entered_by" uuid NOT NULL,
	"entered_at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "reference_positive" CHECK ("average_centifen" > 0 and "per" > 0)
);
--> statement-breakpoint
CREATE TABLE "tax_rules" (
	"id" uuid PRIMARY KEY,
	"tax_class" text NOT NULL,
	"seller_type" text NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"rate_bp" integer NOT NULL,
	"exempt" boolean NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "rate" CHECK ("rate_bp" between 0 and 10000 and (not "exempt" or "rate_bp" = 0))
);
--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "kind" text DEFAULT 'fixed' NOT NULL;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "contract_line_id" uuid;--> statement-breakpoint
ALTER TABLE "prices" ADD COLUMN "basis" jsonb;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "price_basis" jsonb;--> statement-breakpoint
ALTER TABLE "order_lines" ADD COLUMN "contract_line_id" uuid;--> statement-breakpoint
CREATE INDEX "lines_of_contract" ON "order_lines" ("contract_line_id") WHERE "contract_line_id" is not null;--> statement-breakpoint
CREATE INDEX "price_contract_lines_sku_id_index" ON "price_contract_lines" ("sku_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pack_once" ON "price_contract_lines" ("contract_id","sku_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_contract_number" ON "price_contracts" ("supplier_org_id","number");--> statement-breakpoint
CREATE INDEX "price_contracts_buyer_org_id_index" ON "price_contracts" ("buyer_org_id");--> statement-breakpoint
CREATE INDEX "reference_prices_key_day_index" ON "reference_prices" ("key","day");--> statement-breakpoint
CREATE UNIQUE INDEX "one_tax_rule" ON "tax_rules" ("tax_class","seller_type","valid_from");--> statement-breakpoint
ALTER TABLE "price_contract_lines" ADD CONSTRAINT "price_contract_lines_contract_id_price_contracts_id_fkey" FOREIGN KEY ("contract_id") REFERENCES "price_contracts"("id");--> statement-breakpoint
ALTER TABLE "price_contract_lines" ADD CONSTRAINT "price_contract_lines_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "price_contracts" ADD CONSTRAINT "price_contracts_supplier_org_id_organisations_id_fkey" FOREIGN KEY ("supplier_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "price_contracts" ADD CONSTRAINT "price_contracts_buyer_org_id_organisations_id_fkey" FOREIGN KEY ("buyer_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
-- VAT as of 2026; exemptions marked 延续执行 rest on extension notices to be checked each year.
INSERT INTO "tax_rules" ("id", "tax_class", "seller_type", "valid_from", "valid_to", "rate_bp", "exempt", "basis") VALUES
	(gen_random_uuid(), 'vegetable', 'general', '2026-01-01', '2099-12-31', 0, true, '财税〔2011〕137号（蔬菜流通环节免税，延续执行）'),
	(gen_random_uuid(), 'fresh_meat_egg', 'general', '2026-01-01', '2099-12-31', 0, true, '财税〔2012〕75号（鲜活肉蛋流通环节免税，延续执行）'),
	(gen_random_uuid(), 'agri', 'general', '2026-01-01', '2099-12-31', 900, false, '增值税法第十条（二）'),
	(gen_random_uuid(), 'edible_oil', 'general', '2026-01-01', '2099-12-31', 900, false, '增值税法第十条（二）'),
	(gen_random_uuid(), 'grain_product', 'general', '2026-01-01', '2099-12-31', 900, false, '增值税法第十条（二）；财税字〔1995〕52号（粮食复制品）'),
	(gen_random_uuid(), 'processed_food', 'general', '2026-01-01', '2099-12-31', 1300, false, '增值税法第十条（一）'),
	(gen_random_uuid(), 'packaging', 'general', '2026-01-01', '2099-12-31', 1300, false, '增值税法第十条（一）'),
	(gen_random_uuid(), 'transport', 'general', '2026-01-01', '2099-12-31', 900, false, '增值税法第十条（二）'),
	(gen_random_uuid(), 'service', 'general', '2026-01-01', '2099-12-31', 600, false, '增值税法第十条（三）'),
	(gen_random_uuid(), 'vegetable', 'small', '2026-01-01', '2099-12-31', 0, true, '财税〔2011〕137号（蔬菜流通环节免税，延续执行）'),
	(gen_random_uuid(), 'fresh_meat_egg', 'small', '2026-01-01', '2099-12-31', 0, true, '财税〔2012〕75号（鲜活肉蛋流通环节免税，延续执行）'),
	(gen_random_uuid(), 'agri', 'small', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'edible_oil', 'small', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'grain_product', 'small', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'processed_food', 'small', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'packaging', 'small', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'transport', 'small', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'service', 'small', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'vegetable', 'self_producer', '2026-01-01', '2099-12-31', 0, true, '增值税法第二十四条（一）；财税〔2008〕81号'),
	(gen_random_uuid(), 'fresh_meat_egg', 'self_producer', '2026-01-01', '2099-12-31', 0, true, '增值税法第二十四条（一）；财税〔2008〕81号'),
	(gen_random_uuid(), 'agri', 'self_producer', '2026-01-01', '2099-12-31', 0, true, '增值税法第二十四条（一）；财税〔2008〕81号'),
	(gen_random_uuid(), 'edible_oil', 'self_producer', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'grain_product', 'self_producer', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'processed_food', 'self_producer', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'packaging', 'self_producer', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'transport', 'self_producer', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）'),
	(gen_random_uuid(), 'service', 'self_producer', '2026-01-01', '2099-12-31', 300, false, '增值税法第九条、第十一条（征收率）');

CREATE TABLE "lot_papers" (
	"id" uuid PRIMARY KEY,
	"lot_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"form" text,
	"basis" text[] DEFAULT '{}'::text[] NOT NULL,
	"tested" text DEFAULT '' NOT NULL,
	"quantity" bigint NOT NULL,
	"origin" text DEFAULT '' NOT NULL,
	"issuer" text DEFAULT '' NOT NULL,
	"contact" text DEFAULT '' NOT NULL,
	"issued_on" text NOT NULL,
	"valid_to" text,
	"file_id" uuid,
	"from_paper_ids" uuid[] DEFAULT '{}'::uuid[] NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"voided_at" timestamp with time zone,
	"void_reason" text DEFAULT '' NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "paper_covers" CHECK ("quantity" > 0),
	CONSTRAINT "conformity_form" CHECK (("kind" = 'conformity_certificate') = ("form" is not null) and ("form" is null or cardinality("basis") > 0))
);
--> statement-breakpoint
CREATE TABLE "paper_rules" (
	"id" uuid PRIMARY KEY,
	"subject" text NOT NULL,
	"goods" text NOT NULL,
	"gates" text[] NOT NULL,
	"need" jsonb NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "rule_days" CHECK ("valid_from" <= "valid_to")
);
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "edible_basis" text;--> statement-breakpoint
ALTER TABLE "skus" ADD COLUMN "sale_from" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "skus" ADD COLUMN "sale_until" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "issuer" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "product_ids" uuid[] DEFAULT '{}'::uuid[] NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "confirmed_on" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "status" text DEFAULT 'pending' NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "submitted_by" uuid;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "submitted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "reviewed_by" uuid;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "reviewed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "review_note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "verified_on" text;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "warned_days" integer;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "lot_papers_lot_id_index" ON "lot_papers" ("lot_id");--> statement-breakpoint
CREATE INDEX "lot_papers_file_id_index" ON "lot_papers" ("file_id") WHERE "file_id" is not null;--> statement-breakpoint
CREATE INDEX "papers_to_review" ON "papers" ("submitted_at") WHERE "status" = 'pending';--> statement-breakpoint
ALTER TABLE "lot_papers" ADD CONSTRAINT "lot_papers_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "paper_days" CHECK ("valid_from" <= "valid_to");--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "paper_status" CHECK ("status" in ('pending','valid','refused','revoked','withdrawn'));--> statement-breakpoint
-- What was on file before papers were reviewed counts as reviewed; goods keep their sale until the next reckoning.
UPDATE "papers" SET "status" = 'valid', "verified_on" = to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD');--> statement-breakpoint
UPDATE "skus" SET "sale_from" = '2020-01-01', "sale_until" = '2099-12-31';--> statement-breakpoint
UPDATE "products" SET "marks" = '[]';--> statement-breakpoint
INSERT INTO "lot_papers" ("id", "lot_id", "kind", "number", "form", "basis", "quantity", "issuer", "issued_on", "created_at", "is_sample")
SELECT gen_random_uuid(), l."id", k."kind", l."certificate",
	CASE WHEN k."kind" = 'conformity_certificate' THEN 'producer' END,
	CASE WHEN k."kind" = 'conformity_certificate' THEN '{controlled}'::text[] ELSE '{}'::text[] END,
	greatest(l."quantity", 1), o."name", coalesce(l."made_on", l."ready_day"), l."created_at", l."is_sample"
FROM "lots" l JOIN "skus" s ON s."id" = l."sku_id" JOIN "products" p ON p."id" = s."product_id" JOIN "organisations" o ON o."id" = l."org_id"
CROSS JOIN LATERAL (SELECT CASE WHEN p."category" IN ('A1','leaf_vegetable','root_vegetable','chilli','fresh_bamboo','yam',
	'A2','fresh_mushroom','dried_mushroom','A3','citrus','pear_peach','kiwifruit','A4','coarse_grain','lotus_seed','fresh_peanut',
	'A5','pork','beef_mutton','poultry','egg','A6','live_fish','chilled_fish','crude_tea','A8','edible_herb','dried_flower')
	THEN 'conformity_certificate' ELSE 'factory_inspection' END AS "kind") k
WHERE l."certificate" <> '';--> statement-breakpoint
INSERT INTO "paper_rules" ("id", "subject", "goods", "gates", "need", "valid_from", "valid_to", "source") VALUES
	('01940000-0000-7000-8000-000000000001', 'seller', '*', '{list,promise,ship,receive}', '[["business_licence"]]', '2019-01-01', '2099-12-31', '电子商务法 Art. 10, 27; 食品安全法 Art. 62'),
	('01940000-0000-7000-8000-000000000002', 'seller', 'prepackaged', '{list,promise,ship,receive}', '[["production_licence"]]', '2015-10-01', '2099-12-31', '食品安全法 Art. 35, 53; 上海市食品安全条例 Art. 23'),
	('01940000-0000-7000-8000-000000000003', 'seller', 'prepackaged', '{list,promise,ship,receive}', '[["type_inspection"]]', '2015-10-01', '2099-12-31', '食品安全法 Art. 52; GB 14881'),
	('01940000-0000-7000-8000-000000000004', 'seller', 'packaging', '{list,promise,ship,receive}', '[["food_contact_test"], ["production_licence"]]', '2017-03-20', '2099-12-31', '上海市食品安全条例 Art. 25; 食品安全法 Art. 41'),
	('01940000-0000-7000-8000-000000000005', 'seller', 'A5', '{list,promise,ship,receive}', '[["animal_health_permit"]]', '2021-05-01', '2099-12-31', '动物防疫法 Art. 25'),
	('01940000-0000-7000-8000-000000000006', 'seller', 'pork', '{list,promise,ship,receive}', '[["trading_licence"]]', '2017-03-20', '2099-12-31', '上海市食品安全条例 Art. 19'),
	('01940000-0000-7000-8000-000000000007', 'seller', 'beef_mutton', '{list,promise,ship,receive}', '[["trading_licence"]]', '2017-03-20', '2099-12-31', '上海市食品安全条例 Art. 19'),
	('01940000-0000-7000-8000-000000000008', 'seller', 'A8', '{list,promise,ship,receive}', '[["edible_basis"]]', '2015-10-01', '2099-12-31', '食品安全法 Art. 37, 38; 按照传统既是食品又是中药材的物质目录'),
	('01940000-0000-7000-8000-000000000011', 'lot', 'plant', '{ship,receive}', '[["conformity_certificate"], ["origin_certificate", "test_report"]]', '2023-01-01', '2099-12-31', '农产品质量安全法 Art. 38, 39; 农业农村部令2025年第4号; 上海市食品安全条例 Art. 50'),
	('01940000-0000-7000-8000-000000000012', 'lot', 'egg_or_fish', '{ship,receive}', '[["conformity_certificate"], ["quarantine_certificate"]]', '2023-01-01', '2099-12-31', '农产品质量安全法 Art. 38, 44; 农业农村部令2025年第4号'),
	('01940000-0000-7000-8000-000000000013', 'lot', 'dry_agri', '{ship,receive}', '[["origin_certificate", "test_report"], ["conformity_certificate"], ["factory_inspection"]]', '2017-03-20', '2099-12-31', '上海市食品安全条例 Art. 50'),
	('01940000-0000-7000-8000-000000000014', 'lot', 'prepackaged', '{ship,receive}', '[["factory_inspection"]]', '2015-10-01', '2099-12-31', '食品安全法 Art. 51, 52, 53'),
	('01940000-0000-7000-8000-000000000015', 'lot', 'pork', '{ship}', '[["quarantine_certificate", "meat_quality_certificate", "swine_fever_test"]]', '2017-03-20', '2099-12-31', '上海市食品安全条例 Art. 50; 生猪屠宰管理条例'),
	('01940000-0000-7000-8000-000000000016', 'lot', 'pork', '{receive}', '[["quarantine_certificate", "meat_quality_certificate", "swine_fever_test", "checkpoint_stamp"]]', '2017-03-20', '2099-12-31', '上海市食品安全条例 Art. 47, 50'),
	('01940000-0000-7000-8000-000000000017', 'lot', 'meat', '{ship}', '[["quarantine_certificate"]]', '2017-03-20', '2099-12-31', '上海市食品安全条例 Art. 50; 动物防疫法'),
	('01940000-0000-7000-8000-000000000018', 'lot', 'meat', '{receive}', '[["quarantine_certificate", "checkpoint_stamp"]]', '2017-03-20', '2099-12-31', '上海市食品安全条例 Art. 47, 50'),
	('01940000-0000-7000-8000-000000000021', 'hub', '*', '{receive}', '[["storage_filing"], ["trading_licence"]]', '2017-03-20', '2099-12-31', '上海市食品安全条例 Art. 21, 34'),
	('01940000-0000-7000-8000-000000000022', 'carrier', '*', '{carry}', '[["road_transport_permit"]]', '2017-03-20', '2099-12-31', '道路运输条例; 上海市食品安全条例 Art. 21, 34');

CREATE TABLE "holidays" (
	"day" text PRIMARY KEY,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "holiday_kind" CHECK ("kind" in ('off', 'work'))
);
--> statement-breakpoint
ALTER TABLE "paper_rules" ADD COLUMN "days" integer;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "vehicle_id" uuid;--> statement-breakpoint
ALTER TABLE "papers" ADD COLUMN "person_id" uuid;--> statement-breakpoint
CREATE INDEX "papers_vehicle_id_index" ON "papers" ("vehicle_id") WHERE "vehicle_id" is not null;--> statement-breakpoint
CREATE INDEX "papers_person_id_index" ON "papers" ("person_id") WHERE "person_id" is not null;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_vehicle_id_vehicles_id_fkey" FOREIGN KEY ("vehicle_id") REFERENCES "vehicles"("id");--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_person_id_people_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id");--> statement-breakpoint
INSERT INTO "paper_rules" ("id", "subject", "goods", "gates", "need", "days", "valid_from", "valid_to", "source") VALUES
	('01940000-0000-7000-8000-000000000009', 'seller', '*', '{list,promise}', '[["register_check"]]', 183, '2026-11-24', '2099-12-31', '电子商务法 Art. 27: 核验更新; 网络交易监督管理办法 Art. 24: 至少每六个月'),
	('01940000-0000-7000-8000-000000000023', 'vehicle', '*', '{carry}', '[["vehicle_licence", "disinfection_record"]]', NULL, '2026-11-24', '2099-12-31', '道路交通安全法 Art. 11, 13; GB 31605-2020; 上海市食品安全条例 Art. 34'),
	('01940000-0000-7000-8000-000000000024', 'driver', '*', '{carry}', '[["health_certificate"]]', NULL, '2026-11-24', '2099-12-31', '食品安全法 Art. 45 (接触食品的人员每年健康检查)');
--> statement-breakpoint
UPDATE "papers" SET "verified_on" = coalesce(to_char("reviewed_at" at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), to_char(now() at time zone 'Asia/Shanghai', 'YYYY-MM-DD'))
WHERE "status" = 'valid' AND "verified_on" IS NULL;
--> statement-breakpoint
-- Sample vehicles and drivers go on working: they get sample papers.
INSERT INTO "papers" ("id", "org_id", "kind", "number", "issuer", "scope", "vehicle_id", "valid_from", "valid_to", "status", "verified_on", "is_sample")
SELECT gen_random_uuid(), v."org_id", k."kind", '示例' || v."plate", '示例', '[]', v."id",
	to_char(now() - interval '1 day', 'YYYY-MM-DD'), to_char(now() + k."lasts", 'YYYY-MM-DD'), 'valid', to_char(now(), 'YYYY-MM-DD'), true
FROM "vehicles" v CROSS JOIN (VALUES ('vehicle_licence', interval '365 days'), ('disinfection_record', interval '30 days')) k("kind", "lasts") WHERE v."is_sample";
--> statement-breakpoint
INSERT INTO "papers" ("id", "org_id", "kind", "number", "issuer", "scope", "person_id", "valid_from", "valid_to", "status", "verified_on", "is_sample")
SELECT gen_random_uuid(), m."org_id", 'health_certificate', '示例健康证', '示例', '[]', p."id",
	to_char(now() - interval '1 day', 'YYYY-MM-DD'), to_char(now() + interval '360 days', 'YYYY-MM-DD'), 'valid', to_char(now(), 'YYYY-MM-DD'), true
FROM "memberships" m JOIN "people" p ON p."id" = m."person_id" WHERE m."role" = 'driver' AND p."is_sample";
--> statement-breakpoint
-- 2026 as published; of 2027 only what is off by law: its arrangement (调休) is not published yet.
INSERT INTO "holidays" ("day", "kind", "name", "source")
SELECT to_char(d, 'YYYY-MM-DD'), 'off', h."name", '国务院办公厅关于2026年部分节假日安排的通知 (2025-11-04)'
FROM (VALUES ('2026-01-01', '2026-01-03', '元旦'), ('2026-02-15', '2026-02-23', '春节'), ('2026-04-04', '2026-04-06', '清明节'),
	('2026-05-01', '2026-05-05', '劳动节'), ('2026-06-19', '2026-06-21', '端午节'), ('2026-09-25', '2026-09-27', '中秋节'),
	('2026-10-01', '2026-10-07', '国庆节')) h("first", "last", "name"), generate_series(h."first"::date, h."last"::date, '1 day') d;
--> statement-breakpoint
INSERT INTO "holidays" ("day", "kind", "name", "source")
SELECT d, 'work', n, '国务院办公厅关于2026年部分节假日安排的通知 (2025-11-04)'
FROM (VALUES ('2026-01-04', '元旦调休'), ('2026-02-14', '春节调休'), ('2026-02-28', '春节调休'), ('2026-05-09', '劳动节调休'),
	('2026-09-20', '国庆节调休'), ('2026-10-10', '国庆节调休')) w(d, n);
--> statement-breakpoint
INSERT INTO "holidays" ("day", "kind", "name", "source")
SELECT to_char(d, 'YYYY-MM-DD'), 'off', h."name", '全国年节及纪念日放假办法 (2024年修订); 2027年调休安排尚未公布'
FROM (VALUES ('2027-01-01', '2027-01-01', '元旦'), ('2027-02-05', '2027-02-08', '春节'), ('2027-04-05', '2027-04-05', '清明节'),
	('2027-05-01', '2027-05-02', '劳动节'), ('2027-06-09', '2027-06-09', '端午节'), ('2027-09-15', '2027-09-15', '中秋节'),
	('2027-10-01', '2027-10-03', '国庆节')) h("first", "last", "name"), generate_series(h."first"::date, h."last"::date, '1 day') d;

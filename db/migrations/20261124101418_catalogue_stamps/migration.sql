ALTER TABLE "organisations" ADD COLUMN "changed_in" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_state" ADD COLUMN "deleted_in" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "changed_in" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "skus" ADD COLUMN "changed_in" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
DROP TRIGGER "catalogue_changed" ON "products";--> statement-breakpoint
DROP TRIGGER "catalogue_changed" ON "skus";--> statement-breakpoint
DROP TRIGGER "catalogue_changed" ON "prices";--> statement-breakpoint
DROP TRIGGER "catalogue_changed" ON "organisations";--> statement-breakpoint
DROP FUNCTION "catalogue_changed"();--> statement-breakpoint
-- The version of this transaction: counted once, then held until the commit, so that versions commit in order.
CREATE FUNCTION "catalogue_tick"() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	mine bigint;
BEGIN
	UPDATE "catalogue_state" SET "version" = "version" + 1
		WHERE xmin <> pg_current_xact_id()::xid RETURNING "version" INTO mine;
	IF mine IS NULL THEN
		SELECT "version" INTO mine FROM "catalogue_state";
	END IF;
	RETURN mine;
END
$$;
--> statement-breakpoint
CREATE FUNCTION "catalogue_stamp"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	NEW."changed_in" := catalogue_tick();
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "catalogue_stamp" BEFORE INSERT OR UPDATE ON "products" FOR EACH ROW EXECUTE FUNCTION "catalogue_stamp"();--> statement-breakpoint
CREATE TRIGGER "catalogue_stamp" BEFORE INSERT OR UPDATE ON "skus" FOR EACH ROW EXECUTE FUNCTION "catalogue_stamp"();--> statement-breakpoint
CREATE TRIGGER "catalogue_stamp" BEFORE UPDATE OF "name", "short_name", "suspended_at" ON "organisations" FOR EACH ROW EXECUTE FUNCTION "catalogue_stamp"();--> statement-breakpoint
-- A price counts as a change of its pack, once per transaction.
CREATE FUNCTION "catalogue_price_stamp"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "skus" SET "changed_in" = 0
		WHERE "id" IN (NEW."sku_id", OLD."sku_id") AND "changed_in" <> catalogue_tick();
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "catalogue_price_stamp" AFTER INSERT OR UPDATE OR DELETE ON "prices" FOR EACH ROW EXECUTE FUNCTION "catalogue_price_stamp"();--> statement-breakpoint
CREATE FUNCTION "catalogue_deleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM catalogue_tick();
	UPDATE "catalogue_state" SET "deleted_in" = "version";
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "catalogue_deleted" AFTER DELETE OR TRUNCATE ON "products" FOR EACH STATEMENT EXECUTE FUNCTION "catalogue_deleted"();--> statement-breakpoint
CREATE TRIGGER "catalogue_deleted" AFTER DELETE OR TRUNCATE ON "skus" FOR EACH STATEMENT EXECUTE FUNCTION "catalogue_deleted"();--> statement-breakpoint
CREATE TRIGGER "catalogue_deleted" AFTER TRUNCATE ON "prices" FOR EACH STATEMENT EXECUTE FUNCTION "catalogue_deleted"();

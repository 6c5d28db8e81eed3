CREATE TABLE "catalogue_state" (
	"only" boolean PRIMARY KEY DEFAULT true,
	"version" bigint NOT NULL,
	CONSTRAINT "one_row" CHECK ("only")
);
--> statement-breakpoint
INSERT INTO "catalogue_state" ("version") VALUES (1);
--> statement-breakpoint
CREATE FUNCTION "catalogue_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "catalogue_state" SET "version" = "version" + 1;
	RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "catalogue_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "products" FOR EACH STATEMENT EXECUTE FUNCTION "catalogue_changed"();
--> statement-breakpoint
CREATE TRIGGER "catalogue_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "skus" FOR EACH STATEMENT EXECUTE FUNCTION "catalogue_changed"();
--> statement-breakpoint
CREATE TRIGGER "catalogue_changed" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "prices" FOR EACH STATEMENT EXECUTE FUNCTION "catalogue_changed"();
--> statement-breakpoint
CREATE TRIGGER "catalogue_changed" AFTER UPDATE OR DELETE ON "organisations" FOR EACH STATEMENT EXECUTE FUNCTION "catalogue_changed"();

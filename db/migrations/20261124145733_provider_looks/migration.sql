CREATE TABLE "provider_looks" (
	"name" text PRIMARY KEY,
	"until" timestamp with time zone NOT NULL
);

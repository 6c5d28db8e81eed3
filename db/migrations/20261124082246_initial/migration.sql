CREATE TABLE "files" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"visibility" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hubs" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"parent_hub_id" uuid,
	"district_code" text NOT NULL,
	"address" text NOT NULL,
	"lng_e6" integer NOT NULL,
	"lat_e6" integer NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mandates" (
	"id" uuid PRIMARY KEY,
	"broker_org_id" uuid NOT NULL,
	"principal_org_id" uuid NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"person_id" uuid,
	"org_id" uuid,
	"role" text,
	CONSTRAINT "memberships_pkey" PRIMARY KEY("person_id","org_id","role")
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"uscc" text,
	"buyer_class" text,
	"division_code" text NOT NULL,
	"seller_tax_type" text,
	"approval_above_fen" integer,
	"suspended_at" timestamp with time zone,
	"is_sample" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "buyer_has_class" CHECK (("kind" = 'buyer') = ("buyer_class" is not null))
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"scope" jsonb NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"file_id" uuid,
	"is_sample" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY,
	"phone" text NOT NULL UNIQUE,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"locale" text DEFAULT 'zh' NOT NULL,
	"disabled_at" timestamp with time zone,
	"is_sample" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY,
	"token_hash" text NOT NULL UNIQUE,
	"person_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"device" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"id" uuid PRIMARY KEY,
	"phone" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sites" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"name" text NOT NULL,
	"district_code" text NOT NULL,
	"address" text NOT NULL,
	"lng_e6" integer NOT NULL,
	"lat_e6" integer NOT NULL,
	"contact_name" text NOT NULL,
	"contact_phone" text NOT NULL,
	"delivery_weekdays" smallint[] NOT NULL,
	"window_from" smallint NOT NULL,
	"window_to" smallint NOT NULL,
	"service_seconds" integer DEFAULT 480 NOT NULL,
	"key_drop" boolean DEFAULT false NOT NULL,
	"gate_note" text DEFAULT '' NOT NULL,
	"closed_at" timestamp with time zone,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "window_order" CHECK ("window_from" >= 0 and "window_from" < "window_to" and "window_to" <= 1440)
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"id" uuid PRIMARY KEY,
	"sku_id" uuid NOT NULL,
	"buyer_org_id" uuid,
	"buyer_class" text,
	"from_units" integer DEFAULT 1 NOT NULL,
	"centifen" bigint NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "price_positive" CHECK ("centifen" > 0 and "from_units" > 0),
	CONSTRAINT "one_audience" CHECK ("buyer_org_id" is null or "buyer_class" is null)
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"name_en" text DEFAULT '' NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"category" text NOT NULL,
	"county_code" text NOT NULL,
	"picture" text DEFAULT 'generic' NOT NULL,
	"photo_file_id" uuid,
	"pinyin_full" text NOT NULL,
	"pinyin_initials" text NOT NULL,
	"aliases" text[] NOT NULL,
	"short_codes" text[] NOT NULL,
	"seasons" jsonb NOT NULL,
	"marks" jsonb NOT NULL,
	"story" text DEFAULT '' NOT NULL,
	"archived_at" timestamp with time zone,
	"is_sample" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sku_units" (
	"sku_id" uuid,
	"unit" text,
	"base_quantity" bigint NOT NULL,
	CONSTRAINT "sku_units_pkey" PRIMARY KEY("sku_id","unit"),
	CONSTRAINT "positive" CHECK ("base_quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "skus" (
	"id" uuid PRIMARY KEY,
	"product_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"code" text NOT NULL UNIQUE,
	"spec" text NOT NULL,
	"gtin" text,
	"base_unit" text NOT NULL,
	"order_unit" text NOT NULL,
	"base_per_order_unit" bigint NOT NULL,
	"price_unit" text NOT NULL,
	"base_per_price_unit" bigint NOT NULL,
	"min_units" integer DEFAULT 1 NOT NULL,
	"step_units" integer DEFAULT 1 NOT NULL,
	"max_units" integer DEFAULT 9999 NOT NULL,
	"catch_weight" boolean DEFAULT false NOT NULL,
	"tolerance_bp" integer DEFAULT 500 NOT NULL,
	"zone" text NOT NULL,
	"shelf_life_days" integer NOT NULL,
	"min_remaining_days" integer DEFAULT 1 NOT NULL,
	"allergens" text[] NOT NULL,
	"storage" text DEFAULT '' NOT NULL,
	"tax_class" text NOT NULL,
	"gross_grams_per_unit" integer NOT NULL,
	"millilitres_per_unit" integer NOT NULL,
	"archived_at" timestamp with time zone,
	"is_sample" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "positive_packs" CHECK ("base_per_order_unit" > 0 and "base_per_price_unit" > 0),
	CONSTRAINT "steps" CHECK ("min_units" > 0 and "step_units" > 0 and "max_units" >= "min_units"),
	CONSTRAINT "shelf_life" CHECK ("shelf_life_days" > 0 and "min_remaining_days" >= 0)
);
--> statement-breakpoint
CREATE TABLE "audit_runs" (
	"id" uuid PRIMARY KEY,
	"at" timestamp with time zone NOT NULL,
	"checks" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event_effects" (
	"event_id" uuid,
	"consumer" text,
	"done_at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_effects_pkey" PRIMARY KEY("event_id","consumer")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY,
	"type" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"person_id" uuid,
	"actor_org_id" uuid,
	"org_id" uuid,
	"hub_id" uuid,
	"subject_id" uuid NOT NULL,
	"payload" jsonb NOT NULL,
	"relayed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"key" text NOT NULL,
	"params" jsonb NOT NULL,
	"subject_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "queue_states" (
	"queue" text PRIMARY KEY,
	"backend" text NOT NULL,
	"counts" jsonb NOT NULL,
	"failed" jsonb NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_accounts" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"debits_pending_fen" bigint DEFAULT 0 NOT NULL,
	"debits_posted_fen" bigint DEFAULT 0 NOT NULL,
	"credits_pending_fen" bigint DEFAULT 0 NOT NULL,
	"credits_posted_fen" bigint DEFAULT 0 NOT NULL,
	"credit_limit_fen" bigint,
	CONSTRAINT "sums_not_negative" CHECK ("debits_pending_fen" >= 0 and "debits_posted_fen" >= 0 and "credits_pending_fen" >= 0 and "credits_posted_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_transfers" (
	"id" uuid PRIMARY KEY,
	"kind" text NOT NULL,
	"debit_account_id" uuid NOT NULL,
	"credit_account_id" uuid NOT NULL,
	"amount_fen" bigint NOT NULL,
	"hold_id" uuid,
	"subject_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "amount_not_negative" CHECK ("amount_fen" >= 0),
	CONSTRAINT "two_accounts" CHECK ("debit_account_id" <> "credit_account_id"),
	CONSTRAINT "hold_reference" CHECK (("kind" in ('post','void')) = ("hold_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "acceptances" (
	"order_id" uuid,
	"person_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "acceptances_pkey" PRIMARY KEY("order_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "closed_days" (
	"hub_id" uuid,
	"day" text,
	"reason" text NOT NULL,
	CONSTRAINT "closed_days_pkey" PRIMARY KEY("hub_id","day")
);
--> statement-breakpoint
CREATE TABLE "cut_off_rules" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"buyer_class" text NOT NULL,
	"days_before" integer DEFAULT 1 NOT NULL,
	"minutes" integer NOT NULL,
	"minimum_fen" bigint NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	CONSTRAINT "in_day" CHECK ("minutes" between 0 and 1439 and "days_before" between 0 and 14)
);
--> statement-breakpoint
CREATE TABLE "cut_offs" (
	"hub_id" uuid,
	"day" text,
	"buyer_class" text,
	"closed_at" timestamp with time zone NOT NULL,
	"closed_by" uuid,
	"frozen_orders" integer DEFAULT 0 NOT NULL,
	"summary" jsonb NOT NULL,
	CONSTRAINT "cut_offs_pkey" PRIMARY KEY("hub_id","day","buyer_class")
);
--> statement-breakpoint
CREATE TABLE "guide_items" (
	"site_id" uuid,
	"sku_id" uuid,
	"par_units" integer,
	"pinned_at" timestamp with time zone NOT NULL,
	CONSTRAINT "guide_items_pkey" PRIMARY KEY("site_id","sku_id")
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"id" uuid PRIMARY KEY,
	"order_id" uuid NOT NULL,
	"line_no" integer NOT NULL,
	"sku_id" uuid NOT NULL,
	"supplier_org_id" uuid NOT NULL,
	"units" integer NOT NULL,
	"quantity" bigint NOT NULL,
	"price_centifen" bigint NOT NULL,
	"base_per_price_unit" bigint NOT NULL,
	"price_reason" text NOT NULL,
	"tax_rate_bp" integer NOT NULL,
	"amount_fen" bigint NOT NULL,
	"cut_quantity" bigint DEFAULT 0 NOT NULL,
	"cut_reason" text,
	"picked_quantity" bigint,
	"delivered_quantity" bigint,
	"refused_quantity" bigint DEFAULT 0 NOT NULL,
	"refuse_reason" text,
	"final_fen" bigint,
	CONSTRAINT "line_no_once" UNIQUE("order_id","line_no"),
	CONSTRAINT "sku_once" UNIQUE("order_id","sku_id"),
	CONSTRAINT "line_quantities" CHECK ("units" > 0 and "quantity" > 0 and "cut_quantity" >= 0 and "cut_quantity" <= "quantity" and "refused_quantity" >= 0),
	CONSTRAINT "amount_not_negative" CHECK ("amount_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"org_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"day" text NOT NULL,
	"window_from" integer NOT NULL,
	"window_to" integer NOT NULL,
	"status" text NOT NULL,
	"total_fen" bigint NOT NULL,
	"shortage_rule" text DEFAULT 'partial' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"request_hash" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"hold_id" uuid,
	"placed_by" uuid NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"frozen_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"accepted_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "total_not_negative" CHECK ("total_fen" >= 0)
);
--> statement-breakpoint
CREATE TABLE "promises" (
	"id" uuid PRIMARY KEY,
	"order_line_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"picked_quantity" bigint,
	CONSTRAINT "promise_positive" CHECK ("quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "pick_tasks" (
	"id" uuid PRIMARY KEY,
	"wave_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"order_line_id" uuid NOT NULL,
	"promise_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"tote_id" uuid NOT NULL,
	"zone" text NOT NULL,
	"quantity" bigint NOT NULL,
	"status" text NOT NULL,
	"picked_quantity" bigint,
	"net_grams" bigint,
	"short_reason" text,
	"picked_by" uuid,
	"picked_at" timestamp with time zone,
	CONSTRAINT "task_quantities" CHECK ("quantity" > 0 and coalesce("picked_quantity", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "totes" (
	"id" uuid PRIMARY KEY,
	"code" text NOT NULL UNIQUE,
	"wave_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"zone" text NOT NULL,
	"status" text NOT NULL,
	"seal_number" text DEFAULT '' NOT NULL,
	"sealed_at" timestamp with time zone,
	"loaded_at" timestamp with time zone,
	CONSTRAINT "tote_per_zone" UNIQUE("order_id","zone")
);
--> statement-breakpoint
CREATE TABLE "wave_orders" (
	"order_id" uuid PRIMARY KEY,
	"wave_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waves" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"day" text NOT NULL,
	"seq" integer NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"released_at" timestamp with time zone,
	"released_by" uuid,
	"picked_at" timestamp with time zone,
	"summary" jsonb NOT NULL,
	CONSTRAINT "wave_seq" UNIQUE("hub_id","day","seq")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY,
	"stop_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"order_line_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"refused_quantity" bigint DEFAULT 0 NOT NULL,
	"refuse_reason" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "line_lot_once" UNIQUE("order_line_id","lot_id"),
	CONSTRAINT "delivery_quantities" CHECK ("quantity" >= 0 and "refused_quantity" >= 0 and "quantity" + "refused_quantity" > 0)
);
--> statement-breakpoint
CREATE TABLE "plans" (
	"id" uuid PRIMARY KEY,
	"hub_id" uuid NOT NULL,
	"day" text NOT NULL,
	"wave_id" uuid NOT NULL CONSTRAINT "plan_per_wave" UNIQUE,
	"status" text NOT NULL,
	"method" text NOT NULL,
	"matrix_source" text NOT NULL,
	"metres" integer NOT NULL,
	"unassigned" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"dispatched_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY,
	"plan_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"day" text NOT NULL,
	"seq" integer NOT NULL,
	"vehicle_id" uuid NOT NULL,
	"driver_person_id" uuid,
	"status" text NOT NULL,
	"metres" integer NOT NULL,
	"depart_at" timestamp with time zone NOT NULL,
	"dispatched_at" timestamp with time zone,
	"pre_cool_deci_c" integer,
	"finished_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "run_seq" UNIQUE("plan_id","seq")
);
--> statement-breakpoint
CREATE TABLE "stop_orders" (
	"order_id" uuid PRIMARY KEY,
	"stop_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stops" (
	"id" uuid PRIMARY KEY,
	"run_id" uuid NOT NULL,
	"site_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"status" text NOT NULL,
	"planned_arrive_at" timestamp with time zone NOT NULL,
	"window_from_at" timestamp with time zone NOT NULL,
	"window_to_at" timestamp with time zone NOT NULL,
	"arrived_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"late_noticed_at" timestamp with time zone,
	"fail_reason" text,
	"receiver_name" text DEFAULT '' NOT NULL,
	"signature_file_id" uuid,
	"photo_file_ids" jsonb NOT NULL,
	"temperature_deci_c" integer,
	"crates_out" integer DEFAULT 0 NOT NULL,
	"crates_back" integer DEFAULT 0 NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "stop_seq" UNIQUE("run_id","seq")
);
--> statement-breakpoint
CREATE TABLE "vehicles" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"plate" text NOT NULL UNIQUE,
	"kind" text NOT NULL,
	"capacity_grams" bigint NOT NULL,
	"capacity_millilitres" bigint NOT NULL,
	"zones" text[] NOT NULL,
	"driver_person_id" uuid,
	"out_of_service" text,
	"is_sample" boolean DEFAULT false NOT NULL,
	CONSTRAINT "capacity_positive" CHECK ("capacity_grams" > 0 and "capacity_millilitres" > 0)
);
--> statement-breakpoint
CREATE TABLE "lots" (
	"id" uuid PRIMARY KEY,
	"code" text NOT NULL UNIQUE,
	"sku_id" uuid NOT NULL,
	"org_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"stage" text NOT NULL,
	"quantity" bigint NOT NULL,
	"promisable" bigint NOT NULL,
	"promised" bigint DEFAULT 0 NOT NULL,
	"on_hand" bigint DEFAULT 0 NOT NULL,
	"cap_bp" integer DEFAULT 7000 NOT NULL,
	"made_on" text,
	"ready_day" text NOT NULL,
	"use_by_day" text NOT NULL,
	"certificate" text DEFAULT '' NOT NULL,
	"hold_reason" text,
	"is_sample" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "not_oversold" CHECK ("promised" >= 0 and "promised" <= "promisable"),
	CONSTRAINT "on_hand_not_negative" CHECK ("on_hand" >= 0 and "quantity" >= 0 and "promisable" >= 0)
);
--> statement-breakpoint
CREATE TABLE "movements" (
	"id" uuid PRIMARY KEY,
	"lot_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"quantity" bigint NOT NULL,
	"subject_id" uuid NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"event_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "moves_something" CHECK ("quantity" <> 0)
);
--> statement-breakpoint
CREATE TABLE "call_offs" (
	"id" uuid PRIMARY KEY,
	"org_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"day" text NOT NULL,
	"sku_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"confirmed_quantity" bigint,
	"status" text NOT NULL,
	"answer_note" text DEFAULT '' NOT NULL,
	"answered_by" uuid,
	"answered_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "one_call_off" UNIQUE("org_id","hub_id","day","sku_id")
);
--> statement-breakpoint
CREATE TABLE "consignment_lines" (
	"id" uuid PRIMARY KEY,
	"consignment_id" uuid NOT NULL,
	"lot_id" uuid NOT NULL,
	"quantity" bigint NOT NULL,
	"received_quantity" bigint,
	"refused_quantity" bigint DEFAULT 0 NOT NULL,
	"refuse_reason" text,
	"gross_grams" bigint,
	"tare_grams" bigint,
	"surface_deci_c" integer,
	"photo_file_ids" jsonb NOT NULL,
	"received_by" uuid,
	"received_at" timestamp with time zone,
	CONSTRAINT "lot_once" UNIQUE("consignment_id","lot_id"),
	CONSTRAINT "line_positive" CHECK ("quantity" > 0 and "refused_quantity" >= 0 and coalesce("received_quantity", 0) >= 0)
);
--> statement-breakpoint
CREATE TABLE "consignments" (
	"id" uuid PRIMARY KEY,
	"number" text NOT NULL UNIQUE,
	"org_id" uuid NOT NULL,
	"hub_id" uuid NOT NULL,
	"status" text NOT NULL,
	"plate" text DEFAULT '' NOT NULL,
	"driver_name" text DEFAULT '' NOT NULL,
	"driver_phone" text DEFAULT '' NOT NULL,
	"seal_number" text DEFAULT '' NOT NULL,
	"set_point_deci_c" integer,
	"mode" text DEFAULT 'road' NOT NULL,
	"departs_at" timestamp with time zone,
	"expected_at" timestamp with time zone,
	"arrived_at" timestamp with time zone,
	"seal_ok" text,
	"arrival_deci_c" integer,
	"received_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"is_sample" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "mandates_broker_org_id_index" ON "mandates" ("broker_org_id");--> statement-breakpoint
CREATE INDEX "mandates_principal_org_id_index" ON "mandates" ("principal_org_id");--> statement-breakpoint
CREATE INDEX "memberships_org_id_index" ON "memberships" ("org_id");--> statement-breakpoint
CREATE INDEX "organisations_kind_index" ON "organisations" ("kind");--> statement-breakpoint
CREATE UNIQUE INDEX "organisations_uscc_index" ON "organisations" ("uscc") WHERE "uscc" is not null;--> statement-breakpoint
CREATE INDEX "papers_org_id_index" ON "papers" ("org_id");--> statement-breakpoint
CREATE INDEX "papers_valid_to_index" ON "papers" ("valid_to");--> statement-breakpoint
CREATE INDEX "sessions_person_id_index" ON "sessions" ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at_index" ON "sessions" ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_in_failures_phone_at_index" ON "sign_in_failures" ("phone","at");--> statement-breakpoint
CREATE INDEX "sites_org_id_index" ON "sites" ("org_id");--> statement-breakpoint
CREATE INDEX "sites_hub_id_index" ON "sites" ("hub_id");--> statement-breakpoint
CREATE INDEX "prices_sku_id_valid_from_index" ON "prices" ("sku_id","valid_from");--> statement-breakpoint
CREATE UNIQUE INDEX "one_price" ON "prices" ("sku_id",coalesce("buyer_org_id"::text, "buyer_class", ''),"from_units","valid_from");--> statement-breakpoint
CREATE INDEX "products_org_id_index" ON "products" ("org_id");--> statement-breakpoint
CREATE INDEX "products_category_index" ON "products" ("category");--> statement-breakpoint
CREATE INDEX "products_name_trgm" ON "products" USING gin ("name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "skus_product_id_index" ON "skus" ("product_id");--> statement-breakpoint
CREATE INDEX "skus_org_id_index" ON "skus" ("org_id");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_runs_at_index" ON "audit_runs" ("at");--> statement-breakpoint
CREATE INDEX "events_unrelayed" ON "events" ("id") WHERE "relayed_at" is null;--> statement-breakpoint
CREATE INDEX "events_subject_id_index" ON "events" ("subject_id");--> statement-breakpoint
CREATE INDEX "events_org_id_id_index" ON "events" ("org_id","id");--> statement-breakpoint
CREATE INDEX "events_type_id_index" ON "events" ("type","id");--> statement-breakpoint
CREATE INDEX "notices_org_id_id_index" ON "notices" ("org_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_accounts_org_id_purpose_index" ON "ledger_accounts" ("org_id","purpose");--> statement-breakpoint
CREATE INDEX "ledger_transfers_subject_id_index" ON "ledger_transfers" ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "hold_ends_once" ON "ledger_transfers" ("hold_id") WHERE "hold_id" is not null;--> statement-breakpoint
CREATE INDEX "cut_off_rules_hub_id_buyer_class_index" ON "cut_off_rules" ("hub_id","buyer_class");--> statement-breakpoint
CREATE INDEX "order_lines_sku_id_index" ON "order_lines" ("sku_id");--> statement-breakpoint
CREATE INDEX "orders_org_id_day_index" ON "orders" ("org_id","day");--> statement-breakpoint
CREATE INDEX "orders_hub_id_day_status_index" ON "orders" ("hub_id","day","status");--> statement-breakpoint
CREATE INDEX "orders_site_id_day_index" ON "orders" ("site_id","day");--> statement-breakpoint
CREATE INDEX "promises_order_line_id_index" ON "promises" ("order_line_id");--> statement-breakpoint
CREATE INDEX "promises_lot_id_index" ON "promises" ("lot_id");--> statement-breakpoint
CREATE INDEX "pick_tasks_wave_id_status_index" ON "pick_tasks" ("wave_id","status");--> statement-breakpoint
CREATE INDEX "pick_tasks_order_line_id_index" ON "pick_tasks" ("order_line_id");--> statement-breakpoint
CREATE INDEX "pick_tasks_lot_id_index" ON "pick_tasks" ("lot_id");--> statement-breakpoint
CREATE INDEX "totes_wave_id_index" ON "totes" ("wave_id");--> statement-breakpoint
CREATE INDEX "wave_orders_wave_id_index" ON "wave_orders" ("wave_id");--> statement-breakpoint
CREATE INDEX "deliveries_stop_id_index" ON "deliveries" ("stop_id");--> statement-breakpoint
CREATE INDEX "deliveries_order_id_index" ON "deliveries" ("order_id");--> statement-breakpoint
CREATE INDEX "plans_hub_id_day_index" ON "plans" ("hub_id","day");--> statement-breakpoint
CREATE INDEX "runs_driver_person_id_day_index" ON "runs" ("driver_person_id","day");--> statement-breakpoint
CREATE INDEX "runs_hub_id_day_index" ON "runs" ("hub_id","day");--> statement-breakpoint
CREATE INDEX "stop_orders_stop_id_index" ON "stop_orders" ("stop_id");--> statement-breakpoint
CREATE INDEX "stops_site_id_index" ON "stops" ("site_id");--> statement-breakpoint
CREATE INDEX "vehicles_hub_id_index" ON "vehicles" ("hub_id");--> statement-breakpoint
CREATE INDEX "lots_available" ON "lots" ("sku_id","hub_id","use_by_day") WHERE "promisable" > "promised";--> statement-breakpoint
CREATE INDEX "lots_org_id_id_index" ON "lots" ("org_id","id");--> statement-breakpoint
CREATE INDEX "lots_hub_id_stage_index" ON "lots" ("hub_id","stage");--> statement-breakpoint
CREATE INDEX "movements_lot_id_index" ON "movements" ("lot_id");--> statement-breakpoint
CREATE INDEX "movements_subject_id_index" ON "movements" ("subject_id");--> statement-breakpoint
CREATE INDEX "call_offs_hub_id_day_index" ON "call_offs" ("hub_id","day");--> statement-breakpoint
CREATE INDEX "consignment_lines_lot_id_index" ON "consignment_lines" ("lot_id");--> statement-breakpoint
CREATE INDEX "consignments_org_id_id_index" ON "consignments" ("org_id","id");--> statement-breakpoint
CREATE INDEX "consignments_hub_id_status_index" ON "consignments" ("hub_id","status");--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "hubs" ADD CONSTRAINT "hubs_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_broker_org_id_organisations_id_fkey" FOREIGN KEY ("broker_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "mandates" ADD CONSTRAINT "mandates_principal_org_id_organisations_id_fkey" FOREIGN KEY ("principal_org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_person_id_people_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id");--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_person_id_people_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id");--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "sites" ADD CONSTRAINT "sites_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "prices" ADD CONSTRAINT "prices_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "sku_units" ADD CONSTRAINT "sku_units_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "skus" ADD CONSTRAINT "skus_product_id_products_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id");--> statement-breakpoint
ALTER TABLE "skus" ADD CONSTRAINT "skus_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "event_effects" ADD CONSTRAINT "event_effects_event_id_events_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id");--> statement-breakpoint
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "ledger_transfers" ADD CONSTRAINT "ledger_transfers_debit_account_id_ledger_accounts_id_fkey" FOREIGN KEY ("debit_account_id") REFERENCES "ledger_accounts"("id");--> statement-breakpoint
ALTER TABLE "ledger_transfers" ADD CONSTRAINT "ledger_transfers_credit_account_id_ledger_accounts_id_fkey" FOREIGN KEY ("credit_account_id") REFERENCES "ledger_accounts"("id");--> statement-breakpoint
ALTER TABLE "acceptances" ADD CONSTRAINT "acceptances_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "closed_days" ADD CONSTRAINT "closed_days_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "cut_off_rules" ADD CONSTRAINT "cut_off_rules_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "cut_offs" ADD CONSTRAINT "cut_offs_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "guide_items" ADD CONSTRAINT "guide_items_site_id_sites_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id");--> statement-breakpoint
ALTER TABLE "guide_items" ADD CONSTRAINT "guide_items_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_site_id_sites_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id");--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_order_line_id_order_lines_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_lines"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "pick_tasks" ADD CONSTRAINT "pick_tasks_wave_id_waves_id_fkey" FOREIGN KEY ("wave_id") REFERENCES "waves"("id");--> statement-breakpoint
ALTER TABLE "pick_tasks" ADD CONSTRAINT "pick_tasks_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "pick_tasks" ADD CONSTRAINT "pick_tasks_order_line_id_order_lines_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_lines"("id");--> statement-breakpoint
ALTER TABLE "pick_tasks" ADD CONSTRAINT "pick_tasks_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "pick_tasks" ADD CONSTRAINT "pick_tasks_tote_id_totes_id_fkey" FOREIGN KEY ("tote_id") REFERENCES "totes"("id");--> statement-breakpoint
ALTER TABLE "totes" ADD CONSTRAINT "totes_wave_id_waves_id_fkey" FOREIGN KEY ("wave_id") REFERENCES "waves"("id");--> statement-breakpoint
ALTER TABLE "totes" ADD CONSTRAINT "totes_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "wave_orders" ADD CONSTRAINT "wave_orders_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "wave_orders" ADD CONSTRAINT "wave_orders_wave_id_waves_id_fkey" FOREIGN KEY ("wave_id") REFERENCES "waves"("id");--> statement-breakpoint
ALTER TABLE "waves" ADD CONSTRAINT "waves_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_stop_id_stops_id_fkey" FOREIGN KEY ("stop_id") REFERENCES "stops"("id");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_order_line_id_order_lines_id_fkey" FOREIGN KEY ("order_line_id") REFERENCES "order_lines"("id");--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "plans" ADD CONSTRAINT "plans_wave_id_waves_id_fkey" FOREIGN KEY ("wave_id") REFERENCES "waves"("id");--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_plan_id_plans_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plans"("id");--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_vehicle_id_vehicles_id_fkey" FOREIGN KEY ("vehicle_id") REFERENCES "vehicles"("id");--> statement-breakpoint
ALTER TABLE "stop_orders" ADD CONSTRAINT "stop_orders_order_id_orders_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id");--> statement-breakpoint
ALTER TABLE "stop_orders" ADD CONSTRAINT "stop_orders_stop_id_stops_id_fkey" FOREIGN KEY ("stop_id") REFERENCES "stops"("id");--> statement-breakpoint
ALTER TABLE "stops" ADD CONSTRAINT "stops_run_id_runs_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id");--> statement-breakpoint
ALTER TABLE "stops" ADD CONSTRAINT "stops_site_id_sites_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id");--> statement-breakpoint
ALTER TABLE "vehicles" ADD CONSTRAINT "vehicles_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "vehicles" ADD CONSTRAINT "vehicles_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "lots" ADD CONSTRAINT "lots_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "movements" ADD CONSTRAINT "movements_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "call_offs" ADD CONSTRAINT "call_offs_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "call_offs" ADD CONSTRAINT "call_offs_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");--> statement-breakpoint
ALTER TABLE "call_offs" ADD CONSTRAINT "call_offs_sku_id_skus_id_fkey" FOREIGN KEY ("sku_id") REFERENCES "skus"("id");--> statement-breakpoint
ALTER TABLE "consignment_lines" ADD CONSTRAINT "consignment_lines_consignment_id_consignments_id_fkey" FOREIGN KEY ("consignment_id") REFERENCES "consignments"("id");--> statement-breakpoint
ALTER TABLE "consignment_lines" ADD CONSTRAINT "consignment_lines_lot_id_lots_id_fkey" FOREIGN KEY ("lot_id") REFERENCES "lots"("id");--> statement-breakpoint
ALTER TABLE "consignments" ADD CONSTRAINT "consignments_org_id_organisations_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisations"("id");--> statement-breakpoint
ALTER TABLE "consignments" ADD CONSTRAINT "consignments_hub_id_hubs_id_fkey" FOREIGN KEY ("hub_id") REFERENCES "hubs"("id");
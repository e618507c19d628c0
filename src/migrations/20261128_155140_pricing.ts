import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_tariffs_elements_days" AS ENUM('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
  CREATE TYPE "public"."enum_price_groups_pricing" AS ENUM('tariff', 'discount', 'free');
  CREATE TYPE "public"."enum_budgets_period" AS ENUM('day', 'week', 'month');
  CREATE TYPE "public"."enum_budgets_measure" AS ENUM('money', 'energy');
  CREATE TYPE "public"."enum_budgets_when_spent" AS ENUM('warn', 'stop');
  CREATE TABLE "corrections" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"session_id" integer NOT NULL,
  	"charger_id" integer,
  	"site_id" integer,
  	"kind" varchar,
  	"amount_minor" numeric,
  	"tax_minor" numeric,
  	"tax_basis_points" numeric,
  	"currency" varchar,
  	"energy_wh" numeric,
  	"reason" varchar,
  	"made_by_id" integer,
  	"counts_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "tariffs_elements_days" (
  	"order" integer NOT NULL,
  	"parent_id" varchar NOT NULL,
  	"value" "enum_tariffs_elements_days",
  	"id" serial PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "tariffs_elements" (
  	"_order" integer NOT NULL,
  	"_parent_id" integer NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"name" varchar,
  	"energy_rate_micros" numeric,
  	"time_rate_micros" numeric,
  	"idle_rate_micros" numeric,
  	"idle_grace_minutes" numeric,
  	"session_fee_minor" numeric,
  	"start_time" varchar,
  	"end_time" varchar,
  	"start_date" varchar,
  	"end_date" varchar,
  	"min_wh" numeric,
  	"max_wh" numeric,
  	"min_power_w" numeric,
  	"max_power_w" numeric,
  	"min_minutes" numeric,
  	"max_minutes" numeric
  );
  
  CREATE TABLE "price_groups" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"pricing" "enum_price_groups_pricing" DEFAULT 'tariff' NOT NULL,
  	"tariff_id" integer,
  	"discount_basis_points" numeric,
  	"site_id" integer,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "price_groups_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"sites_id" integer
  );
  
  CREATE TABLE "budgets" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"fleet_id" integer,
  	"driver_id" integer,
  	"card_id" integer,
  	"period" "enum_budgets_period" DEFAULT 'month' NOT NULL,
  	"measure" "enum_budgets_measure" DEFAULT 'money' NOT NULL,
  	"currency" varchar DEFAULT 'GBP',
  	"limit_minor" numeric,
  	"limit_wh" numeric,
  	"warn_at_percent" numeric DEFAULT 80,
  	"when_spent" "enum_budgets_when_spent" DEFAULT 'warn' NOT NULL,
  	"site_id" integer,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "budgets_texts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer NOT NULL,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"text" varchar
  );
  
  ALTER TABLE "chargers" ADD COLUMN "free_of_charge" boolean DEFAULT false;
  ALTER TABLE "sites" ADD COLUMN "free_of_charge" boolean DEFAULT false;
  ALTER TABLE "sessions" ADD COLUMN "price_group_id" integer;
  ALTER TABLE "sessions" ADD COLUMN "price_source" varchar;
  ALTER TABLE "sessions" ADD COLUMN "discount_basis_points" numeric;
  ALTER TABLE "sessions" ADD COLUMN "correction_minor" numeric;
  ALTER TABLE "sessions" ADD COLUMN "correction_tax_minor" numeric;
  ALTER TABLE "sessions" ADD COLUMN "correction_wh" numeric;
  ALTER TABLE "tariffs" ADD COLUMN "idle_rate_micros" numeric;
  ALTER TABLE "tariffs" ADD COLUMN "idle_grace_minutes" numeric;
  ALTER TABLE "tariffs" ADD COLUMN "min_minor" numeric;
  ALTER TABLE "tariffs" ADD COLUMN "max_minor" numeric;
  ALTER TABLE "tariffs" ADD COLUMN "energy_step_wh" numeric;
  ALTER TABLE "tariffs" ADD COLUMN "time_step_seconds" numeric;
  ALTER TABLE "drivers" ADD COLUMN "price_group_id" integer;
  ALTER TABLE "rfid_cards" ADD COLUMN "price_group_id" integer;
  ALTER TABLE "fleets" ADD COLUMN "price_group_id" integer;
  ALTER TABLE "corrections" ADD CONSTRAINT "corrections_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "corrections" ADD CONSTRAINT "corrections_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "corrections" ADD CONSTRAINT "corrections_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "corrections" ADD CONSTRAINT "corrections_made_by_id_users_id_fk" FOREIGN KEY ("made_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "tariffs_elements_days" ADD CONSTRAINT "tariffs_elements_days_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."tariffs_elements"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "tariffs_elements" ADD CONSTRAINT "tariffs_elements_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."tariffs"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "price_groups" ADD CONSTRAINT "price_groups_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "price_groups" ADD CONSTRAINT "price_groups_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "price_groups_rels" ADD CONSTRAINT "price_groups_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."price_groups"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "price_groups_rels" ADD CONSTRAINT "price_groups_rels_sites_fk" FOREIGN KEY ("sites_id") REFERENCES "public"."sites"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "budgets" ADD CONSTRAINT "budgets_fleet_id_fleets_id_fk" FOREIGN KEY ("fleet_id") REFERENCES "public"."fleets"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "budgets" ADD CONSTRAINT "budgets_driver_id_drivers_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "budgets" ADD CONSTRAINT "budgets_card_id_rfid_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."rfid_cards"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "budgets" ADD CONSTRAINT "budgets_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "budgets_texts" ADD CONSTRAINT "budgets_texts_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."budgets"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "corrections_session_idx" ON "corrections" USING btree ("session_id");
  CREATE INDEX "corrections_charger_idx" ON "corrections" USING btree ("charger_id");
  CREATE INDEX "corrections_site_idx" ON "corrections" USING btree ("site_id");
  CREATE INDEX "corrections_made_by_idx" ON "corrections" USING btree ("made_by_id");
  CREATE INDEX "corrections_updated_at_idx" ON "corrections" USING btree ("updated_at");
  CREATE INDEX "corrections_created_at_idx" ON "corrections" USING btree ("created_at");
  CREATE INDEX "site_createdAt_idx" ON "corrections" USING btree ("site_id","created_at");
  CREATE INDEX "tariffs_elements_days_order_idx" ON "tariffs_elements_days" USING btree ("order");
  CREATE INDEX "tariffs_elements_days_parent_idx" ON "tariffs_elements_days" USING btree ("parent_id");
  CREATE INDEX "tariffs_elements_order_idx" ON "tariffs_elements" USING btree ("_order");
  CREATE INDEX "tariffs_elements_parent_id_idx" ON "tariffs_elements" USING btree ("_parent_id");
  CREATE UNIQUE INDEX "price_groups_name_idx" ON "price_groups" USING btree ("name");
  CREATE INDEX "price_groups_tariff_idx" ON "price_groups" USING btree ("tariff_id");
  CREATE INDEX "price_groups_site_idx" ON "price_groups" USING btree ("site_id");
  CREATE INDEX "price_groups_updated_at_idx" ON "price_groups" USING btree ("updated_at");
  CREATE INDEX "price_groups_created_at_idx" ON "price_groups" USING btree ("created_at");
  CREATE INDEX "price_groups_rels_order_idx" ON "price_groups_rels" USING btree ("order");
  CREATE INDEX "price_groups_rels_parent_idx" ON "price_groups_rels" USING btree ("parent_id");
  CREATE INDEX "price_groups_rels_path_idx" ON "price_groups_rels" USING btree ("path");
  CREATE INDEX "price_groups_rels_sites_id_idx" ON "price_groups_rels" USING btree ("sites_id");
  CREATE INDEX "budgets_fleet_idx" ON "budgets" USING btree ("fleet_id");
  CREATE INDEX "budgets_driver_idx" ON "budgets" USING btree ("driver_id");
  CREATE INDEX "budgets_card_idx" ON "budgets" USING btree ("card_id");
  CREATE INDEX "budgets_site_idx" ON "budgets" USING btree ("site_id");
  CREATE INDEX "budgets_updated_at_idx" ON "budgets" USING btree ("updated_at");
  CREATE INDEX "budgets_created_at_idx" ON "budgets" USING btree ("created_at");
  CREATE INDEX "budgets_texts_order_parent" ON "budgets_texts" USING btree ("order","parent_id");
  ALTER TABLE "sessions" ADD CONSTRAINT "sessions_price_group_id_price_groups_id_fk" FOREIGN KEY ("price_group_id") REFERENCES "public"."price_groups"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "drivers" ADD CONSTRAINT "drivers_price_group_id_price_groups_id_fk" FOREIGN KEY ("price_group_id") REFERENCES "public"."price_groups"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "rfid_cards" ADD CONSTRAINT "rfid_cards_price_group_id_price_groups_id_fk" FOREIGN KEY ("price_group_id") REFERENCES "public"."price_groups"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "fleets" ADD CONSTRAINT "fleets_price_group_id_price_groups_id_fk" FOREIGN KEY ("price_group_id") REFERENCES "public"."price_groups"("id") ON DELETE set null ON UPDATE no action;
  CREATE INDEX "sessions_price_group_idx" ON "sessions" USING btree ("price_group_id");
  CREATE INDEX "drivers_price_group_idx" ON "drivers" USING btree ("price_group_id");
  CREATE INDEX "rfid_cards_price_group_idx" ON "rfid_cards" USING btree ("price_group_id");
  CREATE INDEX "fleets_price_group_idx" ON "fleets" USING btree ("price_group_id");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "corrections" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "tariffs_elements_days" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "tariffs_elements" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "price_groups" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "price_groups_rels" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "budgets" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "budgets_texts" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "corrections" CASCADE;
  DROP TABLE "tariffs_elements_days" CASCADE;
  DROP TABLE "tariffs_elements" CASCADE;
  DROP TABLE "price_groups" CASCADE;
  DROP TABLE "price_groups_rels" CASCADE;
  DROP TABLE "budgets" CASCADE;
  DROP TABLE "budgets_texts" CASCADE;
  ALTER TABLE "sessions" DROP CONSTRAINT "sessions_price_group_id_price_groups_id_fk";
  
  ALTER TABLE "drivers" DROP CONSTRAINT "drivers_price_group_id_price_groups_id_fk";
  
  ALTER TABLE "rfid_cards" DROP CONSTRAINT "rfid_cards_price_group_id_price_groups_id_fk";
  
  ALTER TABLE "fleets" DROP CONSTRAINT "fleets_price_group_id_price_groups_id_fk";
  
  DROP INDEX "sessions_price_group_idx";
  DROP INDEX "drivers_price_group_idx";
  DROP INDEX "rfid_cards_price_group_idx";
  DROP INDEX "fleets_price_group_idx";
  ALTER TABLE "chargers" DROP COLUMN "free_of_charge";
  ALTER TABLE "sites" DROP COLUMN "free_of_charge";
  ALTER TABLE "sessions" DROP COLUMN "price_group_id";
  ALTER TABLE "sessions" DROP COLUMN "price_source";
  ALTER TABLE "sessions" DROP COLUMN "discount_basis_points";
  ALTER TABLE "sessions" DROP COLUMN "correction_minor";
  ALTER TABLE "sessions" DROP COLUMN "correction_tax_minor";
  ALTER TABLE "sessions" DROP COLUMN "correction_wh";
  ALTER TABLE "tariffs" DROP COLUMN "idle_rate_micros";
  ALTER TABLE "tariffs" DROP COLUMN "idle_grace_minutes";
  ALTER TABLE "tariffs" DROP COLUMN "min_minor";
  ALTER TABLE "tariffs" DROP COLUMN "max_minor";
  ALTER TABLE "tariffs" DROP COLUMN "energy_step_wh";
  ALTER TABLE "tariffs" DROP COLUMN "time_step_seconds";
  ALTER TABLE "drivers" DROP COLUMN "price_group_id";
  ALTER TABLE "rfid_cards" DROP COLUMN "price_group_id";
  ALTER TABLE "fleets" DROP COLUMN "price_group_id";
  DROP TYPE "public"."enum_tariffs_elements_days";
  DROP TYPE "public"."enum_price_groups_pricing";
  DROP TYPE "public"."enum_budgets_period";
  DROP TYPE "public"."enum_budgets_measure";
  DROP TYPE "public"."enum_budgets_when_spent";`)
}

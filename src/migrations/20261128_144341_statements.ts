import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_report_schedules_formats" AS ENUM('pdf', 'csv', 'xlsx');
  CREATE TYPE "public"."enum_report_schedules_kind" AS ENUM('statement', 'chargingSessions', 'energyUsage', 'fleetUsage', 'faultsUptime');
  CREATE TYPE "public"."enum_report_schedules_covers" AS ENUM('site', 'owner', 'operator');
  CREATE TYPE "public"."enum_report_schedules_frequency" AS ENUM('daily', 'weekly', 'monthly');
  CREATE TABLE "report_schedules_formats" (
  	"order" integer NOT NULL,
  	"parent_id" integer NOT NULL,
  	"value" "enum_report_schedules_formats",
  	"id" serial PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "report_schedules" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"kind" "enum_report_schedules_kind" DEFAULT 'statement' NOT NULL,
  	"covers" "enum_report_schedules_covers" DEFAULT 'site' NOT NULL,
  	"site_id" integer,
  	"organisation_id" integer,
  	"frequency" "enum_report_schedules_frequency" DEFAULT 'monthly' NOT NULL,
  	"hour" numeric DEFAULT 6 NOT NULL,
  	"timezone" varchar,
  	"paused" boolean DEFAULT false,
  	"created_by_id" integer,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "report_schedules_texts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer NOT NULL,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"text" varchar
  );
  
  CREATE TABLE "statements" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"public_id" varchar,
  	"title" varchar,
  	"kind" varchar,
  	"schedule_id" integer,
  	"subject" varchar,
  	"site_id" integer,
  	"organisation_id" integer,
  	"frequency" varchar,
  	"period_from" timestamp(3) with time zone,
  	"period_to" timestamp(3) with time zone,
  	"timezone" varchar,
  	"status" varchar,
  	"issued_at" timestamp(3) with time zone,
  	"session_count" numeric,
  	"energy_wh" numeric,
  	"cost_minor" numeric,
  	"tax_minor" numeric,
  	"currency" varchar,
  	"correction_count" numeric,
  	"correction_minor" numeric,
  	"held_back_count" numeric,
  	"sha256" varchar,
  	"paid_at" timestamp(3) with time zone,
  	"error" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "share_links" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"title" varchar,
  	"statement_id" integer,
  	"shared_with" varchar,
  	"shared_by_id" integer,
  	"expires_at" timestamp(3) with time zone,
  	"revoked_at" timestamp(3) with time zone,
  	"last_opened_at" timestamp(3) with time zone,
  	"opened_count" numeric,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "settings" ADD COLUMN "branding_name" varchar;
  ALTER TABLE "settings" ADD COLUMN "branding_accent_colour" varchar DEFAULT '#0b5f4a';
  ALTER TABLE "settings" ADD COLUMN "branding_address" varchar;
  ALTER TABLE "settings" ADD COLUMN "branding_vat_number" varchar;
  ALTER TABLE "settings" ADD COLUMN "branding_footer" varchar;
  ALTER TABLE "report_schedules_formats" ADD CONSTRAINT "report_schedules_formats_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."report_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "report_schedules" ADD CONSTRAINT "report_schedules_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "report_schedules" ADD CONSTRAINT "report_schedules_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "report_schedules" ADD CONSTRAINT "report_schedules_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "report_schedules_texts" ADD CONSTRAINT "report_schedules_texts_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."report_schedules"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "statements" ADD CONSTRAINT "statements_schedule_id_report_schedules_id_fk" FOREIGN KEY ("schedule_id") REFERENCES "public"."report_schedules"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "statements" ADD CONSTRAINT "statements_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "statements" ADD CONSTRAINT "statements_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "share_links" ADD CONSTRAINT "share_links_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "share_links" ADD CONSTRAINT "share_links_shared_by_id_users_id_fk" FOREIGN KEY ("shared_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  CREATE INDEX "report_schedules_formats_order_idx" ON "report_schedules_formats" USING btree ("order");
  CREATE INDEX "report_schedules_formats_parent_idx" ON "report_schedules_formats" USING btree ("parent_id");
  CREATE INDEX "report_schedules_site_idx" ON "report_schedules" USING btree ("site_id");
  CREATE INDEX "report_schedules_organisation_idx" ON "report_schedules" USING btree ("organisation_id");
  CREATE INDEX "report_schedules_created_by_idx" ON "report_schedules" USING btree ("created_by_id");
  CREATE INDEX "report_schedules_updated_at_idx" ON "report_schedules" USING btree ("updated_at");
  CREATE INDEX "report_schedules_created_at_idx" ON "report_schedules" USING btree ("created_at");
  CREATE INDEX "report_schedules_texts_order_parent" ON "report_schedules_texts" USING btree ("order","parent_id");
  CREATE UNIQUE INDEX "statements_public_id_idx" ON "statements" USING btree ("public_id");
  CREATE INDEX "statements_schedule_idx" ON "statements" USING btree ("schedule_id");
  CREATE INDEX "statements_site_idx" ON "statements" USING btree ("site_id");
  CREATE INDEX "statements_organisation_idx" ON "statements" USING btree ("organisation_id");
  CREATE INDEX "statements_updated_at_idx" ON "statements" USING btree ("updated_at");
  CREATE INDEX "statements_created_at_idx" ON "statements" USING btree ("created_at");
  CREATE INDEX "share_links_statement_idx" ON "share_links" USING btree ("statement_id");
  CREATE INDEX "share_links_shared_by_idx" ON "share_links" USING btree ("shared_by_id");
  CREATE INDEX "share_links_updated_at_idx" ON "share_links" USING btree ("updated_at");
  CREATE INDEX "share_links_created_at_idx" ON "share_links" USING btree ("created_at");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "report_schedules_formats" CASCADE;
  DROP TABLE "report_schedules" CASCADE;
  DROP TABLE "report_schedules_texts" CASCADE;
  DROP TABLE "statements" CASCADE;
  DROP TABLE "share_links" CASCADE;
  ALTER TABLE "settings" DROP COLUMN "branding_name";
  ALTER TABLE "settings" DROP COLUMN "branding_accent_colour";
  ALTER TABLE "settings" DROP COLUMN "branding_address";
  ALTER TABLE "settings" DROP COLUMN "branding_vat_number";
  ALTER TABLE "settings" DROP COLUMN "branding_footer";
  DROP TYPE "public"."enum_report_schedules_formats";
  DROP TYPE "public"."enum_report_schedules_kind";
  DROP TYPE "public"."enum_report_schedules_covers";
  DROP TYPE "public"."enum_report_schedules_frequency";`)
}

import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_sites_access_hours_days" AS ENUM('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
  CREATE TYPE "public"."enum_exempt_periods_reason" AS ENUM('power', 'site', 'works', 'damage', 'weather', 'other');
  CREATE TABLE "sites_access_hours_days" (
  	"order" integer NOT NULL,
  	"parent_id" varchar NOT NULL,
  	"value" "enum_sites_access_hours_days",
  	"id" serial PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "sites_access_hours" (
  	"_order" integer NOT NULL,
  	"_parent_id" integer NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"from" varchar NOT NULL,
  	"until" varchar NOT NULL
  );
  
  CREATE TABLE "exempt_periods" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"charger_id" integer NOT NULL,
  	"connector_id" numeric,
  	"from" timestamp(3) with time zone NOT NULL,
  	"until" timestamp(3) with time zone,
  	"reason" "enum_exempt_periods_reason" NOT NULL,
  	"explanation" varchar NOT NULL,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "sites_access_hours_days" ADD CONSTRAINT "sites_access_hours_days_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."sites_access_hours"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "sites_access_hours" ADD CONSTRAINT "sites_access_hours_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."sites"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "exempt_periods" ADD CONSTRAINT "exempt_periods_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE set null ON UPDATE no action;
  CREATE INDEX "sites_access_hours_days_order_idx" ON "sites_access_hours_days" USING btree ("order");
  CREATE INDEX "sites_access_hours_days_parent_idx" ON "sites_access_hours_days" USING btree ("parent_id");
  CREATE INDEX "sites_access_hours_order_idx" ON "sites_access_hours" USING btree ("_order");
  CREATE INDEX "sites_access_hours_parent_id_idx" ON "sites_access_hours" USING btree ("_parent_id");
  CREATE INDEX "exempt_periods_charger_idx" ON "exempt_periods" USING btree ("charger_id");
  CREATE INDEX "exempt_periods_updated_at_idx" ON "exempt_periods" USING btree ("updated_at");
  CREATE INDEX "exempt_periods_created_at_idx" ON "exempt_periods" USING btree ("created_at");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "sites_access_hours_days" CASCADE;
  DROP TABLE "sites_access_hours" CASCADE;
  DROP TABLE "exempt_periods" CASCADE;
  DROP TYPE "public"."enum_sites_access_hours_days";
  DROP TYPE "public"."enum_exempt_periods_reason";`)
}

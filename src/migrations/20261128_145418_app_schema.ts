import { MigrateUpArgs, MigrateDownArgs, sql } from '@payloadcms/db-postgres'

export async function up({ db, payload, req }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TABLE "faqs" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"question" varchar NOT NULL,
  	"answer" jsonb NOT NULL,
  	"published" boolean DEFAULT true,
  	"order" numeric DEFAULT 100 NOT NULL,
  	"public_id" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "rfid_cards" ADD COLUMN "public_id" varchar;
  ALTER TABLE "fleets" ADD COLUMN "public_id" varchar;
  ALTER TABLE "vehicles" ADD COLUMN "public_id" varchar;
  ALTER TABLE "tickets" ADD COLUMN "public_id" varchar;
  ALTER TABLE "settings" ADD COLUMN "app_sign_in" boolean DEFAULT true;
  ALTER TABLE "settings" ADD COLUMN "app_self_registration" boolean DEFAULT false;
  ALTER TABLE "settings" ADD COLUMN "billing_enabled" boolean DEFAULT false;
  ALTER TABLE "settings" ADD COLUMN "hold_minor" numeric DEFAULT 2500;
  ALTER TABLE "settings" ADD COLUMN "support_email" varchar;
  ALTER TABLE "settings" ADD COLUMN "support_phone" varchar;
  ALTER TABLE "settings" ADD COLUMN "terms_url" varchar;
  ALTER TABLE "settings" ADD COLUMN "privacy_url" varchar;
  CREATE UNIQUE INDEX "faqs_public_id_idx" ON "faqs" USING btree ("public_id");
  CREATE INDEX "faqs_updated_at_idx" ON "faqs" USING btree ("updated_at");
  CREATE INDEX "faqs_created_at_idx" ON "faqs" USING btree ("created_at");
  CREATE UNIQUE INDEX "rfid_cards_public_id_idx" ON "rfid_cards" USING btree ("public_id");
  CREATE UNIQUE INDEX "fleets_public_id_idx" ON "fleets" USING btree ("public_id");
  CREATE UNIQUE INDEX "vehicles_public_id_idx" ON "vehicles" USING btree ("public_id");
  CREATE UNIQUE INDEX "tickets_public_id_idx" ON "tickets" USING btree ("public_id");`)
}

export async function down({ db, payload, req }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   ALTER TABLE "faqs" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "faqs" CASCADE;
  DROP INDEX "rfid_cards_public_id_idx";
  DROP INDEX "fleets_public_id_idx";
  DROP INDEX "vehicles_public_id_idx";
  DROP INDEX "tickets_public_id_idx";
  ALTER TABLE "rfid_cards" DROP COLUMN "public_id";
  ALTER TABLE "fleets" DROP COLUMN "public_id";
  ALTER TABLE "vehicles" DROP COLUMN "public_id";
  ALTER TABLE "tickets" DROP COLUMN "public_id";
  ALTER TABLE "settings" DROP COLUMN "app_sign_in";
  ALTER TABLE "settings" DROP COLUMN "app_self_registration";
  ALTER TABLE "settings" DROP COLUMN "billing_enabled";
  ALTER TABLE "settings" DROP COLUMN "hold_minor";
  ALTER TABLE "settings" DROP COLUMN "support_email";
  ALTER TABLE "settings" DROP COLUMN "support_phone";
  ALTER TABLE "settings" DROP COLUMN "terms_url";
  ALTER TABLE "settings" DROP COLUMN "privacy_url";`)
}

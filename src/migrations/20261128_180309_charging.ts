import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/** Reservations, charging profiles, and how a charger has to connect. */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_chargers_security_profile" AS ENUM('0', '1', '2', '3');
  CREATE TYPE "public"."enum_chargers_local_list" AS ENUM('site', 'on', 'off');
  CREATE TABLE "reservations" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"charger_id" integer NOT NULL,
  	"connector_number" numeric,
  	"state" varchar DEFAULT 'requested' NOT NULL,
  	"driver_id" integer,
  	"card_id" integer,
  	"until" timestamp(3) with time zone,
  	"reason" varchar,
  	"session_id" integer,
  	"command_id" integer,
  	"cancel_command_id" integer,
  	"requested_by_id" integer,
  	"accepted_at" timestamp(3) with time zone,
  	"ended_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "charging_profiles" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"charger_id" integer NOT NULL,
  	"connector_number" numeric,
  	"purpose" varchar,
  	"state" varchar DEFAULT 'draft' NOT NULL,
  	"unit" varchar,
  	"recurrence" varchar,
  	"periods" varchar,
  	"stack_level" numeric,
  	"valid_from" timestamp(3) with time zone,
  	"valid_to" timestamp(3) with time zone,
  	"transaction_id" numeric,
  	"reason" varchar,
  	"command_id" integer,
  	"clear_command_id" integer,
  	"requested_by_id" integer,
  	"accepted_at" timestamp(3) with time zone,
  	"ended_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "chargers" ADD COLUMN "security_profile" "enum_chargers_security_profile" DEFAULT '1';
  ALTER TABLE "chargers" ADD COLUMN "unsecured_until" timestamp(3) with time zone;
  ALTER TABLE "chargers" ADD COLUMN "local_list" "enum_chargers_local_list" DEFAULT 'site';
  ALTER TABLE "sites" ADD COLUMN "keep_local_lists" boolean DEFAULT false;
  ALTER TABLE "sessions" ADD COLUMN "reservation_number" numeric;
  ALTER TABLE "reservations" ADD CONSTRAINT "reservations_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reservations" ADD CONSTRAINT "reservations_driver_id_drivers_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reservations" ADD CONSTRAINT "reservations_card_id_rfid_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."rfid_cards"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reservations" ADD CONSTRAINT "reservations_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reservations" ADD CONSTRAINT "reservations_command_id_commands_id_fk" FOREIGN KEY ("command_id") REFERENCES "public"."commands"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reservations" ADD CONSTRAINT "reservations_cancel_command_id_commands_id_fk" FOREIGN KEY ("cancel_command_id") REFERENCES "public"."commands"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "reservations" ADD CONSTRAINT "reservations_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "charging_profiles" ADD CONSTRAINT "charging_profiles_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "charging_profiles" ADD CONSTRAINT "charging_profiles_command_id_commands_id_fk" FOREIGN KEY ("command_id") REFERENCES "public"."commands"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "charging_profiles" ADD CONSTRAINT "charging_profiles_clear_command_id_commands_id_fk" FOREIGN KEY ("clear_command_id") REFERENCES "public"."commands"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "charging_profiles" ADD CONSTRAINT "charging_profiles_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  CREATE INDEX "reservations_charger_idx" ON "reservations" USING btree ("charger_id");
  CREATE INDEX "reservations_state_idx" ON "reservations" USING btree ("state");
  CREATE INDEX "reservations_driver_idx" ON "reservations" USING btree ("driver_id");
  CREATE INDEX "reservations_card_idx" ON "reservations" USING btree ("card_id");
  CREATE INDEX "reservations_session_idx" ON "reservations" USING btree ("session_id");
  CREATE INDEX "reservations_command_idx" ON "reservations" USING btree ("command_id");
  CREATE INDEX "reservations_cancel_command_idx" ON "reservations" USING btree ("cancel_command_id");
  CREATE INDEX "reservations_requested_by_idx" ON "reservations" USING btree ("requested_by_id");
  CREATE INDEX "reservations_updated_at_idx" ON "reservations" USING btree ("updated_at");
  CREATE INDEX "reservations_created_at_idx" ON "reservations" USING btree ("created_at");
  CREATE INDEX "charging_profiles_charger_idx" ON "charging_profiles" USING btree ("charger_id");
  CREATE INDEX "charging_profiles_state_idx" ON "charging_profiles" USING btree ("state");
  CREATE INDEX "charging_profiles_command_idx" ON "charging_profiles" USING btree ("command_id");
  CREATE INDEX "charging_profiles_clear_command_idx" ON "charging_profiles" USING btree ("clear_command_id");
  CREATE INDEX "charging_profiles_requested_by_idx" ON "charging_profiles" USING btree ("requested_by_id");
  CREATE INDEX "charging_profiles_updated_at_idx" ON "charging_profiles" USING btree ("updated_at");
  CREATE INDEX "charging_profiles_created_at_idx" ON "charging_profiles" USING btree ("created_at");`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "reservations" CASCADE;
  DROP TABLE "charging_profiles" CASCADE;
  ALTER TABLE "chargers" DROP COLUMN "security_profile";
  ALTER TABLE "chargers" DROP COLUMN "unsecured_until";
  ALTER TABLE "chargers" DROP COLUMN "local_list";
  ALTER TABLE "sites" DROP COLUMN "keep_local_lists";
  ALTER TABLE "sessions" DROP COLUMN "reservation_number";
  DROP TYPE "public"."enum_chargers_security_profile";
  DROP TYPE "public"."enum_chargers_local_list";`)
}

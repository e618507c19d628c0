import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_chargers_visibility" AS ENUM('public', 'private');
  CREATE TYPE "public"."enum_organisations_kind" AS ENUM('operator', 'site-owner');
  CREATE TYPE "public"."enum_drivers_status" AS ENUM('active', 'suspended');
  CREATE TYPE "public"."enum_rfid_cards_status" AS ENUM('active', 'blocked', 'lost', 'expired');
  CREATE TYPE "public"."enum_grants_role" AS ENUM('super-admin', 'operator', 'technician', 'site-owner');
  CREATE TYPE "public"."enum_grants_scope" AS ENUM('all', 'regions', 'sites', 'chargers');
  CREATE TYPE "public"."enum_settings_unknown_cards" AS ENUM('refuse', 'accept');
  CREATE TABLE "chargers" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"state_id" integer,
  	"name" varchar NOT NULL,
  	"identity" varchar NOT NULL,
  	"serial_number" varchar,
  	"site_id" integer NOT NULL,
  	"visibility" "enum_chargers_visibility" DEFAULT 'private' NOT NULL,
  	"tariff_id" integer,
  	"public_id" varchar,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "connectors" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"charger_id" integer NOT NULL,
  	"connector_id" numeric NOT NULL,
  	"label" varchar,
  	"code" varchar,
  	"standard" varchar,
  	"max_power_w" numeric,
  	"tariff_id" integer,
  	"public_id" varchar,
  	"state_id" integer,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "charger_states" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"status" varchar DEFAULT 'NeverConnected',
  	"status_since" timestamp(3) with time zone,
  	"connected" boolean DEFAULT false,
  	"connected_at" timestamp(3) with time zone,
  	"disconnected_at" timestamp(3) with time zone,
  	"last_seen_at" timestamp(3) with time zone,
  	"registration_status" varchar,
  	"booted_at" timestamp(3) with time zone,
  	"vendor" varchar,
  	"model" varchar,
  	"charge_point_serial_number" varchar,
  	"charge_box_serial_number" varchar,
  	"firmware_version" varchar,
  	"iccid" varchar,
  	"imsi" varchar,
  	"meter_type" varchar,
  	"meter_serial_number" varchar,
  	"error_code" varchar,
  	"vendor_error_code" varchar,
  	"info" varchar,
  	"own_status" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "connector_states" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"status" varchar,
  	"error_code" varchar,
  	"vendor_error_code" varchar,
  	"vendor_id" varchar,
  	"info" varchar,
  	"status_since" timestamp(3) with time zone,
  	"device_time" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "sites" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"address" varchar,
  	"latitude" numeric,
  	"longitude" numeric,
  	"timezone" varchar,
  	"operator_id" integer,
  	"owner_id" integer,
  	"opening_hours" varchar,
  	"charger_types" varchar,
  	"region_id" integer,
  	"tariff_id" integer,
  	"public_id" varchar,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "regions" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"description" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "organisations" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"kind" "enum_organisations_kind" DEFAULT 'site-owner' NOT NULL,
  	"email" varchar,
  	"phone" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "sessions" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"public_id" varchar,
  	"transaction_id" numeric,
  	"status" varchar,
  	"charger_id" integer,
  	"connector_id" integer,
  	"connector_number" numeric,
  	"site_id" integer,
  	"card_id" integer,
  	"driver_id" integer,
  	"id_tag" varchar,
  	"started_at" timestamp(3) with time zone,
  	"stopped_at" timestamp(3) with time zone,
  	"device_started_at" varchar,
  	"device_stopped_at" varchar,
  	"meter_start_wh" numeric,
  	"meter_stop_wh" numeric,
  	"energy_wh" numeric,
  	"power_w" numeric,
  	"soc_percent" numeric,
  	"last_sample_at" timestamp(3) with time zone,
  	"duration_seconds" numeric,
  	"stop_reason" varchar,
  	"stop_id_tag" varchar,
  	"ended_by" varchar,
  	"tariff_version" numeric,
  	"cost_minor" numeric,
  	"tax_minor" numeric,
  	"currency" varchar,
  	"priced_at" timestamp(3) with time zone,
  	"review_reason" varchar,
  	"start_key" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "tariffs" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"currency" varchar DEFAULT 'GBP' NOT NULL,
  	"energy_rate_micros" numeric,
  	"time_rate_micros" numeric,
  	"session_fee_minor" numeric,
  	"tax_basis_points" numeric DEFAULT 2000,
  	"tax_included" boolean DEFAULT true,
  	"site_id" integer,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "drivers" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"email" varchar NOT NULL,
  	"phone" varchar,
  	"status" "enum_drivers_status" DEFAULT 'active' NOT NULL,
  	"site_id" integer,
  	"public_id" varchar,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "rfid_cards" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"uid" varchar NOT NULL,
  	"label" varchar,
  	"driver_id" integer,
  	"status" "enum_rfid_cards_status" DEFAULT 'active' NOT NULL,
  	"expires_at" timestamp(3) with time zone,
  	"parent_id_tag" varchar,
  	"one_session_at_a_time" boolean DEFAULT false,
  	"site_id" integer,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "commands" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"charger_id" integer NOT NULL,
  	"action" varchar NOT NULL,
  	"payload" varchar,
  	"status" varchar DEFAULT 'queued' NOT NULL,
  	"is_final" boolean DEFAULT false,
  	"response" varchar,
  	"reason" varchar,
  	"outcome" varchar,
  	"requested_by_id" integer,
  	"source" varchar,
  	"connector_id" numeric,
  	"transaction_id" numeric,
  	"id_tag" varchar,
  	"session_id" integer,
  	"message_id" varchar,
  	"sent_at" timestamp(3) with time zone,
  	"answered_at" timestamp(3) with time zone,
  	"settled_at" timestamp(3) with time zone,
  	"expires_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "users_sessions" (
  	"_order" integer NOT NULL,
  	"_parent_id" integer NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"created_at" timestamp(3) with time zone,
  	"expires_at" timestamp(3) with time zone NOT NULL
  );
  
  CREATE TABLE "users" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"phone" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"email" varchar NOT NULL,
  	"reset_password_token" varchar,
  	"reset_password_expiration" timestamp(3) with time zone,
  	"salt" varchar,
  	"hash" varchar,
  	"reset_password_requested_at" timestamp(3) with time zone,
  	"login_attempts" numeric DEFAULT 0,
  	"lock_until" timestamp(3) with time zone
  );
  
  CREATE TABLE "grants" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"user_id" integer NOT NULL,
  	"role" "enum_grants_role" NOT NULL,
  	"scope" "enum_grants_scope" NOT NULL,
  	"from" timestamp(3) with time zone,
  	"until" timestamp(3) with time zone,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "grants_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"regions_id" integer,
  	"sites_id" integer,
  	"chargers_id" integer
  );
  
  CREATE TABLE "audit_log" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"at" timestamp(3) with time zone NOT NULL,
  	"user_id" integer,
  	"actor" varchar,
  	"role" varchar,
  	"action" varchar,
  	"resource" varchar,
  	"resource_id" varchar,
  	"site_id" integer,
  	"before" varchar,
  	"after" varchar,
  	"result" varchar,
  	"reason" varchar,
  	"ip" varchar,
  	"request_id" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payload_kv" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"key" varchar NOT NULL,
  	"data" jsonb NOT NULL
  );
  
  CREATE TABLE "payload_preferences" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"key" varchar,
  	"value" jsonb,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "payload_preferences_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"users_id" integer
  );
  
  CREATE TABLE "payload_migrations" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar,
  	"batch" numeric,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "settings" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"network_name" varchar DEFAULT 'CITA EV',
  	"currency" varchar DEFAULT 'GBP' NOT NULL,
  	"timezone" varchar DEFAULT 'Europe/London' NOT NULL,
  	"heartbeat_interval_seconds" numeric DEFAULT 300 NOT NULL,
  	"offline_after_seconds" numeric DEFAULT 75 NOT NULL,
  	"default_tariff_id" integer,
  	"unknown_cards" "enum_settings_unknown_cards" DEFAULT 'refuse' NOT NULL,
  	"updated_at" timestamp(3) with time zone,
  	"created_at" timestamp(3) with time zone
  );
  
  ALTER TABLE "chargers" ADD CONSTRAINT "chargers_state_id_charger_states_id_fk" FOREIGN KEY ("state_id") REFERENCES "public"."charger_states"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "chargers" ADD CONSTRAINT "chargers_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "chargers" ADD CONSTRAINT "chargers_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "connectors" ADD CONSTRAINT "connectors_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "connectors" ADD CONSTRAINT "connectors_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "connectors" ADD CONSTRAINT "connectors_state_id_connector_states_id_fk" FOREIGN KEY ("state_id") REFERENCES "public"."connector_states"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "sites" ADD CONSTRAINT "sites_operator_id_organisations_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."organisations"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "sites" ADD CONSTRAINT "sites_owner_id_organisations_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."organisations"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "sites" ADD CONSTRAINT "sites_region_id_regions_id_fk" FOREIGN KEY ("region_id") REFERENCES "public"."regions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "sites" ADD CONSTRAINT "sites_tariff_id_tariffs_id_fk" FOREIGN KEY ("tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "sessions" ADD CONSTRAINT "sessions_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sessions" ADD CONSTRAINT "sessions_connector_id_connectors_id_fk" FOREIGN KEY ("connector_id") REFERENCES "public"."connectors"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sessions" ADD CONSTRAINT "sessions_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sessions" ADD CONSTRAINT "sessions_card_id_rfid_cards_id_fk" FOREIGN KEY ("card_id") REFERENCES "public"."rfid_cards"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "sessions" ADD CONSTRAINT "sessions_driver_id_drivers_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "tariffs" ADD CONSTRAINT "tariffs_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "drivers" ADD CONSTRAINT "drivers_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "rfid_cards" ADD CONSTRAINT "rfid_cards_driver_id_drivers_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "rfid_cards" ADD CONSTRAINT "rfid_cards_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "commands" ADD CONSTRAINT "commands_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "commands" ADD CONSTRAINT "commands_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "commands" ADD CONSTRAINT "commands_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "users_sessions" ADD CONSTRAINT "users_sessions_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "grants" ADD CONSTRAINT "grants_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "grants_rels" ADD CONSTRAINT "grants_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."grants"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "grants_rels" ADD CONSTRAINT "grants_rels_regions_fk" FOREIGN KEY ("regions_id") REFERENCES "public"."regions"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "grants_rels" ADD CONSTRAINT "grants_rels_sites_fk" FOREIGN KEY ("sites_id") REFERENCES "public"."sites"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "grants_rels" ADD CONSTRAINT "grants_rels_chargers_fk" FOREIGN KEY ("chargers_id") REFERENCES "public"."chargers"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."payload_preferences"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "payload_preferences_rels" ADD CONSTRAINT "payload_preferences_rels_users_fk" FOREIGN KEY ("users_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "settings" ADD CONSTRAINT "settings_default_tariff_id_tariffs_id_fk" FOREIGN KEY ("default_tariff_id") REFERENCES "public"."tariffs"("id") ON DELETE set null ON UPDATE no action;
  CREATE UNIQUE INDEX "chargers_state_idx" ON "chargers" USING btree ("state_id");
  CREATE INDEX "chargers_name_idx" ON "chargers" USING btree ("name");
  CREATE UNIQUE INDEX "chargers_identity_idx" ON "chargers" USING btree ("identity");
  CREATE INDEX "chargers_serial_number_idx" ON "chargers" USING btree ("serial_number");
  CREATE INDEX "chargers_site_idx" ON "chargers" USING btree ("site_id");
  CREATE INDEX "chargers_tariff_idx" ON "chargers" USING btree ("tariff_id");
  CREATE UNIQUE INDEX "chargers_public_id_idx" ON "chargers" USING btree ("public_id");
  CREATE INDEX "chargers_updated_at_idx" ON "chargers" USING btree ("updated_at");
  CREATE INDEX "chargers_created_at_idx" ON "chargers" USING btree ("created_at");
  CREATE INDEX "connectors_charger_idx" ON "connectors" USING btree ("charger_id");
  CREATE UNIQUE INDEX "connectors_code_idx" ON "connectors" USING btree ("code");
  CREATE INDEX "connectors_tariff_idx" ON "connectors" USING btree ("tariff_id");
  CREATE UNIQUE INDEX "connectors_public_id_idx" ON "connectors" USING btree ("public_id");
  CREATE UNIQUE INDEX "connectors_state_idx" ON "connectors" USING btree ("state_id");
  CREATE INDEX "connectors_updated_at_idx" ON "connectors" USING btree ("updated_at");
  CREATE INDEX "connectors_created_at_idx" ON "connectors" USING btree ("created_at");
  CREATE UNIQUE INDEX "charger_connectorId_idx" ON "connectors" USING btree ("charger_id","connector_id");
  CREATE INDEX "charger_states_updated_at_idx" ON "charger_states" USING btree ("updated_at");
  CREATE INDEX "charger_states_created_at_idx" ON "charger_states" USING btree ("created_at");
  CREATE INDEX "connector_states_updated_at_idx" ON "connector_states" USING btree ("updated_at");
  CREATE INDEX "connector_states_created_at_idx" ON "connector_states" USING btree ("created_at");
  CREATE INDEX "sites_name_idx" ON "sites" USING btree ("name");
  CREATE INDEX "sites_operator_idx" ON "sites" USING btree ("operator_id");
  CREATE INDEX "sites_owner_idx" ON "sites" USING btree ("owner_id");
  CREATE INDEX "sites_region_idx" ON "sites" USING btree ("region_id");
  CREATE INDEX "sites_tariff_idx" ON "sites" USING btree ("tariff_id");
  CREATE UNIQUE INDEX "sites_public_id_idx" ON "sites" USING btree ("public_id");
  CREATE INDEX "sites_updated_at_idx" ON "sites" USING btree ("updated_at");
  CREATE INDEX "sites_created_at_idx" ON "sites" USING btree ("created_at");
  CREATE UNIQUE INDEX "regions_name_idx" ON "regions" USING btree ("name");
  CREATE INDEX "regions_updated_at_idx" ON "regions" USING btree ("updated_at");
  CREATE INDEX "regions_created_at_idx" ON "regions" USING btree ("created_at");
  CREATE INDEX "organisations_updated_at_idx" ON "organisations" USING btree ("updated_at");
  CREATE INDEX "organisations_created_at_idx" ON "organisations" USING btree ("created_at");
  CREATE UNIQUE INDEX "sessions_public_id_idx" ON "sessions" USING btree ("public_id");
  CREATE UNIQUE INDEX "sessions_transaction_id_idx" ON "sessions" USING btree ("transaction_id");
  CREATE INDEX "sessions_card_idx" ON "sessions" USING btree ("card_id");
  CREATE INDEX "sessions_driver_idx" ON "sessions" USING btree ("driver_id");
  CREATE INDEX "sessions_started_at_idx" ON "sessions" USING btree ("started_at");
  CREATE UNIQUE INDEX "sessions_start_key_idx" ON "sessions" USING btree ("start_key");
  CREATE INDEX "sessions_updated_at_idx" ON "sessions" USING btree ("updated_at");
  CREATE INDEX "sessions_created_at_idx" ON "sessions" USING btree ("created_at");
  CREATE INDEX "charger_startedAt_idx" ON "sessions" USING btree ("charger_id","started_at");
  CREATE INDEX "site_startedAt_idx" ON "sessions" USING btree ("site_id","started_at");
  CREATE INDEX "tariffs_site_idx" ON "tariffs" USING btree ("site_id");
  CREATE INDEX "tariffs_updated_at_idx" ON "tariffs" USING btree ("updated_at");
  CREATE INDEX "tariffs_created_at_idx" ON "tariffs" USING btree ("created_at");
  CREATE INDEX "drivers_name_idx" ON "drivers" USING btree ("name");
  CREATE UNIQUE INDEX "drivers_email_idx" ON "drivers" USING btree ("email");
  CREATE INDEX "drivers_site_idx" ON "drivers" USING btree ("site_id");
  CREATE UNIQUE INDEX "drivers_public_id_idx" ON "drivers" USING btree ("public_id");
  CREATE INDEX "drivers_updated_at_idx" ON "drivers" USING btree ("updated_at");
  CREATE INDEX "drivers_created_at_idx" ON "drivers" USING btree ("created_at");
  CREATE UNIQUE INDEX "rfid_cards_uid_idx" ON "rfid_cards" USING btree ("uid");
  CREATE INDEX "rfid_cards_driver_idx" ON "rfid_cards" USING btree ("driver_id");
  CREATE INDEX "rfid_cards_parent_id_tag_idx" ON "rfid_cards" USING btree ("parent_id_tag");
  CREATE INDEX "rfid_cards_site_idx" ON "rfid_cards" USING btree ("site_id");
  CREATE INDEX "rfid_cards_updated_at_idx" ON "rfid_cards" USING btree ("updated_at");
  CREATE INDEX "rfid_cards_created_at_idx" ON "rfid_cards" USING btree ("created_at");
  CREATE INDEX "commands_charger_idx" ON "commands" USING btree ("charger_id");
  CREATE INDEX "commands_status_idx" ON "commands" USING btree ("status");
  CREATE INDEX "commands_requested_by_idx" ON "commands" USING btree ("requested_by_id");
  CREATE INDEX "commands_session_idx" ON "commands" USING btree ("session_id");
  CREATE INDEX "commands_updated_at_idx" ON "commands" USING btree ("updated_at");
  CREATE INDEX "commands_created_at_idx" ON "commands" USING btree ("created_at");
  CREATE INDEX "charger_createdAt_idx" ON "commands" USING btree ("charger_id","created_at");
  CREATE INDEX "isFinal_expiresAt_idx" ON "commands" USING btree ("is_final","expires_at");
  CREATE INDEX "charger_status_idx" ON "commands" USING btree ("charger_id","status");
  CREATE INDEX "users_sessions_order_idx" ON "users_sessions" USING btree ("_order");
  CREATE INDEX "users_sessions_parent_id_idx" ON "users_sessions" USING btree ("_parent_id");
  CREATE INDEX "users_updated_at_idx" ON "users" USING btree ("updated_at");
  CREATE INDEX "users_created_at_idx" ON "users" USING btree ("created_at");
  CREATE UNIQUE INDEX "users_email_idx" ON "users" USING btree ("email");
  CREATE INDEX "grants_user_idx" ON "grants" USING btree ("user_id");
  CREATE INDEX "grants_updated_at_idx" ON "grants" USING btree ("updated_at");
  CREATE INDEX "grants_created_at_idx" ON "grants" USING btree ("created_at");
  CREATE INDEX "grants_rels_order_idx" ON "grants_rels" USING btree ("order");
  CREATE INDEX "grants_rels_parent_idx" ON "grants_rels" USING btree ("parent_id");
  CREATE INDEX "grants_rels_path_idx" ON "grants_rels" USING btree ("path");
  CREATE INDEX "grants_rels_regions_id_idx" ON "grants_rels" USING btree ("regions_id");
  CREATE INDEX "grants_rels_sites_id_idx" ON "grants_rels" USING btree ("sites_id");
  CREATE INDEX "grants_rels_chargers_id_idx" ON "grants_rels" USING btree ("chargers_id");
  CREATE INDEX "audit_log_at_idx" ON "audit_log" USING btree ("at");
  CREATE INDEX "audit_log_user_idx" ON "audit_log" USING btree ("user_id");
  CREATE INDEX "audit_log_site_idx" ON "audit_log" USING btree ("site_id");
  CREATE INDEX "audit_log_updated_at_idx" ON "audit_log" USING btree ("updated_at");
  CREATE INDEX "audit_log_created_at_idx" ON "audit_log" USING btree ("created_at");
  CREATE INDEX "resource_resourceId_at_idx" ON "audit_log" USING btree ("resource","resource_id","at");
  CREATE UNIQUE INDEX "payload_kv_key_idx" ON "payload_kv" USING btree ("key");
  CREATE INDEX "payload_preferences_key_idx" ON "payload_preferences" USING btree ("key");
  CREATE INDEX "payload_preferences_updated_at_idx" ON "payload_preferences" USING btree ("updated_at");
  CREATE INDEX "payload_preferences_created_at_idx" ON "payload_preferences" USING btree ("created_at");
  CREATE INDEX "payload_preferences_rels_order_idx" ON "payload_preferences_rels" USING btree ("order");
  CREATE INDEX "payload_preferences_rels_parent_idx" ON "payload_preferences_rels" USING btree ("parent_id");
  CREATE INDEX "payload_preferences_rels_path_idx" ON "payload_preferences_rels" USING btree ("path");
  CREATE INDEX "payload_preferences_rels_users_id_idx" ON "payload_preferences_rels" USING btree ("users_id");
  CREATE INDEX "payload_migrations_updated_at_idx" ON "payload_migrations" USING btree ("updated_at");
  CREATE INDEX "payload_migrations_created_at_idx" ON "payload_migrations" USING btree ("created_at");
  CREATE INDEX "settings_default_tariff_idx" ON "settings" USING btree ("default_tariff_id");
  -- by hand (migrate:create sees none of it): sessions go without the indexes on charger, connector and site alone, being
  -- written too often; deletes that would orphan history are restricted; rows that facts insert by SQL get a public id as well
  ALTER TABLE "sessions" ALTER COLUMN "public_id" SET DEFAULT left(encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'), 32);
  ALTER TABLE "connectors" ALTER COLUMN "public_id" SET DEFAULT left(encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'), 32);
  CREATE UNIQUE INDEX "chargers_identity_lower_idx" ON "chargers" USING btree (lower("identity"));
  INSERT INTO "settings" ("updated_at", "created_at") VALUES (now(), now());`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql`
   DROP TABLE "chargers" CASCADE;
  DROP TABLE "connectors" CASCADE;
  DROP TABLE "charger_states" CASCADE;
  DROP TABLE "connector_states" CASCADE;
  DROP TABLE "sites" CASCADE;
  DROP TABLE "regions" CASCADE;
  DROP TABLE "organisations" CASCADE;
  DROP TABLE "sessions" CASCADE;
  DROP TABLE "tariffs" CASCADE;
  DROP TABLE "drivers" CASCADE;
  DROP TABLE "rfid_cards" CASCADE;
  DROP TABLE "commands" CASCADE;
  DROP TABLE "users_sessions" CASCADE;
  DROP TABLE "users" CASCADE;
  DROP TABLE "grants" CASCADE;
  DROP TABLE "grants_rels" CASCADE;
  DROP TABLE "audit_log" CASCADE;
  DROP TABLE "payload_kv" CASCADE;
  DROP TABLE "payload_preferences" CASCADE;
  DROP TABLE "payload_preferences_rels" CASCADE;
  DROP TABLE "payload_migrations" CASCADE;
  DROP TABLE "settings" CASCADE;
  DROP TYPE "public"."enum_chargers_visibility";
  DROP TYPE "public"."enum_organisations_kind";
  DROP TYPE "public"."enum_drivers_status";
  DROP TYPE "public"."enum_rfid_cards_status";
  DROP TYPE "public"."enum_grants_role";
  DROP TYPE "public"."enum_grants_scope";
  DROP TYPE "public"."enum_settings_unknown_cards";`)
}

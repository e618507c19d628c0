import { sql, type MigrateDownArgs, type MigrateUpArgs } from '@payloadcms/db-postgres'

/**
 * The hand-written part of `operators_day`: mail and webhook outboxes, what is known of each charger in an update, the
 * tokens of the file doors, configuration as last read. `migrate:create` sees none of it. In the generated part the
 * foreign keys of what must not vanish with its subject, or must not empty an approved list, say `restrict`.
 */
const telemetry = `
create table telemetry.mails (
  id bigint generated always as identity primary key,
  key text not null unique,
  to_address text not null,
  subject text not null,
  html text,
  text text,
  created_at timestamptz not null default now(),
  next_try_at timestamptz not null default now(),
  tries integer not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,
  last_error text
);
create index mails_due on telemetry.mails (next_try_at) where sent_at is null and failed_at is null;
create index mails_failed on telemetry.mails (failed_at) where failed_at is not null;

create table telemetry.webhook_deliveries (
  id bigint generated always as identity primary key,
  webhook_id integer not null references webhooks (id) on delete cascade,
  key text not null,
  kind text not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  next_try_at timestamptz not null default now(),
  tries integer not null default 0,
  delivered_at timestamptz,
  failed_at timestamptz,
  response_status integer,
  last_error text,
  unique (webhook_id, key)
);
create index webhook_deliveries_due on telemetry.webhook_deliveries (next_try_at)
  where delivered_at is null and failed_at is null;

create table telemetry.alert_log (
  id bigint generated always as identity primary key,
  alert_id integer not null references alerts (id) on delete cascade,
  at timestamptz not null default now(),
  user_id integer references users (id) on delete set null,
  action text not null,
  note text
);
create index alert_log_alert on telemetry.alert_log (alert_id, at);

create table telemetry.alert_reads (
  user_id integer primary key references users (id) on delete cascade,
  seen_at timestamptz not null
);

create table telemetry.firmware_targets (
  campaign_id integer not null references firmware_updates (id) on delete cascade,
  charger_id integer not null references chargers (id) on delete cascade,
  wave integer not null,
  state text not null default 'waiting',
  reason text,
  started_at timestamptz,
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  previous_version text,
  seen_version text,
  command_id integer references commands (id) on delete set null,
  token_hash bytea,
  primary key (campaign_id, charger_id)
);
create index firmware_targets_charger on telemetry.firmware_targets (charger_id, campaign_id);
create index firmware_targets_open on telemetry.firmware_targets (campaign_id, wave) where finished_at is null;

create table telemetry.transfer_tokens (
  token_hash bytea primary key,
  kind text not null,
  charger_id integer not null references chargers (id) on delete cascade,
  file_id integer not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index transfer_tokens_expiry on telemetry.transfer_tokens (expires_at);

create table telemetry.charger_configuration (
  charger_id integer not null references chargers (id) on delete cascade,
  key text not null,
  value text,
  readonly boolean not null default false,
  read_at timestamptz not null,
  primary key (charger_id, key)
);

create sequence telemetry.ticket_numbers start 1001;

-- One open alert per key; what repeats is counted on it.
create unique index alerts_open_key on alerts (key) where status <> 'resolved';
create index alerts_open_site on alerts (site_id, last_at) where status <> 'resolved';
create index alerts_open_charger on alerts (charger_id) where status <> 'resolved';
alter table alerts alter column public_id set default
  left(encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex'), 32);
alter table alerts alter column count set default 1;
-- The few private chargers that name whom they serve: what every tap asks of its charger.
create index chargers_rels_parent_path on chargers_rels (parent_id, path);
`

const dropTelemetry = `
drop table telemetry.mails, telemetry.webhook_deliveries, telemetry.alert_log, telemetry.alert_reads,
  telemetry.firmware_targets, telemetry.transfer_tokens, telemetry.charger_configuration;
drop sequence telemetry.ticket_numbers;
`

export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(sql`
   CREATE TYPE "public"."enum_tickets_status" AS ENUM('open', 'waiting', 'resolved');
  CREATE TYPE "public"."enum_tickets_priority" AS ENUM('low', 'normal', 'high');
  CREATE TYPE "public"."enum_notification_preferences_kinds" AS ENUM('offline', 'overheating', 'power-loss', 'lock', 'ground', 'over-current', 'fault', 'no-energy', 'starts-fail', 'connector-stuck', 'flapping', 'meter-implausible', 'clock-wrong', 'firmware-failed', 'never-connected', 'site-power-lost', 'communication', 'card-reader', 'vehicle');
  CREATE TYPE "public"."enum_notification_preferences_min_severity" AS ENUM('urgent', 'fault', 'notice');
  CREATE TYPE "public"."enum_webhooks_events" AS ENUM('alert.opened', 'alert.acknowledged', 'alert.resolved', 'session.started', 'session.ended', 'session.priced', 'charger.status', 'connector.status', 'charger.connected', 'charger.disconnected', 'charger.booted', 'command.changed', 'firmware.changed', 'ticket.created', 'ticket.replied');
  CREATE TABLE "chargers_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"drivers_id" integer,
  	"fleets_id" integer,
  	"rfid_cards_id" integer
  );
  
  CREATE TABLE "firmware" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"version" varchar NOT NULL,
  	"vendor" varchar NOT NULL,
  	"model" varchar,
  	"filename" varchar,
  	"size_bytes" numeric,
  	"sha256" varchar,
  	"signature" varchar,
  	"signing_certificate" varchar,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "firmware_updates" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"firmware_id" integer NOT NULL,
  	"state" varchar DEFAULT 'draft' NOT NULL,
  	"start_at" timestamp(3) with time zone,
  	"window_from" varchar,
  	"window_until" varchar,
  	"wave_size" numeric,
  	"halt_failure_percent" numeric,
  	"halt_reason" varchar,
  	"finished_at" timestamp(3) with time zone,
  	"created_by_id" integer,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "fleets" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"organisation_id" integer,
  	"contact_email" varchar,
  	"site_id" integer,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "vehicles" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"registration" varchar NOT NULL,
  	"name" varchar,
  	"fleet_id" integer,
  	"driver_id" integer,
  	"site_id" integer,
  	"note" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "alerts" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"public_id" varchar,
  	"title" varchar NOT NULL,
  	"sentence" varchar,
  	"steps" varchar,
  	"kind" varchar NOT NULL,
  	"family" varchar,
  	"severity" varchar NOT NULL,
  	"status" varchar DEFAULT 'open' NOT NULL,
  	"charger_id" integer,
  	"site_id" integer,
  	"connector_id" numeric,
  	"session_id" integer,
  	"count" numeric,
  	"first_at" timestamp(3) with time zone,
  	"last_at" timestamp(3) with time zone,
  	"resolved_at" timestamp(3) with time zone,
  	"resolved_by_id" integer,
  	"auto_resolved" boolean DEFAULT false,
  	"acknowledged_at" timestamp(3) with time zone,
  	"acknowledged_by_id" integer,
  	"assigned_to_id" integer,
  	"key" varchar,
  	"evidence" varchar,
  	"mailed_at" timestamp(3) with time zone,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "tickets" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"number" numeric,
  	"subject" varchar NOT NULL,
  	"body" jsonb,
  	"charger_id" integer,
  	"session_id" integer,
  	"alert_id" integer,
  	"status" "enum_tickets_status" DEFAULT 'open' NOT NULL,
  	"priority" "enum_tickets_priority" DEFAULT 'normal' NOT NULL,
  	"assigned_to_id" integer,
  	"reporter_id" integer,
  	"driver_id" integer,
  	"site_id" integer,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "ticket_replies" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"ticket_id" integer NOT NULL,
  	"author_id" integer,
  	"body" jsonb NOT NULL,
  	"internal" boolean DEFAULT false,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "notification_preferences_kinds" (
  	"order" integer NOT NULL,
  	"parent_id" integer NOT NULL,
  	"value" "enum_notification_preferences_kinds",
  	"id" serial PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "notification_preferences" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"user_id" integer NOT NULL,
  	"bell" boolean DEFAULT true,
  	"email" boolean DEFAULT true,
  	"min_severity" "enum_notification_preferences_min_severity" DEFAULT 'fault' NOT NULL,
  	"quiet_from" varchar,
  	"quiet_until" varchar,
  	"timezone" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "notification_preferences_rels" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"order" integer,
  	"parent_id" integer NOT NULL,
  	"path" varchar NOT NULL,
  	"sites_id" integer
  );
  
  CREATE TABLE "diagnostics" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"charger_id" integer NOT NULL,
  	"command_id" integer,
  	"filename" varchar,
  	"size_bytes" numeric,
  	"sha256" varchar,
  	"state" varchar DEFAULT 'requested' NOT NULL,
  	"requested_by_id" integer,
  	"received_at" timestamp(3) with time zone,
  	"reason" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "configuration_templates_entries" (
  	"_order" integer NOT NULL,
  	"_parent_id" integer NOT NULL,
  	"id" varchar PRIMARY KEY NOT NULL,
  	"key" varchar NOT NULL,
  	"value" varchar NOT NULL
  );
  
  CREATE TABLE "configuration_templates" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"vendor" varchar,
  	"model" varchar,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  CREATE TABLE "webhooks_events" (
  	"order" integer NOT NULL,
  	"parent_id" integer NOT NULL,
  	"value" "enum_webhooks_events",
  	"id" serial PRIMARY KEY NOT NULL
  );
  
  CREATE TABLE "webhooks" (
  	"id" serial PRIMARY KEY NOT NULL,
  	"name" varchar NOT NULL,
  	"url" varchar NOT NULL,
  	"secret" varchar,
  	"site_id" integer,
  	"active" boolean DEFAULT true,
  	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
  	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL
  );
  
  ALTER TABLE "chargers" ADD COLUMN "configuration_template_id" integer;
  ALTER TABLE "chargers" ADD COLUMN "assumes_ocpp16" boolean DEFAULT false;
  ALTER TABLE "drivers" ADD COLUMN "fleet_id" integer;
  ALTER TABLE "rfid_cards" ADD COLUMN "vehicle_id" integer;
  ALTER TABLE "rfid_cards" ADD COLUMN "fleet_id" integer;
  ALTER TABLE "chargers_rels" ADD CONSTRAINT "chargers_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."chargers"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "chargers_rels" ADD CONSTRAINT "chargers_rels_drivers_fk" FOREIGN KEY ("drivers_id") REFERENCES "public"."drivers"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "chargers_rels" ADD CONSTRAINT "chargers_rels_fleets_fk" FOREIGN KEY ("fleets_id") REFERENCES "public"."fleets"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "chargers_rels" ADD CONSTRAINT "chargers_rels_rfid_cards_fk" FOREIGN KEY ("rfid_cards_id") REFERENCES "public"."rfid_cards"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "firmware_updates" ADD CONSTRAINT "firmware_updates_firmware_id_firmware_id_fk" FOREIGN KEY ("firmware_id") REFERENCES "public"."firmware"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "firmware_updates" ADD CONSTRAINT "firmware_updates_created_by_id_users_id_fk" FOREIGN KEY ("created_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "fleets" ADD CONSTRAINT "fleets_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "fleets" ADD CONSTRAINT "fleets_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "vehicles" ADD CONSTRAINT "vehicles_fleet_id_fleets_id_fk" FOREIGN KEY ("fleet_id") REFERENCES "public"."fleets"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "vehicles" ADD CONSTRAINT "vehicles_driver_id_drivers_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "vehicles" ADD CONSTRAINT "vehicles_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "alerts" ADD CONSTRAINT "alerts_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "alerts" ADD CONSTRAINT "alerts_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "alerts" ADD CONSTRAINT "alerts_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "alerts" ADD CONSTRAINT "alerts_resolved_by_id_users_id_fk" FOREIGN KEY ("resolved_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "alerts" ADD CONSTRAINT "alerts_acknowledged_by_id_users_id_fk" FOREIGN KEY ("acknowledged_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "alerts" ADD CONSTRAINT "alerts_assigned_to_id_users_id_fk" FOREIGN KEY ("assigned_to_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "tickets" ADD CONSTRAINT "tickets_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "tickets" ADD CONSTRAINT "tickets_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "tickets" ADD CONSTRAINT "tickets_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "tickets" ADD CONSTRAINT "tickets_assigned_to_id_users_id_fk" FOREIGN KEY ("assigned_to_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "tickets" ADD CONSTRAINT "tickets_reporter_id_users_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "tickets" ADD CONSTRAINT "tickets_driver_id_drivers_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "tickets" ADD CONSTRAINT "tickets_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "ticket_replies" ADD CONSTRAINT "ticket_replies_ticket_id_tickets_id_fk" FOREIGN KEY ("ticket_id") REFERENCES "public"."tickets"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "ticket_replies" ADD CONSTRAINT "ticket_replies_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "notification_preferences_kinds" ADD CONSTRAINT "notification_preferences_kinds_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."notification_preferences"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "notification_preferences_rels" ADD CONSTRAINT "notification_preferences_rels_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."notification_preferences"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "notification_preferences_rels" ADD CONSTRAINT "notification_preferences_rels_sites_fk" FOREIGN KEY ("sites_id") REFERENCES "public"."sites"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "diagnostics" ADD CONSTRAINT "diagnostics_charger_id_chargers_id_fk" FOREIGN KEY ("charger_id") REFERENCES "public"."chargers"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "diagnostics" ADD CONSTRAINT "diagnostics_command_id_commands_id_fk" FOREIGN KEY ("command_id") REFERENCES "public"."commands"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "diagnostics" ADD CONSTRAINT "diagnostics_requested_by_id_users_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  ALTER TABLE "configuration_templates_entries" ADD CONSTRAINT "configuration_templates_entries_parent_id_fk" FOREIGN KEY ("_parent_id") REFERENCES "public"."configuration_templates"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "webhooks_events" ADD CONSTRAINT "webhooks_events_parent_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;
  ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_site_id_sites_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."sites"("id") ON DELETE restrict ON UPDATE no action;
  CREATE INDEX "chargers_rels_order_idx" ON "chargers_rels" USING btree ("order");
  CREATE INDEX "chargers_rels_parent_idx" ON "chargers_rels" USING btree ("parent_id");
  CREATE INDEX "chargers_rels_path_idx" ON "chargers_rels" USING btree ("path");
  CREATE INDEX "chargers_rels_drivers_id_idx" ON "chargers_rels" USING btree ("drivers_id");
  CREATE INDEX "chargers_rels_fleets_id_idx" ON "chargers_rels" USING btree ("fleets_id");
  CREATE INDEX "chargers_rels_rfid_cards_id_idx" ON "chargers_rels" USING btree ("rfid_cards_id");
  CREATE INDEX "firmware_version_idx" ON "firmware" USING btree ("version");
  CREATE INDEX "firmware_updated_at_idx" ON "firmware" USING btree ("updated_at");
  CREATE INDEX "firmware_created_at_idx" ON "firmware" USING btree ("created_at");
  CREATE INDEX "firmware_updates_firmware_idx" ON "firmware_updates" USING btree ("firmware_id");
  CREATE INDEX "firmware_updates_state_idx" ON "firmware_updates" USING btree ("state");
  CREATE INDEX "firmware_updates_created_by_idx" ON "firmware_updates" USING btree ("created_by_id");
  CREATE INDEX "firmware_updates_updated_at_idx" ON "firmware_updates" USING btree ("updated_at");
  CREATE INDEX "firmware_updates_created_at_idx" ON "firmware_updates" USING btree ("created_at");
  CREATE UNIQUE INDEX "fleets_name_idx" ON "fleets" USING btree ("name");
  CREATE INDEX "fleets_organisation_idx" ON "fleets" USING btree ("organisation_id");
  CREATE INDEX "fleets_site_idx" ON "fleets" USING btree ("site_id");
  CREATE INDEX "fleets_updated_at_idx" ON "fleets" USING btree ("updated_at");
  CREATE INDEX "fleets_created_at_idx" ON "fleets" USING btree ("created_at");
  CREATE UNIQUE INDEX "vehicles_registration_idx" ON "vehicles" USING btree ("registration");
  CREATE INDEX "vehicles_fleet_idx" ON "vehicles" USING btree ("fleet_id");
  CREATE INDEX "vehicles_driver_idx" ON "vehicles" USING btree ("driver_id");
  CREATE INDEX "vehicles_site_idx" ON "vehicles" USING btree ("site_id");
  CREATE INDEX "vehicles_updated_at_idx" ON "vehicles" USING btree ("updated_at");
  CREATE INDEX "vehicles_created_at_idx" ON "vehicles" USING btree ("created_at");
  CREATE UNIQUE INDEX "alerts_public_id_idx" ON "alerts" USING btree ("public_id");
  CREATE INDEX "alerts_charger_idx" ON "alerts" USING btree ("charger_id");
  CREATE INDEX "alerts_site_idx" ON "alerts" USING btree ("site_id");
  CREATE INDEX "alerts_session_idx" ON "alerts" USING btree ("session_id");
  CREATE INDEX "alerts_first_at_idx" ON "alerts" USING btree ("first_at");
  CREATE INDEX "alerts_last_at_idx" ON "alerts" USING btree ("last_at");
  CREATE INDEX "alerts_resolved_by_idx" ON "alerts" USING btree ("resolved_by_id");
  CREATE INDEX "alerts_acknowledged_by_idx" ON "alerts" USING btree ("acknowledged_by_id");
  CREATE INDEX "alerts_assigned_to_idx" ON "alerts" USING btree ("assigned_to_id");
  CREATE INDEX "alerts_updated_at_idx" ON "alerts" USING btree ("updated_at");
  CREATE INDEX "alerts_created_at_idx" ON "alerts" USING btree ("created_at");
  CREATE UNIQUE INDEX "tickets_number_idx" ON "tickets" USING btree ("number");
  CREATE INDEX "tickets_charger_idx" ON "tickets" USING btree ("charger_id");
  CREATE INDEX "tickets_session_idx" ON "tickets" USING btree ("session_id");
  CREATE INDEX "tickets_alert_idx" ON "tickets" USING btree ("alert_id");
  CREATE INDEX "tickets_status_idx" ON "tickets" USING btree ("status");
  CREATE INDEX "tickets_assigned_to_idx" ON "tickets" USING btree ("assigned_to_id");
  CREATE INDEX "tickets_reporter_idx" ON "tickets" USING btree ("reporter_id");
  CREATE INDEX "tickets_driver_idx" ON "tickets" USING btree ("driver_id");
  CREATE INDEX "tickets_site_idx" ON "tickets" USING btree ("site_id");
  CREATE INDEX "tickets_updated_at_idx" ON "tickets" USING btree ("updated_at");
  CREATE INDEX "tickets_created_at_idx" ON "tickets" USING btree ("created_at");
  CREATE INDEX "ticket_replies_ticket_idx" ON "ticket_replies" USING btree ("ticket_id");
  CREATE INDEX "ticket_replies_author_idx" ON "ticket_replies" USING btree ("author_id");
  CREATE INDEX "ticket_replies_updated_at_idx" ON "ticket_replies" USING btree ("updated_at");
  CREATE INDEX "ticket_replies_created_at_idx" ON "ticket_replies" USING btree ("created_at");
  CREATE INDEX "notification_preferences_kinds_order_idx" ON "notification_preferences_kinds" USING btree ("order");
  CREATE INDEX "notification_preferences_kinds_parent_idx" ON "notification_preferences_kinds" USING btree ("parent_id");
  CREATE UNIQUE INDEX "notification_preferences_user_idx" ON "notification_preferences" USING btree ("user_id");
  CREATE INDEX "notification_preferences_updated_at_idx" ON "notification_preferences" USING btree ("updated_at");
  CREATE INDEX "notification_preferences_created_at_idx" ON "notification_preferences" USING btree ("created_at");
  CREATE INDEX "notification_preferences_rels_order_idx" ON "notification_preferences_rels" USING btree ("order");
  CREATE INDEX "notification_preferences_rels_parent_idx" ON "notification_preferences_rels" USING btree ("parent_id");
  CREATE INDEX "notification_preferences_rels_path_idx" ON "notification_preferences_rels" USING btree ("path");
  CREATE INDEX "notification_preferences_rels_sites_id_idx" ON "notification_preferences_rels" USING btree ("sites_id");
  CREATE INDEX "diagnostics_charger_idx" ON "diagnostics" USING btree ("charger_id");
  CREATE INDEX "diagnostics_command_idx" ON "diagnostics" USING btree ("command_id");
  CREATE INDEX "diagnostics_requested_by_idx" ON "diagnostics" USING btree ("requested_by_id");
  CREATE INDEX "diagnostics_updated_at_idx" ON "diagnostics" USING btree ("updated_at");
  CREATE INDEX "diagnostics_created_at_idx" ON "diagnostics" USING btree ("created_at");
  CREATE INDEX "configuration_templates_entries_order_idx" ON "configuration_templates_entries" USING btree ("_order");
  CREATE INDEX "configuration_templates_entries_parent_id_idx" ON "configuration_templates_entries" USING btree ("_parent_id");
  CREATE UNIQUE INDEX "configuration_templates_name_idx" ON "configuration_templates" USING btree ("name");
  CREATE INDEX "configuration_templates_updated_at_idx" ON "configuration_templates" USING btree ("updated_at");
  CREATE INDEX "configuration_templates_created_at_idx" ON "configuration_templates" USING btree ("created_at");
  CREATE INDEX "webhooks_events_order_idx" ON "webhooks_events" USING btree ("order");
  CREATE INDEX "webhooks_events_parent_idx" ON "webhooks_events" USING btree ("parent_id");
  CREATE INDEX "webhooks_site_idx" ON "webhooks" USING btree ("site_id");
  CREATE INDEX "webhooks_updated_at_idx" ON "webhooks" USING btree ("updated_at");
  CREATE INDEX "webhooks_created_at_idx" ON "webhooks" USING btree ("created_at");
  ALTER TABLE "chargers" ADD CONSTRAINT "chargers_configuration_template_id_configuration_templates_id_fk" FOREIGN KEY ("configuration_template_id") REFERENCES "public"."configuration_templates"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "drivers" ADD CONSTRAINT "drivers_fleet_id_fleets_id_fk" FOREIGN KEY ("fleet_id") REFERENCES "public"."fleets"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "rfid_cards" ADD CONSTRAINT "rfid_cards_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE restrict ON UPDATE no action;
  ALTER TABLE "rfid_cards" ADD CONSTRAINT "rfid_cards_fleet_id_fleets_id_fk" FOREIGN KEY ("fleet_id") REFERENCES "public"."fleets"("id") ON DELETE restrict ON UPDATE no action;
  CREATE INDEX "chargers_configuration_template_idx" ON "chargers" USING btree ("configuration_template_id");
  CREATE INDEX "drivers_fleet_idx" ON "drivers" USING btree ("fleet_id");
  CREATE INDEX "rfid_cards_vehicle_idx" ON "rfid_cards" USING btree ("vehicle_id");
  CREATE INDEX "rfid_cards_fleet_idx" ON "rfid_cards" USING btree ("fleet_id");`)
  await db.execute(sql.raw(telemetry))
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  await db.execute(sql.raw(dropTelemetry))
  await db.execute(sql`
   ALTER TABLE "chargers_rels" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "firmware" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "firmware_updates" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "fleets" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "vehicles" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "alerts" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "tickets" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "ticket_replies" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "notification_preferences_kinds" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "notification_preferences" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "notification_preferences_rels" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "diagnostics" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "configuration_templates_entries" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "configuration_templates" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "webhooks_events" DISABLE ROW LEVEL SECURITY;
  ALTER TABLE "webhooks" DISABLE ROW LEVEL SECURITY;
  DROP TABLE "chargers_rels" CASCADE;
  DROP TABLE "firmware" CASCADE;
  DROP TABLE "firmware_updates" CASCADE;
  DROP TABLE "fleets" CASCADE;
  DROP TABLE "vehicles" CASCADE;
  DROP TABLE "alerts" CASCADE;
  DROP TABLE "tickets" CASCADE;
  DROP TABLE "ticket_replies" CASCADE;
  DROP TABLE "notification_preferences_kinds" CASCADE;
  DROP TABLE "notification_preferences" CASCADE;
  DROP TABLE "notification_preferences_rels" CASCADE;
  DROP TABLE "diagnostics" CASCADE;
  DROP TABLE "configuration_templates_entries" CASCADE;
  DROP TABLE "configuration_templates" CASCADE;
  DROP TABLE "webhooks_events" CASCADE;
  DROP TABLE "webhooks" CASCADE;
  DROP INDEX "chargers_configuration_template_idx";
  DROP INDEX "drivers_fleet_idx";
  DROP INDEX "rfid_cards_vehicle_idx";
  DROP INDEX "rfid_cards_fleet_idx";
  ALTER TABLE "chargers" DROP COLUMN "configuration_template_id";
  ALTER TABLE "chargers" DROP COLUMN "assumes_ocpp16";
  ALTER TABLE "drivers" DROP COLUMN "fleet_id";
  ALTER TABLE "rfid_cards" DROP COLUMN "vehicle_id";
  ALTER TABLE "rfid_cards" DROP COLUMN "fleet_id";
  DROP TYPE "public"."enum_tickets_status";
  DROP TYPE "public"."enum_tickets_priority";
  DROP TYPE "public"."enum_notification_preferences_kinds";
  DROP TYPE "public"."enum_notification_preferences_min_severity";
  DROP TYPE "public"."enum_webhooks_events";`)
}

import type { CollectionBeforeDeleteHook } from 'payload'

import { requestSql } from '@/db/requestSql'
import { conflict } from './problem'

type Reason = { exists: string; sentence: string }

const onSite = (table: string, things: string): Reason => ({
  exists: `select 1 from ${table} where site_id = $1`,
  sentence: `This site has ${things}. Move or delete them first.`,
})

/** Taken off the last list, a private charger would let everybody in. */
const approved = (column: string, thing: string): Reason => ({
  exists: `select 1 from chargers_rels where ${column} = $1`,
  sentence: `A private charger lets this ${thing} in. Take it off there first, on the tab Access.`,
})

const budgetOf = (column: string, thing: string): Reason => ({
  exists: `select 1 from budgets where ${column} = $1`,
  sentence: `This ${thing} has a budget. Delete the budget first.`,
})

/** What still points to a row, in the order people should hear of it. A history is never deleted with its subject. */
const reasons: Readonly<Record<string, Reason[]>> = {
  chargers: [
    {
      exists: `select 1 from sessions where charger_id = $1 union all select 1 from commands where charger_id = $1
        union all select 1 from telemetry.frames where charger_id = $1`,
      sentence:
        'This charger has a history (sessions, commands or messages) and cannot be deleted. Take it out of service and set it to Private Mode instead.',
    },
    {
      exists: 'select 1 from exempt_periods where charger_id = $1',
      sentence: 'This charger has exempt periods in the reliability report. Delete them first.',
    },
  ],
  connectors: [
    {
      exists: 'select 1 from sessions where connector_id = $1',
      sentence: 'This connector has sessions and cannot be deleted.',
    },
  ],
  sites: [
    onSite('chargers', 'chargers'),
    {
      exists: 'select 1 from sessions where site_id = $1',
      sentence: 'This site has sessions and cannot be deleted.',
    },
    onSite('rfid_cards', 'cards'),
    onSite('drivers', 'drivers'),
    onSite('tariffs', 'tariffs'),
    onSite('price_groups', 'price groups'),
    onSite('budgets', 'budgets'),
    {
      exists: 'select 1 from price_groups_rels where sites_id = $1',
      sentence: 'A price group holds at this site. Take the site off it first.',
    },
    onSite('fleets', 'fleets'),
    onSite('vehicles', 'vehicles'),
    onSite('webhooks', 'webhooks'),
    onSite('report_schedules', 'report schedules'),
    onSite('statements', 'statements'),
  ],
  regions: [
    {
      exists: 'select 1 from sites where region_id = $1',
      sentence: 'There are sites in this region. Give them another region first.',
    },
    {
      exists: 'select 1 from grants_rels where regions_id = $1',
      sentence: 'Someone has access to this region. Take that away first, under Access.',
    },
  ],
  organisations: [
    {
      exists: 'select 1 from sites where operator_id = $1 or owner_id = $1',
      sentence: 'This organisation runs or owns sites. Give them another one first.',
    },
    {
      exists: `select 1 from report_schedules where organisation_id = $1
        union all select 1 from statements where organisation_id = $1`,
      sentence: 'This organisation has report schedules or statements, which stay on record.',
    },
  ],
  tariffs: [
    {
      exists: `select 1 from sites where tariff_id = $1 union all select 1 from chargers where tariff_id = $1
        union all select 1 from connectors where tariff_id = $1 union all select 1 from settings where default_tariff_id = $1`,
      sentence:
        'This tariff is in use. Give the sites and chargers that have it another one first.',
    },
    {
      exists: 'select 1 from price_groups where tariff_id = $1',
      sentence: 'A price group has this tariff. Give it another one first.',
    },
    {
      exists: `select 1 from telemetry.tariff_versions v join sessions s on s.tariff_version = v.id where v.tariff_id = $1`,
      sentence: 'Sessions were priced with this tariff, so it cannot be deleted.',
    },
  ],
  'price-groups': [
    {
      exists: 'select 1 from sessions where price_group_id = $1',
      sentence:
        'Sessions were priced by this group, so it cannot be deleted. Take its members off.',
    },
    {
      exists: `select 1 from drivers where price_group_id = $1 union all select 1 from fleets where price_group_id = $1
        union all select 1 from rfid_cards where price_group_id = $1`,
      sentence: 'Drivers, fleets or cards are in this group. Take them out of it first.',
    },
  ],
  'rfid-cards': [
    {
      exists: 'select 1 from sessions where card_id = $1',
      sentence: 'This card has sessions and cannot be deleted. Set it to Blocked instead.',
    },
    approved('rfid_cards_id', 'card'),
    budgetOf('card_id', 'card'),
  ],
  drivers: [
    {
      exists: 'select 1 from sessions where driver_id = $1',
      sentence:
        'This driver has sessions and cannot be deleted. Set the status to Suspended instead.',
    },
    {
      exists: 'select 1 from rfid_cards where driver_id = $1',
      sentence: 'This driver has cards. Give them to someone else or delete them first.',
    },
    approved('drivers_id', 'driver'),
    budgetOf('driver_id', 'driver'),
  ],
  fleets: [
    {
      exists: `select 1 from drivers where fleet_id = $1 union all select 1 from rfid_cards where fleet_id = $1
        union all select 1 from vehicles where fleet_id = $1`,
      sentence: 'This fleet has drivers, cards or vehicles. Take them out of it first.',
    },
    approved('fleets_id', 'fleet'),
    budgetOf('fleet_id', 'fleet'),
  ],
  vehicles: [
    {
      exists: 'select 1 from rfid_cards where vehicle_id = $1',
      sentence: 'This vehicle has cards. Give them to another one or delete them first.',
    },
  ],
  firmware: [
    {
      exists: 'select 1 from firmware_updates where firmware_id = $1',
      sentence: 'Chargers were updated with this image, so it stays on record.',
    },
  ],
  'configuration-templates': [
    {
      exists: 'select 1 from chargers where configuration_template_id = $1',
      sentence: 'Chargers have this template. Give them another one first.',
    },
  ],
  'report-schedules': [
    {
      exists: 'select 1 from statements where schedule_id = $1',
      sentence: 'This schedule has issued reports, which stay on record. Pause it instead.',
    },
  ],
  users: [
    {
      exists: 'select 1 from commands where requested_by_id = $1',
      sentence:
        'This user sent commands, which stay on record. Take away the access under Access instead of deleting the user.',
    },
  ],
}

/** What goes with a row that may go: parts that people never made by themselves. */
const parts: Readonly<Record<string, string[]>> = {
  chargers: [
    'delete from telemetry.charger_credentials where charger_id = $1',
    'delete from telemetry.connections where charger_id = $1',
    'delete from telemetry.charger_configuration where charger_id = $1',
    'delete from telemetry.firmware_targets where charger_id = $1',
    'delete from charging_profiles where charger_id = $1',
    'delete from alerts where charger_id = $1',
    `with gone as (delete from connectors where charger_id = $1 returning state_id)
       delete from connector_states where id in (select state_id from gone)`,
  ],
  'report-schedules': ['delete from telemetry.report_recipients where schedule_id = $1'],
  users: [
    'delete from grants where user_id = $1',
    'delete from notification_preferences where user_id = $1',
  ],
}

/** `refuseDelete`: 409 with the reason where something points to the row; removes its own parts where nothing does. */
export const refuseDelete: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  const sql = await requestSql(req)
  for (const { exists, sentence } of reasons[collection.slug] ?? []) {
    const { rows } = await sql.query(`select exists(${exists}) as yes`, [id])
    if ((rows[0] as { yes: boolean } | undefined)?.yes) throw conflict(sentence)
  }
  for (const statement of parts[collection.slug] ?? []) await sql.query(statement, [id])
}

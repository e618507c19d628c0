import type { Column } from '../report'

/** S5: charging time (energy flowing), duration (start to stop), energy, cost; in the order people look for them. */
export const columns: readonly Column[] = [
  { key: 'session', title: 'Session', format: 'text', width: 9 },
  { key: 'startedAt', title: 'Started', format: 'instant', width: 17 },
  { key: 'stoppedAt', title: 'Stopped', format: 'instant', width: 17 },
  { key: 'zone', title: 'Time zone', format: 'text', width: 14, isMinor: true },
  { key: 'site', title: 'Site', format: 'text', width: 22 },
  { key: 'charger', title: 'Charger', format: 'text', width: 18 },
  { key: 'connector', title: 'Connector', format: 'integer', width: 6, isMinor: true },
  { key: 'user', title: 'User', format: 'text', width: 18 },
  { key: 'card', title: 'Card', format: 'text', width: 14, isMinor: true },
  { key: 'fleet', title: 'Fleet', format: 'text', width: 14, isMinor: true },
  { key: 'priceGroup', title: 'Price group', format: 'text', width: 14, isMinor: true },
  { key: 'chargingSeconds', title: 'Charging time', format: 'seconds', width: 10, isSummed: true },
  { key: 'durationSeconds', title: 'Duration', format: 'seconds', width: 10, isSummed: true },
  { key: 'energyWh', title: 'Energy (kWh)', format: 'energy', width: 11, isSummed: true },
  { key: 'costMinor', title: 'Cost', format: 'money', width: 10, isSummed: true },
  { key: 'taxMinor', title: 'of it tax', format: 'money', width: 9, isSummed: true, isMinor: true },
  { key: 'currency', title: 'Currency', format: 'text', width: 5 },
  { key: 'status', title: 'Status', format: 'text', width: 12, isMinor: true },
  { key: 'stopReason', title: 'Why it ended', format: 'text', width: 14, isMinor: true },
  { key: 'operator', title: 'Operator', format: 'text', width: 16, isMinor: true },
  { key: 'region', title: 'Region', format: 'text', width: 14, isMinor: true },
  { key: 'startedAtUtc', title: 'Started (UTC)', format: 'text', width: 18, isMinor: true },
]

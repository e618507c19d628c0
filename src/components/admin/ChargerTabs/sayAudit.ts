import { commandKinds, isCommandKind } from '@/domain/command'
import type { AuditRow, Names } from '@/panel/chargerTabs'

export type Change = { field: string; before: string | null; after: string | null }

/** Names of fields as the forms say them, where they are not just the name in words. */
const fields: Readonly<Record<string, string>> = {
  visibility: 'Mode',
  approvedDrivers: 'Approved users',
  approvedFleets: 'Approved groups',
  approvedCards: 'Approved cards',
  assumesOcpp16: 'Speaks OCPP 1.6 without saying so',
  connectorId: 'Connector',
  password: 'OCPP password',
}

/** `sayAudit`: what somebody did, in the words of the screens. */
export function sayAudit({ action, resource }: Pick<AuditRow, 'action' | 'resource'>): string {
  const command = /^command (.+)$/.exec(action)?.[1]
  if (command) return isCommandKind(command) ? commandKinds[command].label : command
  const what = resource === 'connectors' ? 'connector' : 'charger'
  const verbs: Record<string, string> = {
    create: `Added the ${what}`,
    update: `Changed the ${what}`,
    delete: `Deleted the ${what}`,
    'rotate-password': 'Made a new password',
  }
  return verbs[action] ?? action
}

/** `changesOf`: field by field, from the two JSON texts of a row; what cannot be read is left out. */
export function changesOf(
  { before, after }: Pick<AuditRow, 'before' | 'after'>,
  names: Names | null = null,
): Change[] {
  const [old, next] = [objectOf(before), objectOf(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .map((field) => ({
      field: fields[field] ?? spaced(field),
      before: field in old ? sayField(old[field], field, names) : null,
      after: field in next ? sayField(next[field], field, names) : null,
    }))
    .filter(({ before: was, after: is }) => was !== is)
}

function objectOf(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {}
  } catch {
    return {}
  }
}

/** People, groups and cards by their names, as far as the reader may know them. */
function sayField(value: unknown, field: string, names: Names | null): string {
  const known = names?.[field as keyof Names]
  if (!known || !Array.isArray(value)) return sayValue(value)
  return sayValue(value.map((id) => known[String(id)] ?? `no. ${String(id)}`))
}

function sayValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'empty'
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.map(sayValue).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number)
}

/** `serialNumber` → `Serial number`. */
function spaced(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

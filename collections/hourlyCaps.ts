import type { CollapsibleField, NumberField } from 'payload'

import { sensitiveActs, type SensitiveKind } from '@/domain/sensitive'
import { wholeNumber } from './fields'

/** SEC-47: how much one person may do within an hour of what hurts when it is not that person. */
export const hourlyCaps: CollapsibleField = {
  type: 'collapsible',
  label: 'Most that one person may do within an hour',
  admin: {
    initCollapsed: true,
    description:
      'So that somebody at an open panel, or with a stolen password, cannot do everything at once. Super Admins get a mail about the first large file, the first new password, many commands at once and many hard restarts of each person.',
  },
  fields: [
    cap('commands', 'Commands to chargers'),
    cap('criticalCommands', 'Hard restarts, firmware updates, security settings'),
    cap('chargerPasswords', 'New passwords for chargers'),
    cap('largeExports', 'Files of more than 10,000 rows'),
    cap('accessChanges', 'Changes of access'),
  ],
}

function cap(kind: SensitiveKind, label: string): NumberField {
  return {
    name: `${kind}PerHour`,
    type: 'number',
    validate: wholeNumber,
    required: true,
    min: 1,
    max: 100_000,
    defaultValue: sensitiveActs[kind].perHour,
    label,
    admin: { step: 1 },
  }
}

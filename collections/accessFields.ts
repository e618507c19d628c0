import type { Field } from 'payload'
import { dateField } from './fields'

export const roleOptions = [
  { value: 'super-admin', label: 'Super Admin' },
  { value: 'operator', label: 'Operator' },
  { value: 'technician', label: 'Technician' },
  { value: 'site-owner', label: 'Site Owner' },
]

export const scopeOptions = [
  { value: 'all', label: 'Whole network' },
  { value: 'regions', label: 'Some regions' },
  { value: 'sites', label: 'Some sites' },
  { value: 'chargers', label: 'Some chargers' },
]

type Grant = { role?: unknown; scope?: unknown }

/**
 * A role and where it holds. `grantIn` finds the grant in the form's data: the document itself under Access, a part of
 * it where a user is being made.
 */
export function grantFields(
  grantIn: (data: Record<string, unknown>) => Grant | undefined,
  isRequired: boolean,
): Field[] {
  const list = (name: 'regions' | 'sites' | 'chargers', label: string): Field => ({
    name,
    type: 'relationship',
    relationTo: name,
    hasMany: true,
    label,
    admin: { condition: (data) => grantIn(data)?.scope === name },
  })
  return [
    {
      name: 'role',
      type: 'select',
      required: isRequired,
      label: 'Role',
      options: roleOptions,
      admin: {
        description:
          'Super Admin: everything. Operator: runs the assigned chargers. Technician: sees and controls, changes no settings. Site Owner: sees the assigned sites.',
      },
    },
    {
      name: 'scope',
      type: 'select',
      required: isRequired,
      label: 'Where',
      options: scopeOptions,
      admin: {
        description:
          'A Super Admin needs the whole network. A region includes sites added to it later.',
      },
    },
    list('regions', 'Regions'),
    list('sites', 'Sites'),
    list('chargers', 'Chargers'),
    dateField('from', 'From', 'Empty: at once.'),
    dateField('until', 'Until', 'Empty: until it is taken away.'),
  ]
}

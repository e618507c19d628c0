import { randomBytes } from 'node:crypto'
import type {
  Field,
  NumberField,
  NumberFieldSingleValidation,
  TextField,
  TextFieldSingleValidation,
} from 'payload'
import { number, text } from 'payload/shared'

import { isTimezone } from '@/domain/timezone'

/** Groups of the side menu, in the words of the panel's design. `hidden` = lives inside its parent. */
export const menu = {
  network: 'Network',
  charging: 'Charging',
  people: 'People',
  reports: 'Reports',
  support: 'Support',
  diagnose: 'Diagnose',
  userManagement: 'User Management',
  settings: 'Settings',
  hidden: false,
} as const

/** 128 random bits as hex: the only id the world outside staff ever sees. Made once, never taken from a request. */
export const publicIdField: TextField = {
  name: 'publicId',
  type: 'text',
  unique: true,
  label: 'Public id',
  defaultValue: () => randomBytes(16).toString('hex'),
  access: { create: () => false, update: () => false },
  admin: {
    position: 'sidebar',
    readOnly: true,
    condition: (data) => Boolean(data?.id),
    description: 'What apps, QR codes and shared links use instead of our internal number.',
  },
}

/** The same where staff have no use for it: apps name the row by it. */
export const quietPublicIdField: TextField = {
  ...publicIdField,
  admin: { hidden: true, disableListColumn: true, disableListFilter: true },
}

export const noteField: Field = {
  name: 'note',
  type: 'textarea',
  label: 'Internal note',
  admin: { description: 'Seen by staff only.' },
}

/** What somebody pays instead of the usual price (drivers, fleets, cards). */
export function priceGroupField(description: string): Field {
  return {
    name: 'priceGroup',
    type: 'relationship',
    relationTo: 'price-groups',
    index: true,
    label: 'Price group',
    admin: { position: 'sidebar', description },
  }
}

/** A field that a charger or the server writes; people read it. */
export function factText(name: string, label: string, description?: string): TextField {
  return { name, type: 'text', label, admin: { readOnly: true, description } }
}

export function factNumber(name: string, label: string, description?: string): NumberField {
  return { name, type: 'number', label, admin: { readOnly: true, description } }
}

export function factDate(name: string, label: string, description?: string): Field {
  return {
    name,
    type: 'date',
    label,
    admin: {
      readOnly: true,
      description,
      date: { pickerAppearance: 'dayAndTime', displayFormat: 'd MMM yyyy, HH:mm:ss' },
    },
  }
}

/** The same field with a cell of ours in the list. `cell` is the name of an export of `cells/`: `figures#EnergyCell`. */
export function withCell<F extends Field>(field: F, cell: string): F {
  const { admin } = field as { admin?: { components?: object } }
  const components = { ...admin?.components, Cell: `/src/components/admin/cells/${cell}` }
  return { ...field, admin: { ...admin, components } }
}

/** A moment that people choose. */
export function dateField(name: string, label: string, description?: string): Field {
  return {
    name,
    type: 'date',
    label,
    admin: {
      description,
      date: { pickerAppearance: 'dayAndTime', displayFormat: 'd MMM yyyy, HH:mm' },
    },
  }
}

/** Counts, watts, millionths: half of one is a mistake at the keyboard. */
export const wholeNumber: NumberFieldSingleValidation = (value, args) =>
  typeof value === 'number' && !Number.isSafeInteger(value)
    ? 'Give a whole number.'
    : number(value, args)

export const timezone: TextFieldSingleValidation = (value, args) =>
  typeof value === 'string' && value !== '' && !isTimezone(value)
    ? 'Give a time zone by its IANA name, e.g. Europe/London.'
    : text(value, args)

import type { CheckboxField, DateField, Field, TextField } from 'payload'

const afterCreation = (data: { id?: unknown }): boolean => Boolean(data?.id)

function stateText(name: string, label: string, description?: string): TextField {
  return {
    name,
    type: 'text',
    label,
    virtual: `state.${name}`,
    admin: { readOnly: true, condition: afterCreation, description },
  }
}

function stateDate(name: string, label: string, description?: string): DateField {
  return {
    name,
    type: 'date',
    label,
    virtual: `state.${name}`,
    admin: {
      readOnly: true,
      condition: afterCreation,
      description,
      date: { pickerAppearance: 'dayAndTime', displayFormat: 'd MMM yyyy, HH:mm:ss' },
    },
  }
}

const connected: CheckboxField = {
  name: 'connected',
  type: 'checkbox',
  label: 'Connected',
  virtual: 'state.connected',
  admin: {
    readOnly: true,
    condition: afterCreation,
    description: 'Its OCPP connection is open now.',
  },
}

/**
 * What the charger says of itself, read through the one-to-one relation `state` (see MEASURED, "Payload on Postgres"):
 * no columns here, so that saving a charger never writes back old facts. The relation must not be `hidden`.
 */
export const chargerStateFields: Field[] = [
  stateText('status', 'Status', 'From its connectors and its connection.'),
  stateDate('statusSince', 'Status since'),
  stateDate('lastSeenAt', 'Last seen', 'When it last sent anything.'),
  connected,
  stateText('vendor', 'Vendor', 'As reported at its last boot.'),
  stateText('model', 'Model', 'As reported at its last boot.'),
  stateText('firmwareVersion', 'Firmware', 'As reported at its last boot.'),
  stateDate('bootedAt', 'Last boot'),
  {
    name: 'state',
    type: 'relationship',
    relationTo: 'charger-states',
    unique: true,
    access: { create: () => false, update: () => false },
    admin: { hidden: true, disableListColumn: true, disableListFilter: true },
  },
]

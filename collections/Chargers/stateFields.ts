import type { CheckboxField, DateField, Field, TextField } from 'payload'

/** The form is for people's fields; these stand on the charger's Overview. The columns and filters of the list stay. */
const onOverview = (): boolean => false

function stateText(name: string, label: string, description?: string, Cell?: string): TextField {
  return {
    name,
    type: 'text',
    label,
    virtual: `state.${name}`,
    admin: { readOnly: true, condition: onOverview, description, components: { Cell } },
  }
}

function stateDate(name: string, label: string, description?: string, Cell?: string): DateField {
  return {
    name,
    type: 'date',
    label,
    virtual: `state.${name}`,
    admin: {
      readOnly: true,
      condition: onOverview,
      description,
      components: { Cell },
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
    condition: onOverview,
    description: 'Its OCPP connection is open now.',
  },
}

/** Columns of the list that are no fields: the connectors as dots, and what charges there now. */
const listOnly: Field[] = [
  {
    name: 'connectorDots',
    type: 'ui',
    label: 'Connectors',
    admin: {
      components: { Cell: '/src/components/admin/cells/ConnectorsCell#ConnectorsCell' },
      condition: onOverview,
    },
  },
  {
    name: 'now',
    type: 'ui',
    label: 'Charging now',
    admin: {
      components: { Cell: '/src/components/admin/cells/NowCell#NowCell' },
      condition: onOverview,
    },
  },
]

/**
 * What the charger says of itself, read through the one-to-one relation `state` (see MEASURED, "Payload on Postgres"):
 * no columns here, so that saving a charger never writes back old facts. The relation must not be `hidden`.
 */
export const chargerStateFields: Field[] = [
  stateText(
    'status',
    'Status',
    'From its connectors and its connection.',
    '/src/components/admin/ChargerStatusCell#ChargerStatusCell',
  ),
  stateDate('statusSince', 'Status since'),
  stateDate(
    'lastSeenAt',
    'Last seen',
    'When it last sent anything.',
    '/src/components/admin/LastSeenCell#LastSeenCell',
  ),
  stateDate(
    'lastProvenAt',
    'Last proven working',
    'When energy last flowed into a vehicle here.',
    '/src/components/admin/LastSeenCell#LastProvenCell',
  ),
  ...listOnly,
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

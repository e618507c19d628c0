import type { RelationshipField } from 'payload'
import { seesAll } from '#hooks/access/fieldByPolicy'

/**
 * Whom a private charger serves. All three empty: every card of the network; otherwise only what one of them names
 * (`src/db/queries/findIdTokens`). They are changed on the charger's Access tab.
 */
export const accessFields: RelationshipField[] = [
  approved('approvedDrivers', 'drivers', 'Approved users', 'Each with all of his cards.'),
  approved('approvedFleets', 'fleets', 'Approved groups', 'Fleets: their drivers, cards and cars.'),
  approved('approvedCards', 'rfid-cards', 'Approved cards', 'Single cards, whoever holds them.'),
]

function approved(
  name: string,
  relationTo: 'drivers' | 'fleets' | 'rfid-cards',
  label: string,
  description: string,
): RelationshipField {
  return {
    name,
    type: 'relationship',
    relationTo,
    hasMany: true,
    maxRows: 500,
    label,
    access: { read: seesAll('chargers') },
    admin: {
      description,
      disableListColumn: true,
      condition: (data) => Boolean(data?.id) && data?.visibility === 'private',
    },
  } as RelationshipField
}

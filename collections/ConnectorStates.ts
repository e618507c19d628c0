import type { CollectionConfig } from 'payload'
import { factDate, factText } from './fields'

/** Twin of `connectors` as `charger-states` is of `chargers`: facts only, doors shut. */
export const ConnectorStates: CollectionConfig = {
  slug: 'connector-states',
  endpoints: false,
  graphQL: { disableQueries: true, disableMutations: true },
  admin: { hidden: true },
  fields: [
    factText('status', 'Status', 'OCPP spelling; empty until the charger has told.'),
    factText('errorCode', 'Error code'),
    factText('vendorErrorCode', 'Vendor error code'),
    factText('vendorId', 'Vendor id'),
    factText('info', 'Info'),
    factDate('statusSince', 'Status since'),
    factText('deviceTime', 'Time by the charger’s own clock'),
  ],
}

import type { CollectionConfig, TextField } from 'payload'
import { seesAllEverywhere } from '#hooks/access/fieldByPolicy'
import { factDate, factText } from './fields'

const technical = (field: TextField): TextField => ({
  ...field,
  access: { read: seesAllEverywhere('chargers') },
})

/**
 * What a charger says of itself. One row per charger, made with it, written by SQL only (src/facts), read through
 * the virtual fields of `chargers`. Its own doors are shut: no REST, no GraphQL, no menu.
 */
export const ChargerStates: CollectionConfig = {
  slug: 'charger-states',
  endpoints: false,
  graphQL: { disableQueries: true, disableMutations: true },
  admin: { hidden: true },
  fields: [
    // no index: it helped no sort, and the row is written too often for a spare one
    { ...factText('status', 'Status'), defaultValue: 'NeverConnected' },
    factDate('statusSince', 'Status since'),
    { name: 'connected', type: 'checkbox', defaultValue: false, label: 'Connected' },
    factDate('connectedAt', 'Connected since'),
    factDate('disconnectedAt', 'Disconnected at'),
    factDate('lastSeenAt', 'Last seen'),
    factDate('lastProvenAt', 'Last proven working'),
    factText('registrationStatus', 'Registration', 'Empty until its first boot.'),
    factDate('bootedAt', 'Last boot'),
    factText('vendor', 'Vendor'),
    factText('model', 'Model'),
    technical(factText('chargePointSerialNumber', 'Charge point serial number')),
    technical(factText('chargeBoxSerialNumber', 'Charge box serial number')),
    factText('firmwareVersion', 'Firmware'),
    technical(factText('iccid', 'SIM card (ICCID)')),
    technical(factText('imsi', 'SIM subscriber (IMSI)')),
    factText('meterType', 'Meter type'),
    technical(factText('meterSerialNumber', 'Meter serial number')),
    factText('errorCode', 'Error code', 'Of the charger itself (connector 0).'),
    technical(factText('vendorErrorCode', 'Vendor error code')),
    technical(factText('info', 'Info')),
    factText('ownStatus', 'Own status', 'Last status of connector 0.'),
  ],
}

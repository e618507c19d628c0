import type { CollectionConfig } from 'payload'
import { factDate, factText } from './fields'

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
    { ...factText('status', 'Status'), defaultValue: 'NeverConnected', index: true },
    factDate('statusSince', 'Status since'),
    { name: 'connected', type: 'checkbox', defaultValue: false, label: 'Connected' },
    factDate('connectedAt', 'Connected since'),
    factDate('disconnectedAt', 'Disconnected at'),
    factDate('lastSeenAt', 'Last seen'),
    factText('registrationStatus', 'Registration', 'Empty until its first boot.'),
    factDate('bootedAt', 'Last boot'),
    factText('vendor', 'Vendor'),
    factText('model', 'Model'),
    factText('chargePointSerialNumber', 'Charge point serial number'),
    factText('chargeBoxSerialNumber', 'Charge box serial number'),
    factText('firmwareVersion', 'Firmware'),
    factText('iccid', 'SIM card (ICCID)'),
    factText('imsi', 'SIM subscriber (IMSI)'),
    factText('meterType', 'Meter type'),
    factText('meterSerialNumber', 'Meter serial number'),
    factText('errorCode', 'Error code', 'Of the charger itself (connector 0).'),
    factText('vendorErrorCode', 'Vendor error code'),
    factText('info', 'Info'),
    factText('ownStatus', 'Own status', 'Last status of connector 0.'),
  ],
}

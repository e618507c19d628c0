import type { Field, RelationshipField } from 'payload'
import { seesAll } from '#hooks/access/fieldByPolicy'
import { factDate, factNumber, factText, withCell } from '../fields'

function factRelation(
  name: string,
  relationTo: 'chargers' | 'connectors' | 'sites' | 'rfid-cards' | 'drivers' | 'price-groups',
  label: string,
): RelationshipField {
  // charger and site are the first columns of composite indexes; a session row is written too often for spare ones
  const index = name === 'card' || name === 'driver'
  return { name, type: 'relationship', relationTo, index, label, admin: { readOnly: true } }
}

/** Who charged is not told to everybody who may see that someone did. */
const whoCharged = { access: { read: seesAll('sessions') } }

export const sessionFields: Field[] = [
  { ...factText('publicId', 'Public id', 'What receipts and shared links use.'), unique: true },
  {
    ...factNumber(
      'transactionId',
      'Session number',
      'The transaction number the charger was given.',
    ),
    unique: true,
  },
  withCell(
    factText('status', 'Status', 'charging, ended, or needs-review.'),
    'status#SessionStatusCell',
  ),
  factRelation('charger', 'chargers', 'Charger'),
  factRelation('connector', 'connectors', 'Connector'),
  // not `connectorId`: the relation above owns the column connector_id
  factNumber('connectorNumber', 'Connector number', '1, 2, …: as the charger counts them.'),
  factRelation('site', 'sites', 'Site'),
  factNumber(
    'reservationNumber',
    'Reservation',
    'The number of the reservation it used, as the charger said it.',
  ),
  { ...factRelation('card', 'rfid-cards', 'Card'), ...whoCharged },
  { ...factRelation('driver', 'drivers', 'Driver'), ...whoCharged },
  { ...factText('idTag', 'Card or app id', 'As the charger sent it.'), ...whoCharged },
  withCell({ ...factDate('startedAt', 'Started'), index: true } as Field, 'WhenCell#WhenCell'),
  factDate('stoppedAt', 'Stopped'),
  factText('deviceStartedAt', 'Start by the charger’s clock'),
  factText('deviceStoppedAt', 'Stop by the charger’s clock'),
  factNumber('meterStartWh', 'Meter at start (Wh)'),
  factNumber('meterStopWh', 'Meter at stop (Wh)'),
  withCell(
    factNumber('energyWh', 'Energy', 'In watt-hours over REST: 1000 Wh are 1 kWh.'),
    'figures#EnergyCell',
  ),
  factNumber('powerW', 'Power now (W)'),
  factNumber('socPercent', 'Battery (%)', 'State of charge, where the car tells.'),
  factDate('lastSampleAt', 'Last meter reading'),
  withCell(
    factNumber('durationSeconds', 'Duration', 'From start to stop; in seconds over REST.'),
    'figures#DurationCell',
  ),
  withCell(
    factNumber(
      'chargingSeconds',
      'Charging time',
      'While energy flowed, by the meter readings; the rest of the duration the car only stood there. In seconds over REST.',
    ),
    'figures#DurationCell',
  ),
  withCell(
    factText(
      'stopReason',
      'Why it ended',
      'In the words of OCPP: Local, Remote, EVDisconnected, …',
    ),
    'figures#StopReasonCell',
  ),
  { ...factText('stopIdTag', 'Stopped by card'), ...whoCharged },
  factText(
    'endedBy',
    'Ended by',
    'charger: it reported the end; superseded: the next start ended it.',
  ),
  factNumber('tariffVersion', 'Tariff version', 'The tariff as it was when the session began.'),
  factRelation('priceGroup', 'price-groups', 'Price group'),
  factText('priceSource', 'Price from', 'Where the price was set when the session began.'),
  factNumber(
    'discountBasisPoints',
    'Discount',
    'Off the prices of the tariff, in hundredths of a per cent.',
  ),
  withCell(
    factNumber(
      'costMinor',
      'Cost',
      'In the smallest unit of the currency (pence) over REST, before corrections. Runs while charging, final once priced.',
    ),
    'figures#FinalCostCell',
  ),
  factNumber('taxMinor', 'of it tax', 'In the smallest unit of the currency (pence).'),
  factText('currency', 'Currency'),
  factNumber(
    'correctionMinor',
    'Corrections',
    'What was added or taken off afterwards, with tax, in the smallest unit of the currency.',
  ),
  factNumber('correctionTaxMinor', 'of it tax', 'In the smallest unit of the currency (pence).'),
  factNumber('correctionWh', 'Corrected energy (Wh)', 'Added or taken off afterwards.'),
  factDate('pricedAt', 'Priced', 'From here on the cost is final.'),
  factText('reviewReason', 'Needs review because'),
  { ...factText('startKey', 'Start key'), unique: true, admin: { hidden: true } },
]

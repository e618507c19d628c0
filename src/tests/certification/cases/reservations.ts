/** Reservations: made, used, over. */
import { accepted, rejected, asking, yes, no, type Case } from '../case'
import { ahead, begin, status } from '../chargePoint'

const reserving = (word: string, ends: { status: string; reason?: string | null }) =>
  asking(
    'ReserveNow',
    (cp) => ({ connectorId: 1, expiryDate: ahead(30), idTag: cp.idTag, reservationId: 41 }),
    { status: word },
    ends,
  )

export const reservations: readonly Case[] = [
  {
    id: 'TC_046',
    what: 'A reserved connector is used by its card',
    messages: ['ReserveNow', 'StatusNotification', 'StartTransaction'],
    async run(cp) {
      await reserving('Accepted', yes)(cp)
      await status(cp, 'Reserved')
      expect(await cp.connectorStatus()).toBe('Reserved')
      await begin(cp, { reservationId: 41 })
      expect(await cp.sessions()).toMatchObject([{ reservation_number: 41 }])
    },
  },
  {
    id: 'TC_047',
    what: 'A reservation expires',
    messages: ['ReserveNow', 'StatusNotification'],
    async run(cp) {
      await reserving('Accepted', yes)(cp)
      await status(cp, 'Reserved')
      await status(cp, 'Available')
      expect(await cp.connectorStatus()).toBe('Available')
    },
  },
  {
    id: 'TC_048_1',
    what: 'A faulted connector is not reserved',
    messages: ['ReserveNow'],
    run: reserving('Faulted', no),
  },
  {
    id: 'TC_048_2',
    what: 'A connector in use is not reserved',
    messages: ['ReserveNow'],
    run: reserving('Occupied', no),
  },
  {
    id: 'TC_048_3',
    what: 'A connector out of use is not reserved',
    messages: ['ReserveNow'],
    run: reserving('Unavailable', no),
  },
  {
    id: 'TC_048_4',
    what: 'A charger takes no reservations',
    messages: ['ReserveNow'],
    run: reserving('Rejected', no),
  },
  {
    id: 'TC_049',
    what: 'Any connector is reserved',
    messages: ['ReserveNow', 'StartTransaction'],
    async run(cp) {
      const payload = { connectorId: 0, expiryDate: ahead(30), idTag: cp.idTag, reservationId: 42 }
      await asking('ReserveNow', payload, accepted, yes)(cp)
      await begin(cp, { reservationId: 42 })
      expect(await cp.sessions()).toMatchObject([{ reservation_number: 42 }])
    },
  },
  {
    id: 'TC_051',
    what: 'A reservation is cancelled',
    messages: ['CancelReservation'],
    run: asking('CancelReservation', { reservationId: 41 }, accepted, yes),
  },
  {
    id: 'TC_052',
    what: 'A reservation that it does not know',
    messages: ['CancelReservation'],
    run: asking('CancelReservation', { reservationId: 77 }, rejected, no),
  },
  {
    id: 'TC_053_1',
    what: 'A reserved connector is used by a card of the same group',
    messages: ['ReserveNow', 'Authorize'],
    async run(cp) {
      await cp.side.pool.query(`update rfid_cards set parent_id_tag = 'GROUP1' where uid = $1`, [
        cp.idTag,
      ])
      await reserving('Accepted', yes)(cp)
      expect(await cp.say('Authorize', { idTag: cp.idTag })).toMatchObject({
        idTagInfo: { status: 'Accepted', parentIdTag: 'GROUP1' },
      })
    },
  },
]

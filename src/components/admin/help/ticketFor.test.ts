import { ticketFor } from './ticketFor'

test('a ticket begins with what one is looking at', () => {
  const create = '/admin/collections/tickets/create'
  expect(ticketFor('/admin/collections/chargers/12/ocpp-log')).toBe(`${create}?charger=12`)
  expect(ticketFor('/admin/collections/sessions/7')).toBe(`${create}?session=7`)
  expect(ticketFor('/admin/collections/alerts/7')).toBe(`${create}?alert=7`)
  expect(ticketFor('/admin/collections/chargers')).toBe(create)
  expect(ticketFor('/admin')).toBe(create)
})

import { quirksOf } from './quirks'

test('a make that leaves the subprotocol out is known by vendor or model', () => {
  const make = { vendor: 'United Chargers', model: 'GRS', firmwareVersion: 'GW-03.09' }
  expect(quirksOf(make).assumesOcpp16).toBe(true)
  expect(quirksOf({ ...make, vendor: 'UC', model: 'Grizzl-E Smart' }).assumesOcpp16).toBe(true)
})

test('others, and those that have not booted, are ordinary', () => {
  expect(quirksOf(null)).toEqual({ assumesOcpp16: false })
  expect(quirksOf({ vendor: 'Alfen', model: 'NG910', firmwareVersion: null })).toEqual({
    assumesOcpp16: false,
  })
})

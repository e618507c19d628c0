import {
  connectorStatuses,
  rollUp,
  rollUpOrder,
  statusLook,
  statusLooks,
  statusRank,
} from './connector'

describe('the one word for a charger', () => {
  test('a charger that was never seen is NeverConnected, whatever its rows say', () => {
    expect(rollUp(null, null, [])).toBe('NeverConnected')
    expect(rollUp(null, 'Available', ['Charging'])).toBe('NeverConnected')
  })

  test('a charger without a connection is Offline, whatever it said last', () => {
    for (const status of connectorStatuses) expect(rollUp(false, status, [status])).toBe('Offline')
  })

  test('a fault on connector 0 alone makes the charger Faulted (QUIRKS 23)', () => {
    expect(rollUp(true, 'Faulted', ['Charging', 'Available'])).toBe('Faulted')
  })

  test('a charging connector outshines a free one, and a free one an unavailable one', () => {
    expect(rollUp(true, null, ['Available', 'Charging'])).toBe('Charging')
    expect(rollUp(true, null, ['Unavailable', 'Available'])).toBe('Available')
    expect(rollUp(true, null, ['Available', 'Reserved'])).toBe('Reserved')
  })

  test('an Available connector 0 does not hide that every connector is out of use', () => {
    expect(rollUp(true, 'Available', ['Unavailable', 'Unavailable'])).toBe('Unavailable')
  })

  test('connector 0 speaks where no connector has', () => {
    expect(rollUp(true, 'Available', [])).toBe('Available')
    expect(rollUp(true, 'Available', [null, null])).toBe('Available')
  })

  test('a connected charger that has said nothing is not called Available', () => {
    expect(rollUp(true, null, [null])).toBe('Unavailable')
  })

  test('words that are no status are not counted', () => {
    expect(rollUp(true, 'constructor', ['__proto__', 'charging', 'Finishing'])).toBe('Finishing')
  })

  test('the result never depends on the order of the connectors', () => {
    for (const a of connectorStatuses)
      for (const b of connectorStatuses) {
        const together = rollUp(true, null, [a, b])
        expect(rollUp(true, null, [b, a])).toBe(together)
        expect(together).toBe(statusRank[a] < statusRank[b] ? a : b)
      }
  })

  test('the order holds every status once', () => {
    expect(new Set(rollUpOrder).size).toBe(11)
    expect(rollUpOrder.indexOf('Faulted')).toBeLessThan(rollUpOrder.indexOf('Charging'))
  })
})

describe('how a status looks', () => {
  test('green is Available or Charging and nothing else, red is a fault, grey is offline (W2)', () => {
    const toned = (tone: string) =>
      rollUpOrder.filter((status) => statusLooks[status].tone === tone).sort()
    expect(toned('green')).toEqual(['Available', 'Charging'])
    expect(toned('red')).toEqual(['Faulted'])
    expect(toned('grey')).toEqual(['NeverConnected', 'Offline'])
  })

  test('no two statuses share an icon: colour alone never tells them apart', () => {
    expect(new Set(rollUpOrder.map((status) => statusLook(status).icon)).size).toBe(11)
  })

  test('an unknown or missing status is shown as it came, in grey', () => {
    expect(statusLook(null).label).toBe('Not reported yet')
    expect(statusLook('Occupied')).toMatchObject({ tone: 'grey', label: 'Occupied' })
    expect(statusLook('constructor')).toMatchObject({ tone: 'grey', label: 'constructor' })
  })
})

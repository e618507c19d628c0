import { sayEvent, type EventFacts } from './eventWords'

const event = (facts: Partial<EventFacts>): EventFacts => ({
  kind: 'status',
  status: null,
  errorCode: null,
  vendorErrorCode: null,
  info: null,
  body: null,
  ...facts,
})

describe('W5 each line says what it means and what to try', () => {
  test('a fault is its family in words, the codes kept beside it', () => {
    const said = sayEvent(
      event({
        status: 'Faulted',
        errorCode: 'HighTemperature',
        vendorErrorCode: 'E-1042',
        info: 'T>85',
      }),
    )
    expect(said).toMatchObject({ tone: 'red', title: 'Overheating' })
    expect(said.steps.length).toBeGreaterThan(0)
    expect(said.code).toContain('E-1042')
    expect(said.code).toContain('HighTemperature')
  })

  test('an error while it still charges is a warning, and says so', () => {
    const said = sayEvent(event({ status: 'Charging', errorCode: 'ConnectorLockFailure' }))
    expect(said).toMatchObject({ tone: 'amber', title: 'Plug or lock, charging' })
  })

  test('a fault nobody named has steps all the same', () => {
    const said = sayEvent(event({ status: 'Faulted', errorCode: 'NoError' }))
    expect(said).toMatchObject({ tone: 'red', title: 'Faulted', code: null })
    expect(said.steps.length).toBeGreaterThan(0)
  })

  test('a code nobody knows is shown as it came', () => {
    const said = sayEvent(event({ status: 'Faulted', errorCode: 'SomethingElse' }))
    expect(said.sentence).toContain('SomethingElse')
  })

  test('an ordinary status has its word and no steps', () => {
    expect(sayEvent(event({ status: 'Available', errorCode: 'NoError' }))).toMatchObject({
      tone: 'green',
      title: 'Available',
      steps: [],
      code: null,
    })
  })
})

test('a lost line says whether the charger said goodbye', () => {
  const lost = (reason: string) =>
    sayEvent(event({ kind: 'charger.disconnected', body: { reason } })).sentence
  expect(lost('1000')).toContain('goodbye')
  expect(lost('1006')).toContain('broke')
  expect(lost('')).toContain('not connected')
})

test('a boot says what booted, as far as it may be told', () => {
  const body = { vendor: 'Alfen', model: 'Eve', firmwareVersion: '5.1' }
  expect(sayEvent(event({ kind: 'charger.booted', body })).sentence).toBe(
    'It introduced itself: Alfen Eve, firmware 5.1.',
  )
  expect(sayEvent(event({ kind: 'charger.booted' })).sentence).toBe('It introduced itself.')
})

test('what nobody foresaw is shown by its own name and never throws', () => {
  expect(sayEvent(event({ kind: 'charger.firmware', status: 'Odd' })).title).toBe('Firmware: Odd')
  expect(sayEvent(event({ kind: 'something.new' })).title).toBe('something.new')
  expect(
    sayEvent(event({ kind: 'charger.security', body: { type: 'FirmwareUpdated' } })).sentence,
  ).toBe('The charger reports: firmware updated.')
})

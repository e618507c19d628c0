import type { ReadingValue } from '../facts'
import { normaliseMeterValue, normaliseReadings } from './normalise'

const receivedAt = new Date('2026-05-01T10:00:05Z')
const deviceTime = '2026-05-01T10:00:00Z'
const read = (...values: ReadingValue[]) => normaliseMeterValue({ deviceTime, values }, receivedAt)

describe('the energy register', () => {
  test('a bare value is the import register in Wh, sampled periodically (QUIRKS 42)', () => {
    expect(read({ value: '12345' })).toMatchObject({
      at: new Date(deviceTime),
      context: 'Sample.Periodic',
      energyWh: 12345,
      energyFrom: 'total',
      rest: null,
    })
  })

  test.each<[string, string | undefined, number]>([
    ['12.345', 'kWh', 12345],
    ['12,345', 'kWh', 12345],
    ['12345.4', 'Wh', 12345],
    ['12345', 'wh', 12345],
    ['12.345', 'KWH', 12345],
    ['0.5', 'MWh', 500_000],
    ['1.2345e4', undefined, 12345],
    ['12345', 'furlongs', 12345],
    ['0', undefined, 0],
  ])('%s %s is %i Wh', (value, unit, wh) => expect(read({ value, unit }).energyWh).toBe(wh))

  test.each(['', ' ', 'abc', 'NaN', 'Infinity', '--', '1 2', '1,2,3'])(
    '%j is no energy',
    (value) => {
      expect(read({ value }).energyWh).toBeNull()
    },
  )

  test.each(['-1', '-0.5', '9223372036854775807'])(
    '%s is kept as sent and never reckoned with (QUIRKS 44)',
    (value) => {
      const reading = read({ value })
      expect(reading.energyWh).toBeNull()
      expect(reading.rest).toEqual(
        Object.assign(Object.create(null), { 'Energy.Active.Import.Register': value }),
      )
    },
  )

  test('phases alone are summed, and said to be (QUIRKS 45)', () => {
    const reading = read(
      { value: '1.1', unit: 'kWh', phase: 'L1' },
      { value: '1.2', unit: 'kWh', phase: 'L2' },
      { value: '1.3', unit: 'kWh', phase: 'L3' },
    )
    expect(reading).toMatchObject({ energyWh: 3600, energyFrom: 'phases' })
    expect(reading.rest).toMatchObject({ 'Energy.Active.Import.Register.L2': 1200 })
  })

  test('a total wins over its phases, whichever comes first', () => {
    const phase = { value: '900', phase: 'L1' }
    expect(read(phase, { value: '1000' }).energyWh).toBe(1000)
    expect(read({ value: '1000' }, phase).energyWh).toBe(1000)
  })

  test('the grid side is the register only where the outlet says nothing', () => {
    const inlet = { value: '1080', location: 'Inlet' }
    expect(read(inlet, { value: '1000', location: 'Outlet' }).energyWh).toBe(1000)
    expect(read({ value: '1000' }, inlet).energyWh).toBe(1000)
    expect(read(inlet).energyWh).toBe(1080)
  })

  test('export, reactive and interval energy is never mistaken for it', () => {
    const reading = read(
      { value: '5', measurand: 'Energy.Active.Export.Register', unit: 'kWh' },
      { value: '6', measurand: 'Energy.Active.Import.Interval' },
      { value: '7', measurand: 'Energy.Reactive.Import.Register', unit: 'kvarh' },
    )
    expect(reading.energyWh).toBeNull()
    expect(reading.rest).toMatchObject({
      'Energy.Active.Export.Register': 5000,
      'Energy.Active.Import.Interval': 6,
      'Energy.Reactive.Import.Register': 7000,
    })
  })

  test('signed data is kept as text, not read as a number', () => {
    const reading = read({ value: '4f434d46', format: 'SignedData' })
    expect(reading.energyWh).toBeNull()
    expect(reading.rest).toMatchObject({ 'Energy.Active.Import.Register.Signed': '4f434d46' })
  })
})

describe('power, currents, voltages, state of charge', () => {
  test('kW becomes W; power labelled Wh is still power (HA#1617)', () => {
    expect(read({ value: '7.4', measurand: 'Power.Active.Import', unit: 'kW' }).powerW).toBe(7400)
    expect(read({ value: '7400', measurand: 'Power.Active.Import', unit: 'Wh' }).powerW).toBe(7400)
  })

  test('power by phase is summed only where the total is missing', () => {
    const phases = ['L1', 'L2-N', 'L3'].map((phase) => ({
      value: '2000',
      measurand: 'Power.Active.Import',
      phase,
    }))
    expect(read(...phases).powerW).toBe(6000)
    expect(read(...phases, { value: '5900', measurand: 'Power.Active.Import' }).powerW).toBe(5900)
  })

  test('currents and voltages stand by phase; line-to-line and neutral go to the rest', () => {
    const reading = read(
      { value: '16', measurand: 'Current.Import', unit: 'A', phase: 'L1' },
      { value: '15000', measurand: 'Current.Import', unit: 'mA', phase: 'L2' },
      { value: '0.1', measurand: 'Current.Import', phase: 'N' },
      { value: '230.1', measurand: 'Voltage', unit: 'V', phase: 'L1-N' },
      { value: '400', measurand: 'Voltage', phase: 'L1-L2' },
    )
    expect(reading.currents).toEqual([16, 15, null])
    expect(reading.voltages).toEqual([230.1, null, null])
    expect(reading.rest).toMatchObject({ 'Current.Import.N': 0.1, 'Voltage.L1-L2': 400 })
  })

  test('a current without a phase is the first phase, and does not overwrite it', () => {
    expect(read({ value: '10', measurand: 'Current.Import' }).currents).toEqual([10, null, null])
    expect(
      read(
        { value: '16', measurand: 'Current.Import', phase: 'L1' },
        { value: '32', measurand: 'Current.Import' },
      ).currents[0],
    ).toBe(16)
  })

  test('a state of charge outside 0 to 100 is not one', () => {
    expect(
      read({ value: '80', measurand: 'SoC', unit: 'Percent', location: 'EV' }).socPercent,
    ).toBe(80)
    expect(read({ value: '255', measurand: 'SoC' }).socPercent).toBeNull()
    expect(read({ value: '-1', measurand: 'SoC' }).socPercent).toBeNull()
  })

  test('temperatures stand in Celsius, however the unit is spelt', () => {
    const temperature = (value: string, unit: string) =>
      read({ value, unit, measurand: 'Temperature', location: 'Body' }).rest?.['Temperature@Body']
    expect(temperature('40', 'Celcius')).toBe(40)
    expect(temperature('313.15', 'K')).toBeCloseTo(40)
    expect(temperature('104', 'Fahrenheit')).toBeCloseTo(40)
  })

  test('sizes no meter can show are kept as text and never reach a real column', () => {
    const reading = read({ value: '1e300', measurand: 'Power.Active.Import' })
    expect(reading.powerW).toBeNull()
    expect(reading.rest).toMatchObject({ 'Power.Active.Import': '1e300' })
    expect(read({ value: '1e-300', measurand: 'Power.Active.Import' }).powerW).toBe(0)
  })

  test('a measurand called __proto__ or constructor is data like any other', () => {
    const reading = read(
      { value: '1', measurand: '__proto__' },
      { value: '2', measurand: 'constructor' },
    )
    expect(Object.keys(reading.rest ?? {}).sort()).toEqual(['__proto__', 'constructor'])
  })
})

describe('rows of readings', () => {
  test('contexts mixed in one reading become one row each (QUIRKS 48)', () => {
    const rows = normaliseReadings(
      [
        {
          deviceTime,
          values: [
            { value: '100', context: 'Transaction.Begin' },
            { value: '900', context: 'Transaction.End' },
            { value: '50', context: 'Transaction.End', measurand: 'SoC' },
          ],
        },
        { deviceTime: null, values: [] },
      ],
      receivedAt,
    )
    expect(
      rows.map(({ context, energyWh, socPercent }) => [context, energyWh, socPercent]),
    ).toEqual([
      ['Transaction.Begin', 100, null],
      ['Transaction.End', 900, 50],
    ])
  })

  test('an empty reading gives no row, and alone an empty one', () => {
    expect(normaliseReadings([{ deviceTime, values: [] }], receivedAt)).toEqual([])
    expect(read()).toMatchObject({ energyWh: null, context: 'Sample.Periodic' })
  })

  test('a stuck clock gives way to the receipt; its text is kept (QUIRKS 19)', () => {
    const row = normaliseMeterValue(
      { deviceTime: '1970-01-01T00:00:00Z', values: [{ value: '1' }] },
      receivedAt,
    )
    expect(row).toMatchObject({
      at: receivedAt,
      deviceTime: '1970-01-01T00:00:00Z',
      plausible: false,
    })
  })
})

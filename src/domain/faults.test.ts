import { chargexFaults, faultOf, ocppFaults } from './faults'

describe('faults in words', () => {
  test('every error code of OCPP 1.6 but NoError has words', () => {
    expect(ocppFaults.map(({ code }) => code).sort()).toEqual(
      [
        'ConnectorLockFailure',
        'EVCommunicationError',
        'GroundFailure',
        'HighTemperature',
        'InternalError',
        'LocalListConflict',
        'OtherError',
        'OverCurrentFailure',
        'OverVoltage',
        'PowerMeterFailure',
        'PowerSwitchFailure',
        'ReaderFailure',
        'ResetFailure',
        'UnderVoltage',
        'WeakSignal',
      ].sort(),
    )
  })

  test('each has a sentence and something to try', () => {
    for (const { sentence, steps } of [...ocppFaults, ...chargexFaults]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(steps.length).toBeGreaterThan(0)
    }
    expect(new Set([...ocppFaults, ...chargexFaults].map(({ code }) => code)).size).toBe(35)
  })

  test('no error is no fault, also with a code of the maker that nobody knows', () => {
    expect(faultOf({ errorCode: 'NoError' })).toBeNull()
    expect(faultOf({ errorCode: null })).toBeNull()
    expect(faultOf({ errorCode: 'NoError', vendorErrorCode: '0x0000' })).toBeNull()
  })

  test("the maker's code is more particular, and is always kept", () => {
    expect(faultOf({ errorCode: 'OtherError', vendorErrorCode: 'CX008' })).toMatchObject({
      code: 'CX008',
      family: 'Emergency stop',
      severity: 'urgent',
      vendorErrorCode: 'CX008',
    })
    expect(faultOf({ errorCode: 'HighTemperature', vendorErrorCode: 'E-117' })).toMatchObject({
      code: 'HighTemperature',
      family: 'Overheating',
      vendorErrorCode: 'E-117',
      isKnown: true,
    })
  })

  test.each(['cx026', 'Cable Cut', 'CUT_CABLE', ' cable-cut '])(
    '%j is the cut cable',
    (vendorErrorCode) => {
      expect(faultOf({ errorCode: 'OtherError', vendorErrorCode })?.code).toBe('CX026')
    },
  )

  test('a name may arrive in info', () => {
    expect(faultOf({ errorCode: 'OtherError', info: 'Power Loss' })?.code).toBe('CX015')
    expect(faultOf({ errorCode: 'HighTemperature', info: 'Power Loss' })?.code).toBe(
      'HighTemperature',
    )
  })

  test('a part of a word is never matched', () => {
    for (const text of ['CX00', 'CX0081', 'no power loss here', 'EmergencyStopReleased'])
      expect(faultOf({ errorCode: 'OtherError', vendorErrorCode: text })?.code).toBe('OtherError')
  })

  test('what is not in the dictionary is shown as it came', () => {
    expect(faultOf({ errorCode: 'Bananas', vendorErrorCode: '42' })).toMatchObject({
      code: 'Bananas',
      isKnown: false,
      sentence: 'The charger reports "Bananas".',
      vendorErrorCode: '42',
    })
    expect(faultOf({ errorCode: 'constructor' })).toMatchObject({ isKnown: false })
  })
})

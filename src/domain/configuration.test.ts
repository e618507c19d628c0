import { compareConfiguration, isSecretKey, readConfigurationAnswer } from './configuration'

describe('an answer to GetConfiguration', () => {
  test('is read key by key, the last of a repeated key standing', () => {
    expect(
      readConfigurationAnswer({
        configurationKey: [
          { key: 'HeartbeatInterval', readonly: false, value: '300' },
          { key: 'NumberOfConnectors', readonly: true, value: '2' },
          { key: 'HeartbeatInterval', readonly: false, value: '600' },
          { key: 'NoValue', readonly: false },
        ],
        unknownKey: ['Foo'],
      }),
    ).toEqual({
      entries: [
        { key: 'HeartbeatInterval', value: '600', readonly: false },
        { key: 'NumberOfConnectors', value: '2', readonly: true },
        { key: 'NoValue', value: null, readonly: false },
      ],
      unknownKeys: ['Foo'],
    })
  })

  test('never gives away a secret, whatever the maker calls it', () => {
    const answer = readConfigurationAnswer({
      configurationKey: [
        { key: 'AuthorizationKey', readonly: false, value: '4f6d...' },
        { key: 'Wifi_Password', readonly: false, value: 'hunter2' },
        { key: 'ApnPassword', readonly: false, value: 'apn' },
      ],
    })
    expect(answer?.entries.map(({ value }) => value)).toEqual([null, null, null])
    expect(isSecretKey('AuthorizationCacheEnabled')).toBe(false)
  })

  test('that is nonsense is none, one that is empty is empty', () => {
    expect(readConfigurationAnswer('Accepted')).toBeNull()
    expect(readConfigurationAnswer(null)).toBeNull()
    expect(readConfigurationAnswer({ configurationKey: 'x' })).toBeNull()
    expect(readConfigurationAnswer({ configurationKey: [null, 7, { value: 'x' }] })).toEqual({
      entries: [],
      unknownKeys: [],
    })
    expect(readConfigurationAnswer({})).toEqual({ entries: [], unknownKeys: [] })
  })
})

test('what differs from the template stands first, what it lacks next', () => {
  const rows = compareConfiguration(
    [
      { key: 'A', value: '1', readonly: false },
      { key: 'HeartbeatInterval', value: '300', readonly: false },
      { key: 'Flag', value: 'TRUE', readonly: false },
      { key: 'List', value: 'a, b', readonly: false },
    ],
    [
      { key: 'heartbeatinterval', value: '900' },
      { key: 'Flag', value: 'true' },
      { key: 'List', value: 'a,b' },
      { key: 'Other', value: 'x' },
    ],
  )
  expect(rows.map(({ key, verdict }) => `${key} ${verdict}`)).toEqual([
    'HeartbeatInterval differs',
    'Other missing',
    'A free',
    'Flag same',
    'List same',
  ])
})

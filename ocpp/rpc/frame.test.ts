import { parseFrame, printCall, printError, printResult } from './frame'

describe('parseFrame', () => {
  test('reads a call, a result and an error', () => {
    expect(parseFrame('[2,"1","Heartbeat",{}]')).toEqual({
      kind: 2,
      messageId: '1',
      action: 'Heartbeat',
      payload: {},
    })
    expect(parseFrame('[3,"1",{"status":"Accepted"}]')).toEqual({
      kind: 3,
      messageId: '1',
      payload: { status: 'Accepted' },
    })
    expect(parseFrame('[4,"1","NotSupported","no",{}]')).toEqual({
      kind: 4,
      messageId: '1',
      code: 'NotSupported',
      description: 'no',
    })
  })

  test('blanks around and inside do not matter (QUIRKS 13)', () => {
    expect(parseFrame(' [ 2 , "1" , "Heartbeat" , {} ] \r\n')).toMatchObject({ kind: 2 })
  })

  test('a payload of null is an empty one (OCPP-J 1.6 §4.2.1)', () => {
    expect(parseFrame('[2,"1","Heartbeat",null]')).toMatchObject({ payload: {} })
    expect(parseFrame('[3,"1",null]')).toMatchObject({ payload: {} })
    expect(parseFrame('[3,"1"]')).toMatchObject({ payload: {} })
  })

  test('an error without code and description is still one', () => {
    expect(parseFrame('[4,"1"]')).toMatchObject({ code: 'GenericError', description: '' })
    expect(parseFrame('[4,"1",5,null]')).toMatchObject({ code: 'GenericError', description: '' })
  })

  test.each([
    '',
    ' ',
    '{}',
    'null',
    '5',
    '"[2]"',
    '[]',
    '[2]',
    '[3]',
    '[4]',
    '[2,5,"Heartbeat",{}]',
  ])('%j has no id and gets no answer', (text) =>
    expect(parseFrame(text)).toMatchObject({ kind: 0, messageId: null }),
  )

  test.each([
    ['[2,"1"]', 'a call has exactly four elements'],
    ['[2,"1","Heartbeat"]', 'a call has exactly four elements'],
    ['[2,"1","Heartbeat",{},{}]', 'a call has exactly four elements'],
    ['[2,"1",5,{}]', 'the action is not a text'],
    ['[1,"1","Heartbeat",{}]', 'the message type is not one of 2, 3 and 4'],
    ['["2","1","Heartbeat",{}]', 'the message type is not one of 2, 3 and 4'],
    ['[2,"1","Heartbeat",{', 'the message is not valid JSON'],
    ['[2,"1","Heartbeat",{\'a\':1}]', 'the message is not valid JSON'],
  ])('%s is answered under its id: %s', (text, problem) => {
    expect(parseFrame(text)).toEqual({ kind: 0, messageId: '1', problem })
  })

  test('an id of 36 characters is fine, of 37 is refused by that id, of a megabyte is not repeated', () => {
    const frame = (length: number) => parseFrame(`[2,"${'x'.repeat(length)}","Heartbeat",{}]`)
    expect(frame(36)).toMatchObject({ kind: 2 })
    expect(frame(37)).toEqual({
      kind: 0,
      messageId: 'x'.repeat(37),
      problem: 'the message id is longer than 36 characters',
    })
    expect(frame(1_000_000)).toMatchObject({ kind: 0, messageId: null })
  })

  test('a payload nested half a million deep costs nothing, a short deep one is only a value', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
    expect(parseFrame(`[2,"1","DataTransfer",${deep(500_000)}]`)).toEqual({
      kind: 0,
      messageId: '1',
      problem: 'the message is nested too deep',
    })
    expect(parseFrame('['.repeat(1_000_000))).toMatchObject({ kind: 0, messageId: null })
    expect(parseFrame(`[2,"1","DataTransfer",${deep(4000)}]`)).toMatchObject({ kind: 2 })
  })

  test('brackets inside a long text are text', () => {
    const data = JSON.stringify(`${'['.repeat(10_000)}"\\`)
    expect(parseFrame(`[2,"1","DataTransfer",{"vendorId":"v","data":${data}}]`)).toMatchObject({
      kind: 2,
    })
  })

  test('__proto__ and constructor are names like any other', () => {
    const frame = parseFrame('[2,"1","Heartbeat",{"__proto__":{"polluted":1},"constructor":1}]')
    expect(Object.keys((frame as { payload: object }).payload)).toEqual([
      '__proto__',
      'constructor',
    ])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('printing', () => {
  test('a call carries its payload to the letter', () => {
    expect(printCall('1', 'Reset', '{ "type" :"Hard"}')).toBe('[2,"1","Reset",{ "type" :"Hard"}]')
  })

  test('ids are escaped, so that no id can end the frame', () => {
    const id = 'a"],[\\'
    expect(JSON.parse(printResult(id, { ok: true }))).toEqual([3, id, { ok: true }])
    expect(JSON.parse(printError(id, 'GenericError', 'no "quotes"'))).toEqual([
      4,
      id,
      'GenericError',
      'no "quotes"',
      {},
    ])
  })

  test('a description has at most 255 characters, details are an empty object', () => {
    const [, , , description, details] = JSON.parse(
      printError('1', 'InternalError', 'x'.repeat(1000)),
    ) as unknown[]
    expect(description).toHaveLength(255)
    expect(details).toEqual({})
  })
})

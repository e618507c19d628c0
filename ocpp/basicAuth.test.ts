import { isSameIdentity, readBasicAuth } from './basicAuth'

const basic = (credentials: string | Buffer) =>
  `Basic ${Buffer.from(credentials as string).toString('base64')}`
const read = (credentials: string | Buffer, identity = 'CP1') =>
  readBasicAuth(basic(credentials), identity)

test('the password is every byte behind the first colon (QUIRKS 7)', () => {
  expect(read('CP1:a:b')).toEqual({ username: 'CP1', password: Buffer.from('a:b') })
  const binary = Buffer.from([0x43, 0x50, 0x31, 0x3a, 0x00, 0xff, 0x3a, 0x80])
  expect(read(binary)?.password).toEqual(Buffer.from([0x00, 0xff, 0x3a, 0x80]))
  expect(read('CP1:')).toEqual({ username: 'CP1', password: Buffer.alloc(0) })
})

test('an identity that is a MAC address keeps its colons', () => {
  expect(read('00:11:22:se:cret', '00:11:22')).toEqual({
    username: '00:11:22',
    password: Buffer.from('se:cret'),
  })
})

test('scheme in any case, base64 in both alphabets', () => {
  expect(readBasicAuth('bAsIc  Q1AxOj8_', 'CP1')?.password.toString()).toBe('??')
  expect(readBasicAuth('basic Q1AxOj8/ ', 'CP1')?.password.toString()).toBe('??')
})

test.each([
  undefined,
  '',
  'Basic',
  'Basic ',
  'Bearer abc',
  'Basic !!!',
  basic('no colon'),
  `Basic ${'A'.repeat(2000)}`,
])('%s is no credential', (header) => expect(readBasicAuth(header, 'CP1')).toBeNull())

test('names are compared without case (QUIRKS 8)', () => {
  expect(isSameIdentity('cp-Ä1', 'CP-ä1')).toBe(true)
  expect(isSameIdentity('cp1', 'cp2')).toBe(false)
})

import { readIdentity } from '@/domain/identity'

import { identityFrom } from './identityFrom'

test.each([
  ['ACE0123456', 'ACE0123456'],
  ['  AB 12/34#5 ', 'AB-12-34-5'],
  ['S/N: 00:11:22', 'S-N-00-11-22'],
  ['x'.repeat(60), 'x'.repeat(48)],
])('the serial number %j gives an identity that fits an address', (serial, identity) => {
  expect(identityFrom(serial)).toBe(identity)
  expect(readIdentity(identity)).toEqual({ identity })
})

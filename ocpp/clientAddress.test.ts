import type { IncomingMessage } from 'node:http'

import { createClientAddress, limitKey } from './clientAddress'

const from = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage

test('without trusted proxies the header does not count (SEC-48)', () => {
  expect(createClientAddress([])(from('192.0.2.7', '203.0.113.1'))).toBe('192.0.2.7')
  expect(createClientAddress([])(from('::ffff:192.0.2.7'))).toBe('192.0.2.7')
})

test('behind trusted proxies the nearest address that is none of them counts', () => {
  const address = createClientAddress(['10.0.0.0/8', '192.0.2.1', 'fd00::/8'])
  expect(address(from('10.1.2.3', '203.0.113.9'))).toBe('203.0.113.9')
  expect(address(from('::ffff:10.1.2.3', '198.51.100.1, 203.0.113.9, 192.0.2.1'))).toBe(
    '203.0.113.9',
  )
  expect(address(from('fd00::1', '2001:db8::5'))).toBe('2001:db8::5')
  expect(address(from('203.0.113.50', '198.51.100.1'))).toBe('203.0.113.50')
})

test('what is no address in the header is where it ends', () => {
  const address = createClientAddress(['10.0.0.0/8'])
  expect(address(from('10.1.2.3'))).toBe('10.1.2.3')
  expect(address(from('10.1.2.3', ''))).toBe('10.1.2.3')
  expect(address(from('10.1.2.3', "203.0.113.9, '; drop table"))).toBe('10.1.2.3')
  expect(address(from('10.1.2.3', '203.0.113.9, unknown, 10.0.0.5'))).toBe('10.0.0.5')
})

test('limits count an IPv6 house as one', () => {
  expect(limitKey('192.0.2.7')).toBe('192.0.2.7')
  expect(limitKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
  expect(limitKey('2001:db8:1:2::9')).toBe('2001:db8:1:2::/64')
  expect(limitKey('2001:db8::9')).toBe('2001:db8:0:0::/64')
  expect(limitKey('::1')).toBe('0:0:0:0::/64')
  expect(limitKey('')).toBe('')
})

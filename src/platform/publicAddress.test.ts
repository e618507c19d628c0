import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

import { demandWebAddress, isPublicAddress, lookUpPublic } from './publicAddress'

test.each([
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '[::1]',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2002:a00:1::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  'localhost',
  '',
  '1.2.3',
  ':::',
])('SEC-36 %j is not reached', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.15.0.1',
  '172.32.0.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001:81b::200e',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
  '2002:808:808::1',
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  'http://127.0.0.1/',
  'http://0x7f000001/',
  'http://2130706433/',
  'http://0177.0.0.1/',
  'http://127.1/',
  'https://[::1]:8443/x',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'gopher://example.com/',
  'ftp://example.com/',
  'https://user:password@example.com/',
  'example.com',
  '',
])('SEC-36 the address %j is refused before anything is asked', (text) => {
  expect(() => demandWebAddress(text, false)).toThrow()
})

test('an address of the web is let through', () => {
  expect(demandWebAddress('https://hooks.example.com/a?b=c', false).hostname).toBe(
    'hooks.example.com',
  )
  expect(demandWebAddress('http://127.0.0.1:8080/', true).port).toBe('8080')
})

test('SEC-36 a name that leads to this machine is refused when the connection is made, and nothing arrives', async () => {
  let requests = 0
  const server = createServer((_request, response) => {
    requests++
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const call = (allowsPrivate: boolean) =>
    new Promise<string>((resolve) => {
      request(
        { host: 'localhost', port, lookup: lookUpPublic(allowsPrivate), family: 4 },
        (response) => resolve(String(response.statusCode)),
      )
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
        .end()
    })
  expect(await call(false)).toBe('EPRIVATE')
  expect(requests).toBe(0)
  expect(await call(true)).toBe('200')
  server.close()
})

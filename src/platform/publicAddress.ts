/**
 * Which addresses the server may call when somebody else says where (SEC-36): only those of the public internet. A name
 * is judged by what it resolves to, at the moment of the connection and for that very connection: what it pointed to a
 * second ago says nothing.
 */
import { lookup as lookUpDns, type LookupAddress, type LookupOptions } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const closed = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(network, bits, 'ipv6')

/** Networks of IPv6 that carry an IPv4 address inside: prefix, and where the 32 bits begin. */
const carriers = [
  { prefix: '::ffff:', from: 96 },
  { prefix: '64:ff9b:', from: 96 },
  { prefix: '2002:', from: 16 },
] as const

/** `isPublicAddress`: an address of the public internet; false for anything that is none. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').split('%')[0] ?? ''
  const version = isIP(bare)
  if (version === 4) return !closed.check(bare, 'ipv4')
  if (version !== 6) return false
  const groups = groupsOf(bare)
  if (!groups) return false
  const plain = groups.map((group) => group.toString(16)).join(':')
  for (const { prefix, from } of carriers) {
    const head = prefix === '::ffff:' ? '0:0:0:0:0:ffff:' : prefix
    if (!plain.startsWith(head)) continue
    const [high = 0, low = 0] = groups.slice(from / 16)
    const inner = [high >> 8, high & 255, low >> 8, low & 255].join('.')
    return !closed.check(inner, 'ipv4')
  }
  return !closed.check(bare, 'ipv6')
}

/** The eight groups of an IPv6 address, its dotted end included. */
function groupsOf(address: string): number[] | null {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const text = dotted
    ? `${dotted[1]}${pair(dotted[2], dotted[3])}:${pair(dotted[4], dotted[5])}`
    : address
  const [head = '', tail] = text.split('::')
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => parseInt(group, 16))
  const [first, last] = [read(head), tail === undefined ? [] : read(tail)]
  const missing = tail === undefined ? 0 : 8 - first.length - last.length
  const groups = [...first, ...Array.from({ length: Math.max(0, missing) }, () => 0), ...last]
  return groups.length === 8 && groups.every((group) => group >= 0 && group <= 0xffff)
    ? groups
    : null
}

const pair = (high = '0', low = '0') => (Number(high) * 256 + Number(low)).toString(16)

export class PrivateTarget extends Error {
  override name = 'PrivateTarget'
  readonly code = 'EPRIVATE'
}

/** `demandWebAddress`: http or https, no name and password in it, and no address of our own network spelled out. */
export function demandWebAddress(text: string, allowsPrivate: boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password)
    throw new PrivateTarget('The address is not one of the web.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // For an address there is no look-up in which it could be refused.
  if (!allowsPrivate && isIP(host) && !isPublicAddress(host)) throw refusal(host)
  return url
}

/** `lookUpPublic`: for the `lookup` option of a connection: fails where the name leads into our own network. */
export function lookUpPublic(allowsPrivate: boolean): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    lookUpDns(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 4)
      const inside = addresses.find(({ address }) => !isPublicAddress(address))
      if (!allowsPrivate && inside) return callback(refusal(inside.address), '', 4)
      if (options.all)
        return (callback as unknown as (e: null, all: LookupAddress[]) => void)(null, addresses)
      const [first] = addresses
      callback(null, first?.address ?? '', first?.family ?? 4)
    })
  }
}

function refusal(address: string): PrivateTarget {
  return new PrivateTarget(
    `${address} lies inside this network. Webhooks reach public addresses only (WEBHOOKS_ALLOW_PRIVATE).`,
  )
}

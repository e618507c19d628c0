/** Whose address a request comes from, when proxies may stand between. */
import { BlockList, isIP } from 'node:net'
import type { IncomingMessage } from 'node:http'

export type ClientAddress = (request: IncomingMessage) => string

/**
 * The address that the nearest machine outside `trustedProxies` (addresses and CIDR ranges) had. `X-Forwarded-For` is
 * read from its end and only as far as the hops are trusted, so what a client writes into it does not count (SEC-48).
 */
export function createClientAddress(trustedProxies: string[]): ClientAddress {
  const trusted = blockListOf(trustedProxies)
  return (request) => {
    let address = plain(request.socket.remoteAddress ?? '')
    if (trustedProxies.length === 0) return address
    const forwarded = request.headers['x-forwarded-for']
    const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',')
    for (let hop = hops.length - 1; hop >= 0 && isTrusted(trusted, address); hop--) {
      const before = plain(hops[hop]!.trim())
      if (isIP(before) === 0) break
      address = before
    }
    return address
  }
}

/** What limits are counted by: an IPv4 address, or the /64 of an IPv6 address, of which one house has 2^64. */
export function limitKey(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  if (tail !== undefined) {
    const behind = tail.split(':').filter(Boolean)
    while (groups.length + behind.length < 8) groups.push('0')
  }
  return `${groups.slice(0, 4).join(':')}::/64`
}

/** `createTrusted`: whether a request came straight from one of the trusted proxies. */
export function createTrusted(trustedProxies: string[]): (address: string) => boolean {
  const trusted = blockListOf(trustedProxies)
  return (address) => isTrusted(trusted, plain(address))
}

function blockListOf(ranges: string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

function isTrusted(list: BlockList, address: string): boolean {
  const family = isIP(address)
  return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** `::ffff:192.0.2.1` is 192.0.2.1 on a socket that listens on both families. */
function plain(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  return mapped?.[1] ?? address
}

/**
 * Frames nobody should send, from a seed: calls whose members are dropped, retyped, blown up or misplaced (the schema
 * is known, so they get past the first checks), frames broken as frames, and bytes that are no text at all.
 */
import type { Random } from '#ocpp/sim/random'
import { seeds } from './seeds'

/** `text` goes out as a text frame even where it is not UTF-8; `pieces` in fragments of one byte. */
export type Shot = { data: string | Buffer; kind: 'text' | 'binary' | 'pieces' }

const long = (size: number) => 'x'.repeat(size)

/** Values that broke something somewhere: wrong types, edges of integers and dates, hostile text. */
const oddities: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  9.3e18,
  1e308,
  '',
  ' ',
  '0',
  '-1',
  'NaN',
  'Infinity',
  '1e999',
  '0x10',
  '12,5',
  'null',
  'undefined',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e',
  '💥',
  'ﷺ',
  '\r\n\t',
  "'; drop table sessions; --",
  '"}],{',
  '{{7*7}}',
  '${7*7}',
  '../../etc/passwd',
  '<script>',
  '%00',
  '=1+1',
  '\\',
  '1970-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:60Z',
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00Z',
  'yesterday',
  '2026-01-31',
  long(21),
  long(51),
  long(256),
  long(5_000),
  [],
  [null],
  [[]],
  {},
  { a: 1 },
  { toString: 1 },
  { length: 5 },
]

const hostileKeys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '\u0000',
  long(300),
  'length',
  'then',
  'toJSON',
]

const hostileFrames: readonly string[] = [
  '',
  ' ',
  'null',
  'true',
  '0',
  '""',
  '{}',
  '[]',
  '[[]]',
  '[2]',
  '[2,"a"]',
  '[2,"a","Heartbeat"]',
  '[2,"a","Heartbeat",{},1]',
  '[2,1,"Heartbeat",{}]',
  '[2,null,"Heartbeat",{}]',
  '[2,"","Heartbeat",{}]',
  `[2,"${long(37)}","Heartbeat",{}]`,
  `[2,"${long(3000)}","Heartbeat",{}]`,
  '[2,"a",1,{}]',
  '[2,"a","",{}]',
  '[2,"a",null,null]',
  '[2,"a","Heartbeat",[]]',
  '[2,"a","Heartbeat",null]',
  '[2,"a","Heartbeat","{}"]',
  '[1,"a","Heartbeat",{}]',
  '[5,"a",{}]',
  '["2","a","Heartbeat",{}]',
  '[2.0,"a","Heartbeat",{}]',
  '[-2,"a","Heartbeat",{}]',
  '[2e0,"a","Heartbeat",{}]',
  '[3]',
  '[3,"a"]',
  '[3,"never",{}]',
  '[3,"never",null]',
  '[3,null,{}]',
  '[4]',
  '[4,"never"]',
  '[4,"never","InternalError","",{}]',
  '[4,"-1","x",1,2]',
  '[4,null,null,null,null]',
  '[2,"a","Heartbeat",{}',
  '[2,"a","Heartbeat",{}]]',
  '[2,"a","Heartbeat",{"a":}]',
  "[2,'a','Heartbeat',{}]",
  '[2,"a","Heartbeat",{"a":1,"a":2}]',
  '[2,"\\u0000","Heartbeat",{}]',
  '[2,"\\ud800","Heartbeat",{}]',
  '[2,"a","Heartbeat",{"__proto__":{"polluted":true}}]',
  '[2,"a","Authorize",{"idTag":"FUZZ01","constructor":{"prototype":{"polluted":true}}}]',
  `${'['.repeat(100_000)}`,
  `[2,"deep","DataTransfer",${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}]`,
  `[2,"deep","DataTransfer",{"vendorId":"v","data":${'['.repeat(20_000)}${']'.repeat(20_000)}}]`,
  `[2,"wide","MeterValues",{"connectorId":1,"meterValue":[${'{"timestamp":"2026-01-31T12:00:00Z","sampledValue":[{"value":"1"}]},'.repeat(500)}{"timestamp":"2026-01-31T12:00:00Z","sampledValue":[{"value":"1"}]}]}]`,
  `[2,"big","DataTransfer",{"vendorId":"v","data":"${long(200_000)}"}]`,
]

/** The next hostile shot. `serial` makes its message id; one in 2,000 is larger than any frame may be. */
export function nextShot(random: Random, serial: number): Shot {
  const dice = random.next()
  if (dice < 0.0005)
    return {
      data: `[2,"x","DataTransfer",{"vendorId":"v","data":"${long(1_200_000)}"}]`,
      kind: 'text',
    }
  if (dice < 0.09) return { data: random.pick(hostileFrames), kind: 'text' }
  // These two end the connection, and with it whatever was fired behind them: few of them.
  if (dice < 0.1) return { data: randomBytes(random), kind: 'text' }
  if (dice < 0.105) return { data: randomBytes(random), kind: 'binary' }
  const frame = mutatedCall(random, serial)
  if (dice < 0.2) return { data: damaged(frame, random), kind: 'text' }
  if (dice < 0.21) return { data: frame.slice(0, 400), kind: 'pieces' }
  return { data: frame, kind: 'text' }
}

function mutatedCall(random: Random, serial: number): string {
  const [action, payload] = random.pick(seeds)
  let mutated: unknown = structuredClone(payload)
  for (let times = random.whole(0, 3); times > 0; times--) mutated = mutate(mutated, random)
  const name = random.chance(0.03)
    ? random.pick(['heartbeat', 'Heartbeat ', 'StartTransaction.req', ''])
    : action
  return JSON.stringify([2, random.chance(0.1) ? 'same' : `f${serial}`, name, mutated])
}

/** Changes one place somewhere inside `value`. */
function mutate(value: unknown, random: Random): unknown {
  if (Array.isArray(value)) return mutateArray(value, random)
  if (value === null || typeof value !== 'object') return oddInstead(value, random)
  const object = value as Record<string, unknown>
  const keys = Object.keys(object)
  if (keys.length === 0 || random.chance(0.1)) {
    return withMember(object, random.pick(hostileKeys), random.pick(oddities))
  }
  const key = random.pick(keys)
  const dice = random.next()
  if (dice < 0.15) return Object.fromEntries(Object.entries(object).filter(([one]) => one !== key))
  if (dice < 0.25) return withMember(object, key.toUpperCase(), object[key])
  if (dice < 0.6) return withMember(object, key, random.pick(oddities))
  return withMember(object, key, mutate(object[key], random))
}

function mutateArray(array: readonly unknown[], random: Random): unknown {
  const dice = random.next()
  if (array.length === 0 || dice < 0.15) return random.pick(oddities)
  if (dice < 0.25) return [...array, ...array, ...array]
  if (dice < 0.35) return array[0]
  const index = random.whole(0, array.length - 1)
  return array.map((one, i) => (i === index ? mutate(one, random) : one))
}

function oddInstead(value: unknown, random: Random): unknown {
  if (random.chance(0.25)) return typeof value === 'string' ? Number(value) : String(value)
  return random.pick(oddities)
}

/** `__proto__` must become a member of its own, as it does in what JSON.parse makes. */
const withMember = (object: Record<string, unknown>, key: string, value: unknown) =>
  Object.fromEntries([...Object.entries(object), [key, value]])

/** Cut off, or with a few bytes changed: still a text frame, no longer JSON, perhaps no longer UTF-8. */
function damaged(frame: string, random: Random): Buffer {
  const bytes = Buffer.from(frame)
  if (random.chance(0.4)) return bytes.subarray(0, random.whole(0, bytes.length))
  for (let times = random.whole(1, 6); times > 0 && bytes.length > 0; times--) {
    bytes[random.whole(0, bytes.length - 1)] = random.whole(0, random.chance(0.1) ? 255 : 127)
  }
  return bytes
}

const randomBytes = (random: Random) =>
  Buffer.from(Array.from({ length: random.whole(0, 200) }, () => random.whole(0, 255)))

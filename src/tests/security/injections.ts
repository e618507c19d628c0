/**
 * Strings that mean something to a database, a shell, a template or a parser, made by combining a few parts: what ends a
 * value, what would run if it did, and what would hide the rest. They attack nothing in particular.
 */
const openings = ['', "'", '"', "')", "'))", '")', '`', "\\'", '%27', '\u2019', ';', '$$']
const middles = [
  ' or 1=1',
  ' and 1=2',
  ' union select null,null',
  ';select pg_sleep(2)',
  '||pg_sleep(2)',
  ';drop table users',
  ' order by 99',
  ' limit 0 offset 9',
  '::int',
  '->>0',
]
const endings = ['', '--', '/*', '#']
const others = [
  '${7*7}',
  '{{7*7}}',
  '<b>x</b>',
  '../../etc/passwd',
  '%00',
  '\u0000',
  '\ud800',
  '%s%n',
  '[]',
  '{}',
  '{"a":1}',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-1',
  '1e309',
  '9'.repeat(40),
  'x'.repeat(2_000),
  '%_%_%',
  '\\',
  '\\\\',
  '\r\nSet-Cookie: a=b',
]

export const injections: readonly string[] = [
  ...new Set([
    ...openings.flatMap((open) =>
      middles.flatMap((middle) => endings.map((end) => `${open}${middle}${end}`)),
    ),
    ...others,
  ]),
]

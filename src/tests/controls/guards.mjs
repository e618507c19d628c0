/**
 * The guards of SECURITY.md, each with the test that is there for it. `guard` is the text that does the work, `without` what stands in
 * its place in a negative control (nothing, if left out). `controls.test.ts` keeps the list true, `run.mjs` uses it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ id: string, what: string, file: string, guard: string, without?: string, project: string, suite: string, test: string }} Guard */

const signIn = { project: 'integration', suite: 'src/tests/security/signIn.int.test.ts' }
const knocks = { project: 'security', suite: 'src/tests/security/guards.security.test.ts' }
const scope = { project: 'integration', suite: 'hooks/access/scope.int.test.ts' }
const caps = { project: 'integration', suite: 'src/tests/security/hourlyCaps.int.test.ts' }
const live = { project: 'integration', suite: 'src/live/live.int.test.ts' }

/** @type {Guard[]} */
export const guards = [
  {
    id: 'SEC-14',
    what: 'the wait after wrong passwords',
    file: 'hooks/users/signIn/tries.ts',
    guard: '    if (seconds === null) continue\n',
    without: '    continue\n',
    ...signIn,
    test: 'SEC-14: guessing one account the sixth try',
  },
  {
    id: 'SEC-15',
    what: 'the count by address',
    file: 'hooks/users/signIn/tries.ts',
    guard: '  for (const one of [keys.account, keys.address]) {\n',
    without: '  for (const one of [keys.account]) {\n',
    ...signIn,
    test: 'SEC-15: guessing many accounts',
  },
  {
    id: 'SEC-16',
    what: 'the hash for an account that is not there',
    file: 'hooks/users/signIn/limitSignIn.ts',
    guard:
      '  if (!(await isAccount(poolOf(req), signIn.email))) await isPassword(password, null)\n',
    ...signIn,
    test: 'SEC-16: whether an account exists a wrong password',
  },
  {
    id: 'SEC-17',
    what: 'the list of what a sign-in may hold',
    file: 'hooks/users/signIn/limitSignIn.ts',
    guard:
      '  if (given && Object.keys(given).some((name) => !wanted.has(name))) throw badSignIn()\n',
    ...signIn,
    test: 'SEC-17: bodies login with',
  },
  {
    id: 'SEC-18',
    what: 'the configured address in links',
    file: 'hooks/users/forgotPassword.ts',
    guard: '${env().publicUrl}/admin/reset/',
    without: 'https://${req.headers.get("host")}/admin/reset/',
    ...signIn,
    test: 'SEC-18: the link names our address',
  },
  {
    id: 'SEC-19',
    what: 'the end of the logins of whoever is suspended',
    file: 'hooks/grants/endLogins.ts',
    guard: '  await endLoginsOf(await requestSql(req), ids)\n',
    ...signIn,
    test: 'SEC-19: what ends a login suspension',
  },
  {
    id: 'SEC-20',
    what: 'the end of a token',
    file: 'src/live/token.ts',
    guard:
      "  if (typeof claims.exp !== 'number' || claims.exp * 1000 <= now.getTime()) return null\n",
    project: 'unit',
    suite: 'src/live/guard.test.ts',
    test: 'SEC-20 expired by a second',
  },
  {
    id: 'SEC-21',
    what: 'a code being good once',
    file: 'hooks/users/secondFactor.ts',
    guard: "(await spendStep(sql, userId, step)) ? 'right' : 'wrong'",
    without: "'right'",
    ...signIn,
    test: 'SEC-21: the second factor once on, no door',
  },
  {
    id: 'SEC-22',
    what: 'the list of origins whose cookie counts',
    file: 'payload.config.ts',
    guard: '  csrf: origins,\n',
    without: '  csrf: [],\n',
    ...knocks,
    test: 'SEC-22: a page of somebody else’s that uses the cookie changes nothing',
  },
  {
    id: 'SEC-23',
    what: 'the twelve hours',
    file: 'hooks/users/signIn/limitSignIn.ts',
    guard: "  if (operation === 'refresh') await refuseOld(req)\n",
    ...signIn,
    test: 'SEC-23: where one is signed in after twelve hours',
  },
  {
    id: 'SEC-24',
    what: 'the shut door for a first user',
    file: 'hooks/governed.ts',
    guard: "    ['post', '/first-register'],\n    ['get', '/init'],\n",
    ...knocks,
    test: 'SEC-24: the door for the first user',
  },
  {
    id: 'SEC-25',
    what: 'the rows inside the scope',
    file: 'hooks/access/byPolicy.ts',
    guard: '    const where = inside ? await inside(scope, req) : false\n',
    without: '    const where = inside !== undefined\n',
    project: 'security',
    suite: 'src/tests/matrix/matrix.security.test.ts',
    test: 'row 52$',
  },
  {
    id: 'SEC-26',
    what: 'the shut routes that Payload makes',
    file: 'hooks/governed.ts',
    guard: "    ['post', '/first-register'],\n    ['get', '/init'],\n",
    ...scope,
    test: 'SEC-26 routes that nobody needs',
  },
  {
    id: 'SEC-27',
    what: 'the fields that some are not shown',
    file: 'hooks/access/fieldByPolicy.ts',
    guard:
      '    const seeing = grants.filter((grant) => seesAllFields(grant.role, resource, action))\n',
    without: '    const seeing = grants\n',
    ...scope,
    test: 'SEC-27 a hidden field',
  },
  {
    id: 'SEC-28',
    what: 'the columns that nobody sets',
    file: 'collections/fields.ts',
    guard: '  access: { create: () => false, update: () => false },\n',
    ...scope,
    test: 'SEC-28 facts, ids',
  },
  {
    id: 'SEC-29',
    what: 'the charger that is not there outside the scope',
    file: 'src/commands/authorise.ts',
    guard: "    if (!isPermitted && !isOpen('chargers', 'read')) return unknownCharger\n",
    project: 'integration',
    suite: 'hooks/commands/request.int.test.ts',
    test: 'SEC-29 outside the scope',
  },
  {
    id: 'SEC-30',
    what: 'the most that a list holds',
    file: 'hooks/limitQueries.ts',
    guard: '  return { ...args, limit: limited(query.limit) }\n',
    without: '  return args\n',
    ...scope,
    test: 'SEC-30 nobody gets everything',
  },
  {
    id: 'SEC-31',
    what: 'the place of a value in a statement',
    file: 'src/db/queries/find.ts',
    guard: '`$${values.push(value)}::${type}`',
    without: "`'${value}'::${type}`",
    ...knocks,
    test: 'SEC-31: text that means something to a database the same in the find box',
  },
  {
    id: 'SEC-32',
    what: 'the check of the Origin',
    file: 'src/live/guard.ts',
    guard:
      "  if (origin !== undefined && !origins.has(origin)) return { kind: 'refused', status: 403 }\n",
    ...live,
    test: 'who is let in SEC-32 no token 401',
  },
  {
    id: 'SEC-32',
    what: 'the scope of each event',
    file: 'src/live/fanout.ts',
    guard: '      if (!isInside(scopeOfKind(client.access, row.kind), place)) continue\n',
    project: 'integration',
    suite: 'src/tests/security/hostile.int.test.ts',
    test: '1,500 hostile frames',
  },
  {
    id: 'SEC-33',
    what: 'access that is read again',
    file: 'src/live/clients.ts',
    guard: '        client.access = accessOf(row.grants, options.now())\n',
    ...live,
    test: 'SEC-33 a grant that is taken away',
  },
  {
    id: 'SEC-34',
    what: 'whose charge it is',
    file: 'src/db/queries/app/charges.ts',
    guard: 'where s.public_id = $2 and s.driver_id = $1)',
    without: 'where s.public_id = $2 and $1::int > 0)',
    project: 'integration',
    suite: 'src/tests/security/driverWishes.int.test.ts',
    test: 'a charge of somebody else',
  },
  {
    id: 'SEC-44',
    what: 'what a secret must be',
    file: 'src/platform/env.ts',
    guard: '  if (isWeak) {\n',
    without: '  if (false) {\n',
    project: 'unit',
    suite: 'src/platform/env.test.ts',
    test: 'SEC-44 .* PAYLOAD_SECRET=',
  },
  {
    id: 'SEC-45',
    what: 'the seal over a webhook’s secret',
    file: 'hooks/webhooks/sealSecret.ts',
    guard: "seal(given, 'webhook')",
    without: 'given',
    project: 'security',
    suite: 'src/tests/security/canaries.security.test.ts',
    test: 'SEC-45',
  },
  {
    id: 'SEC-46',
    what: 'the entry for each change',
    file: 'hooks/governed.ts',
    guard: '      afterChange: [...(hooks?.afterChange ?? []), auditChange],\n',
    without: '      afterChange: [...(hooks?.afterChange ?? [])],\n',
    project: 'integration',
    suite: 'hooks/writes.int.test.ts',
    test: 'SEC-46 the trace a change leaves one row',
  },
  {
    id: 'SEC-47',
    what: 'the second factor again',
    file: 'hooks/users/stepUp.ts',
    guard: '  if (!(await isProofMissing(req))) return\n',
    without: '  return\n',
    project: 'integration',
    suite: 'src/tests/security/stepUp.int.test.ts',
    test: 'a grant wants the code again',
  },
  {
    id: 'SEC-47',
    what: 'the second factor again for a password in a charger’s form',
    file: 'hooks/chargers/issueCredential.ts',
    guard: "    await requireStepUp(req, 'set a new password for a charger')\n",
    project: 'integration',
    suite: 'src/tests/security/stepUp.int.test.ts',
    test: 'a charger’s password in its form wants the code again',
  },
  {
    id: 'SEC-47',
    what: 'the second factor again for firmware',
    file: 'src/commands/firmwareUpdates.ts',
    guard: '  if (staff.isProofMissing === true)\n',
    without: '  if (false)\n',
    project: 'integration',
    suite: 'src/tests/security/stepUp.int.test.ts',
    test: 'new firmware wants the code again',
  },
  {
    id: 'SEC-47',
    what: 'the most that one person may do within an hour',
    file: 'src/db/takeTurn.ts',
    guard:
      "  if (turn.inHour === null) return { kind: 'refused', most: turn.most, freeAt: turn.freeAt }\n",
    ...caps,
    test: 'hard restarts: the one above the cap',
  },
  {
    id: 'SEC-47',
    what: 'the mail about what one person does a lot of',
    file: 'src/db/takeTurn.ts',
    guard: '  if (tell && count >= tell.from) await tellSuperAdmins(sql, act)\n',
    ...caps,
    test: 'the other Super Admins get one',
  },
  {
    id: 'SEC-48',
    what: 'headers that only we may set being taken away',
    file: 'src/main/web/door.ts',
    guard: 'delete request.headers[name]\n',
    without: 'void name\n',
    project: 'unit',
    suite: 'src/main/web/door.test.ts',
    test: 'from a stranger nothing is believed',
  },
]

/** `SEC-32`, and `SEC-32/2` for its second guard. @param {Guard} guard */
export function nameOf(guard) {
  const nth = guards.filter(({ id }) => id === guard.id).indexOf(guard) + 1
  return nth > 1 ? `${guard.id}/${nth}` : guard.id
}

/** @param {string | undefined} name As `nameOf` makes it. */
export function guardOf(name) {
  const guard = guards.find((one) => nameOf(one) === name)
  if (!guard) throw new Error(`There is no guard ${name}`)
  return guard
}

export function sourceOf(guard) {
  return readFileSync(join(import.meta.dirname, '../../..', guard.file), 'utf8')
}

/** @param {string} source @param {Guard} guard */
export function withoutGuard(source, { id, file, guard, without = '' }) {
  const parts = source.split(guard)
  if (parts.length !== 2) throw new Error(`${file} does not hold the guard of ${id} exactly once`)
  return parts.join(without)
}

/** The table in docs/security.md. */
export function controlTable() {
  const rows = guards.map(
    ({ id, suite, file, what }) => `| ${id} | \`${suite}\` | ${what} (\`${file}\`) |`,
  )
  return ['| id | test | control: without |', '| - | - | - |', ...rows].join('\n')
}

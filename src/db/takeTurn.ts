import { sensitiveActs, sensitiveMail, type SensitiveKind } from '../domain/sensitive'
import type { Sql } from './pool'
import { otherSuperAdmins } from './queries/logins'
import { insertMail, networkName } from './queries/mails'

export type Act = {
  kind: SensitiveKind
  user: { id: number; name: string }
  ip: string | null
  now: Date
}

export type Turn = { kind: 'taken' } | { kind: 'refused'; most: number; freeAt: Date }

/** Where Settings say how many of each. */
const columns: Readonly<Record<SensitiveKind, string>> = {
  commands: 'commands_per_hour',
  criticalCommands: 'critical_commands_per_hour',
  chargerPasswords: 'charger_passwords_per_hour',
  largeExports: 'large_exports_per_hour',
  accessChanges: 'access_changes_per_hour',
}

/**
 * `takeTurn`: this person does such a thing once more, unless it would be more than Settings allow within an hour: exact,
 * however many requests come at once (SEC-47). The other Super Admins get a mail, one for each person, kind and hour.
 */
export async function takeTurn(sql: Sql, act: Act): Promise<Turn> {
  const { perHour, tell } = sensitiveActs[act.kind]
  const { rows } = await sql.query<{
    most: number
    inHour: number | null
    inMinute: number
    freeAt: Date
  }>(
    `select most, t.in_hour as "inHour", t.in_minute as "inMinute", t.free_at as "freeAt"
       from (select coalesce((select ${columns[act.kind]}::int from settings limit 1), $3) as most) s,
            telemetry.take_turn($1, $2, most, $4) t`,
    [act.user.id, act.kind, perHour, act.now],
  )
  const turn = rows[0]
  if (!turn) throw new Error('a turn was neither taken nor refused')
  if (turn.inHour === null) return { kind: 'refused', most: turn.most, freeAt: turn.freeAt }
  const count = tell?.within === 'minute' ? turn.inMinute : turn.inHour
  if (tell && count >= tell.from) await tellSuperAdmins(sql, act)
  return { kind: 'taken' }
}

/** `tellSuperAdmins`: the others, about what this person has just done. */
export async function tellSuperAdmins(sql: Sql, { kind, user, ip, now }: Act): Promise<void> {
  const key = `sensitive/${kind}/${user.id}/${now.toISOString().slice(0, 13)}/`
  const untold = await otherSuperAdmins(sql, user.id, key)
  if (untold.length === 0) return
  const network = await networkName(sql)
  for (const admin of untold) {
    const mail = sensitiveMail({ to: admin.name, by: user.name, kind, network, at: now, ip })
    if (mail) await insertMail(sql, { key: `${key}${admin.id}`, to: admin.email, ...mail })
  }
}

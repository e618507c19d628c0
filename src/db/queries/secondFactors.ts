import type { Sql } from '../pool'

export type SecondFactor = {
  /** Sealed. */
  secret: string
  isConfirmed: boolean
  wrongCodes: number
  wrongSince: Date | null
}

export async function readSecondFactor(sql: Sql, userId: number): Promise<SecondFactor | null> {
  const { rows } = await sql.query<SecondFactor>(
    `select secret, confirmed_at is not null as "isConfirmed", wrong_codes as "wrongCodes", wrong_since as "wrongSince"
       from telemetry.second_factors where user_id = $1`,
    [userId],
  )
  return rows[0] ?? null
}

/** `beginSecondFactor`: a secret that counts for nothing until a code of it was shown. False where one counts already. */
export async function beginSecondFactor(
  sql: Sql,
  userId: number,
  sealedSecret: string,
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into telemetry.second_factors as f (user_id, secret) values ($1, $2)
     on conflict (user_id) do update set secret = $2, made_at = now(), last_step = 0 where f.confirmed_at is null`,
    [userId, sealedSecret],
  )
  return rowCount === 1
}

export async function confirmSecondFactor(sql: Sql, userId: number): Promise<void> {
  await sql.query(
    'update telemetry.second_factors set confirmed_at = now() where user_id = $1 and confirmed_at is null',
    [userId],
  )
}

/** `spendStep`: true once for each step and never for an older one: a code that was seen is worth nothing (SEC-21). */
export async function spendStep(sql: Sql, userId: number, step: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    'update telemetry.second_factors set last_step = $2, wrong_codes = 0, wrong_since = null where user_id = $1 and last_step < $2',
    [userId, step],
  )
  return rowCount === 1
}

/**
 * `countWrongCode`: counts a wrong code before it is known to be wrong, so that guesses at the same moment count too.
 * The count begins again after the window.
 */
export async function countWrongCode(
  sql: Sql,
  userId: number,
  withinSeconds: number,
): Promise<{ tries: number; since: Date }> {
  const { rows } = await sql.query<{ tries: number; since: Date }>(
    `update telemetry.second_factors set
       wrong_codes = case when wrong_since > now() - make_interval(secs => $2) then wrong_codes + 1 else 1 end,
       wrong_since = case when wrong_since > now() - make_interval(secs => $2) then wrong_since else now() end
     where user_id = $1 returning wrong_codes as tries, wrong_since as since`,
    [userId, withinSeconds],
  )
  return rows[0] ?? { tries: Number.MAX_SAFE_INTEGER, since: new Date() }
}

export async function forgetWrongCodes(sql: Sql, userId: number): Promise<void> {
  await sql.query(
    'update telemetry.second_factors set wrong_codes = 0, wrong_since = null where user_id = $1',
    [userId],
  )
}

export async function removeSecondFactor(sql: Sql, userId: number): Promise<boolean> {
  await sql.query('delete from telemetry.recovery_codes where user_id = $1', [userId])
  const { rowCount } = await sql.query('delete from telemetry.second_factors where user_id = $1', [
    userId,
  ])
  return rowCount === 1
}

export async function setRecoveryCodes(
  sql: Sql,
  userId: number,
  hashes: readonly string[],
): Promise<void> {
  await sql.query('delete from telemetry.recovery_codes where user_id = $1', [userId])
  await sql.query(
    'insert into telemetry.recovery_codes (user_id, hash) select $1, unnest($2::text[])',
    [userId, hashes],
  )
}

/** `spendRecoveryCode`: true once. */
export async function spendRecoveryCode(sql: Sql, userId: number, hash: string): Promise<boolean> {
  const { rowCount } = await sql.query(
    'update telemetry.recovery_codes set used_at = now() where user_id = $1 and hash = $2 and used_at is null',
    [userId, hash],
  )
  return rowCount === 1
}

export type SecondFactorState = { isOn: boolean; isRequired: boolean; codesLeft: number }

/** `readSecondFactorState`: what a person is shown about it. Required: by a role of a grant that holds now. */
export async function readSecondFactorState(sql: Sql, userId: number): Promise<SecondFactorState> {
  const { rows } = await sql.query<SecondFactorState>(
    `select exists (select from telemetry.second_factors where user_id = $1 and confirmed_at is not null) as "isOn",
            exists (select from grants g join settings_second_factor_roles r on r.value::text = g.role::text
                     where g.user_id = $1 and (g."from" is null or g."from" <= now()) and (g.until is null or g.until > now()))
              as "isRequired",
            (select count(*)::int from telemetry.recovery_codes where user_id = $1 and used_at is null) as "codesLeft"`,
    [userId],
  )
  return rows[0]!
}

import { createHash } from 'node:crypto'

import type { Tariff } from '../../domain/tariff/types'
import type { Sql } from '../pool'

export type TariffVersion = { tariffId: number; body: string; sha256: string }

/** `tariffVersion`: a tariff as it is kept; equal tariffs have equal hashes, whatever the order of their members. */
export function tariffVersion(tariffId: number, tariff: Tariff): TariffVersion {
  const body = canonical(tariff)
  return { tariffId, body, sha256: createHash('sha256').update(body).digest('hex') }
}

/** `insertTariffVersion`: the tariff's newest version is this body; one that is so already stays. */
export async function insertTariffVersion(sql: Sql, version: TariffVersion): Promise<void> {
  await sql.query(
    `insert into telemetry.tariff_versions (tariff_id, body, sha256)
     select $1::int, $2::jsonb, $3::text
      where $3 is distinct from (select sha256 from telemetry.tariff_versions where tariff_id = $1 order by id desc limit 1)`,
    [version.tariffId, version.body, version.sha256],
  )
}

/** `readTariffNames`: every tariff, by name, for whoever may see all of them. */
export async function readTariffNames(sql: Sql): Promise<{ id: number; name: string }[]> {
  const { rows } = await sql.query<{ id: number; name: string }>(
    'select id, name from tariffs order by name limit 500',
  )
  return rows
}

/** JSON with the members of every object in order of name. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  )
}

import type { Sql } from '../pool'

/** `insertTariffVersion`: the tariff's newest version is this body; one that is so already stays. */
export async function insertTariffVersion(
  sql: Sql,
  version: { tariffId: number; body: string; sha256: string },
): Promise<void> {
  await sql.query(
    `insert into telemetry.tariff_versions (tariff_id, body, sha256)
     select $1::int, $2::jsonb, $3::text
      where $3 is distinct from (select sha256 from telemetry.tariff_versions where tariff_id = $1 order by id desc limit 1)`,
    [version.tariffId, version.body, version.sha256],
  )
}

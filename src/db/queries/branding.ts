import { accentOf, type Branding } from '../../domain/branding'
import type { Sql } from '../pool'

/** `readBranding`: as the settings say; without them, the name of the network and the house's colour. */
export async function readBranding(sql: Sql): Promise<Branding> {
  const { rows } = await sql.query<{
    name: string | null
    accent: string | null
    address: string | null
    vatNumber: string | null
    footer: string | null
    png: Buffer | null
    width: number | null
    height: number | null
  }>(
    `select coalesce(nullif(s.branding_name, ''), nullif(s.network_name, '')) as name, s.branding_accent_colour as accent,
            nullif(s.branding_address, '') as address, nullif(s.branding_vat_number, '') as "vatNumber",
            nullif(s.branding_footer, '') as footer, l.png, l.width, l.height
       from (select 1) one left join (select * from settings limit 1) s on true left join telemetry.branding_logo l on true`,
  )
  const row = rows[0]
  return {
    name: row?.name ?? 'CITA EV',
    accentColour: accentOf(row?.accent),
    address: row?.address ?? null,
    vatNumber: row?.vatNumber ?? null,
    footer: row?.footer ?? null,
    logo: row?.png ? { png: row.png, width: row.width ?? 0, height: row.height ?? 0 } : null,
  }
}

/** `storeLogo`: the one logo, in place of the last; null takes it off. */
export async function storeLogo(
  sql: Sql,
  logo: { png: Uint8Array; width: number; height: number } | null,
): Promise<void> {
  if (!logo) return void (await sql.query('delete from telemetry.branding_logo'))
  await sql.query(
    `insert into telemetry.branding_logo (png, width, height) values ($1, $2, $3)
     on conflict (is_only) do update set png = excluded.png, width = excluded.width, height = excluded.height,
            changed_at = now()`,
    [logo.png, logo.width, logo.height],
  )
}

import type { Sql } from '../pool'

export async function identityOf(sql: Sql, chargerId: number): Promise<string | null> {
  const { rows } = await sql.query<{ identity: string }>(
    'select identity from chargers where id = $1',
    [chargerId],
  )
  return rows[0]?.identity ?? null
}

/** `keepCertificate`: what a charger asked for, and what it got; a refusal also stands in its event log. */
export async function keepCertificate(
  sql: Sql,
  row: {
    chargerId: number
    csr: string
    at: Date
    commandId: number | null
    outcome:
      | { state: 'signed'; serial: string; certificate: string; notAfter: Date }
      | { state: 'refused'; reason: string }
  },
): Promise<void> {
  const { chargerId, csr, at, outcome } = row
  const signed = outcome.state === 'signed' ? outcome : null
  const reason = outcome.state === 'refused' ? outcome.reason : null
  await sql.query(
    `insert into telemetry.charger_certificates
       (charger_id, csr, received_at, state, reason, serial, certificate, not_after, command_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      chargerId,
      csr,
      at,
      outcome.state,
      reason,
      signed?.serial ?? null,
      signed?.certificate ?? null,
      signed?.notAfter ?? null,
      row.commandId,
    ],
  )
  if (reason !== null)
    await sql.query(
      `insert into telemetry.events (at, kind, charger_id, site_id, body)
       select $2, 'charger.security', ch.id, ch.site_id,
              jsonb_build_object('type', 'CertificateRefused', 'techInfo', $3::text, 'deviceTime', null)
         from chargers ch where ch.id = $1`,
      [chargerId, at, reason],
    )
}

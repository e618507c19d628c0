import { likePatterns, type Search } from '../../domain/find'
import type { Scope } from '../../domain/scope'
import type { Sql } from '../pool'
import { scopeSql, type ScopeColumns } from '../scopeSql'

export type FoundKind = 'charger' | 'site' | 'session' | 'card' | 'driver' | 'ticket'

export type Found = {
  kind: FoundKind
  id: number
  title: string
  detail: string | null
  status: string | null
}

/** Where each kind may be looked for; `…Details` where also by what some roles are not shown. */
export type FindScopes = {
  chargers: Scope
  chargerDetails: Scope
  sites: Scope
  sessions: Scope
  cards: Scope
  cardDetails: Scope
  drivers: Scope
  tickets: Scope
  userId: number
}

const chargersMost = 8
const othersMost = 4

/**
 * `findAnything`: what the find box shows, best first within each kind, in one statement. Every part is inside its own
 * scope; a field that somebody is not shown is not searched for him. Indexes: drivers_find, rfid_cards_find_label,
 * rfid_cards_find_uid (trigrams of their own expressions), sessions_transaction_id_idx, tickets_number_idx.
 */
export async function findAnything(sql: Sql, search: Search, scopes: FindScopes): Promise<Found[]> {
  const values: unknown[] = []
  const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`
  const inside = (scope: Scope, columns: ScopeColumns) => scopeSql(scope, columns, values)
  const phrase = place(search.phrase, 'text')
  const patterns = search.words.map((word) => place(likePatterns(word), 'text[]'))
  const allIn = (text: string) => patterns.map((any) => `${text} like any(${any})`).join(' and ')
  const rank = (columns: string[]) => `case
      when ${columns.map((column) => `lower(${column}) = ${phrase}`).join(' or ')} then 0
      when lower(${columns[0]}) like '% ' || ${phrase} then 1
      when starts_with(lower(${columns[0]}), ${phrase}) then 2 else 3 end`
  const parts: string[] = []

  if (scopes.chargers.kind !== 'none') {
    const columns = { charger: 'ch.id', site: 'ch.site_id' }
    const details = inside(scopes.chargerDetails, columns)
    const shown = (column: string) =>
      details === 'true' ? column : `case when ${details} then ${column} end`
    const [identity, serial] = [shown('ch.identity'), shown('ch.serial_number')]
    const reported = [shown('st.charge_point_serial_number'), shown('st.charge_box_serial_number')]
    // one text a row, made once (offset 0): 10,000 of them are searched in 20 ms, faster than six indexes are joined
    parts.push(`(select 'charger' as kind, id, name as title, detail, status, ${rank(['name', 'identity', 'serial'])} as rank
      from (select ch.id, ch.name, ${identity} as identity, ${serial} as serial, coalesce(st.status, 'NeverConnected') as status,
                   concat_ws(' · ', si.name, ${identity}, case when ${serial} is distinct from ${identity} then ${serial} end) as detail,
                   ' ' || lower(concat_ws(' ', ch.name, ${[identity, serial, ...reported].join(', ')}, si.name)) as text
              from chargers ch join sites si on si.id = ch.site_id left join charger_states st on st.id = ch.state_id
             where ${inside(scopes.chargers, columns)} offset 0) c
     where ${allIn('text')} order by rank, length(name), name limit ${chargersMost})`)
  }
  if (scopes.sites.kind !== 'none')
    parts.push(`(select 'site', si.id, si.name, si.address, null, ${rank(['si.name'])} as rank from sites si
     where ${inside(scopes.sites, { charger: null, site: 'si.id' })} and ${allIn("' ' || lower(concat_ws(' ', si.name, si.address))")}
     order by rank, length(si.name), si.name limit ${othersMost})`)
  if (scopes.sessions.kind !== 'none' && search.number !== null)
    parts.push(`(select 'session', s.id, 'Session ' || s.transaction_id, concat_ws(' · ', ch.name, si.name), s.status, 0 as rank
      from sessions s join chargers ch on ch.id = s.charger_id left join sites si on si.id = s.site_id
     where s.transaction_id = ${place(search.number, 'numeric')}
       and ${inside(scopes.sessions, { charger: 's.charger_id', site: 's.site_id' })})`)
  if (scopes.cards.kind !== 'none') parts.push(cards())
  if (scopes.drivers.kind !== 'none')
    parts.push(`(select 'driver', d.id, d.name, d.email, d.status::text, ${rank(['d.name', 'd.email'])} as rank from drivers d
     where ${inside(scopes.drivers, { charger: null, site: 'd.site_id' })} and ${allIn("(' ' || lower(d.name) || ' ' || lower(d.email))")}
     order by rank, length(d.name), d.name limit ${othersMost})`)
  if (scopes.tickets.kind !== 'none') {
    const own = place(scopes.userId, 'int')
    const number = place(search.number, 'numeric')
    parts.push(`(select 'ticket', t.id, t.subject, 'Ticket ' || t.number, t.status::text,
            case when t.number = ${number} then 0 else 3 end as rank from tickets t
     where (${inside(scopes.tickets, { charger: 't.charger_id', site: 't.site_id' })}
            or t.reporter_id = ${own} or t.assigned_to_id = ${own})
       and (t.number = ${number} or ${allIn("' ' || lower(t.subject)")})
     order by rank, t.id desc limit ${othersMost})`)
  }
  if (parts.length === 0) return []
  const { rows } = await sql.query<Found & { rank: number }>(parts.join('\nunion all\n'), values)
  return rows.map(({ rank: _rank, ...found }) => found)

  /** Where the number is shown masked, only somebody who has the whole of it in hand finds the card. */
  function cards(): string {
    const columns = { charger: null, site: 'k.site_id' }
    const details = inside(scopes.cardDetails, columns)
    const uid = place(search.uid, 'text')
    const masked = `case when ${details} then k.uid when length(k.uid) <= 4 then '••••' else '••••' || right(k.uid, 4) end`
    return `(select 'card', k.id, ${masked}, concat_ws(' · ', nullif(k.label, ''), d.name), k.status::text,
            case when k.uid = ${uid} then 0 else 3 end as rank
      from rfid_cards k left join drivers d on d.id = k.driver_id
     where ${inside(scopes.cards, columns)}
       and (k.uid = ${uid} or ${allIn("(' ' || lower(k.label))")} or (${details} and k.uid like '%' || ${uid} || '%'))
     order by rank, k.uid limit ${othersMost})`
  }
}

import { int4Array, textArray } from '../arrays'
import type { Tx } from '../writer'
import { isSpentSql } from './budgets'

const spent = isSpentSql(
  {
    card: 'card.id',
    driver: 'card.driver_id',
    fleet: 'coalesce(card.fleet_id, ve.fleet_id, d.fleet_id)',
  },
  'now()',
)

export type AskedToken = { chargerId: number; uid: string }

export type FoundToken = {
  cardId: number | null
  status: 'active' | 'blocked' | 'lost' | 'expired' | null
  expiresAt: Date | null
  parentIdTag: string | null
  isDriverSuspended: boolean
  /** `start_key`s of running sessions, where the card asks for one at a time. */
  heldBy: string[]
  /** A remote start of the last quarter of an hour used this token at this charger. */
  isOurStart: boolean
  acceptsUnknown: boolean
  /** The charger is private, names whom it serves, and this card is none of them. */
  isShutOut: boolean
  /** A budget of the card, its driver or its fleet is used up, and says stop. */
  isBudgetSpent: boolean
}

/**
 * What is known of each token, in the order asked. Tokens are compared in their normal form (`domain/idToken`).
 * Whom a private charger serves costs the others one look into an index that holds nothing of them
 * (chargers_rels_parent_path); `offset 0` keeps it from being worked out twice.
 */
export async function findIdTokens(tx: Tx, asked: readonly AskedToken[]): Promise<FoundToken[]> {
  const { rows } = await tx.query<FoundToken>(
    'id-tokens',
    `select card.id "cardId", card.status::text, card.expires_at "expiresAt", card.parent_id_tag "parentIdTag",
            coalesce(d.status::text = 'suspended', false) "isDriverSuspended",
            case when card.one_session_at_a_time then
              array(select s.start_key from sessions s where s.card_id = card.id and s.stopped_at is null)
              else '{}' end "heldBy",
            (card.id is null or here.shut) and exists (
              select from commands c where c.charger_id = i.charger_id and c.action = 'RemoteStartTransaction'
                 and c.id_tag = i.uid and c.created_at > now() - interval '15 minutes'
                 and c.status in ('sent', 'accepted', 'effective')) "isOurStart",
            card.id is null and coalesce((select unknown_cards::text = 'accept' from settings limit 1), false) "acceptsUnknown",
            here.shut "isShutOut", card.id is not null and ${spent} "isBudgetSpent"
       from unnest($1::int4[], $2::text[]) with ordinality i (charger_id, uid, n)
       left join rfid_cards card on card.uid = i.uid
       left join drivers d on d.id = card.driver_id
       left join vehicles ve on ve.id = card.vehicle_id
       cross join lateral (
         select case when exists (
                  select from chargers_rels r join chargers ch on ch.id = r.parent_id and ch.visibility = 'private'
                   where r.parent_id = i.charger_id and r.path in ('approvedDrivers', 'approvedFleets', 'approvedCards'))
                then not exists (
                  select from chargers_rels r left join vehicles v on v.id = card.vehicle_id
                   where r.parent_id = i.charger_id
                     and ((r.path = 'approvedCards' and r.rfid_cards_id = card.id)
                       or (r.path = 'approvedDrivers' and r.drivers_id in (card.driver_id, v.driver_id))
                       or (r.path = 'approvedFleets' and r.fleets_id in (card.fleet_id, d.fleet_id, v.fleet_id))))
                else false end shut offset 0) here
      order by i.n`,
    [int4Array(asked.map((one) => one.chargerId)), textArray(asked.map((one) => one.uid))],
  )
  return rows
}

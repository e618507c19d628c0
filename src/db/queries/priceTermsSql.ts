/**
 * The terms of a session, most particular first, as laterals behind a `from` that knows the aliases `card` (rfid_cards,
 * or none), `cn` (connectors, or none), `ch` (chargers) and `si` (sites):
 *
 * `driver` is who charges, where an app and no card says so.
 *
 * - `pg`: the price group that holds at this site: of the card, the driver, the card's fleet, the driver's fleet, the
 *   vehicle's fleet;
 * - `terms`: `source` (`domain/tariff/resolve`), `tariff_id`, `discount`;
 * - `tv`: the newest version of that tariff that was there `at`.
 *
 * Every look is by primary key or an index; a card without a group costs four of them. The same text opens sessions and
 * tells the app what a charge would cost: what is shown is what is frozen.
 */
export const priceTermsSql = (at: string, driver = 'card.driver_id'): string => `
         left join lateral (
           select g.id, g.pricing::text pricing, g.tariff_id, g.discount_basis_points
             from (select d.price_group_id, d.fleet_id, card.vehicle_id
                     from (select) nothing left join drivers d on d.id = ${driver}) own
            cross join lateral unnest(array[card.price_group_id, own.price_group_id,
                    (select f.price_group_id from fleets f where f.id = card.fleet_id),
                    (select f.price_group_id from fleets f where f.id = own.fleet_id),
                    (select f.price_group_id from vehicles ve join fleets f on f.id = ve.fleet_id
                      where ve.id = own.vehicle_id)]) with ordinality member (id, n)
            cross join lateral (select * from price_groups pgs where pgs.id = member.id offset 0) g
            where (card.id is not null or ${driver} is not null)
              and (not exists (select from price_groups_rels r where r.parent_id = g.id and r.path = 'sites')
                   or exists (select from price_groups_rels r
                               where r.parent_id = g.id and r.path = 'sites' and r.sites_id = ch.site_id))
            order by member.n limit 1) pg on true
         cross join lateral (
           select case when cn.tariff_id is not null then 'connector'
                       when ch.free_of_charge then 'charger-free'
                       when ch.tariff_id is not null then 'charger'
                       when si.free_of_charge then 'site-free'
                       when si.tariff_id is not null then 'site'
                       when usual.default_tariff_id is not null then 'default' end source,
                  coalesce(cn.tariff_id, case when not coalesce(ch.free_of_charge, false) then
                    coalesce(ch.tariff_id, case when not coalesce(si.free_of_charge, false) then
                      coalesce(si.tariff_id, usual.default_tariff_id) end) end) tariff_id,
                  usual.currency
             from (select) nothing
             left join (select default_tariff_id, currency from settings limit 1) usual on true
           offset 0) place
         cross join lateral (
           select case pg.pricing when 'free' then 'group-free' when 'tariff' then 'group-tariff'
                    when 'discount' then case when place.tariff_id is not null then 'group-discount' else place.source end
                    else place.source end source,
                  case pg.pricing when 'free' then null when 'tariff' then pg.tariff_id else place.tariff_id end tariff_id,
                  case when pg.pricing = 'discount' and place.tariff_id is not null
                       then pg.discount_basis_points end discount,
                  place.currency
           offset 0) terms
         left join lateral (
           select v.id, v.body from telemetry.tariff_versions v
            where v.tariff_id = terms.tariff_id
              and v.created_at <= greatest(${at}, (select min(created_at) from telemetry.tariff_versions f
                                                    where f.tariff_id = v.tariff_id))
            order by v.id desc limit 1) tv on true`

/**
 * `visibleSql`: whether a driver may know of a charger (M3): public, or private and he, his fleet or one of his cards is
 * approved. The twin of `findIdTokens`, which answers the charger. `driver` is a placeholder of an integer or null.
 */
export const visibleSql = (charger: string, driver: string): string =>
  `(${charger}.visibility = 'public' or exists (
      select from chargers_rels r
       where r.parent_id = ${charger}.id and ${driver}::int is not null
         and ((r.path = 'approvedDrivers' and r.drivers_id = ${driver}::int)
           or (r.path = 'approvedFleets' and r.fleets_id = (select fleet_id from drivers where id = ${driver}::int))
           or (r.path = 'approvedCards' and r.rfid_cards_id in
                (select id from rfid_cards where driver_id = ${driver}::int and status = 'active')))))`

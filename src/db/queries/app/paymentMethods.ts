import type { Sql } from '../../pool'

export type OwnMethod = {
  row: number
  id: string
  brand: string | null
  last4: string | null
  expires: string | null
  isDefault: boolean
  provider: string
  providerId: string
}

const columns = `id as row, public_id as id, brand, last4, expires, is_default as "isDefault", provider, provider_id as "providerId"`

export async function ownMethods(sql: Sql, driverId: number): Promise<OwnMethod[]> {
  const { rows } = await sql.query<OwnMethod>(
    `select ${columns} from app.payment_methods where driver_id = $1 order by is_default desc, id`,
    [driverId],
  )
  return rows
}

/** `findOwnMethod`: this one of his, or with null the one he pays with; another's is not there. */
export async function findOwnMethod(
  sql: Sql,
  driverId: number,
  publicId: string | null,
): Promise<OwnMethod | null> {
  const { rows } = await sql.query<OwnMethod>(
    `select ${columns} from app.payment_methods
      where driver_id = $1 and case when $2::text is null then is_default else public_id = $2 end`,
    [driverId, publicId],
  )
  return rows[0] ?? null
}

/** `addMethod`: once, however often it is told; the first is the one that is used. */
export async function addMethod(
  sql: Sql,
  method: {
    driverPublicId: string
    provider: string
    providerId: string
    brand: string | null
    last4: string | null
    expires: string | null
  },
): Promise<void> {
  await sql.query(
    `insert into app.payment_methods (driver_id, provider, provider_id, brand, last4, expires, is_default)
     select d.id, $2, $3, $4, $5, $6, not exists (select from app.payment_methods m where m.driver_id = d.id and m.is_default)
       from drivers d where d.public_id = $1 and d.status = 'active' for update of d
     on conflict (provider, provider_id) do nothing`,
    [
      method.driverPublicId,
      method.provider,
      method.providerId,
      method.brand,
      method.last4,
      method.expires,
    ],
  )
}

export async function setDefaultMethod(sql: Sql, driverId: number, row: number): Promise<void> {
  await sql.query(
    'update app.payment_methods set is_default = false where driver_id = $1 and is_default and id <> $2',
    [driverId, row],
  )
  await sql.query(
    'update app.payment_methods set is_default = true where driver_id = $1 and id = $2',
    [driverId, row],
  )
}

/** `dropMethod`: true where a charge is being paid with it, which then keeps it. The next one he has is used from now on. */
export async function dropMethod(sql: Sql, driverId: number, row: number): Promise<boolean> {
  const { rowCount } = await sql.query(
    `delete from app.payment_methods where driver_id = $1 and id = $2
        and not exists (select from app.starts where method_id = $2 and settled_at is null)`,
    [driverId, row],
  )
  await sql.query(
    `update app.payment_methods set is_default = true
      where id = (select min(id) from app.payment_methods where driver_id = $1)
        and not exists (select from app.payment_methods where driver_id = $1 and is_default)`,
    [driverId],
  )
  return rowCount === 0
}

export async function findCustomer(
  sql: Sql,
  driverId: number,
  provider: string,
): Promise<string | null> {
  const { rows } = await sql.query<{ providerId: string }>(
    'select provider_id as "providerId" from app.provider_customers where driver_id = $1 and provider = $2',
    [driverId, provider],
  )
  return rows[0]?.providerId ?? null
}

export async function keepCustomer(
  sql: Sql,
  customer: { driverId: number; provider: string; providerId: string },
): Promise<void> {
  await sql.query(
    `insert into app.provider_customers (driver_id, provider, provider_id) values ($1, $2, $3) on conflict do nothing`,
    [customer.driverId, customer.provider, customer.providerId],
  )
}

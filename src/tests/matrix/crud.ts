import { judged, judgedGraphql, rest, send, sendGraphql, type Ask, type Matrix } from './ask'
import { listed, listedGraphql, names, type Listed } from './lists'
import type { Principal } from './people'
import { create } from './world'

type Body = Record<string, unknown>

export type Crud = {
  /** A new row at site A; `n` makes it differ from those before. */
  fresh(m: Matrix, n: number, who: Principal): Body
  change: Body
  /** Where GraphQL spells a value otherwise (`site-owner` is `site_owner`). */
  inGraphql?: Body
  /** A row to be deleted; usually one made of `fresh` by the Super Admin. */
  row?(m: Matrix, who: Principal): Promise<number>
  target(m: Matrix): number
}

const typeOf = (one: string, kind: '' | 'Update') => `mutation${one}${kind}Input!`

export const creates = (slug: Listed, { fresh, inGraphql }: Crud): { staff: Ask; graphql: Ask } => {
  const { one } = names(slug)
  return {
    staff: rest(
      'POST',
      () => `/api/${slug}?depth=0`,
      (m, who) => fresh(m, m.next(), who),
    ),
    graphql: async (m, who) => {
      const data = { ...fresh(m, m.next(), who), ...inGraphql }
      const field = `create${one}`
      const query = `mutation ($data: ${typeOf(one, '')}) { ${field}(data: $data) { id } }`
      return judgedGraphql(await sendGraphql(m, who, query, { data }), field)
    },
  }
}

export const updates = (
  slug: Listed,
  target: Crud['target'],
  change: Body,
  inGraphql: Body = {},
): { staff: Ask; graphql: Ask } => {
  const { one } = names(slug)
  return {
    staff: async (m, who, isExpected) => {
      const path = `/api/${slug}/${target(m)}?depth=0`
      const single = judged(await send(m, who, { method: 'PATCH', path, body: change }))
      if (isExpected) return single
      // the same row by a condition, which Payload takes as well
      const bulk = await send(m, who, {
        method: 'PATCH',
        path: `/api/${slug}?where[id][equals]=${target(m)}&depth=0`,
        body: change,
      })
      const changed = bulk.status === 200 ? (bulk.body.docs ?? []).length : 0
      if (changed > 0)
        return { is: 'odd', note: `changed by condition: ${bulk.text.slice(0, 120)}` }
      return single
    },
    graphql: async (m, who) => {
      const field = `update${one}`
      const query = `mutation ($data: ${typeOf(one, 'Update')}) { ${field}(id: ${target(m)}, data: $data) { id } }`
      return judgedGraphql(
        await sendGraphql(m, who, query, { data: { ...change, ...inGraphql } }),
        field,
      )
    },
  }
}

export const deletes = (slug: Listed, crud: Crud): { staff: Ask; graphql: Ask } => {
  const { one } = names(slug)
  const spare = new Map<string, number>()
  /** One to be deleted for who may; one that stays for all who may not. */
  const rowFor = async (m: Matrix, who: Principal, isExpected: boolean) => {
    const make = crud.row ?? (() => create(m.app, m.admin, slug, crud.fresh(m, m.next(), who)))
    if (isExpected) return make(m, who)
    if (!spare.has(slug)) spare.set(slug, await make(m, who))
    return spare.get(slug)!
  }
  return {
    staff: async (m, who, isExpected) => {
      const id = await rowFor(m, who, isExpected)
      return judged(await send(m, who, { method: 'DELETE', path: `/api/${slug}/${id}` }))
    },
    graphql: async (m, who, isExpected) => {
      const field = `delete${one}`
      const id = await rowFor(m, who, isExpected)
      return judgedGraphql(
        await sendGraphql(m, who, `mutation { ${field}(id: ${id}) { id } }`),
        field,
      )
    },
  }
}

export const reads = (slug: Listed): { staff: Ask; graphql: Ask } => ({
  staff: listed(slug),
  graphql: listedGraphql(slug),
})

/** Rows that chargers and the server write: nobody makes, changes or deletes one here. */
export const closedWrites = (
  slug: Listed,
  target: Crud['target'],
): Record<'create' | 'update' | 'delete', { staff: Ask; graphql: Ask }> => {
  const crud: Crud = { fresh: () => ({}), change: {}, target, row: async (m) => target(m) }
  const { one } = names(slug)
  const graphql =
    (field: string, args: (m: Matrix) => string): Ask =>
    async (m, who) => {
      const answer = await sendGraphql(m, who, `mutation { ${field}(${args(m)}) { id } }`)
      // a required field that is not there is refused before anybody is asked: nothing was made either
      if (/was not provided|is required/.test(answer.text))
        return { is: 'refused', note: 'no data' }
      return judgedGraphql(answer, field)
    }
  return {
    create: {
      staff: rest(
        'POST',
        () => `/api/${slug}`,
        () => ({}),
      ),
      graphql: graphql(`create${one}`, () => 'data: {}'),
    },
    update: {
      staff: updates(slug, target, {}).staff,
      graphql: graphql(`update${one}`, (m) => `id: ${target(m)}, data: {}`),
    },
    delete: deletes(slug, crud),
  }
}

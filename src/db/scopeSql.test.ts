import { scopeSql } from './scopeSql'

const some = { kind: 'some' as const, regionIds: [], siteIds: [], chargerIds: [] }
const columns = { charger: 'x.charger_id', site: 'x.site_id' }

test('everything is true, nothing is false', () => {
  expect(scopeSql({ kind: 'all' }, columns, [])).toBe('true')
  expect(scopeSql({ kind: 'none' }, columns, [])).toBe('false')
})

test('a scope with empty lists is nothing, not everything', () => {
  expect(scopeSql(some, columns, [])).toBe('false')
  expect(scopeSql({ ...some, chargerIds: [1] }, { charger: null, site: 'x.site_id' }, [])).toBe(
    'false',
  )
})

test('values are named after those that are there already', () => {
  const values: unknown[] = ['first']
  const text = scopeSql({ ...some, chargerIds: [1], siteIds: [2], regionIds: [3] }, columns, values)
  expect(text).toBe(
    '(x.charger_id = any($2::int[]) or x.site_id = any($3::int[]) or x.site_id in (select id from sites where region_id = any($4::int[])))',
  )
  expect(values).toEqual(['first', [1], [2], [3]])
})

import type { CollectionConfig, Endpoint, GlobalConfig } from 'payload'

import { env } from '@/platform/env'
import { accessOf, globalAccessOf } from './access/byPolicy'
import { insideOnly } from './access/insideOnly'
import { searchWhatIsSeen } from './access/searchWhatIsSeen'
import { relationsInSight } from './access/relationsInSight'
import { auditChange, auditDelete, auditGlobal } from './audit'
import { limitQueries } from './limitQueries'
import { refuseDelete } from './refuseDelete'
import { stepUpForChanges, stepUpForPrices } from './users/stepUp'

/** Routes that Payload makes for every collection and nobody here needs: shut before they are reached (SEC-26). */
export const shut: Endpoint[] = (
  [
    ['post', '/:id/duplicate'],
    ['get', '/versions'],
    ['get', '/versions/:id'],
    ['post', '/versions/:id'],
  ] as const
).map(([method, path]) => ({ method, path, handler: gone }))

const shutForUsers: Endpoint[] = (
  [
    ['post', '/first-register'],
    ['get', '/init'],
    ['post', '/verify/:id'],
    ['post', '/unlock'],
    ['post', '/:id/api-key/reveal'],
  ] as const
).map(([method, path]) => ({ method, path, handler: gone }))

/**
 * What holds for every collection, from one place, so that none can be forgotten: access by the policy table, new values
 * checked like old ones, one audit row for each change, limits on what may be asked, no deleting of what history points
 * to, no duplicates, no document locks (any staff user could lock and unlock in another's name).
 */
export function governed(collection: CollectionConfig): CollectionConfig {
  const { hooks, endpoints } = collection
  const isAuth = Boolean(collection.auth)
  const cookies = {
    sameSite: 'Lax' as const,
    secure: env().publicUrl.startsWith('https:'),
  }
  return {
    ...collection,
    ...(typeof collection.auth === 'object' ? { auth: { ...collection.auth, cookies } } : {}),
    access: accessOf(collection.slug),
    endpoints:
      endpoints === false
        ? false
        : [...(endpoints ?? []), ...shut, ...(isAuth ? shutForUsers : [])],
    hooks: {
      ...hooks,
      beforeOperation: [
        limitQueries,
        searchWhatIsSeen,
        stepUpForChanges,
        ...(hooks?.beforeOperation ?? []),
      ],
      beforeChange: [relationsInSight, insideOnly, stepUpForPrices, ...(hooks?.beforeChange ?? [])],
      afterChange: [...(hooks?.afterChange ?? []), auditChange],
      beforeDelete: [refuseDelete, ...(hooks?.beforeDelete ?? [])],
      afterDelete: [...(hooks?.afterDelete ?? []), auditDelete],
    },
    disableDuplicate: true,
    lockDocuments: false,
    admin: {
      pagination: { defaultLimit: 20, limits: [20, 50, 100, 200] },
      hideAPIURL: true,
      ...collection.admin,
      ...inOurMenu,
    },
    custom: { ...collection.custom, menuGroup: collection.admin?.group },
  }
}

/** The side menu is drawn by `components/admin/Nav`, which reads the group from `custom.menuGroup`. */
const inOurMenu = { group: false } as const

export function governedGlobal(global: GlobalConfig): GlobalConfig {
  return {
    ...global,
    access: globalAccessOf(global.slug),
    hooks: { ...global.hooks, afterChange: [...(global.hooks?.afterChange ?? []), auditGlobal] },
    lockDocuments: false,
    admin: { hideAPIURL: true, ...global.admin, ...inOurMenu },
    custom: { ...global.custom, menuGroup: global.admin?.group },
  }
}

function gone(): Response {
  return Response.json(
    { errors: [{ message: 'The requested resource was not found.' }] },
    { status: 404 },
  )
}

import type { Payload, SanitizedPermissions } from 'payload'

import { loadFoldedGroups } from '@/panel/menuPreferences'
import { viewerOf } from '@/panel/viewer'

import { menuOf } from './menu'
import { NavLinks } from './NavLinks'

type Props = {
  payload: Payload
  permissions?: SanitizedPermissions
  user?: { id: number | string; collection?: string } | null
}

/** The whole side menu, in the order of the design: Payload's own knows collections only. */
export async function NavMenu({ payload, permissions, user }: Props) {
  const viewer = await viewerOf({ payload, user })
  if (!viewer) return null
  const { collections, globals } = payload.config
  const rows = [
    ...collections.map((one) => ({
      one,
      id: `nav-${one.slug}`,
      label: one.labels.plural,
      to: `/admin/collections/${one.slug}`,
      isOpen: permissions?.collections?.[one.slug]?.read,
    })),
    ...globals.map((one) => ({
      one,
      id: `nav-global-${one.slug}`,
      label: one.label,
      to: `/admin/globals/${one.slug}`,
      isOpen: permissions?.globals?.[one.slug]?.read,
    })),
  ].flatMap(({ one, isOpen, label, ...item }) => {
    const group: unknown = one.custom['menuGroup']
    if (!isOpen || one.admin.hidden === true || typeof group !== 'string') return []
    // who sees nobody but himself has a page for that, under his name
    if (one.slug === 'users' && !viewer.can('users', 'read')) return []
    return [{ ...item, label: typeof label === 'string' ? label : one.slug, group }]
  })
  const groups = menuOf(rows, (resource, action) => viewer.can(resource, action))
  return <NavLinks folded={await loadFoldedGroups(viewer)} groups={groups} />
}

/** How 1.6 words what several answers have in common. */
import { forCharger } from '@/domain/deviceTime'
import type { Authorization } from '@/domain/facts'

const idTagMaxLength = 20

/** OCPP 1.6 ed2 §7.27. A group that does not fit its member is left out: a cut one would be another group. */
export function idTagInfo({ status, expiresAt, parentIdToken }: Authorization): object {
  return {
    status,
    ...(expiresAt && { expiryDate: forCharger(expiresAt) }),
    ...(parentIdToken && parentIdToken.length <= idTagMaxLength && { parentIdTag: parentIdToken }),
  }
}

/** Optional texts come missing, empty or full of blanks; all mean "not told" (empty `iccid` is common). */
export function textOrNull(value: string | undefined): string | null {
  return value === undefined || value.trim() === '' ? null : value
}

/** The local authorisation list of a simulated charger (`OCPP 1.6 ed2 §3.5.2, §5.15`); it survives reboots. */
export type ListedCard = { idTag: string; idTagInfo?: { status: string; expiryDate?: string } }

export type LocalList = {
  version: () => number
  size: () => number
  /** The status it has for a card; null for one that is not in it. */
  statusOf: (idTag: string, now: Date) => string | null
  update: (request: {
    listVersion: number
    updateType: 'Full' | 'Differential'
    localAuthorizationList?: ListedCard[]
  }) => 'Accepted' | 'Failed' | 'VersionMismatch'
}

export function createLocalList(limits: {
  perMessage: () => number
  inAll: () => number
}): LocalList {
  let version = 0
  let cards = new Map<string, NonNullable<ListedCard['idTagInfo']>>()
  return {
    version: () => version,
    size: () => cards.size,
    statusOf: (idTag, now) => {
      const info = cards.get(idTag.toUpperCase())
      if (!info) return null
      const isOver = info.expiryDate !== undefined && Date.parse(info.expiryDate) <= now.getTime()
      return isOver ? 'Expired' : info.status
    },
    update: ({ listVersion, updateType, localAuthorizationList = [] }) => {
      if (localAuthorizationList.length > limits.perMessage()) return 'Failed'
      if (updateType === 'Differential' && listVersion <= version) return 'VersionMismatch'
      const next = updateType === 'Full' ? new Map<string, never>() : new Map(cards)
      for (const { idTag, idTagInfo } of localAuthorizationList) {
        if (idTagInfo) (next as typeof cards).set(idTag.toUpperCase(), idTagInfo)
        else if (updateType === 'Full') return 'Failed'
        else next.delete(idTag.toUpperCase())
      }
      if (next.size > limits.inAll()) return 'Failed'
      cards = next
      version = listVersion
      return 'Accepted'
    },
  }
}

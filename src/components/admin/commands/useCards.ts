'use client'

import { useEffect, useState } from 'react'

/** `uid` is null where the person sees a part of the number only: such a card is picked, not typed. */
export type Card = { id: number; uid: string | null; label: string }

type CardDoc = {
  id: number
  uid?: unknown
  label?: unknown
  driver?: { name?: unknown } | number | null
}

/** `useCards`: the active cards that the person may see, the newest first. */
export function useCards(isAllowed: boolean): Card[] {
  const [cards, setCards] = useState<Card[]>([])
  useEffect(() => {
    if (!isAllowed) return
    const query = 'limit=100&depth=1&sort=-updatedAt&where[status][equals]=active'
    fetch(`/api/rfid-cards?${query}`, { credentials: 'include' })
      .then((response) =>
        response.ok ? (response.json() as Promise<{ docs: CardDoc[] }>) : { docs: [] },
      )
      .then(({ docs }) => setCards(docs.flatMap(toCard)))
      .catch(() => {})
  }, [isAllowed])
  return cards
}

function toCard(doc: CardDoc): Card[] {
  if (typeof doc.uid !== 'string') return []
  const isHidden = doc.uid.includes('•')
  const driver = typeof doc.driver === 'object' ? doc.driver?.name : null
  const words = [isHidden ? doc.uid : null, doc.label, driver].filter(
    (word): word is string => typeof word === 'string' && word !== '',
  )
  return [{ id: doc.id, uid: isHidden ? null : doc.uid, label: words.join(' · ') }]
}

import { normaliseUid } from './idToken'

/** What somebody typed into the find box, read in the ways it may be meant. */
export type Search = {
  /** In lower case, at most five; each must be found. */
  words: string[]
  /** The whole of it, in lower case, single spaces. */
  phrase: string
  /** As a card number, where it could be one. */
  uid: string | null
  /** As a session, ticket or other number. */
  number: number | null
}

const longest = 80

/** `readSearch`: null where there is nothing to look for. */
export function readSearch(text: string): Search | null {
  const phrase = text
    .slice(0, longest)
    .replaceAll('\u0000', '')
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
  if (phrase === '') return null
  const words = [...new Set(phrase.split(' '))].slice(0, 5)
  const uid = normaliseUid(phrase)
  const digits = /^#?(\d{1,9})$/.exec(phrase)?.[1]
  return {
    words,
    phrase,
    uid: uid.length >= 4 && uid.length <= 40 ? uid : null,
    number: digits === undefined ? null : Number(digits),
  }
}

/**
 * `likePatterns`: LIKE patterns, of which one must hold in a text in lower case that begins with a space. Three letters
 * and more are found anywhere; fewer only where a word begins: "3" is Bay 3 and not every charger with a 3 in its
 * serial number.
 */
export function likePatterns(word: string): string[] {
  const plain = word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
  return word.length >= 3 ? [`%${plain}%`] : [`% ${plain}%`, `%-${plain}%`]
}

/** `highlights`: the text in pieces, those that were searched for marked: short words where a word begins only. */
export function highlights(
  text: string,
  words: readonly string[],
): { text: string; isHit: boolean }[] {
  const sought = words
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .map((word): string => {
      const plain = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
      return word.length >= 3 ? plain : `(?<![\\p{L}\\p{N}])${plain}`
    })
  if (sought.length === 0) return [{ text, isHit: false }]
  return text
    .split(new RegExp(`(${sought.join('|')})`, 'giu'))
    .map((piece, i) => ({ text: piece, isHit: i % 2 === 1 }))
    .filter((piece) => piece.text !== '')
}

/**
 * Cards and app tokens as they are compared. Chargers send the same card in many spellings (QUIRKS 39: `" F6 CA 0C C5"`,
 * `f6:ca:0c:c5`, a payment terminal's `x;F6CA0CC5`): two spellings of one normal form are one card.
 */
const separators = /[\s:\-._/\\|,]+/g
const shortestCard = 3

/**
 * `normaliseUid`: trimmed, upper case, without separators; of a `terminal;card` pair only the card. Empty where nothing
 * is left: an empty uid is never a card.
 */
export function normaliseUid(raw: string | null | undefined): string {
  if (typeof raw !== 'string') return ''
  if (isPlain(raw)) return raw
  // U+0000 and other control characters reach us from badly padded reader buffers; Postgres refuses the first.
  const text = raw
    .normalize('NFKC')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u001f\u007f\u200b-\u200d\ufeff]+/g, ' ')
    .toUpperCase()
  if (!text.includes(';')) return text.replace(separators, '')
  const parts = text.split(';').map((part) => part.replace(separators, ''))
  if (parts.every((part) => part.length <= 2)) return parts.join('')
  const cards = parts.filter((part) => part.length >= shortestCard && part !== 'NULL')
  return cards.at(-1) ?? parts.join('')
}

/** `sameCard`: CiString comparison (`OCPP 1.6 ed2 §7.28`) of normal forms. Two empty texts are not the same card. */
export function sameCard(a: string | null | undefined, b: string | null | undefined): boolean {
  const left = normaliseUid(a)
  return left !== '' && left === normaliseUid(b)
}

/** OCPP 1.6's longest idTag. */
export const idTagLengthMax = 20

/**
 * `appIdTag`: the token an app start uses: 16 upper-hex characters, because 20-character tags overflow some firmware
 * and others take hex only (QUIRKS 40). `bytes` are random and handed in; at least 8.
 */
export function appIdTag(bytes: Uint8Array): string {
  if (bytes.length < 8) throw new RangeError('an app token needs 8 random bytes')
  let text = ''
  for (const byte of bytes.subarray(0, 8)) text += byte.toString(16).padStart(2, '0')
  return text.toUpperCase()
}

/** `maskUid`: what a person without the right to see cards is shown: the last four characters. */
export function maskUid(uid: string): string {
  return uid.length <= 4 ? '••••' : `••••${uid.slice(-4)}`
}

/**
 * `maskIdTags`: the text of an OCPP payload with its card numbers as `maskUid` shows them, for those who are not shown who
 * charges. On the text, so that what could not be read as JSON is masked as well.
 */
export function maskIdTags(payload: string): string {
  return payload.replace(
    /("(?:idTag|parentIdTag)"\s*:\s*")((?:[^"\\]|\\.)*)/gi,
    (_, name: string, uid: string) => `${name}${maskUid(uid.replaceAll('\\', ''))}`,
  )
}

/** The common case, decided without a regular expression: only digits and upper-case letters. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (!((code >= 48 && code <= 57) || (code >= 65 && code <= 90))) return false
  }
  return true
}

import { readCsv } from './csv'
import { normaliseUid } from './idToken'

export const cardStatuses = ['active', 'blocked', 'lost', 'expired'] as const
export type CardStatus = (typeof cardStatuses)[number]

/** What one line of the file wants. Null: the file does not say, so it stays as it is. */
export type CardLine = {
  line: number
  uid: string
  label: string | null
  status: CardStatus | null
  expiresAt: Date | null
  driverEmail: string | null
  driverName: string | null
  fleet: string | null
  vehicle: string | null
  site: string | null
  parentIdTag: string | null
  note: string | null
}

export type SkippedLine = { line: number; uid: string; reason: string }

export type CardFile =
  | { kind: 'unreadable'; sentence: string }
  | { kind: 'cards'; cards: CardLine[]; skipped: SkippedLine[] }

export const linesMost = 10_000

/** Columns by any of the names people give them, compared without case, spaces and signs. */
const names: Readonly<Record<string, readonly string[]>> = {
  uid: ['uid', 'card', 'cardnumber', 'cardno', 'rfid', 'idtag', 'tag', 'number'],
  label: ['label', 'printed', 'printednumber', 'cardname'],
  status: ['status', 'state'],
  expires: ['expires', 'expiresat', 'validuntil', 'expiry', 'expirydate'],
  driverEmail: ['driveremail', 'email', 'useremail', 'mail'],
  driverName: ['drivername', 'driver', 'name', 'user', 'username', 'holder'],
  fleet: ['fleet', 'group'],
  vehicle: ['vehicle', 'registration', 'plate', 'numberplate'],
  site: ['site', 'managedbysite'],
  parentIdTag: ['groupid', 'parentidtag', 'parentid'],
  note: ['note', 'notes', 'comment'],
}

/** The header of a file that fits, for people who have none. */
export const cardColumns = [
  'uid',
  'label',
  'status',
  'expires',
  'driver_email',
  'driver_name',
  'fleet',
  'vehicle',
  'site',
  'group_id',
  'note',
] as const

/**
 * `readCardFile`: what a CSV of cards asks for. Lines that cannot be meant are left out with the reason; whether a
 * driver, fleet, vehicle or site exists is for the database to say.
 */
export function readCardFile(text: string): CardFile {
  const [head, ...rest] = readCsv(text)
  if (!head) return unreadable('This file is empty.')
  const columns = columnsOf(head.cells)
  if (!columns.has('uid'))
    return unreadable(
      'The first line names the columns, and one of them is "uid": the number of the card.',
    )
  if (rest.length === 0) return unreadable('This file has a first line and no cards below it.')
  if (rest.length > linesMost)
    return unreadable(`This file has ${rest.length} lines. Import at most ${linesMost} at a time.`)
  const cards: CardLine[] = []
  const skipped: SkippedLine[] = []
  const seen = new Map<string, number>()
  for (const { line, cells } of rest) {
    const read = readLine(line, (name) => cellOf(cells, columns.get(name)))
    if ('reason' in read) {
      skipped.push(read)
      continue
    }
    const before = seen.get(read.uid)
    if (before !== undefined)
      skipped.push({ line, uid: read.uid, reason: `The same card stands in line ${before}.` })
    else {
      seen.set(read.uid, line)
      cards.push(read)
    }
  }
  return { kind: 'cards', cards, skipped }
}

function readLine(line: number, cell: (name: string) => string | null): CardLine | SkippedLine {
  const raw = cell('uid') ?? ''
  const skip = (reason: string): SkippedLine => ({ line, uid: raw.slice(0, 60), reason })
  if (raw === '') return skip('There is no card number.')
  if (/^\d(?:[.,]\d+)?e\+\d+$/i.test(raw))
    return skip(
      'A spreadsheet turned this number into a power of ten. Set the column to "Text" and enter it again.',
    )
  const uid = normaliseUid(raw)
  if (uid.length < 4 || uid.length > 40)
    return skip('A card number has 4 to 40 letters and digits.')
  const status = statusOf(cell('status'))
  if (status === undefined)
    return skip(`"${cell('status')}" is no status: ${cardStatuses.join(', ')}.`)
  const expiresAt = dateOf(cell('expires'))
  if (expiresAt === undefined)
    return skip(`"${cell('expires')}" is no date. Write it as 2027-12-31.`)
  const driverEmail = cell('driverEmail')?.toLowerCase() ?? null
  if (driverEmail !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(driverEmail))
    return skip(`"${driverEmail}" is no e-mail address.`)
  const driverName = cell('driverName')
  if (driverName !== null && driverEmail === null)
    return skip('A driver is found by e-mail address: give driver_email as well.')
  const tooLong = ['label', 'driverName', 'fleet', 'vehicle', 'site', 'note', 'driverEmail'].find(
    (name) => (cell(name)?.length ?? 0) > 500,
  )
  if (tooLong) return skip(`The text under ${tooLong} is longer than 500 characters.`)
  const parentIdTag = cell('parentIdTag')
  if (parentIdTag !== null && parentIdTag.length > 20)
    return skip('A group id has at most 20 characters.')
  return {
    line,
    uid,
    label: cell('label'),
    status,
    expiresAt,
    driverEmail,
    driverName,
    fleet: cell('fleet'),
    vehicle: cell('vehicle'),
    site: cell('site'),
    parentIdTag,
    note: cell('note'),
  }
}

function columnsOf(head: readonly string[]): Map<string, number> {
  const columns = new Map<string, number>()
  head.forEach((title, index) => {
    const plain = title.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
    const name = Object.keys(names).find((one) => names[one]!.includes(plain))
    if (name && !columns.has(name)) columns.set(name, index)
  })
  return columns
}

/** Trimmed; null where there is nothing. An apostrophe that kept a formula from running is taken off again. */
function cellOf(cells: readonly string[], index: number | undefined): string | null {
  const text = (index === undefined ? '' : (cells[index] ?? ''))
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ')
    .trim()
    .replace(/^'(?=[=+\-@])/, '')
  return text === '' ? null : text
}

function statusOf(text: string | null): CardStatus | null | undefined {
  if (text === null) return null
  return cardStatuses.find((status) => status === text.toLowerCase())
}

/** A day is over at its end: valid until 2027-12-31 means that day still counts. UTC. */
function dateOf(text: string | null): Date | null | undefined {
  if (text === null) return null
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (day) {
    const [year, month, date] = [Number(day[1]), Number(day[2]), Number(day[3])]
    const at = new Date(Date.UTC(year, month - 1, date + 1))
    return new Date(Date.UTC(year, month - 1, date)).getUTCDate() === date ? at : undefined
  }
  if (!/^\d{4}-\d{2}-\d{2}T/.test(text)) return undefined
  const at = new Date(text)
  return Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999 ? undefined : at
}

function unreadable(sentence: string): CardFile {
  return { kind: 'unreadable', sentence }
}

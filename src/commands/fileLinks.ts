/**
 * Addresses that are put into commands for the files of a charger. A command that waits holds a placeholder
 * (`…/firmware/@12/image.bin`): the link itself is made when the frame goes out, for that charger alone, and only its
 * hash is kept. So neither the commands table, the audit log nor the log of frames holds a link that works.
 */
import { asciiFileName } from '@/platform/fileNames'
import type { FileKind } from '@/platform/fileStore'

export type Placeholder = { kind: FileKind; fileId: number }

/** Ends in the file's name: some chargers take their own file name, and its type, from there. */
export function firmwareLocation(
  filesUrl: string,
  image: { id: number; filename: string },
): string {
  return `${filesUrl}/firmware/@${image.id}/${asciiFileName(image.filename, 'firmware.bin')}`
}

/** OCPP 1.6 ed2 §6.25: a directory; the charger adds its file's name, or uploads to it as it is. */
export function diagnosticsLocation(filesUrl: string, fileId: number): string {
  return `${filesUrl}/diagnostics/@${fileId}/`
}

const placeholder = /\/(firmware|diagnostics)\/@(\d{1,9})(?=\/|$)/

/** `placeholderIn`: what a location of ours stands for; null for any other address. */
export function placeholderIn(filesUrl: string, location: string): Placeholder | null {
  if (!location.startsWith(`${filesUrl}/`)) return null
  const match = placeholder.exec(location.slice(filesUrl.length))
  if (!match || match.index !== 0) return null
  return { kind: match[1] as FileKind, fileId: Number(match[2]) }
}

/** `withToken`: the address that goes out. */
export function withToken(location: string, { kind, fileId }: Placeholder, token: string): string {
  return location.replace(`/${kind}/@${fileId}`, `/${kind}/${token}`)
}

/** Where the four calls that name a file hold its address. */
export function locationOf(action: string, payload: Readonly<Record<string, unknown>>): unknown {
  switch (action) {
    case 'UpdateFirmware':
    case 'GetDiagnostics':
      return payload['location']
    case 'SignedUpdateFirmware':
      return member(payload['firmware'], 'location')
    case 'GetLog':
      return member(payload['log'], 'remoteLocation')
    default:
      return undefined
  }
}

/**
 * `isForeignImage`: an update from an address that is not ours (SEC-37). What runs in a charger comes from the list of
 * images, where its fingerprint and who uploaded it are known.
 */
export function isForeignImage(
  filesUrl: string,
  action: string,
  payload: Readonly<Record<string, unknown>>,
): boolean {
  if (action !== 'UpdateFirmware' && action !== 'SignedUpdateFirmware') return false
  const location = locationOf(action, payload)
  return typeof location !== 'string' || placeholderIn(filesUrl, location)?.kind !== 'firmware'
}

const usedLink = /(\/(?:firmware|diagnostics)\/)[A-Za-z0-9_-]{43}(?=[/"\\?]|$)/g

/** `withoutTokens`: the text with the links in it made useless, for logs. */
export function withoutTokens(text: string): string {
  return text.replace(usedLink, '$1***')
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined
}

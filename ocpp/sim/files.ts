/**
 * Files of a simulated charger: it really fetches its firmware over HTTP, in pieces and again from where a line broke,
 * and really uploads its log. What it says meanwhile, and what it leaves away, is the fault's affair.
 */
import { createHash } from 'node:crypto'
import { sleepMs } from './clock'
import type { Inside } from './inside'

export type FileControls = {
  /** Stops the charges, restarts, and comes back with this version; resolves when it is accepted again. */
  restartWith: (firmwareVersion: string | null) => Promise<void>
}

export type UpdateOrder = {
  location: string
  retrieveAt: string
  /** Of a signed update; its reports repeat it. */
  requestId: number | null
}

/** What a charger does with an update. `silent` does all of it and says nothing. */
export type FirmwareHabit =
  | 'plain'
  | 'silent'
  | 'noInstalled'
  | 'noDownloading'
  | 'downloadFails'
  | 'installFails'
  | 'rollsBack'
  | 'ignores'

const triesMost = 4

/** One update, from the wait for its time to the boot with the new version. */
export async function updateFirmware(
  order: UpdateOrder,
  inside: Inside,
  controls: FileControls,
): Promise<void> {
  const { clock, life, knobs, ledger } = inside
  const habit = knobs.firmware
  if (habit === 'ignores') return
  const report = (status: string) => say(inside, order.requestId, status)
  const waitMs = Date.parse(order.retrieveAt) - Date.now()
  if (waitMs > 0 && !(await sleepMs(waitMs, life))) return
  if (habit !== 'noDownloading') await report('Downloading')
  if (habit === 'downloadFails') return void (await report('DownloadFailed'))
  const image = await download(order.location, life)
  ledger.downloads.push({
    location: order.location,
    sizeBytes: image?.sizeBytes ?? 0,
    sha256: image?.sha256 ?? null,
  })
  if (!image) return void (await report('DownloadFailed'))
  if (habit !== 'noDownloading') await report('Downloaded')
  if (!(await clock.sleep(inside.installSeconds, life))) return
  await report('Installing')
  if (!(await clock.sleep(inside.installSeconds, life))) return
  if (habit === 'installFails') return void (await report('InstallationFailed'))
  await controls.restartWith(habit === 'rollsBack' ? null : image.version)
  if (habit === 'plain' || habit === 'noDownloading') await report('Installed')
}

async function say(inside: Inside, requestId: number | null, status: string): Promise<void> {
  if (inside.knobs.firmware === 'silent') return
  if (status === 'Installed' && inside.knobs.firmware === 'noInstalled') return
  if (requestId === null) await inside.say('FirmwareStatusNotification', { status })
  else await inside.say('SignedFirmwareStatusNotification', { status, requestId })
}

type Image = { version: string; sizeBytes: number; sha256: string }

/** The whole image, taken up again where it broke; null where it cannot be had. */
async function download(location: string, life: AbortSignal): Promise<Image | null> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  let head = Buffer.alloc(0)
  let expected: number | null = null
  for (let tries = 0; tries < triesMost && !life.aborted; tries++) {
    try {
      const headers: HeadersInit = sizeBytes > 0 ? { Range: `bytes=${sizeBytes}-` } : {}
      const response = await fetch(location, { headers, signal: life })
      if (!response.ok || !response.body) return null
      expected ??= Number(response.headers.get('content-length'))
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
        hash.update(chunk)
        sizeBytes += chunk.length
        if (head.length < 200) head = Buffer.concat([head, chunk]).subarray(0, 200)
      }
      if (sizeBytes === expected)
        return { version: versionOf(head, location), sizeBytes, sha256: hash.digest('hex') }
    } catch {
      if (!(await sleepMs(200, life))) return null
    }
  }
  return null
}

/** Images for simulated chargers begin with `SIM-FIRMWARE <version>`; of others the file's name tells. */
function versionOf(head: Buffer, location: string): string {
  const said = /^SIM-FIRMWARE (\S{1,40})\n/.exec(head.toString('latin1'))?.[1]
  return said ?? /(\d+\.\d+\.\d+)/.exec(location.split('/').at(-1) ?? '')?.[1] ?? '0.0.0'
}

export type UploadOrder = {
  location: string
  fileName: string
  /** Of GetLog; null for GetDiagnostics. */
  requestId: number | null
}

/** Uploads its log to the directory it was told, and says how that went. */
export async function uploadLog(order: UploadOrder, inside: Inside): Promise<void> {
  const report = (status: string) =>
    order.requestId === null
      ? inside.say('DiagnosticsStatusNotification', { status })
      : inside.say('LogStatusNotification', { status, requestId: order.requestId })
  await report('Uploading')
  const isUploaded = !inside.knobs.uploadFails && (await put(order, inside))
  const failure = order.requestId === null ? 'UploadFailed' : 'UploadFailure'
  await report(isUploaded ? 'Uploaded' : failure)
}

async function put(order: UploadOrder, inside: Inside): Promise<boolean> {
  if (!/^https?:/.test(order.location)) return false
  const text = logOf(inside)
  const address = order.location.replace(/\/?$/, `/${order.fileName}`)
  const form = new FormData()
  form.set('file', new Blob([text]), order.fileName)
  const init: RequestInit = inside.knobs.uploadsByForm
    ? { method: 'POST', body: form }
    : { method: 'PUT', body: text }
  try {
    return (await fetch(address, { ...init, signal: inside.life })).ok
  } catch {
    return false
  }
}

function logOf({ identity, ledger, deviceTime }: Inside): string {
  const counts = [...ledger.counts].map(
    ([action, { sent, acked, lost }]) => `${action}: ${sent} sent, ${acked} answered, ${lost} lost`,
  )
  return [`Diagnostics of ${identity} at ${deviceTime()}`, ...counts, ''].join('\n')
}

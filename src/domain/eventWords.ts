import { statusLook, type Tone } from './connector'
import { faultOf } from './faults'

/** As much of a line of a charger's history as its words are made from. */
export type EventFacts = {
  kind: string
  status: string | null
  errorCode: string | null
  vendorErrorCode: string | null
  info: string | null
  body: Readonly<Record<string, unknown>> | null
}

export type EventWords = {
  tone: Tone
  icon: string
  title: string
  /** What it means. */
  sentence: string
  /** What to try; empty where there is nothing to do. */
  steps: readonly string[]
  /** The codes as they came, for the maker's support. */
  code: string | null
}

/** `sayEvent`: a line of a charger's history in words: what it means, what to try, the codes small beside it. */
export function sayEvent(event: EventFacts): EventWords {
  switch (event.kind) {
    case 'status':
      return sayStatus(event)
    case 'charger.connected':
      return plain('green', 'check', 'Connected', 'The charger is connected to the system.')
    case 'charger.disconnected':
      return sayLost(event)
    case 'charger.booted':
      return sayBoot(event)
    case 'charger.firmware':
      return sayFirmware(event.status)
    case 'charger.diagnostics':
      return sayDiagnostics(event.status)
    case 'charger.security':
      return saySecurity(event)
    default:
      return plain('grey', 'dot', event.kind, '')
  }
}

function plain(tone: Tone, icon: string, title: string, sentence: string): EventWords {
  return { tone, icon, title, sentence, steps: [], code: null }
}

function sayStatus(event: EventFacts): EventWords {
  const look = statusLook(event.status)
  const fault = faultOf(event)
  const codes = [event.errorCode, event.vendorErrorCode, event.info]
  const code = codes.filter((one) => one && one !== 'NoError').join(' · ') || null
  if (!fault) {
    if (event.status !== 'Faulted')
      return { ...plain(look.tone, look.icon, look.label, look.sentence), code }
    return {
      ...plain('red', 'warning', 'Faulted', 'The charger reports a fault without saying which.'),
      steps: ['Restart the charger (soft).', 'Fetch diagnostics.'],
      code,
    }
  }
  const isOut = event.status === 'Faulted'
  return {
    tone: isOut ? 'red' : fault.severity === 'notice' ? 'blue' : 'amber',
    icon: 'warning',
    title:
      [fault.family, isOut ? null : look.label.toLowerCase()].filter(Boolean).join(', ') ||
      look.label,
    sentence: fault.sentence,
    steps: fault.steps,
    code,
  }
}

function sayLost({ body }: EventFacts): EventWords {
  const reason = typeof body?.reason === 'string' ? body.reason : ''
  return {
    ...plain('grey', 'cloud-off', 'Connection lost', lostBecause(reason)),
    code: reason || null,
  }
}

/** Close codes of WebSocket (RFC 6455 §7.4.1) and our own reasons. */
function lostBecause(reason: string): string {
  if (/^1000|^1001/.test(reason))
    return 'The charger said goodbye: it restarts or was switched off.'
  if (/^1006/.test(reason))
    return 'The line broke without a goodbye: internet or power at the site, most often.'
  if (/silent|ping|timeout/i.test(reason))
    return 'Nothing was heard from it any more, so the line was closed.'
  if (/replaced|newer/i.test(reason)) return 'It connected anew; the old line was closed.'
  if (/restart|1012/.test(reason))
    return 'Our own server was restarted; chargers come back by themselves.'
  return 'The charger is not connected to the system any more.'
}

function sayBoot({ body }: EventFacts): EventWords {
  const text = (name: string) => (typeof body?.[name] === 'string' ? String(body[name]) : null)
  const what = [text('vendor'), text('model')].filter(Boolean).join(' ')
  const firmware = text('firmwareVersion')
  const says = [what, firmware && `firmware ${firmware}`].filter(Boolean).join(', ')
  return plain(
    'blue',
    'power',
    'Started up',
    says ? `It introduced itself: ${says}.` : 'It introduced itself.',
  )
}

const firmwareWords: Readonly<Record<string, readonly [Tone, string, string]>> = {
  Downloading: ['blue', 'Firmware: downloading', 'It fetches the new firmware.'],
  Downloaded: ['blue', 'Firmware: downloaded', 'It has the new firmware and will install it.'],
  DownloadFailed: ['red', 'Firmware: download failed', 'It could not fetch the new firmware.'],
  Installing: ['blue', 'Firmware: installing', 'It installs the new firmware and may restart.'],
  Installed: ['green', 'Firmware: installed', 'The new firmware is installed.'],
  InstallationFailed: ['red', 'Firmware: installation failed', 'It keeps its old firmware.'],
  Idle: ['grey', 'Firmware: nothing to do', 'No update is under way.'],
}

function sayFirmware(status: string | null): EventWords {
  const [tone, title, sentence] = firmwareWords[status ?? ''] ?? [
    'grey',
    `Firmware: ${status ?? '?'}`,
    '',
  ]
  const steps =
    tone === 'red' ? ['Look at the Firmware page; try again when the line is good.'] : []
  return { ...plain(tone, 'restart', title, sentence), steps, code: status }
}

function sayDiagnostics(status: string | null): EventWords {
  const isBad = status === 'UploadFailed'
  const title = { Uploading: 'Diagnostics: uploading', Uploaded: 'Diagnostics: uploaded' }[
    status ?? ''
  ]
  return {
    ...plain(
      isBad ? 'red' : 'blue',
      'list',
      title ?? (isBad ? 'Diagnostics: upload failed' : 'Diagnostics'),
      '',
    ),
    code: status,
  }
}

function saySecurity({ body, info }: EventFacts): EventWords {
  const type = typeof body?.type === 'string' ? body.type : 'SecurityEvent'
  return {
    ...plain('amber', 'lock', 'Security', `The charger reports: ${spaced(type)}.`),
    code: [type, info].filter(Boolean).join(' · '),
  }
}

/** `FirmwareUpdated` → `firmware updated`. */
function spaced(word: string): string {
  return word.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

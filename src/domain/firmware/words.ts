import type { TargetReason, TargetState } from './attempt'
import type { CampaignState, Plan } from './campaign'

/** The FAQ's word for everything between the command and its end is "Update in Progress". */
export const stepWords: Readonly<Record<TargetState, string>> = {
  waiting: 'Waiting',
  sent: 'Asked to download',
  downloading: 'Downloading',
  downloaded: 'Downloaded, about to install',
  installing: 'Installing',
  installed: 'Installed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const campaignWords: Readonly<Record<CampaignState, string>> = {
  scheduled: 'Scheduled',
  running: 'Update in Progress',
  halted: 'Halted',
  done: 'Finished',
  cancelled: 'Cancelled',
}

export const isUnderWay = (state: TargetState): boolean =>
  state === 'sent' || state === 'downloading' || state === 'downloaded' || state === 'installing'

/** `percentOf`: how far the bar stands, 0–100. The download is most of what one can watch. */
export function percentOf(state: TargetState, downloadPercent: number): number {
  switch (state) {
    case 'waiting':
    case 'cancelled':
      return 0
    case 'sent':
      return 5
    case 'downloading':
      return 10 + Math.round((Math.min(100, Math.max(0, downloadPercent)) * 50) / 100)
    case 'downloaded':
      return 65
    case 'installing':
      return 80
    case 'installed':
    case 'failed':
      return 100
  }
}

type About = { charger: string; version: string; seenVersion: string | null }

/**
 * `reasonSentence`: what happened and what to do next. What the charger answered to the command (`refused`) is told by
 * the command's own outcome, where there is one.
 */
export function reasonSentence(
  reason: TargetReason | string,
  { charger, version, seenVersion }: About,
): string {
  switch (reason) {
    case 'busy':
      return `${charger} has too many commands waiting; it is asked again in a minute.`
    case 'already':
      return `${charger} had ${version} already; nothing was sent.`
    case 'said':
      return `${charger} says that it installed ${version}. Its next restart will show the version.`
    case 'said-other':
      return `${charger} says that it installed the image, and reports ${seenVersion ?? 'another version'} instead of ${version}. Correct the version of the image if that is the same.`
    case 'download-failed':
      return `${charger} could not download the image. Look whether it reaches this system’s address for files, then retry.`
    case 'install-failed':
      return `${charger} downloaded the image and could not install it. Look whether the image is for this model, then retry.`
    case 'verification-failed':
      return `${charger} found the image damaged or not meant for it. Compare its SHA-256 with the maker’s.`
    case 'signature-invalid':
      return `${charger} did not accept the image’s signature. Ask the maker for the signature of this very file.`
    case 'rolled-back':
      return `${charger} came back with its old version${seenVersion ? ` ${seenVersion}` : ''}: it rejected the new one and rolled back. Ask the maker before trying again.`
    case 'other-version':
      return `${charger} came back with ${seenVersion ?? 'another version'} and not with ${version}. Correct the version of the image if that is the same, else retry.`
    case 'refused':
      return `${charger} refused the update.`
    case 'charger-error':
      return `${charger} could not handle the request for an update.`
    case 'not-supported':
      return `${charger} does not support firmware updates over OCPP.`
    case 'needs-signed':
      return `${charger} takes signed images only, or no updates over OCPP at all. Upload the image with its signature and certificate.`
    case 'silent-start':
      return `${charger} was asked and did not begin to download. Look whether it reaches this system’s address for files, restart it, then retry.`
    case 'silent-download':
      return `${charger} began to download and then said nothing more. Restart it, then retry.`
    case 'silent-install':
      return `${charger} downloaded the image and then said nothing more. Restart it: if it comes back with ${version}, this turns to Installed by itself.`
    case 'too-long':
      return `${charger} did not finish within a day. Restart it, then retry.`
    case 'offline':
      return `${charger} was not connected in all that time, so nothing was sent. Retry when it is back.`
    default:
      return `${charger} did not finish the update.`
  }
}

/** `haltSentence`: why a campaign halted, in figures. */
export function haltSentence(halt: NonNullable<Plan['halt']>, limitPercent: number): string {
  const percent = Math.round((halt.failed / halt.size) * 100)
  const chargers = halt.size === 1 ? '1 charger' : `${halt.size} chargers`
  return `${halt.failed} of ${chargers} in wave ${halt.wave} had failed (${percent} %, the limit is ${limitPercent} %).`
}

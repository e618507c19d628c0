import { formatMinor } from '../money'

/** What a driver may want to hear of his charges (`/me/notification-settings`). */
export type NewsKind = 'chargeStarted' | 'chargeEnded' | 'chargeInterrupted' | 'receipts'

export const usualNews: Readonly<Record<NewsKind, boolean>> = {
  chargeStarted: true,
  chargeEnded: true,
  chargeInterrupted: true,
  receipts: true,
}

export type ChargeNews = { kind: NewsKind; title: string; text: string }

type Charge = {
  charger: string
  site: string
  energyWh: number | null
  costMinor: number | null
  currency: string | null
  startedAt: Date
  stoppedAt: Date | null
  stopReason: string | null
  /** Whom or what a stop of ours came from; null where none did. */
  stopCause: string | null
  isInReview: boolean
}

/** A charger that was offline tells of starts and ends long past: nobody wants a message about those. */
const freshMs = 15 * 60_000

/** Ends that nobody at the car meant. OCPP 1.6, `Reason`. */
const interruptions: Readonly<Record<string, string>> = {
  EmergencyStop: 'The emergency stop was pressed.',
  PowerLoss: 'The charger lost its power supply.',
  HardReset: 'The charger was restarted.',
  SoftReset: 'The charger was restarted.',
  Reboot: 'The charger restarted.',
  UnlockCommand: 'The plug was released.',
  DeAuthorized: 'The card was not accepted any more.',
}

/** `newsOf`: what an event of a session is to its driver; null for what is no news. */
export function newsOf(event: string, charge: Charge, now: Date): ChargeNews | null {
  const where = `${charge.charger}, ${charge.site}`
  const isFresh = (at: Date | null) => at !== null && now.getTime() - at.getTime() < freshMs
  switch (event) {
    case 'session.started':
      return isFresh(charge.startedAt)
        ? { kind: 'chargeStarted', title: 'Charging has started', text: `${where}.` }
        : null
    case 'session.ended': {
      if (!isFresh(charge.stoppedAt)) return null
      const why = interruption(charge)
      if (why)
        return {
          kind: 'chargeInterrupted',
          title: 'Charging was interrupted',
          text: `${where}. ${why}`,
        }
      return {
        kind: 'chargeEnded',
        title: 'Charging has ended',
        text: `${where}: ${energyOf(charge)}.`,
      }
    }
    case 'session.priced': {
      const { costMinor, currency } = charge
      if (costMinor === null || currency === null || charge.isInReview) return null
      const total = formatMinor(costMinor, currency)
      return {
        kind: 'receipts',
        title: `Your receipt: ${total}`,
        text: `${where}: ${energyOf(charge)}, ${total}.`,
      }
    }
    default:
      return null
  }
}

function interruption({ stopReason, stopCause }: Charge): string | null {
  if (stopCause === 'funds') return 'There was no money left for it.'
  if (stopReason === 'Remote' && stopCause === null) return 'It was stopped by the operator.'
  return (stopReason && interruptions[stopReason]) || null
}

const energyOf = ({ energyWh }: Charge): string => `${((energyWh ?? 0) / 1000).toFixed(3)} kWh`

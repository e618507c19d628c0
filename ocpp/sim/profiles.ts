/** The charging profiles of a simulated charger (`OCPP 1.6 ed2 §3.13`): which of them limits a connector, and to what. */
import type { ChargerModel, Vehicle } from './physics'

type Period = { startPeriod: number; limit: number; numberPhases?: number }

export type Profile = {
  chargingProfileId: number
  transactionId?: number
  stackLevel: number
  chargingProfilePurpose: 'ChargePointMaxProfile' | 'TxDefaultProfile' | 'TxProfile'
  chargingProfileKind: 'Absolute' | 'Recurring' | 'Relative'
  recurrencyKind?: 'Daily' | 'Weekly'
  validFrom?: string
  validTo?: string
  chargingSchedule: {
    duration?: number
    startSchedule?: string
    chargingRateUnit: 'W' | 'A'
    chargingSchedulePeriod: Period[]
  }
}

export type Charge = { transactionId: number | null; startedAt: Date; vehicle: Vehicle | null }

export type Profiles = {
  set: (connectorId: number, profile: Profile) => 'Accepted' | 'Rejected'
  clear: (filter: Record<string, unknown>) => 'Accepted' | 'Unknown'
  /** The lowest power that any profile allows at a connector; null where none limits it. */
  limitW: (connectorId: number, charge: Charge | null, now: Date) => number | null
  /** A TxProfile ends with its transaction. */
  ended: (transactionId: number | null) => void
}

const MAINS_V = 230
export const mostPeriods = 24

export function createProfiles(model: ChargerModel, highestLevel: () => number): Profiles {
  let installed: { connectorId: number; profile: Profile }[] = []

  const isSame = (connectorId: number, a: Profile) => (one: (typeof installed)[number]) =>
    one.profile.chargingProfileId === a.chargingProfileId ||
    (one.connectorId === connectorId &&
      one.profile.stackLevel === a.stackLevel &&
      one.profile.chargingProfilePurpose === a.chargingProfilePurpose)

  const phasesOf = (vehicle: Vehicle | null, period: Period) =>
    Math.min(model.phases, vehicle?.acPhases ?? 3, period.numberPhases ?? 3)

  const inWatts = (profile: Profile, period: Period, vehicle: Vehicle | null) =>
    profile.chargingSchedule.chargingRateUnit === 'W'
      ? period.limit
      : period.limit * MAINS_V * phasesOf(vehicle, period)

  return {
    set: (connectorId, profile) => {
      const { chargingSchedulePeriod } = profile.chargingSchedule
      if (connectorId > model.connectors || profile.stackLevel > highestLevel()) return 'Rejected'
      if (chargingSchedulePeriod.length === 0 || chargingSchedulePeriod.length > mostPeriods)
        return 'Rejected'
      if (chargingSchedulePeriod[0]!.startPeriod !== 0) return 'Rejected'
      installed = installed.filter((one) => !isSame(connectorId, profile)(one))
      installed.push({ connectorId, profile })
      return 'Accepted'
    },
    clear: ({ id, connectorId, chargingProfilePurpose, stackLevel }) => {
      const isMeant = ({ connectorId: at, profile }: (typeof installed)[number]) =>
        (id === undefined || profile.chargingProfileId === id) &&
        (connectorId === undefined || at === connectorId) &&
        (stackLevel === undefined || profile.stackLevel === stackLevel) &&
        (chargingProfilePurpose === undefined ||
          profile.chargingProfilePurpose === chargingProfilePurpose)
      const kept = installed.filter((one) => !isMeant(one))
      const isKnown = kept.length < installed.length
      installed = kept
      return isKnown ? 'Accepted' : 'Unknown'
    },
    limitW: (connectorId, charge, now) => {
      const limitOf = (purpose: Profile['chargingProfilePurpose'], places: number[]) => {
        const holding = installed
          .filter(
            ({ connectorId: at, profile }) =>
              profile.chargingProfilePurpose === purpose &&
              places.includes(at) &&
              (purpose !== 'TxProfile' ||
                profile.transactionId === undefined ||
                profile.transactionId === charge?.transactionId),
          )
          .sort(
            (a, b) => b.profile.stackLevel - a.profile.stackLevel || b.connectorId - a.connectorId,
          )
        for (const { profile } of holding) {
          const period = periodAt(profile, charge?.startedAt ?? null, now)
          if (period) return inWatts(profile, period, charge?.vehicle ?? null)
        }
        return null
      }
      const own = charge
        ? (limitOf('TxProfile', [connectorId]) ?? limitOf('TxDefaultProfile', [connectorId, 0]))
        : limitOf('TxDefaultProfile', [connectorId, 0])
      const most = limitOf('ChargePointMaxProfile', [0])
      return own === null || most === null ? (own ?? most) : Math.min(own, most)
    },
    ended: (transactionId) => {
      installed = installed.filter(
        ({ profile }) =>
          profile.chargingProfilePurpose !== 'TxProfile' || profile.transactionId !== transactionId,
      )
    },
  }
}

/** The period of a schedule that holds at this moment; null outside of it. */
function periodAt(profile: Profile, chargeBegan: Date | null, now: Date): Period | null {
  const { validFrom, validTo, chargingSchedule: schedule } = profile
  const at = now.getTime()
  if (validFrom && at < Date.parse(validFrom)) return null
  if (validTo && at >= Date.parse(validTo)) return null
  const isRelative =
    profile.chargingProfileKind === 'Relative' || schedule.startSchedule === undefined
  const start = isRelative ? chargeBegan?.getTime() : Date.parse(schedule.startSchedule!)
  if (start === undefined || at < start) return null
  let seconds = (at - start) / 1000
  if (profile.chargingProfileKind === 'Recurring')
    seconds %= profile.recurrencyKind === 'Weekly' ? 604_800 : 86_400
  if (schedule.duration !== undefined && seconds >= schedule.duration) return null
  return schedule.chargingSchedulePeriod.findLast((one) => one.startPeriod <= seconds) ?? null
}

/** A meter reading as OCPP 1.6 spells it: the measurands that the charger is configured to sample. */
import { electricsOf, type ChargerModel, type Vehicle } from './physics'
import type { Random } from './random'

export type SampledValue = {
  value: string
  context?: string
  measurand?: string
  phase?: string
  location?: string
  unit?: string
}

export type MeterReading = { timestamp: string; sampledValue: SampledValue[] }

type Instant = {
  model: ChargerModel
  vehicle: Vehicle | null
  registerWh: number
  powerW: number
  context: string
  measurands: string[]
  random: Random
}

const phaseNames = ['L1', 'L2', 'L3'] as const

/** The sampled values of one instant, in the order of `measurands`. */
export function sampledValues(instant: Instant): SampledValue[] {
  const { model, vehicle, context, random } = instant
  const electrics = vehicle && electricsOf(model, vehicle, instant.powerW, random)
  const perPhase = (measurand: string, unit: string, values: number[], suffix: string) =>
    values.map((value, index) => ({
      value: value.toFixed(1),
      context,
      measurand,
      unit,
      location: 'Outlet',
      ...(model.current === 'AC' ? { phase: `${phaseNames[index]}${suffix}` } : {}),
    }))
  return instant.measurands.flatMap((measurand): SampledValue[] => {
    switch (measurand) {
      case 'Energy.Active.Import.Register':
        return [
          { value: String(instant.registerWh), context, measurand, unit: 'Wh', location: 'Outlet' },
        ]
      case 'Power.Active.Import':
        return [
          { value: instant.powerW.toFixed(0), context, measurand, unit: 'W', location: 'Outlet' },
        ]
      case 'Current.Import':
        return perPhase(measurand, 'A', electrics?.currentsA ?? [], '')
      case 'Voltage':
        return perPhase(measurand, 'V', electrics?.voltagesV ?? [], '-N')
      case 'SoC':
        return vehicle
          ? [
              {
                value: vehicle.socPercent.toFixed(0),
                context,
                measurand,
                unit: 'Percent',
                location: 'EV',
              },
            ]
          : []
      default:
        return []
    }
  })
}

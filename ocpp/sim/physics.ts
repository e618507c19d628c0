/**
 * How chargers and cars behave electrically: who limits the power, how it tapers, what the meter shows. Pure; energy
 * is Wh, power W, state of charge per cent.
 */
import type { Random } from './random'

export type ChargerModel = {
  vendor: string
  model: string
  current: 'AC' | 'DC'
  phases: 1 | 3
  maxPowerW: number
  connectors: number
  /** As in OCPI's ConnectorType, for the registers of connectors. */
  standard: string
  firmwareVersion: string
}

export type ModelName = 'AC7' | 'AC11' | 'AC22' | 'DC50' | 'DC150'

export const chargerModels: Record<ModelName, ChargerModel> = {
  AC7: {
    vendor: 'Northwall',
    model: 'Lite 7',
    current: 'AC',
    phases: 1,
    maxPowerW: 7_360,
    connectors: 1,
    standard: 'IEC_62196_T2',
    firmwareVersion: '3.4.1',
  },
  AC11: {
    vendor: 'Northwall',
    model: 'Home 11',
    current: 'AC',
    phases: 3,
    maxPowerW: 11_040,
    connectors: 1,
    standard: 'IEC_62196_T2',
    firmwareVersion: '3.4.1',
  },
  AC22: {
    vendor: 'Kestrel',
    model: 'Twin 22',
    current: 'AC',
    phases: 3,
    maxPowerW: 22_080,
    connectors: 2,
    standard: 'IEC_62196_T2',
    firmwareVersion: '2.11.0',
  },
  DC50: {
    vendor: 'Voltaire',
    model: 'Rapid 50',
    current: 'DC',
    phases: 3,
    maxPowerW: 50_000,
    connectors: 1,
    standard: 'IEC_62196_T2_COMBO',
    firmwareVersion: '1.8.30',
  },
  DC150: {
    vendor: 'Voltaire',
    model: 'Ultra 150',
    current: 'DC',
    phases: 3,
    maxPowerW: 150_000,
    connectors: 2,
    standard: 'IEC_62196_T2_COMBO',
    firmwareVersion: '1.9.2',
  },
}

export const modelNames = Object.keys(chargerModels) as ModelName[]

export type Vehicle = {
  batteryWh: number
  acMaxW: number
  acPhases: 1 | 3
  dcMaxW: number
  socPercent: number
  /** The driver's limit: the car stops drawing there. */
  targetPercent: number
}

const cars: readonly Omit<Vehicle, 'socPercent' | 'targetPercent'>[] = [
  { batteryWh: 40_000, acMaxW: 6_600, acPhases: 1, dcMaxW: 46_000 },
  { batteryWh: 52_000, acMaxW: 22_000, acPhases: 3, dcMaxW: 46_000 },
  { batteryWh: 58_000, acMaxW: 11_000, acPhases: 3, dcMaxW: 120_000 },
  { batteryWh: 60_000, acMaxW: 11_000, acPhases: 3, dcMaxW: 170_000 },
  { batteryWh: 64_000, acMaxW: 7_200, acPhases: 1, dcMaxW: 77_000 },
  { batteryWh: 77_400, acMaxW: 11_000, acPhases: 3, dcMaxW: 230_000 },
]

/** A car as it arrives: partly empty, its driver content with 80 to 100 %. */
export const arrivingVehicle = (random: Random): Vehicle => ({
  ...random.pick(cars),
  socPercent: random.between(8, 62),
  targetPercent: random.pick([80, 80, 90, 100, 100]),
})

const BATTERY_SHARE = 0.92

/** Power at the car's present state of charge; 0 when it is full or wants no more. `limitW` is the charger's own cap. */
export function powerOf(model: ChargerModel, vehicle: Vehicle, limitW = model.maxPowerW): number {
  if (vehicle.socPercent >= vehicle.targetPercent) return 0
  const soc = vehicle.socPercent
  if (model.current === 'DC')
    return Math.min(limitW, model.maxPowerW, vehicle.dcMaxW * dcCurve(soc))
  const phases = Math.min(model.phases, vehicle.acPhases)
  const perPhase = Math.min(model.maxPowerW / model.phases, vehicle.acMaxW / vehicle.acPhases)
  const taper = soc < 97 ? 1 : 1 - (0.85 * (soc - 97)) / 3
  return Math.min(limitW, perPhase * phases * taper)
}

/** Share of the car's best DC power: a short ramp, a plateau, then down; above 80 % it is slow. */
function dcCurve(soc: number): number {
  if (soc < 8) return 0.7 + (0.3 * soc) / 8
  if (soc < 45) return 1
  if (soc < 80) return 1 - (0.62 * (soc - 45)) / 35
  return Math.max(0.08, 0.38 - (0.3 * (soc - 80)) / 20)
}

const STEP_SECONDS = 30

/** Charges for so many seconds: what the meter counted and the car afterwards. Integrated in steps of half a minute. */
export function charge(
  model: ChargerModel,
  vehicle: Vehicle,
  seconds: number,
  limitW?: number,
): { energyWh: number; powerW: number; vehicle: Vehicle } {
  let energyWh = 0
  let car = vehicle
  for (let left = seconds; left > 0; left -= STEP_SECONDS) {
    const wh = (powerOf(model, car, limitW) * Math.min(left, STEP_SECONDS)) / 3600
    if (wh === 0) break
    const gained = ((wh * BATTERY_SHARE) / car.batteryWh) * 100
    energyWh += wh
    car = { ...car, socPercent: Math.min(car.targetPercent, car.socPercent + gained) }
  }
  return { energyWh, powerW: powerOf(model, car, limitW), vehicle: car }
}

export type Electrics = { currentsA: number[]; voltagesV: number[] }

const MAINS_V = 230

/** What the meter shows per phase (DC: one value at the battery's voltage), with the mains' small unrest. */
export function electricsOf(
  model: ChargerModel,
  vehicle: Vehicle,
  powerW: number,
  random: Random,
): Electrics {
  if (model.current === 'DC') {
    const voltage = 330 + vehicle.socPercent * 0.9
    return { currentsA: [powerW / voltage], voltagesV: [voltage] }
  }
  const phases = Math.min(model.phases, vehicle.acPhases)
  const voltagesV = Array.from({ length: phases }, () => MAINS_V + random.between(-2.5, 2.5))
  return { currentsA: voltagesV.map((voltage) => powerW / phases / voltage), voltagesV }
}

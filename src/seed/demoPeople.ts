/** Drivers and cards of the demo network: common names, addresses of the reserved domain, ids that no real card has. */
import { randomStream } from '#ocpp/sim/random'
import { demoFleets } from './demoMoney'

const givenNames = [
  'Amelia',
  'Oliver',
  'Isla',
  'George',
  'Ava',
  'Noah',
  'Mia',
  'Arthur',
  'Priya',
  'Mohammed',
  'Freya',
  'Callum',
  'Grace',
  'Rhys',
  'Zara',
  'Hamish',
  'Ella',
  'Tomasz',
  'Chloe',
  'Daniel',
]
const familyNames = [
  'Smith',
  'Jones',
  'Patel',
  'Williams',
  'Taylor',
  'Khan',
  'Evans',
  'Brown',
  'MacDonald',
  'Wilson',
  'Hughes',
  'Kowalski',
  'Robinson',
  'Campbell',
  'Wright',
  'Begum',
  'Walker',
  'Stewart',
  'Green',
  'Clarke',
]

export type DemoDriver = { name: string; email: string; status: 'active' | 'suspended' }
export type DemoCard = {
  uid: string
  label: string
  status: 'active' | 'blocked' | 'lost' | 'expired'
  /** Of the driver who holds it; null for a pool card and for one that lies in a vehicle. */
  email: string | null
  /** Registration of the vehicle it lies in. */
  vehicle?: string
}

const DRIVERS = 64
const POOL_CARDS = 6

/** The same people and cards each time. */
export function demoPeople(): { drivers: DemoDriver[]; cards: DemoCard[] } {
  const random = randomStream(90, 'people')
  const taken = new Set<string>()
  const drivers: DemoDriver[] = []
  while (drivers.length < DRIVERS) {
    const name = `${random.pick(givenNames)} ${random.pick(familyNames)}`
    if (taken.has(name)) continue
    taken.add(name)
    drivers.push({
      name,
      email: `${name.toLowerCase().replaceAll(' ', '.')}@drivers.example`,
      status: drivers.length === DRIVERS - 1 ? 'suspended' : 'active',
    })
  }
  const uid = () =>
    `04${Array.from({ length: 12 }, () => random.whole(0, 15).toString(16)).join('')}`.toUpperCase()
  const held = drivers.map((driver, i): DemoCard => ({
    uid: uid(),
    label: `${driver.name}'s card`,
    status: i === 3 ? 'lost' : i === 11 ? 'blocked' : i === 27 ? 'expired' : 'active',
    email: driver.email,
  }))
  const pool = Array.from({ length: POOL_CARDS }, (_, i): DemoCard => ({
    uid: uid(),
    label: `Pool card ${i + 1}`,
    status: 'active',
    email: null,
  }))
  const inVehicles = demoFleets.flatMap(({ vehicles }) =>
    vehicles.map(({ registration, name }): DemoCard => ({
      uid: uid(),
      label: name,
      status: 'active',
      email: null,
      vehicle: registration,
    })),
  )
  return { drivers, cards: [...held, ...pool, ...inVehicles] }
}

/**
 * `npm run sim -- --chargers 50 --url ws://127.0.0.1:9220/ocpp --identity-prefix SIM --password …`
 * Connects simulated chargers to a running system and says every few seconds how they fare.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createClock } from './clock'
import { faultNames, faults, type FaultName } from './faults'
import { startFleet } from './fleet'
import { modelNames, type ModelName } from './physics'
import type { Habit, Step } from './script'

const HELP = `Simulated OCPP 1.6-J charge points. They must be registered in the panel with the password given here.

  --chargers N          how many (default 1)
  --url URL             default ws://127.0.0.1:9220/ocpp
  --identity-prefix P   identities are P-001, P-002, … (default SIM); with --chargers 1 and --identity, that one
  --identity NAME       a single charger of this name
  --password TEXT       of every charger (or CPMS_SIM_PASSWORD)
  --card UID            a card that drivers show; may be repeated (default SIMCARD1)
  --model NAME          ${modelNames.join(', ')}; default: a mix
  --habit NAME          busy, day, idle (default busy)
  --script FILE         JSON list of steps instead of a habit
  --seed N              default 1; the same seed does the same
  --speed N             device time runs N times as fast, from a day ago up to now (default 1)
  --sample SECONDS      MeterValueSampleInterval (default 60)
  --fault NAME          may be repeated; --fault list prints them
  --quiet               no line per connection`

const { values } = parseArgs({
  options: {
    chargers: { type: 'string', default: '1' },
    url: { type: 'string', default: 'ws://127.0.0.1:9220/ocpp' },
    'identity-prefix': { type: 'string', default: 'SIM' },
    identity: { type: 'string' },
    password: { type: 'string', default: process.env.CPMS_SIM_PASSWORD ?? '' },
    card: { type: 'string', multiple: true, default: ['SIMCARD1'] },
    model: { type: 'string' },
    habit: { type: 'string', default: 'busy' },
    script: { type: 'string' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '1' },
    sample: { type: 'string', default: '60' },
    fault: { type: 'string', multiple: true, default: [] },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

function stopWith(text: string): never {
  process.stderr.write(`${text}\n`)
  process.exit(2)
}

const say = (text: string) => process.stdout.write(`${text}\n`)

if (values.help) {
  say(HELP)
  process.exit(0)
}
if (values.fault.includes('list')) {
  for (const name of faultNames)
    say(`${String(faults[name].row).padStart(3)}  ${name}: ${faults[name].what}`)
  process.exit(0)
}
const unknown = values.fault.find((name) => !(faultNames as string[]).includes(name))
if (unknown) stopWith(`No fault is called "${unknown}". --fault list shows them.`)
if (!values.password) stopWith('Give --password, or set CPMS_SIM_PASSWORD.')
if (values.model && !(modelNames as string[]).includes(values.model)) {
  stopWith(`--model is one of ${modelNames.join(', ')}.`)
}
if (!['busy', 'day', 'idle'].includes(values.habit)) stopWith('--habit is busy, day or idle.')

const size = Number(values.chargers)
const width = Math.max(3, String(size).length)
const identities = values.identity
  ? [values.identity]
  : Array.from(
      { length: size },
      (_, index) => `${values['identity-prefix']}-${String(index + 1).padStart(width, '0')}`,
    )

const fleet = startFleet({
  url: values.url.replace(/\/+$/, ''),
  members: identities.map((identity) => ({
    identity,
    password: values.password,
    model: values.model as ModelName | undefined,
  })),
  cards: values.card,
  seed: Number(values.seed),
  clock: createClock({ speed: Number(values.speed) }),
  habit: values.habit as Habit,
  steps: values.script ? (JSON.parse(readFileSync(values.script, 'utf8')) as Step[]) : undefined,
  faults: values.fault as FaultName[],
  sampleSeconds: Number(values.sample),
  onNews: values.quiet ? undefined : say,
})

const REPORT_EVERY_MS = 10_000
setInterval(() => {
  const online = fleet.chargers.filter((one) => one.isOnline()).length
  const charging = fleet.chargers
    .flatMap((one) => one.connectors)
    .filter((one) => one.transaction())
  const powerW = charging.reduce((sum, one) => sum + one.powerW(), 0)
  const sums = fleet.totals()
  const waiting = fleet.chargers.reduce((sum, one) => sum + one.backlog(), 0)
  say(
    `${fleet.clock.now().toISOString().slice(0, 19)}Z  ${online}/${fleet.chargers.length} connected, ` +
      `${charging.length} charging at ${(powerW / 1000).toFixed(1)} kW, ${sums.ended} charges ended ` +
      `(${(sums.energyWh / 1000).toFixed(3)} kWh), ${sums.messages} messages answered, ${waiting} waiting, ` +
      `${sums.refusals} refused`,
  )
}, REPORT_EVERY_MS)

let isEnding = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (isEnding) process.exit(1)
    isEnding = true
    say('Ending: charges are stopped and their messages delivered (again to end at once).')
    void fleet
      .comeToRest(10_000)
      .then(() => fleet.end())
      .then(() => process.exit(0))
  })
}

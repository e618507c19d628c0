/** Every screen of the panel under axe-core, in both themes: minutes, so it has a command of its own (`npm run test:screens`). */
import { accessible } from './day/accessible'
import { beginDay, type Day } from './day/stage'

const day = {} as Day

beforeAll(async () => {
  Object.assign(day, await beginDay())
}, 300_000)

afterAll(() => day.end?.())

accessible(day, /./, 60)

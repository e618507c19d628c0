/**
 * The panel for everybody: the main job by the keyboard alone, and every screen under axe-core in both themes. Minutes, so
 * it has a command of its own (`npm run test:screens`).
 */
import { accessible } from './day/accessible'
import { byKeyboard } from './day/keyboard'
import { beginDay, type Day } from './day/stage'

const day = {} as Day

beforeAll(async () => {
  Object.assign(day, await beginDay())
  // the first page of a server that is busy elsewhere
  day.ada.context.setDefaultTimeout(60_000)
}, 600_000)

afterAll(() => day.end?.())

byKeyboard(day)
accessible(day)

/**
 * The operator's day: rows of FEATURES "Watch", "Act", "Manage" and "Get in" as a person does them, word by word where
 * the FAQ sends them, on the demo network with real simulated chargers. One product serves all of it, in this order.
 */
import { act } from './day/act'
import { getIn } from './day/getIn'
import { manage } from './day/manage'
import { beginDay, type Day } from './day/stage'
import { watch } from './day/watch'

const day = {} as Day

beforeAll(async () => {
  Object.assign(day, await beginDay())
}, 300_000)

afterAll(() => day.end?.())

describe('Watch', () => watch(day))
describe('Act', () => act(day))
describe('Manage', () => manage(day))
describe('Get in', () => getIn(day))

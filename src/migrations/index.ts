import * as initial from './20261124_220000_initial'
import * as telemetry from './20261124_230000_telemetry'

/** In the order they run; never edited after merge. */
export const migrations = [
  { name: '20261124_220000_initial', up: initial.up, down: initial.down },
  { name: '20261124_230000_telemetry', up: telemetry.up, down: telemetry.down },
]

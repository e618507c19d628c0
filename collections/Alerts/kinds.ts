/** What can be wrong, in the words of the panel; the engine (`src/domain/incident`) uses the values. */
export const alertKinds = [
  { value: 'offline', label: 'Offline' },
  { value: 'overheating', label: 'Overheating' },
  { value: 'power-loss', label: 'Power loss' },
  { value: 'lock', label: 'Cable lock failure' },
  { value: 'ground', label: 'Ground failure' },
  { value: 'over-current', label: 'Over-current' },
  { value: 'fault', label: 'Fault' },
  { value: 'no-energy', label: 'No energy while charging' },
  { value: 'starts-fail', label: 'Starts keep failing' },
  { value: 'connector-stuck', label: 'Connector stuck' },
  { value: 'flapping', label: 'State keeps changing' },
  { value: 'meter-implausible', label: 'Implausible meter' },
  { value: 'clock-wrong', label: 'Wrong clock' },
  { value: 'firmware-failed', label: 'Firmware update failed' },
  { value: 'never-connected', label: 'Never connected' },
  { value: 'site-power-lost', label: 'Whole site without power' },
  { value: 'communication', label: 'Communication problem' },
  { value: 'card-reader', label: 'Card reader failure' },
  { value: 'vehicle', label: 'Vehicle side problem' },
]

export const alertSeverities = [
  { value: 'urgent', label: 'Urgent' },
  { value: 'fault', label: 'Fault' },
  { value: 'notice', label: 'Notice' },
]

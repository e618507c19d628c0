import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

import { readSecret, secretFile, type SecretName } from '@/platform/dataDir'
import { refuseReadableByOthers } from '@/platform/env'
import { randomSecret } from '@/platform/ids'

import { StartProblem, systemCode } from './problem'

/**
 * The data directory exists and can be written, and holds the secrets of this installation, each made once and
 * readable by its owner only. Root gives others the right to pass through (0711), so that Postgres' own user reaches
 * its files; everyone else keeps the directory to himself.
 */
export function prepareDataDir(dataDir: string, secrets: SecretName[]): void {
  const isNew = !existsSync(dataDir)
  try {
    mkdirSync(dataDir, { recursive: true })
    if (isNew) chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    for (const name of secrets) makeSecret(dataDir, name)
  } catch (error) {
    if (!systemCode(error)) throw error
    throw new StartProblem(
      `The data directory ${dataDir} cannot be ${isNew ? 'made' : 'written'} (${systemCode(error)}). ` +
        'Give this user the right to write there, or set CPMS_DATA_DIR to another place.',
    )
  }
}

function makeSecret(dataDir: string, name: SecretName): void {
  const known = readSecret(dataDir, name)
  if (known?.value) return refuseReadableByOthers(known.file, 'A secret of this installation')
  const file = secretFile(dataDir, name)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  // Written whole beside its place, then linked: of two starts at once the second keeps what the first made.
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomSecret()}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    // A file system without links: no second start to fear there.
    if (systemCode(error) !== 'EEXIST') renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

import { askWithGetLog } from '../../commands/diagnostics'
import {
  claimDiagnostics,
  dropOldDiagnostics,
  failDiagnostics,
  knownFiles,
  noteUploading,
} from '../../db/queries/diagnosticsFiles'
import { pruneTransfers } from '../../db/queries/transfers'
import { withTransaction } from '../../db/tx'
import { nextStep } from '../../domain/diagnostics'
import { env } from '../../platform/env'
import { dropStrangers } from '../../platform/fileStore'
import type { JobContext, JobDefinition } from '../job'

/** Diagnostics files that have not come: what the charger says of them, and when to stop waiting. */
export const advanceDiagnostics: JobDefinition = {
  name: 'advanceDiagnostics',
  expression: '1-59/3 * * * * *',
  run: (context) => advanceDiagnosticsAt(context, env().filesPublicUrl),
}

/** The same with the address of the file door handed in. */
export async function advanceDiagnosticsAt(
  { pool, now }: JobContext,
  filesUrl: string,
): Promise<void> {
  const at = now()
  await withTransaction(pool, async (sql) => {
    for (const file of await claimDiagnostics(sql, 200)) {
      const step = nextStep(file, at)
      if (step.kind === 'fail') await failDiagnostics(sql, file.id, step.reason, at)
      else if (step.kind === 'uploading') await noteUploading(sql, file.id, at)
      else if (step.kind === 'ask-get-log')
        await askWithGetLog(sql, file, {
          actor: { name: 'Diagnostics', role: null, ip: null, requestId: null },
          filesUrl,
          now: at,
        })
    }
  })
}

const dayMs = 86_400_000
export const diagnosticsKeptDays = 90

/** Old diagnostics go, and so do bytes that no row knows: what was deleted, and what broke off. */
export const pruneFiles: JobDefinition = {
  name: 'pruneFiles',
  expression: '0 40 3 * * *',
  catchUpAfterMs: dayMs,
  run: (context) => pruneFilesIn(context, env().dataDir),
}

export async function pruneFilesIn({ pool, now }: JobContext, dataDir: string): Promise<void> {
  const at = now().getTime()
  await dropOldDiagnostics(pool, new Date(at - diagnosticsKeptDays * dayMs))
  await pruneTransfers(pool, new Date(at - dayMs))
  const known = await knownFiles(pool)
  for (const kind of ['firmware', 'diagnostics'] as const)
    await dropStrangers(dataDir, kind, { known: known[kind], beforeMs: at - dayMs })
}

import { commitTransaction, initTransaction, killTransaction, type PayloadRequest } from 'payload'

/** `inTransaction`: what `work` writes through `requestSql(req)` commits as one, or not at all. */
export async function inTransaction<T>(req: PayloadRequest, work: () => Promise<T>): Promise<T> {
  const isOurs = await initTransaction(req)
  try {
    const result = await work()
    if (isOurs) await commitTransaction(req)
    return result
  } catch (error) {
    await killTransaction(req)
    throw error
  }
}

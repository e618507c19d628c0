import { guarded } from '@/panel/guard'
import { confirmAnswer, confirmPage } from '@/panel/public/confirm'

type Context = { params: Promise<{ key: string }> }

/** A short form, nothing more. */
const longestBody = 4_096

export const GET = guarded(async (_request, { params }: Context) => confirmPage((await params).key))
export const POST = guarded(
  async (request, { params }: Context) => confirmAnswer((await params).key, request),
  longestBody,
)

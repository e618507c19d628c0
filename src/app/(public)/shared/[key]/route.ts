import { guarded } from '@/panel/guard'
import { sharedPage } from '@/panel/public/shared'

type Context = { params: Promise<{ key: string }> }

export const GET = guarded(async (request, { params }: Context) =>
  sharedPage((await params).key, request),
)

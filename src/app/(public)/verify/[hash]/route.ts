import { guarded } from '@/panel/guard'
import { verifyPage } from '@/panel/public/verify'

type Context = { params: Promise<{ hash: string }> }

export const GET = guarded(async (_request, { params }: Context) => verifyPage((await params).hash))

import { hearCards } from '@/api'

export const dynamic = 'force-dynamic'

export const POST = (request: Request) => hearCards(request)

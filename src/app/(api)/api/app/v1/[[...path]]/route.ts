import { answerApp } from '@/api'

export const dynamic = 'force-dynamic'

export const GET = answerApp
export const POST = answerApp
export const PUT = answerApp
export const PATCH = answerApp
export const DELETE = answerApp

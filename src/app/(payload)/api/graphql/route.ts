import config from '@payload-config'
import { GRAPHQL_POST, REST_OPTIONS } from '@payloadcms/next/routes'

import { guardedGraphql } from '@/panel/guard'

export const POST = guardedGraphql(GRAPHQL_POST(config))
export const OPTIONS = REST_OPTIONS(config)

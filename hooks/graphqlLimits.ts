import { GraphQLError, Kind, type ASTNode, type ASTVisitor, type ValidationContext } from 'graphql'

const deepest = 8
const mostFields = 500
const mostAliases = 50

/** Words of Payload's schema that nobody here needs: whether there is a user, secrets (they answer null), copies. */
const closedFields: ReadonlySet<string> = new Set([
  'initializedUser',
  'verifyEmailUser',
  'hash',
  'salt',
  'resetPasswordToken',
  'resetPasswordExpiration',
  'resetPasswordRequestedAt',
  'duplicatePayloadPreference',
])

/** `graphqlLimits`: how deep and how wide one query may be (SEC-30); counted before anything is read. */
export function graphqlLimits(context: ValidationContext): ASTVisitor {
  let depth = 0
  let fields = 0
  let aliases = 0
  let isOver = false
  const refuse = (node: ASTNode, sentence: string) => {
    if (!isOver) context.reportError(new GraphQLError(sentence, { nodes: [node] }))
    isOver = true
  }
  return {
    [Kind.FIELD]: {
      enter(node) {
        depth++
        fields++
        if (node.alias) aliases++
        // what there is to ask is no secret of ours, but nobody's to list: the routes are documented for people
        if (node.name.value === '__schema' || node.name.value === '__type')
          refuse(node, 'The schema cannot be read.')
        if (closedFields.has(node.name.value))
          refuse(node, `Cannot query field "${node.name.value}".`)
        if (depth > deepest) refuse(node, `A query is at most ${deepest} levels deep.`)
        if (fields > mostFields) refuse(node, `A query has at most ${mostFields} fields.`)
        if (aliases > mostAliases) refuse(node, `A query has at most ${mostAliases} aliases.`)
      },
      leave() {
        depth--
      },
    },
  }
}

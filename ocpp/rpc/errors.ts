/**
 * The error codes of OCPP-J 1.6 as they stand on the wire. Two are misprints that the errata keep for the sake of
 * firmware in the field: `FormationViolation` and `OccurenceConstraintViolation` (OCPP-J 1.6 errata §5). OCPP 2.x
 * spells them `FormatViolation` and `OccurrenceConstraintViolation`.
 */
export type ErrorCode =
  | 'NotImplemented'
  | 'NotSupported'
  | 'InternalError'
  | 'ProtocolError'
  | 'SecurityError'
  | 'FormationViolation'
  | 'PropertyConstraintViolation'
  | 'OccurenceConstraintViolation'
  | 'TypeConstraintViolation'
  | 'GenericError'

/** Why a message cannot be taken: the code that the charger is told and a public sentence that names the member. */
export type Problem = { code: ErrorCode; text: string }

/**
 * The code for a broken rule of a schema (the rule's JSON Schema keyword). The standard's table is short; where two
 * codes would do, the more exact one is taken: a member that is missing or there too often is `OccurenceConstraint`,
 * one that is not part of the message is a message that does not "conform to the PDU structure".
 */
export function codeOfRule(rule: string, member: string): ErrorCode {
  switch (rule) {
    case 'type':
      return member === 'payload' ? 'FormationViolation' : 'TypeConstraintViolation'
    case 'required':
    case 'minItems':
    case 'maxItems':
      return 'OccurenceConstraintViolation'
    case 'additionalProperties':
      return 'FormationViolation'
    default:
      return 'PropertyConstraintViolation'
  }
}

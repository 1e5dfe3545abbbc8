/**
 * What Terraform says of an expression that it refuses. Thrown inside the evaluator, where any depth of a conversion or function
 * may find it, and caught at the operator or call that it makes unknown. It never leaves `evaluate`.
 */
export class Complaint extends Error {}

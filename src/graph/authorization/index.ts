// Who may read which field: enforced scopes, unmasking, sensitive fields, and the printed table.
export { scopeByLink, scopesByRoute } from "./accessTable";
export { guard, refusalOfIntrospection, type Field, meets, requirementsOf } from "./enforceScopes";
export { refusalOfFields } from "./fieldsOfDocument";
export { reveal } from "./reveal";
export { Sensitive, type SensitiveNames, sensitiveDirective, sensitiveNames } from "./sensitive";

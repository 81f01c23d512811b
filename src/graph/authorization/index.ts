export { scopeByRoute } from "./accessTable";
export { guard } from "./enforceScopes";
export { refusalOfIntrospection } from "./introspection";
export { reveal } from "./reveal";
export { type Field, meets, requirementsOf } from "./scopes";
export { Sensitive, type SensitiveNames, sensitiveDirective, sensitiveNames } from "./sensitive";

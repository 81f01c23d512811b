export { type GraphqlServer, createApollo } from "./apollo";
export { createDocumentCheck, createDocumentRun } from "./endpointDocuments";
export { type OperationEvents, type OperationEventsSettings, codeOf, createOperationEvents } from "./operationEvents";
export { askedIn } from "./question";

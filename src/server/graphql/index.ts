export { type GraphqlServer, createApollo } from "./apollo";
export { type OperationEvents, type OperationEventsSettings, codeOf, createOperationEvents } from "./operationEvents";
export { askedIn } from "./question";

import type { FaultCode } from "../../src/kernel/fault";
import { faultOfPortalWords } from "../../src/providers/replies";

it.each<[string, FaultCode | undefined]>([
  ["Incorrect credentials, cannot login. Please try again", "INVALID_CREDENTIALS"],
  ["Invalid username or password", "INVALID_CREDENTIALS"],
  ["Your password is incorrect", "INVALID_CREDENTIALS"],
  ["Your account has been locked", "ACCOUNT_LOCKED"],
  ["e-Filing Vault Higher Security is enabled", "ACCOUNT_LOCKED"],
  ["Pan Number Not Found", "PAN_NOT_FOUND"],
  ["User does not exist", "PAN_NOT_FOUND"],
  ["The income tax portal is unavailable", "PORTAL_UNAVAILABLE"],
  ["The portal is under maintenance", "PORTAL_UNAVAILABLE"],
  ["Please try again later", "PORTAL_UNAVAILABLE"],
  ["Service unavailable", undefined],
  ["Something new", undefined],
])("reads %j as %s", (message, code) => {
  expect(faultOfPortalWords("TUTELAR", message)?.code).toBe(code);
});

it("reads a text of any length soon", () => {
  expect(faultOfPortalWords("TUTELAR", "invalid ".repeat(1_000_000))).toBeUndefined();
});

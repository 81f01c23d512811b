import type { FaultCode } from "../../src/kernel/fault";
import { faultOfPortalWords, saysNoneOnRecord } from "../../src/providers/replies";

it.each<[string, FaultCode | undefined]>([
  ["Incorrect credentials, cannot login. Please try again", "INVALID_CREDENTIALS"],
  ["Invalid username or password", "INVALID_CREDENTIALS"],
  ["Your password is incorrect", "INVALID_CREDENTIALS"],
  ["Your account has been locked", "ACCOUNT_LOCKED"],
  ["User is blocked after five attempts", "ACCOUNT_LOCKED"],
  ["Account lockout", "ACCOUNT_LOCKED"],
  ["The account was blocked. Please try again later", "ACCOUNT_LOCKED"],
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

describe("that there is nothing on record", () => {
  it.each([
    "No ITR found",
    "No ITR data found",
    "JOB FAILED. No ITR data found",
    "ITR analysis job failed: no records found",
    "No AIS found for the financial year",
    "No returns were filed in the last 3 years",
    "No data available",
  ])("is said by %j", (words) => {
    expect(saysNoneOnRecord("FINPASS", words)).toBe(true);
  });

  it.each([
    "Invalid credentials. No ITR data was fetched",
    "The portal is down, no data could be fetched",
    "Account locked, no ITR found",
    "Account blocked, no returns available",
    "Login failed. No ITR data found",
    "No data available, please try again later",
    "No ITR data available: an error occurred",
    "No records could be read",
    "No data",
    "Unable to log in, no ITR data available",
    "Session timed out. No records found",
    "Processing. No records available yet",
    "",
  ])("is not said by %j", (words) => {
    expect(saysNoneOnRecord("FINPASS", words)).toBe(false);
  });
});

it("reads a text of any length soon", () => {
  expect(faultOfPortalWords("TUTELAR", "invalid ".repeat(1_000_000))).toBeUndefined();
});

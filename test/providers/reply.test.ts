import { faultOfStatus } from "../../src/providers/replies";

describe("a vendor's Retry-After", () => {
  it.each<[string | undefined, number | undefined]>([
    ["60", 60],
    ["3600", 3_600],
    ["86400", 3_600],
    ["999999999", 3_600],
    ["9999999999999", undefined],
    ["1e9", undefined],
    ["0", undefined],
    ["-5", undefined],
    ["soon", undefined],
    [undefined, undefined],
  ])("of %s is %s seconds", (told, seconds) => {
    const fault = faultOfStatus("EKO", { status: 429, headers: { "retry-after": told }, text: "" });
    expect(fault).toMatchObject({ code: "PROVIDER_RATE_LIMITED" });
    expect(fault?.context.retryAfterSeconds).toBe(seconds);
  });
});

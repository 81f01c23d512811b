/** The sandbox people whom the tabs ask about. */
export const pans = {
  filed: "ZZZPA1001A",
  notFiled: "ZZZPA1002B",
  unknown: "ZZZPA1003C",
  unavailable: "ZZZPA1004D",
};

/** Of the first of them, at the sandbox's income-tax portal. */
export const portalPassword = "Sandbox@1001";

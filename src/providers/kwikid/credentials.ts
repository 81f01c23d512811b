/** The name of the setting: the Verification API's token, from the vendor's dashboard. */
export const tokenName = "KWIKID_TOKEN";

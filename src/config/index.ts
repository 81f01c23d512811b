export { mayReturnTo } from "./linkSettings";
export { printSettings, settingNames } from "./settingsTable";
export { ConfigurationError, type Settings, readSettings } from "./settings";
export type { VendorSettings } from "./vendorSettings";

interface City {
  readonly state: string;
  readonly locality: string;
  readonly postalCode: string;
  readonly areaCode: string;
}

export const cityByName = {
  MUMBAI: { state: "MAHARASHTRA", locality: "ANDHERI EAST", postalCode: "400069", areaCode: "MUM" },
  PUNE: { state: "MAHARASHTRA", locality: "KOTHRUD", postalCode: "411038", areaCode: "PNE" },
  BENGALURU: { state: "KARNATAKA", locality: "INDIRANAGAR", postalCode: "560038", areaCode: "BLR" },
  DELHI: { state: "DELHI", locality: "LAJPAT NAGAR", postalCode: "110024", areaCode: "DEL" },
  KOLKATA: { state: "WEST BENGAL", locality: "BALLYGUNGE", postalCode: "700019", areaCode: "WBG" },
  CHENNAI: { state: "TAMIL NADU", locality: "ADYAR", postalCode: "600020", areaCode: "CHE" },
  JAIPUR: { state: "RAJASTHAN", locality: "MALVIYA NAGAR", postalCode: "302017", areaCode: "RJN" },
  KOCHI: { state: "KERALA", locality: "EDAPPALLY", postalCode: "682024", areaCode: "KRL" },
} as const satisfies Record<string, City>;

export type CityName = keyof typeof cityByName;
export const cityNames = Object.keys(cityByName) as [CityName, ...CityName[]];

/** An invented person. */
export const portalPan = "ZZZPV2797D";

const summaryColumns = [
  "Information Category",
  "Information Code",
  "Information Description",
  "Information Source",
  "Count",
  "Amount",
  "Information Category Code",
  "Derived Amount",
  "Qualifies For",
];

const column = (field: string, name: string) => ({ field, name, type: "String", seq: 1, sumRequired: false });
const statusColumns = [column("status", "Status"), column("transFeedback", "Feedback")];

/**
 * A file in the layout of the portal's utility, written by hand and not by our own writer. The figures and people are
 * invented.
 */
export function portalFile(): Record<string, unknown> {
  return {
    metadata: { loggedInPan: portalPan, jsonVersion: "14.0.0", downloadDate: "23-Jul-2026", utilityVersion: "1.0" },
    header: { title: "AIS", columnLabel: ["Financial Year ", "Assessment Year"], columnData: ["2025-26", "2026-27"] },
    partA: {
      columnLabel: ["Permanent Account Number (PAN)", "Aadhaar Number", "Name of Assessee", "Date of Birth"],
      columnData: [portalPan, "XXXX XXXX 0124", "INVENTED PERSON", "29/07/1988"],
    },
    partB: {
      title: "Annual Information Statement (Part B)",
      lastFeedbackMap: {},
      sections: [
        { sectionKey: "tdsTcs", title: "Part B1", heading: "TDS/TCS Information", elements: [salary, remittance] },
        { sectionKey: "sft", title: "Part B2", heading: "SFT Information", elements: [dividend, sale] },
        { sectionKey: "paymentOfTaxes", title: "Part B3", heading: "Payment of Taxes", elements: [challans] },
        {
          sectionKey: "demandAndRefund",
          title: "Part B4",
          heading: "Demand and Refund",
          subSections: [
            { sectionKey: "demand", title: "Demand", elements: [demands] },
            { sectionKey: "refund", title: "Refund", elements: [refunds] },
          ],
        },
        { sectionKey: "other-info", title: "Part B7", heading: "Other", elements: [{ l1: null, l2: {} }, null] },
      ],
    },
    rejectedFeedbacks: null,
    footer: { columnLabel: ["Download ID", "IP Address"], columnData: ["A1", "XX.XX.XX.XX"] },
    fileSize: null,
  };
}

const salary = {
  title: "Salary",
  l1Src: "AIS_TDS_TCS",
  infoSrcId: "BLRI12345D",
  l2: {
    columnLabel: summaryColumns,
    columnData: [
      [
        "Salary",
        "TDS-192",
        "Salary received (Section 192)",
        "INVENTED SYSTEMS PRIVATE LIMITED (BLRI12345D)",
        "2",
        "23,55,054",
        "SAL",
        null,
        "",
        "hidden",
      ],
    ],
  },
  l1: {
    columnLabel: [
      column("tsnId", "TSN"),
      column("quarter", "Quarter"),
      column("transactionDate", "Date of Payment/Credit"),
      column("amtPaid", "Amount Paid/Credited"),
      column("amountDeducted", "TDS Deducted"),
      column("amountDeposited", "TDS Deposited"),
      ...statusColumns,
    ],
    columnData: [
      ["1", "Q4(Jan-Mar)", "07/01/2026", "21,03,820", "3,04,294", "3,04,294", "Active", "Optional", "hidden"],
      ["2", "Q3(Oct-Dec)", "05/12/2025", "2,51,234", "40,035", "40,000", "Active", "Optional"],
      ["3", "Q3(Oct-Dec)", "05/12/2025", "2,51,234", "40,035", "40,035", "Inactive", "Optional"],
    ],
  },
};

/** The columns of a collection have other names, and no known fields. */
const remittance = {
  title: "Outward foreign remittance/purchase of foreign currency",
  l2: {
    columnLabel: summaryColumns,
    columnData: [
      ["Remittance", "TCS-206CQ", "Remittance under LRS", "INVENTED BANK (MUMI03189E)", "1", "4,19,000", "", "", ""],
    ],
  },
  l1: {
    columnLabel: [
      { name: "TSN" },
      { name: "Quarter" },
      { name: "Date of Receipt/ Debit" },
      { name: "Amount Received/Debited" },
      { name: "Tax Collected" },
      { name: "TCS Deposited" },
      { name: "Status" },
    ],
    columnData: [["1", "Q3(Oct-Dec)", "09/10/2025", "4,19,000", "20,950", "20,950", "Active"]],
  },
};

const dividend = {
  title: "Dividend",
  infoSrcId: "ZZZCS0970L",
  l2: {
    columnLabel: summaryColumns,
    columnData: [
      [
        "Dividend",
        "SFT-015",
        "Dividend income (SFT-015)",
        "INVENTED LTD (ZZZCS0970L.AZ804)",
        "1",
        "12",
        "DIV",
        "12",
        "",
      ],
    ],
  },
  l1: {
    columnLabel: [
      column("tsnId", "TSN"),
      column("reportedOn", "Reported On"),
      column("amtPaid", "Dividend Amount"),
      ...statusColumns,
    ],
    columnData: [["6", "28/05/2026", "12", "Active", "Optional"]],
  },
};

const sale = {
  title: "Sale of securities and units of mutual fund",
  l2: {
    columnLabel: summaryColumns,
    columnData: [
      ["Sale of securities", "SFT-17-LES(M)", "Sale of equity", "INVENTED DEPOSITORY", "1", "13,762", "", "", ""],
    ],
  },
  l1: {
    columnLabel: [
      column("tsnId", "TSN"),
      column("transferDate", "Date of Sale/Transfer"),
      column("securityName", "Security Name (Security Code)"),
      column("quantity", "Quantity"),
      column("sellPricePerUnit", "Sale Price Per unit"),
      column("salesConsideration", "Sales Consideration"),
      ...statusColumns,
    ],
    columnData: [
      ["9", "08/10/2025", "INVENTED # EQUITY SHARES(INE726)", "27.00", "509.7037", "13,761.90", "Active", ""],
    ],
  },
};

const challans = {
  title: "",
  columnLabel: [
    "Financial Year",
    "Major Head",
    "Minor Head",
    "Tax (A)",
    "Surcharge (B)",
    "Education Cess (C)",
    "Others (D)",
    "Total (A+B+C+D)",
    "BSR Code",
    "Date Of Deposit",
    "Challan Serial Number",
    "Challan Identification Number",
  ],
  columnDataType: [],
  columnData: [
    [
      "2024-25",
      "Income Tax (Other than Companies)",
      "Self Assessment",
      "6,000",
      "0",
      "50",
      "0",
      "6,050",
      "0002271",
      "28/07/2025",
      "63043",
      "X1",
    ],
    [
      "2025-26",
      "Income Tax (Other than Companies)",
      "Advance Tax",
      "50,000",
      "0",
      "0",
      "0",
      "50,000",
      "0002271",
      "14/03/2026",
      "63044",
      "X2",
    ],
  ],
};

/** No file with demands was available: these columns are a guess. */
const demands = {
  columnLabel: ["Assessment Year", "Section", "Date of Demand", "Outstanding Demand"],
  columnData: [["2022-23", "143(1)", "02/06/2025", "8,600"]],
};

const refunds = {
  columnLabel: ["Financial Year", "Mode", "Nature of Refund", "Refund Amount", "Date of Payment"],
  columnDataType: [],
  columnData: [["2024-25", "ECS", "ECS (direct credit to bank account)", "790", "31/10/2025"]],
};

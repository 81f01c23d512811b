import { readItrJson } from "../../src/department/returns/readItrJson";
import { rupees } from "../../src/domain/rupees";
import type { IncomeYear } from "../../src/domain/taxPeriod";

/** The return in Finpass's published sample. Its year and all of Part B-TI are missing. */
const published = {
  ITR: {
    ITR2: {
      CreationInfo: {
        SWVersionNo: "R1",
        SWCreatedBy: "SW10012526",
        JSONCreatedBy: "SW10012526",
        JSONCreationDate: "2025-07-28",
        IntermediaryCity: "Bangalore",
        Digest: "MockDigestHash1234567890",
      },
      PartA_GEN1: {
        FilingStatus: {
          SeventhProvisio139: "N",
          AsseseeRepFlg: "N",
          ReturnFileSec: 11,
          ItrFilingDueDate: "2025-07-31",
          ResidentialStatus: "RES",
          ConditionsResStatus: "1",
          OptOutNewTaxRegime_Method: "BY10IEA",
          OptOutNewTaxRegime_Form10IEA_AY24_25: "N",
          No_OptOutNewTaxReg: "N",
          BenefitUs115HFlg: "N",
          AggrPaymentTransac: 0,
          NumberOfUsers: 0,
        },
        PersonalInfo: {
          Status: "I",
          AadhaarCardNo: "123456789012",
          Address: {
            ResidenceName: "MG Road Extension",
            CityOrTownOrDistrict: "Bangalore",
            CountryCodeMobile: 91,
            MobileNo: 9876543210,
            PinCode: 560080,
            CountryCode: "91",
            EmailAddress: "rajesh.sharma.tax@gmail.com",
            ResidenceNo: "Apt 405, Tower B",
            RoadOrStreet: "Bangalore",
            StateCode: "29",
            LocalityOrArea: "Bangalore",
            CountryCodeMobileNoSec: 91,
          },
          AssesseeName: { FirstName: "RAJESH", SurNameOrOrgName: "SHARMA" },
          DOB: "1998-05-15",
          PAN: "AABPM5678K",
        },
      },
      PartB_TTI: {
        Refund: {
          BankAccountDtls: {
            AddtnlBankDetails: [
              {
                IFSCCode: "HDFC0000001",
                BankName: "HDFC BANK LIMITED",
                BankAccountNo: "123456789012345",
                UseForRefund: "true",
                AccountType: "SB",
              },
              {
                IFSCCode: "ICIC0000001",
                BankName: "ICICI BANK LIMITED",
                BankAccountNo: "987654321098765",
                UseForRefund: "true",
                AccountType: "SB",
              },
            ],
            BankDtlsFlag: "Y",
          },
          RefundDue: 5450,
        },
        ComputationOfTaxLiability: {
          TaxPayableOnTI: {
            TaxAtNormalRatesOnAggrInc: 95000,
            TaxAtSpecialRates: 0,
            TaxPayableOnTotInc: 95000,
            Rebate87A: 95000,
            TaxPayableOnRebate: 0,
            EducationCess: 0,
            GrossTaxLiability: 0,
          },
          IntrstPay: {
            LateFilingFee234F: 0,
            IntrstPayUs234C: 0,
            IntrstPayUs234B: 0,
            IntrstPayUs234A: 0,
            TotalIntrstPay: 0,
          },
          GrossTaxPayable: 0,
          TaxPayAfterCreditUs115JD: 0,
          NetTaxLiability: 0,
          AggregateTaxInterestLiability: 0,
        },
        AssetOutIndiaFlag: "NO",
        TaxPaid: {
          BalTaxPayable: 0,
          TaxesPaid: { TDS: 5450, TotalTaxesPaid: 5450, AdvanceTax: 0, TCS: 0, SelfAssessmentTax: 0 },
        },
      },
    },
  },
};

const read = readItrJson(published, { incomeYear: 2024 as IncomeYear });

describe("the return in Finpass's sample", () => {
  it("is no filing by itself, because it names no year", () => {
    expect(readItrJson(published)).toBeUndefined();
  });

  it("reads as its filing, with null for missing figures", () => {
    const none = rupees(0);
    const account = { kind: "SAVINGS", isForRefund: true };
    expect(read?.filing).toEqual({
      incomeYear: 2024,
      form: "ITR_2",
      kind: "ORIGINAL",
      residentialStatus: "RESIDENT",
      dueOn: "2025-09-16",
      particulars: { specialRateTax: none },
      section: "139(1)",
      timeliness: "ON_TIME",
      status: "UNKNOWN",
      statusHistory: [],
      // The flags of a business return say so. The vendor's own reading of them, the old regime, is the mapper's matter.
      regime: "NEW",
      incomeHeads: undefined,
      grossTotalIncome: null,
      deductions: null,
      totalIncome: null,
      tax: {
        taxOnTotalIncome: rupees(95_000),
        rebate: rupees(95_000),
        surcharge: null,
        cess: none,
        grossTaxLiability: none,
        relief: none,
        netTaxLiability: none,
        interest: none,
        lateFilingFee: none,
        totalPayable: none,
      },
      taxesPaid: {
        advanceTax: none,
        taxDeducted: rupees(5_450),
        taxCollected: none,
        selfAssessmentTax: none,
        total: rupees(5_450),
        balancePayable: none,
      },
      refund: { claimed: rupees(5_450) },
      demand: null,
      bankAccounts: [
        { ...account, accountNumber: "XXXX2345", bankName: "HDFC BANK LIMITED", ifsc: "HDFC0000001" },
        { ...account, accountNumber: "XXXX8765", bankName: "ICICI BANK LIMITED", ifsc: "ICIC0000001" },
      ],
    });
  });

  it("masks the person's Aadhaar number", () => {
    expect(read?.profile).toEqual({
      name: "RAJESH SHARMA",
      dateOfBirth: "1998-05-15",
      category: "Individual",
      email: "rajesh.sharma.tax@gmail.com",
      mobile: "9876543210",
      address: {
        lines: ["Apt 405, Tower B", "MG Road Extension", "Bangalore"],
        locality: "Bangalore",
        city: "Bangalore",
        state: "Tamil Nadu",
        postalCode: "560080",
        country: "India",
      },
      aadhaar: "XXXX XXXX 9012",
      aadhaarLink: { linked: null },
    });
  });
});

// Resolvers of the peers that are given a schema in SDL. What comes in batches, each of them loads in its own way.
import { GraphQLScalarType } from "graphql";
import { assessmentYearOf, holderTypeOf, maskPan } from "./source.mjs";

const ofYear = { assessmentYear: ({ incomeYear }) => assessmentYearOf(incomeYear) };

export const resolvers = {
  Rupees: new GraphQLScalarType({ name: "Rupees", serialize: (paise) => paise / 100 }),
  Query: {
    taxpayer: (_root, { pan }) => ({ wholePan: pan }),
    taxpayers: (_root, { pans }) => pans.map((pan) => ({ wholePan: pan })),
  },
  Taxpayer: {
    pan: ({ wholePan }) => maskPan(wholePan),
    holderType: ({ wholePan }) => holderTypeOf(wholePan),
  },
  ComplianceStatus: ofYear,
  Filing: ofYear,
};

// Apollo Server as its documentation starts one, with a type-graphql schema of all defaults and a loader per request.
import "reflect-metadata";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import DataLoader from "dataloader";
import { GraphQLScalarType } from "graphql";
import * as graphql from "type-graphql";
import { assessmentYearOf, complianceReader, heldFilingsOf, holderTypeOf, maskPan } from "./source.mjs";

const readCompliance = complianceReader("pool");
const Rupees = new GraphQLScalarType({ name: "Rupees", serialize: (paise) => paise / 100 });
const Pan = new GraphQLScalarType({ name: "Pan" });
const Day = new GraphQLScalarType({ name: "Date" });
const maybe = { nullable: true };

const IncomeHeads = objectType("IncomeHeads", {
  salary: [() => Rupees, maybe],
  houseProperty: [() => Rupees, maybe],
  businessOrProfession: [() => Rupees, maybe],
  capitalGains: [() => Rupees, maybe],
  otherSources: [() => Rupees, maybe],
});
const Filing = objectType("Filing", {
  assessmentYear: [() => String],
  form: [() => String],
  filedOn: [() => Day, maybe],
  status: [() => String],
  totalIncome: [() => Rupees, maybe],
  incomeHeads: [() => IncomeHeads, maybe],
});
const FilingConnection = objectType("FilingConnection", { nodes: [() => [Filing], maybe] });
const ComplianceStatus = objectType("ComplianceStatus", {
  itrFiled: [() => Boolean],
  standing: [() => String],
  filingStatus: [() => String],
  assessmentYear: [() => String, maybe],
  filedOn: [() => Day, maybe],
});
const Taxpayer = objectType("Taxpayer", {});

class TaxpayerResolver {
  taxpayer(pan) {
    return { wholePan: pan };
  }
  taxpayers(pans) {
    return pans.map((pan) => ({ wholePan: pan }));
  }
  pan({ wholePan }) {
    return maskPan(wholePan);
  }
  holderType({ wholePan }) {
    return holderTypeOf(wholePan);
  }
  async compliance({ wholePan }, context) {
    const found = await context.compliance.load(wholePan);
    return { ...found, assessmentYear: assessmentYearOf(found.incomeYear) };
  }
  filings({ wholePan }, first) {
    const filings = heldFilingsOf(wholePan).slice(0, first);
    return { nodes: filings.map((each) => ({ ...each, assessmentYear: assessmentYearOf(each.incomeYear) })) };
  }
}
const int = () => graphql.Int;
query(
  "taxpayer",
  () => Taxpayer,
  graphql.Arg("pan", () => Pan),
);
query(
  "taxpayers",
  () => [Taxpayer],
  graphql.Arg("pans", () => [Pan]),
);
field("pan", () => String);
field("holderType", () => String);
field("compliance", () => ComplianceStatus, graphql.Ctx(), graphql.Arg("maxAgeSeconds", int, maybe));
field("filings", () => FilingConnection, graphql.Arg("first", int, { defaultValue: 10 }));
graphql.Resolver(() => Taxpayer)(TaxpayerResolver);

const schema = await graphql.buildSchema({ resolvers: [TaxpayerResolver] });
const server = new ApolloServer({ schema });
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: "127.0.0.1" },
  context: async () => ({ compliance: new DataLoader((pans) => Promise.all(pans.map(readCompliance))) }),
});
console.log(`listening ${url}`);

/** Decorators are functions: without a compiler they are called by hand. */
function objectType(name, fields) {
  const type = { [name]: class {} }[name];
  for (const [field, args] of Object.entries(fields)) graphql.Field(...args)(type.prototype, field);
  graphql.ObjectType(name)(type);
  return type;
}

function query(name, type, ...parameters) {
  decorate(name, graphql.Query(type), parameters, 0);
}

function field(name, type, ...parameters) {
  decorate(name, graphql.FieldResolver(type, maybe), [graphql.Root(), ...parameters], 0);
}

function decorate(name, method, parameters, from) {
  const { prototype } = TaxpayerResolver;
  Reflect.defineMetadata(
    "design:paramtypes",
    parameters.map(() => Object),
    prototype,
    name,
  );
  parameters.forEach((parameter, at) => parameter(prototype, name, from + at));
  method(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
}

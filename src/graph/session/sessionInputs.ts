import { ArrayNotEmpty, IsNotEmpty, Length, Matches, Max, Min, ValidateNested } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import type { DocumentKind, ProviderId, Instant, ConsentPurpose, ConsentTerms } from "../../domain";
import { enums, DateTimeScalar, PanScalar, panArgument } from "../types";
import { Sensitive } from "../authorization";
import { Fault, Secret } from "../../kernel";
import type { OpenRequest } from "../../sessions";
import type { GraphContext } from "../context";

@InputType({ description: "What the taxpayer agreed to, as the caller has it in writing." })
export class ConsentInput {
  @Field(() => enums.ConsentPurpose, { description: "What the data may be used for." })
  purpose!: ConsentPurpose;

  @Field(() => String, {
    nullable: true,
    description: "Your own name for it, to find it again in your records. It is kept sealed.",
  })
  @Sensitive("PERSONAL")
  reference?: string | null;

  @Field(() => DateTimeScalar, { description: "From when on it holds." })
  startsAt!: Instant;

  @Field(() => DateTimeScalar, { description: "From then on nothing is fetched or read under it. After startsAt." })
  expiresAt!: Instant;

  @Field(() => Int, { description: "How many days what was fetched may be kept: 1 to 3650." })
  @Min(1)
  @Max(3_650)
  dataLifeDays!: number;

  @Field(() => Int, {
    nullable: true,
    description: "How often data may be fetched, this session included. Left out: as often as need be.",
  })
  @Min(1)
  maxFetches?: number | null;
}

@InputType({ description: "A login to make, and what it is for." })
export class OpenSessionInput {
  @Field(() => PanScalar, { description: 'Whose login it is: "ABCDE1234F".' })
  @Sensitive("PERSONAL")
  pan!: string;

  @Field(() => String, {
    description: "The taxpayer's password at the income-tax portal. It is never kept. Send it as a variable only.",
  })
  @Sensitive("SECRET")
  @IsNotEmpty()
  password!: string;

  @Field(() => enums.ProviderId, {
    nullable: true,
    description: "Who is to log in. Left out: the provider that is up and brings most of the documents.",
  })
  provider?: ProviderId | null;

  @Field(() => [enums.DocumentKind], {
    nullable: true,
    description: "What is wanted: [FILINGS, TAX_CREDITS]. Left out: all that the provider has.",
  })
  @ArrayNotEmpty()
  documents?: DocumentKind[] | null;

  @Field(() => Int, { nullable: true, defaultValue: 3, description: "How many of the latest years: 1 to 7." })
  @Min(1)
  @Max(7)
  years?: number | null;

  @Field(() => ConsentInput, { description: "What the taxpayer agreed to. Without it nobody logs in." })
  @ValidateNested()
  consent!: ConsentInput;

  @Field(() => String, {
    description:
      "A name of your own for this request, new for each, up to 200 letters. The same name with the same input brings the same session and makes no second login; with other input it is a CONFLICT. It is remembered for a day.",
  })
  @Sensitive("PERSONAL")
  @Length(1, 200)
  idempotencyKey!: string;
}

@InputType({ description: "A one-time password that the taxpayer has been sent." })
export class SubmitOtpInput {
  @Field(() => ID, { description: "The session that awaits it." })
  sessionId!: string;

  @Field(() => String, { description: "4 to 8 digits. It is never kept. Send it as a variable only." })
  @Sensitive("SECRET")
  @Matches(/^[0-9]{4,8}$/, { message: "otp must be 4 to 8 digits" })
  otp!: string;

  @Field(() => String, {
    nullable: true,
    description: "Only for providers that hand their access token to you and not to us.",
  })
  @Sensitive("SECRET")
  @IsNotEmpty()
  accessToken?: string | null;
}

@InputType({ description: "A session to act on." })
export class SessionInput {
  @Field(() => ID, { description: "As openSession named it." })
  sessionId!: string;
}

const usualYears = 3;

/** The request of a caller, after its input is checked. */
export function toOpenRequest(input: OpenSessionInput, context: GraphContext): OpenRequest {
  const { password, provider, documents, years, idempotencyKey } = input;
  return {
    tenant: context.access.tenant,
    by: context.by,
    pan: panArgument(context, "pan", input.pan),
    password: new Secret(password),
    provider: provider ?? undefined,
    documents: documents ? [...new Set(documents)] : undefined,
    years: years ?? usualYears,
    consent: toConsentTerms(input.consent),
    idempotencyKey,
  };
}

export function toConsentTerms({ purpose, reference, dataLifeDays, maxFetches, ...input }: ConsentInput): ConsentTerms {
  const startsAtMs = Date.parse(input.startsAt);
  const expiresAtMs = Date.parse(input.expiresAt);
  if (expiresAtMs <= startsAtMs) {
    throw new Fault("BAD_INPUT", { field: "consent.expiresAt", hint: "A consent ends after it has begun." });
  }
  const mostFetches = maxFetches ?? undefined;
  return { purpose, reference: reference ?? undefined, startsAtMs, expiresAtMs, dataLifeDays, mostFetches };
}

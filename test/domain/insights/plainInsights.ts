import type { Filing, IncomePolicy } from "../../../src/domain";

/** The formulae once more, in plain BigInt paise, written from the description and not from the engine. Null: not possible. */
type Paise = bigint | null;

const big = (amount: number | null | undefined): Paise =>
  amount === null || amount === undefined ? null : BigInt(amount);

/** Shares have at most four decimals here. */
function part(amount: bigint, share: number): bigint {
  return floor(amount * BigInt(Math.round(share * 10_000)) * 2n + 10_000n, 20_000n);
}

function floor(one: bigint, other: bigint): bigint {
  const rest = ((one % other) + other) % other;
  return (one - rest) / other;
}

function mean(amounts: readonly bigint[]): bigint {
  const count = BigInt(amounts.length);
  return floor(2n * amounts.reduce((all, amount) => all + amount, 0n) + count, 2n * count);
}

function salary({ form, salaries, incomeHeads }: Filing): Paise {
  if (["ITR_5", "ITR_6", "ITR_7"].includes(form)) return 0n;
  const head = big(incomeHeads?.salary);
  const gross = salaries?.map((each) => big(each.gross));
  const isEmptyBesideIncome = gross?.length === 0 && head !== null && head !== 0n;
  if (gross === undefined || gross.includes(null) || isEmptyBesideIncome) return head;
  return gross.reduce<bigint>((all, amount) => all + (amount ?? 0n), 0n);
}

function business(filing: Filing, policy: IncomePolicy): Paise {
  if (filing.form === "ITR_1" || filing.form === "ITR_2") return 0n;
  const head = big(filing.incomeHeads?.businessOrProfession);
  const reported = filing.business;
  const isBare =
    !reported ||
    (reported.partnerships.length === 0 &&
      [reported.turnover, reported.grossProfit, reported.netProfit, reported.depreciation, reported.interestPaid].every(
        (amount) => amount === null,
      ));
  if (policy.businessBasis === "DECLARED" || (head === 0n && isBare)) return head;
  if (policy.businessBasis === "RECEIPTS") {
    const turnover = big(reported?.turnover);
    return turnover === null ? null : part(turnover, policy.receiptsMultiple ?? 0);
  }
  if (policy.businessBasis === "GROSS_PROFIT") {
    const [profit, turnover] = [big(reported?.grossProfit), big(reported?.turnover)];
    if (profit === null || turnover === null) return null;
    const most = part(turnover, policy.grossProfitShare);
    return profit < most ? profit : most;
  }
  if (reported?.presumptiveSection || filing.form === "ITR_4") return head;
  const profit = big(reported?.netProfit);
  if (profit === null) return null;
  const added = [
    reported?.depreciation,
    reported?.interestPaid,
    ...(reported?.partnerships ?? []).flatMap(({ remuneration, interest }) => [remuneration, interest]),
  ];
  return added.reduce<bigint>((all, amount) => all + (big(amount) ?? 0n), profit) - (big(reported?.taxOnProfit) ?? 0n);
}

function rent({ houseProperties, incomeHeads }: Filing, share: number): Paise {
  const head = big(incomeHeads?.houseProperty);
  const fromHead = head === null ? null : head <= 0n ? 0n : part(head, share);
  if (houseProperties === undefined) return fromHead;
  const letOut = houseProperties.filter(
    ({ use, grossRent }) => use === "LET_OUT" || (use === "UNKNOWN" && grossRent !== 0),
  );
  if (letOut.some(({ grossRent }) => grossRent === null)) return fromHead;
  if (letOut.length === 0) return houseProperties.some(({ use }) => use === "DEEMED_LET_OUT") ? 0n : (fromHead ?? 0n);
  return part(
    letOut.reduce<bigint>((all, { grossRent }) => all + (big(grossRent) ?? 0n), 0n),
    share,
  );
}

function other(filing: Filing, before: Filing | undefined): Paise {
  if (filing.otherIncome === undefined) return filing.incomeHeads?.otherSources === 0 ? 0n : null;
  const ofKind = (of: Filing, kind: string) =>
    (of.otherIncome ?? []).reduce((all, each) => (each.kind === kind ? all + BigInt(each.amount) : all), 0n);
  return ["INTEREST", "DIVIDEND", "FAMILY_PENSION"].reduce((all, kind) => {
    const years = before?.otherIncome ? [ofKind(filing, kind), ofKind(before, kind)] : [ofKind(filing, kind)];
    return all + mean(years);
  }, 0n);
}

/** Effective returns, newest first. */
export function plainYears(returns: readonly Filing[], policy: IncomePolicy): readonly Paise[] {
  return returns.slice(0, policy.years).map((filing) => {
    const before = returns.find(({ incomeYear }) => incomeYear === filing.incomeYear - 1);
    const [earned, made] = [salary(filing), business(filing, policy)];
    if (earned === null || made === null) return null;
    const uncapped = other(filing, before);
    const most = policy.otherIncomeCap === undefined || made <= 0n ? null : part(made, policy.otherIncomeCap);
    const besides = uncapped === null ? 0n : most !== null && most < uncapped ? most : uncapped;
    const farm = part(big(filing.agriculturalIncome) ?? 0n, policy.agriculturalShare);
    return earned + made + (rent(filing, policy.rentShare) ?? 0n) + besides + farm;
  });
}

export function plainAssessable(returns: readonly Filing[], policy: IncomePolicy): Paise {
  const years = [...plainYears(returns, policy)];
  const [first, second] = years;
  const isShort = policy.averaging === "LATEST";
  if (first === undefined || first === null) return null;
  if (policy.growthCap !== undefined && second !== undefined) {
    if (second === null) return null;
    const most = part(second, policy.growthCap);
    years[0] = most < first ? most : first;
  }
  const reported = (isShort ? years.slice(0, 1) : years).flatMap((amount) => amount ?? []);
  if (!isShort && reported.length < years.length) return null;
  const latest = reported[0] ?? null;
  if (policy.averaging === "MEAN") return mean(reported);
  if (policy.averaging === "LOWEST") return reported.reduce((least, amount) => (amount < least ? amount : least));
  const isRising = reported.every((amount, at) => at === 0 || (reported[at - 1] ?? amount) >= amount);
  return policy.averaging === "LATEST" || !isRising ? latest : mean(reported);
}

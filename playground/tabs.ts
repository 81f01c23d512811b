/** The sandbox people whom the tabs ask about. */
const pans = {
  filed: "ZZZPA1001A",
  notFiled: "ZZZPA1002B",
  unknown: "ZZZPA1003C",
  unavailable: "ZZZPA1004D",
};

interface Tab {
  readonly query: string;
  readonly variables: string;
}

/** A tab is named after its operation. */
export const tabs: readonly [Tab, ...Tab[]] = [
  tab(
    `# Start here:
# has this person filed an income-tax return?
#
# Press the play button, or Ctrl-Enter.
# The PAN is among the variables below. There are
# more to try; the people behind them are invented:
#
#   ${pans.filed}  has filed
#   ${pans.notFiled}  has not
#   ${pans.unknown}  is not on record
#   ${pans.unavailable}  cannot be asked about just now

query StartHere($pan: Pan!) {
  taxpayer(pan: $pan) {
    id # opaque, so safe to log
    pan # masked
    holderType
    compliance {
      itrFiled
      standing # the same whoever answers
      standingLabel # in the provider's words
      filingStatus
      assessmentYear
      filedOn
      acknowledgementNumber
      checkedAt
    }
    # Who was asked, and why a gap is a gap.
    sources {
      document
      provider
      outcome
      problem {
        code
        message
        blame
        retryable
      }
    }
  }
}
`,
    { pan: pans.filed },
  ),
  tab(
    `# Many at once:
# up to 100 PANs, answered in the order asked.
#
# One person's failure leaves the others' answers
# whole. A PAN asked about twice costs one call.

query ManyAtOnce($pans: [Pan!]!) {
  taxpayers(pans: $pans) {
    pan
    compliance {
      itrFiled
      standing
      assessmentYear
      filedOn
    }
    sources {
      provider
      outcome
      problem {
        code
        message
      }
    }
  }
}
`,
    { pans: Object.values(pans) },
  ),
  tab(
    `# Who is behind it:
# the providers, what each can tell,
# and what login it takes.

query WhoIsBehindIt {
  providers {
    id
    name
    mode
    documents
    login
  }
}
`,
  ),
  tab(
    `# When it goes wrong:
# no provider can answer for this PAN just now.
#
# The request still succeeds: "compliance" is
# null, and "sources" says why, whose fault that is
# and whether it helps to ask again.

query WhenItGoesWrong($pan: Pan!) {
  taxpayer(pan: $pan) {
    pan
    compliance {
      itrFiled
      standing
      checkedAt
    }
    sources {
      document
      provider
      outcome
      problem {
        code
        message
        blame
        retryable
      }
    }
  }
}
`,
    { pan: pans.unavailable },
  ),
];

function tab(query: string, variables?: object): Tab {
  return { query, variables: variables === undefined ? "" : JSON.stringify(variables, null, 2) };
}

import { pans, portalPassword } from "./people";
import { tab } from "./tab";

export const openSession = tab(
  `# Open a session:
# log a taxpayer in with their portal password,
# under the consent they gave. Only this spends
# a login; queries never do.
#
# Variables that begin with a dollar sign are
# filled in as you press play: here with the
# sandbox's time and a key that is new each time.
#
# The portal then texts a one-time password:
# see the fake phone, on the far left.

mutation OpenSession($input: OpenSessionInput!) {
  openSession(input: $input) {
    session {
      id # "$session" in the next tabs
      provider
      state
      openedAt
      # Do what it says until it is READ_DATA.
      nextAction {
        kind
        mutation
        message
        expiresAt
      }
      consent {
        id # "$consent" in the next tabs
        standing
      }
    }
    problem {
      code
      message
      blame
      retryable
    }
    replayed # true: this session was open already
  }
}
`,
  {
    input: {
      pan: pans.filed,
      password: portalPassword,
      provider: "KWIKID",
      consent: {
        purpose: "CREDIT_UNDERWRITING",
        startsAt: "$now",
        expiresAt: "$in30Days",
        dataLifeDays: 30,
      },
      idempotencyKey: "$newKey",
    },
  },
);

export const submitOtp = tab(
  `# Submit the one-time password:
# press play, and the newest message on the fake
# phone is sent for the session you have opened.
#
# A wrong one is no error: "problem" says so,
# and "attemptsLeft" how many more may be tried.

mutation SubmitOtp($input: SubmitOtpInput!) {
  submitOtp(input: $input) {
    session {
      state
      attemptsLeft
      nextAction {
        kind
        message
      }
      problem {
        code
        message
      }
    }
    problem {
      code
      message
      blame
      retryable
    }
  }
}
`,
  { input: { sessionId: "$session", otp: "$otp" } },
);

export const watchSession = tab(
  `# Watch the session:
# its state now, then each change as it happens.
#
# Some providers take minutes to read the portal:
# watch instead of asking again and again. It goes
# on until the session is over, you press stop, or
# you leave this tab.

subscription WatchSession($id: ID!) {
  sessionChanged(id: $id) {
    state
    updatedAt
    nextAction {
      kind
      message
      pollAfterMs
    }
    problem {
      code
      message
    }
  }
}
`,
  { id: "$session" },
);

export const readSession = tab(
  `# Read the session:
# what has happened, what may be read until when,
# and what is known of the taxpayer.

query ReadSession($id: ID!) {
  session(id: $id) {
    state
    nextAction {
      kind
      message
      expiresAt
    }
    events {
      at
      state
      message
    }
    consent {
      purpose
      standing
      documents
      assessmentYears
      fetches # how often data was fetched under it
      expiresAt
    }
    taxpayer {
      pan
      compliance {
        itrFiled
        standing
        assessmentYear
        filedOn
      }
    }
  }
}
`,
  { id: "$session" },
);

export const closeSession = tab(
  `# Close the session:
# log out at the provider, and destroy what was
# needed to stay logged in. Closing it again
# changes nothing.

mutation CloseSession($input: SessionInput!) {
  closeSession(input: $input) {
    session {
      state
      endReason
      endedAt
    }
    problem {
      code
      message
    }
  }
}
`,
  { input: { sessionId: "$session" } },
);

export const revokeConsent = tab(
  `# Revoke the consent:
# the taxpayer has changed their mind. What was
# fetched under this consent is deleted, and
# nothing is read under it any more.

mutation RevokeConsent($input: RevokeConsentInput!) {
  revokeConsent(input: $input) {
    consent {
      standing
      revokedAt
    }
    problem {
      code
      message
    }
  }
}
`,
  { input: { consentId: "$consent", reason: "The taxpayer asked for it." } },
);

export const eraseTaxpayer = tab(
  `# Erase the taxpayer:
# their key is destroyed, and with it all that is
# held of them. Keep the receipt.
#
# Whoever asks about them now is told ERASED, in
# StartHere too. OpenSession brings a new consent,
# and with it a fresh start.

mutation EraseTaxpayer($input: EraseTaxpayerInput!) {
  eraseTaxpayer(input: $input) {
    receipt {
      id
      erasedAt
      destroyed {
        keys
        answers
        consents
        sessions
      }
    }
    problem {
      code
      message
    }
  }
}
`,
  { input: { pan: pans.filed, reason: "The taxpayer asked for it." } },
);

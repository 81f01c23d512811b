/** Served as /link/page.css. System fonts only: a cheap phone downloads none. */
export const css = `
:root { color-scheme: light; --ink: #14213d; --soft: #4a5672; --line: #d5dbe7; --brand: #0b4f6c; --wash: #eef3f7;
  --bad: #8f1d1d; --bad-wash: #fdf0ef; --good: #1b5e3a; --good-wash: #edf7f0; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--wash); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Devanagari", sans-serif; }
.frame { max-width: 30rem; min-height: 100vh; margin: 0 auto; padding: 0 1rem 2rem; }
header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; min-height: 3.75rem; }
.brand { display: flex; align-items: center; gap: .5rem; font-weight: 650; letter-spacing: -.01em; }
.brand svg { width: 1.5rem; height: 1.5rem; flex: none; }
nav a { display: inline-block; padding: .6rem .25rem; color: var(--brand); }
main { background: #fff; border: 1px solid var(--line); border-radius: .9rem; padding: 1.25rem;
  box-shadow: 0 1px 2px #14213d0d, 0 8px 24px #14213d0f; overflow-wrap: break-word; }
h1 { margin: .25rem 0 .5rem; font-size: 1.4rem; line-height: 1.25; letter-spacing: -.015em; }
h1:focus { outline: none; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.05rem; }
p { margin: .5rem 0; }
.soft { color: var(--soft); font-size: .94rem; }
.steps { display: flex; gap: .4rem; list-style: none; margin: 0 0 1rem; padding: 0; font-size: .82rem; color: var(--soft); }
.steps li { flex: 1; border-top: 4px solid var(--line); padding-top: .3rem; }
.steps .past { border-color: var(--brand); }
.steps .now { border-color: var(--brand); color: var(--ink); font-weight: 650; }
.notice { list-style: none; margin: .85rem 0; padding: 0; border: 1px solid var(--line); border-radius: .6rem; }
.notice li { padding: .5rem .75rem; font-size: .96rem; line-height: 1.45; border-top: 1px solid var(--line); }
.notice li:first-child { border-top: 0; background: var(--wash); border-radius: .6rem .6rem 0 0; font-weight: 600; }
.who { display: inline-block; margin: .25rem 0; padding: .2rem .6rem; border-radius: 1rem; background: var(--wash);
  font-size: .92rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { width: 100%; min-height: 3rem; padding: .55rem .75rem; border: 1px solid #76819a; border-radius: .55rem;
  background: #fff; color: inherit; font: inherit; font-size: 1.06rem; }
input[name=pan] { text-transform: uppercase; letter-spacing: .08em; }
input[name=otp] { letter-spacing: .35em; font-variant-numeric: tabular-nums; }
input[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
.hint { margin: .3rem 0 0; color: var(--soft); font-size: .9rem; }
button { display: block; width: 100%; min-height: 3rem; margin: .75rem 0 0; padding: .7rem 1rem; border: 1px solid var(--brand);
  border-radius: .55rem; background: var(--brand); color: #fff; font: inherit; font-weight: 650; text-align: center;
  text-decoration: none; cursor: pointer; }
button:hover { background: #083c53; }
.quiet { border-color: #76819a; background: #fff; color: var(--ink); font-weight: 500; }
.quiet:hover { background: var(--wash); }
.danger { border-color: var(--bad); background: #fff; color: var(--bad); }
.danger:hover { background: var(--bad-wash); }
a { color: var(--brand); }
.problem:focus { outline: none; }
:focus-visible { outline: 3px solid #e0a100; outline-offset: 2px; }
.problem, .fine { margin: .75rem 0; padding: .8rem .9rem; border-left: 4px solid var(--bad); border-radius: .3rem; background: var(--bad-wash); }
.problem p, .fine p { margin: .15rem 0; }
.problem p:first-child { font-weight: 650; color: var(--bad); }
.fine { border-color: var(--good); background: var(--good-wash); }
.lock { display: flex; gap: .6rem; align-items: flex-start; margin: 1rem 0 0; padding: .75rem .85rem; border-radius: .6rem;
  background: var(--good-wash); color: #123f27; font-size: .94rem; }
.lock svg { width: 1.2rem; height: 1.2rem; flex: none; margin-top: .15rem; }
.tasks { list-style: none; margin: 1.25rem 0; padding: 0; }
.tasks li { display: flex; align-items: flex-start; gap: .7rem; padding: .5rem 0; color: var(--soft); }
.tasks li::before { content: ""; width: 1.2rem; height: 1.2rem; flex: none; margin-top: .15rem; border: 2px solid var(--line); border-radius: 50%; }
.tasks .past::before { content: "✓"; border-color: var(--good); background: var(--good); color: #fff; font-size: .75rem; font-weight: 700;
  line-height: .95rem; text-align: center; }
.tasks .now { color: var(--ink); font-weight: 650; }
.tasks .now::before { border-color: var(--line); border-top-color: var(--brand); border-right-color: var(--brand); animation: turn 1s linear infinite; }
@keyframes turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .tasks .now::before { animation: none; background: var(--brand); } }
.tick { width: 3rem; height: 3rem; color: var(--good); }
code { font-size: .82rem; overflow-wrap: anywhere; }
textarea { width: 100%; height: 7rem; padding: .5rem; border: 1px solid var(--line); border-radius: .5rem; font: .78rem/1.4 ui-monospace, monospace;
  color: var(--soft); overflow-wrap: anywhere; }
footer { padding: 1rem .25rem; color: var(--soft); font-size: .86rem; }
@media (max-width: 24rem) { .frame { padding: 0 .6rem 1.5rem; } main { padding: 1rem .9rem; } }
`;

/** Served as /link/page.js. It refreshes what is in progress, and goes back where the page ends. All else works without it. */
export const script = `
(() => {
  const pauseMs = 1200;
  const look = async () => {
    const main = document.querySelector("main");
    if (main.dataset.progress === undefined) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
      const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      if (next && next.dataset.progress === undefined) return location.replace(location.href);
      if (next && next.dataset.progress !== main.dataset.progress) {
        main.dataset.progress = next.dataset.progress;
        main.querySelector("[data-testid=progress]").replaceWith(next.querySelector("[data-testid=progress]"));
        main.querySelector("[role=status]").textContent = next.querySelector(".now").textContent;
      }
    } catch {}
    setTimeout(look, pauseMs);
  };
  setTimeout(look, pauseMs);
  const { forward } = document.querySelector("main").dataset;
  if (forward) {
    const leaving = setTimeout(() => location.replace(forward), 8000);
    for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => clearTimeout(leaving));
  }
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();
})();
`;

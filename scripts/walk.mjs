// Follows a value through the program, as the types show it: argument to parameter, value to variable, property and the
// object that holds it, returned value to the caller. It stops where another property of that object is read, and in
// what a library does with it. A call through an interface goes to every function given for that member.
import { dirname } from "node:path";
import ts from "typescript";

/** What a walk needs of the whole program, gathered once. */
export function readFlows(program, isOwn) {
  const checker = program.getTypeChecker();
  const uses = new Map();
  const givenFor = new Map();
  const givenThrough = new Map();
  const calls = [];
  const files = program.getSourceFiles().filter(({ fileName }) => isOwn(fileName));
  for (const file of files) visit(file);
  const callsOf = new Map();
  for (const call of calls) for (const target of targetsOf(call)) add(callsOf, target, call);
  return {
    checker,
    functionsIn,
    usesOf: (symbol) => uses.get(keyOf(symbol)) ?? [],
    givenTo,
    callsOf,
    targetsOf,
    symbolOf,
    memberOf,
    files,
  };

  function visit(node) {
    if (ts.isIdentifier(node)) noteUse(node);
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) noteCall(node);
    if (ts.isPropertyAssignment(node)) noteGiven(memberOf(node), node.initializer);
    if (ts.isShorthandPropertyAssignment(node)) noteGiven(memberOf(node), node.name);
    if (ts.isMethodDeclaration(node)) noteMethod(node);
    if (ts.isVariableDeclaration(node) && node.initializer) noteGiven(symbolOf(node.name), node.initializer);
    ts.forEachChild(node, visit);
  }

  function noteUse(node) {
    const { parent } = node;
    if (ts.isShorthandPropertyAssignment(parent)) note(uses, checker.getShorthandAssignmentValueSymbol(parent), node);
    else if (ts.isBindingElement(parent) && isPropertyNameOf(parent, node)) {
      note(uses, checker.getTypeAtLocation(parent.parent).getProperty(node.text), parent.name);
    } else if (!isNameOfDeclaration(node)) note(uses, symbolOf(node), node);
  }

  function noteCall(call) {
    calls.push(call);
    const { parameters = [] } = checker.getResolvedSignature(call)?.declaration ?? {};
    for (const [at, argument] of (call.arguments ?? []).entries()) {
      const parameter = parameters[at];
      if (parameter && ts.isParameter(parameter)) noteGiven(checker.getSymbolAtLocation(parameter.name), argument);
    }
  }

  function noteMethod(method) {
    const { parent } = method;
    if (ts.isObjectLiteralExpression(parent)) return note(givenFor, memberOf(method), method);
    for (const clause of parent.heritageClauses ?? []) {
      for (const type of clause.types) {
        note(givenFor, checker.getTypeAtLocation(type).getProperty(method.name.getText()), method);
      }
    }
  }

  function noteGiven(symbol, value) {
    for (const given of functionsIn(value)) note(givenFor, symbol, given);
    const handedOn = ts.isIdentifier(value) ? sourceOf(valueSymbolOf(value)?.valueDeclaration) : undefined;
    if (handedOn) note(givenThrough, symbol, handedOn);
  }

  /** A parameter, or the property that `{ gather }` takes out of one. */
  function sourceOf(declaration) {
    if (!declaration) return undefined;
    if (ts.isParameter(declaration)) return checker.getSymbolAtLocation(declaration.name);
    if (!ts.isBindingElement(declaration)) return undefined;
    const name = (declaration.propertyName ?? declaration.name).getText();
    return checker.getTypeAtLocation(declaration.parent).getProperty(name);
  }

  /** What is made of a function (a loader, a memoized one) runs that function. */
  function functionsIn(value) {
    const own = functionOf(value);
    if (own) return [own];
    const kept = ts.isIdentifier(value) ? valueSymbolOf(value)?.valueDeclaration : undefined;
    if (kept && ts.isVariableDeclaration(kept) && kept.initializer) return functionsIn(kept.initializer);
    if (!ts.isCallExpression(value) && !ts.isNewExpression(value)) return [];
    const made = bodyOf(checker.getResolvedSignature(value)?.declaration);
    return [...(value.arguments ?? []).flatMap(functionsIn), ...(made ? returnedBy(made) : [])];
  }

  /** `return async (session) => …`: what a factory makes. */
  function returnedBy(factory) {
    const values = [];
    const look = (node) => {
      if (ts.isReturnStatement(node) && node.expression) values.push(node.expression);
      if (!ts.isFunctionLike(node)) ts.forEachChild(node, look);
    };
    if (ts.isBlock(factory.body)) look(factory.body);
    else values.push(factory.body);
    return values.map(functionOf).filter(Boolean);
  }

  /** What is given for a name, also through the parameters that hand it on. */
  function givenTo(symbol, through = new Set()) {
    if (symbol === undefined || through.has(keyOf(symbol))) return [];
    through.add(keyOf(symbol));
    const handedOn = (givenThrough.get(keyOf(symbol)) ?? []).flatMap((each) => givenTo(each, through));
    const taken = sourceOf(symbol.valueDeclaration);
    return [...(givenFor.get(keyOf(symbol)) ?? []), ...handedOn, ...(taken ? givenTo(taken, through) : [])];
  }

  function note(map, symbol, value) {
    add(map, keyOf(symbol), value);
  }

  function functionOf(value) {
    if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return value;
    return ts.isIdentifier(value) ? bodyOf(valueSymbolOf(value)?.valueDeclaration) : undefined;
  }

  function valueSymbolOf(name) {
    return ts.isShorthandPropertyAssignment(name.parent)
      ? plain(checker.getShorthandAssignmentValueSymbol(name.parent))
      : symbolOf(name);
  }

  /** The functions with a body that a call may run. */
  function targetsOf(call) {
    const declared = bodyOf(checker.getResolvedSignature(call)?.declaration);
    if (declared) return [declared];
    const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
    const symbol = ts.isIdentifier(callee) ? symbolOf(callee) : undefined;
    const given = givenTo(symbol);
    // What many functions are given to is a tool, like a memoizer: its callers are followed by their own functions.
    const isTool = given.length > 2 && symbol.valueDeclaration && ts.isParameter(symbol.valueDeclaration);
    return [...(isTool ? [] : given), bodyOf(symbol?.valueDeclaration)].filter(Boolean);
  }

  function symbolOf(node) {
    return plain(checker.getSymbolAtLocation(node));
  }

  function plain(symbol) {
    return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  /** The member of the expected type that a property of an object literal fills. */
  function memberOf(property) {
    const name = property.name.getText();
    return checker.getContextualType(property.parent)?.getProperty(name) ?? checker.getSymbolAtLocation(property.name);
  }
}

/** The files and the edges between folders that a value passes, from declarations or filled properties on. */
export function walk(flows, starts, isOn) {
  const { checker, functionsIn, usesOf, givenTo, callsOf, targetsOf, symbolOf, memberOf } = flows;
  const seen = new Set();
  const files = new Set();
  const crossings = new Set();
  /** The properties that have held the value: read from an object that holds it, they are it. */
  const names = new Set();
  const returning = new Set();
  const enteredBy = new Map();
  const pending = [];
  for (const start of starts) {
    if (ts.isPropertyAssignment(start)) flow(start.initializer);
    else {
      names.add(start.name.getText());
      reach(checker.getSymbolAtLocation(start.name), start);
    }
  }
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { symbol, from } = next;
    for (const { fileName } of (symbol.declarations ?? []).map((each) => each.getSourceFile())) note(fileName, from);
    if (seen.has(keyOf(symbol))) continue;
    seen.add(keyOf(symbol));
    for (const use of usesOf(symbol)) flow(use);
  }
  return { files: [...files], crossings: [...crossings] };

  function note(file, from) {
    if (!isOn(file)) return;
    files.add(file);
    if (from && from !== file && isOn(from) && dirname(from) !== dirname(file)) crossings.add(`${from} → ${file}`);
  }

  function reach(symbol, node) {
    const from = node.getSourceFile().fileName;
    if (symbol && (symbol.declarations ?? []).some((each) => isOn(each.getSourceFile().fileName))) {
      pending.push({ symbol, from });
    }
  }

  /** Where the value of an expression goes to next. */
  function flow(node) {
    const file = node.getSourceFile().fileName;
    if (!isOn(file)) return;
    note(file);
    const { parent } = node;
    if (ts.isBindingElement(parent)) reachName(parent.name, node);
    else if (ts.isPropertyAccessExpression(parent)) {
      // The property itself is a use of its own; a method of a library's type hands the value on.
      if (parent.name === node || names.has(parent.name.text)) flow(parent);
      else if (ts.isCallExpression(parent.parent) && isMethod(symbolOf(parent.name))) flowThroughMethod(parent.parent);
    } else if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression !== node) {
      flowIntoCall(parent, parent.arguments.indexOf(node));
    } else if (ts.isElementAccessExpression(parent) && parent.expression === node) flow(parent);
    else if (ts.isForOfStatement(parent) && parent.expression === node) {
      for (const { name } of parent.initializer.declarations ?? []) reachName(name, node);
    } else if (ts.isVariableDeclaration(parent)) reachName(parent.name, node);
    else if (ts.isPropertyDeclaration(parent)) reach(symbolOf(parent.name), node);
    else if (ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent)) {
      names.add(parent.name.text);
      reach(memberOf(parent), node);
      flow(parent.parent);
    } else if (ts.isReturnStatement(parent)) flowOut(functionAround(parent), node);
    else if (ts.isArrowFunction(parent) && parent.body === node) flowOut(parent, node);
    else if (isHandingOn(parent, node)) flow(parent);
  }

  /** `list.map(callback)`: the callback gets what the list holds. */
  function flowThroughMethod(call) {
    for (const callback of call.arguments.flatMap(functionsIn)) {
      add(enteredBy, callback, call);
      for (const { name } of callback.parameters) reachName(name, call);
    }
    flow(call);
  }

  function flowIntoCall(call, at) {
    const targets = [...targetsOf(call), ...throughLibrary(call)].filter((target) =>
      isOn(target.getSourceFile().fileName),
    );
    for (const target of targets) {
      add(enteredBy, target, call);
      const parameter = target.parameters[at];
      if (parameter) reachName(parameter.name, call);
      if (returning.has(target)) flowBack(call, target);
    }
    const { expression: callee } = call;
    // `map.set(key, value)`: the collection holds it.
    if (ts.isPropertyAccessExpression(callee) && /^(set|add|push)$/.test(callee.name.text)) {
      const { expression: owner } = callee;
      reach(symbolOf(ts.isPropertyAccessExpression(owner) ? owner.name : owner), call);
    }
    // What a constructor is given is held by what it makes; what a library is given, it may hand back.
    if (targets.length === 0 || ts.isNewExpression(call)) flow(call);
  }

  /** `loader.load(pan)`: the library runs the function that the loader was made of, also behind an interface of ours. */
  function throughLibrary(call) {
    const { expression } = call;
    if (!ts.isPropertyAccessExpression(expression)) return [];
    if (bodyOf(checker.getResolvedSignature(call)?.declaration)) return [];
    const { expression: owner } = expression;
    return givenTo(symbolOf(ts.isPropertyAccessExpression(owner) ? owner.name : owner));
  }

  /** A value goes back to the calls through which it came; one that came otherwise, to every call. */
  function flowOut(fn, node) {
    if (!fn || returning.has(fn)) return;
    returning.add(fn);
    for (const call of enteredBy.get(fn) ?? callsOf.get(fn) ?? []) flowBack(call, fn);
  }

  function flowBack(call, fn) {
    if (seen.has(call)) return;
    seen.add(call);
    note(call.getSourceFile().fileName, fn.getSourceFile().fileName);
    flow(call);
  }

  function reachName(name, node) {
    if (ts.isIdentifier(name)) reach(checker.getSymbolAtLocation(name), node);
    else if (ts.isArrayBindingPattern(name)) {
      for (const element of name.elements) if (ts.isBindingElement(element)) reachName(element.name, node);
    } else {
      note(name.getSourceFile().fileName, node.getSourceFile().fileName);
      for (const element of name.elements) {
        if (names.has((element.propertyName ?? element.name).getText())) reachName(element.name, node);
      }
    }
  }
}

/** Types made of others have members of their own, declared where the others are. */
function keyOf(symbol) {
  return symbol && (symbol.valueDeclaration ?? symbol.declarations?.[0] ?? symbol);
}

function isHandingOn(parent, node) {
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isBinaryExpression(parent)) {
    return [
      ts.SyntaxKind.QuestionQuestionToken,
      ts.SyntaxKind.AmpersandAmpersandToken,
      ts.SyntaxKind.BarBarToken,
      ts.SyntaxKind.PlusToken,
    ].includes(parent.operatorToken.kind);
  }
  return (
    ts.isAwaitExpression(parent) ||
    ts.isParenthesizedExpression(parent) ||
    ts.isAsExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isSpreadAssignment(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isObjectLiteralExpression(parent) ||
    ts.isArrayLiteralExpression(parent) ||
    ts.isTemplateSpan(parent) ||
    ts.isTemplateExpression(parent)
  );
}

/** Of a library, or of a class of ours that holds the value: `secret.reveal()`. */
function isMethod(symbol) {
  return isOfLibrary(symbol) || (symbol?.declarations ?? []).some((each) => ts.isMethodDeclaration(each));
}

function isOfLibrary(symbol) {
  return (symbol?.declarations ?? []).some((each) => each.getSourceFile().fileName.includes("/node_modules/"));
}

function bodyOf(declaration) {
  if (declaration && ts.isVariableDeclaration(declaration) && declaration.initializer) {
    return bodyOf(declaration.initializer);
  }
  return declaration && ts.isFunctionLike(declaration) && declaration.body ? declaration : undefined;
}

function functionAround(node) {
  return ts.findAncestor(node, (each) => ts.isFunctionLike(each));
}

function isPropertyNameOf(element, node) {
  if (!ts.isObjectBindingPattern(element.parent)) return false;
  return element.propertyName ? element.propertyName === node : element.name === node;
}

function isNameOfDeclaration(node) {
  return node.parent.name === node && ts.isDeclaration(node.parent) && !ts.isPropertyAccessExpression(node.parent);
}

function add(map, key, value) {
  if (key === undefined) return;
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

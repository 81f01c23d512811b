import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "coverage/", "packages/client/src/operations.ts", ".aaygraph/"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // Numbers in messages are wanted; objects are not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // type-graphql declares fields and resolvers on classes.
      "@typescript-eslint/no-extraneous-class": "off",
      "max-lines": ["error", { max: 400 }],
    },
  },
  {
    // type-graphql's classes describe shapes, which plain objects fill.
    files: ["src/graph/**/*.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-misused-spread": "off",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);

// All rules that html-validate recommends, and its rules for whole documents. Each exception has a reason.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // HTML allows any case; our pages use lower case.
    "doctype-style": ["error", { style: "lowercase" }],
    // HTML only forbids spaces in an id. MkDocs gives a Cyrillic h1 the id "_1", and nothing links to it.
    "valid-id": ["error", { relaxed: true }],
    // Pages have a byte order mark, because it overrides a host's charset and a meta element does not.
    "no-utf8-bom": "off",
    // A hash of a file from the same server as the page protects nobody. Files from elsewhere stay errors.
    "require-sri": ["error", { target: "crossorigin" }],
    // A number may break between its groups: otherwise large text on a narrow screen would cut it.
    "tel-non-breaking": "off",
    // VoiceOver does not announce a list whose bullets a style has taken away, unless the role is written out.
    "no-redundant-role": "off",
    // Old browsers give a section no role, and then its name is not read.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
};

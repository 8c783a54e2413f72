// Everything that html-validate recommends, and what it asks of whole documents. Each exception has its reason.
export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // HTML does not care for the case; ours is lowercase, on every page.
    "doctype-style": ["error", { style: "lowercase" }],
    // HTML wants an id without spaces, nothing more. MkDocs names a Cyrillic h1 "_1"; nothing links to it.
    "valid-id": ["error", { relaxed: true }],
    // A page has a byte order mark: it wins over a charset that a host declares, which a meta element does not.
    "no-utf8-bom": "off",
    // A hash of a file that the same server sends, beside the page, protects nobody. Foreign files stay errors.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};

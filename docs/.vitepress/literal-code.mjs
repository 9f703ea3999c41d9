/** Plugin of markdown-it: `{{ … }}` in inline code is shown, not taken for an expression of Vue. */
export function literalCode(md) {
  const render = md.renderer.rules.code_inline;
  md.renderer.rules.code_inline = (tokens, i, ...rest) => {
    tokens[i].attrSet('v-pre', '');
    return render(tokens, i, ...rest);
  };
}

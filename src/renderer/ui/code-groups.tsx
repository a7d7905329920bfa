/** A code in groups of characters, each group kept together, always left to right. */
export function CodeGroups({ code, label }: { code: string; label: string }) {
  let place = 0;
  return (
    <ol className="code-groups" dir="ltr" aria-label={label}>
      {code.split(' ').map((group) => {
        place += 1;
        return <li key={place}>{group}</li>;
      })}
    </ol>
  );
}

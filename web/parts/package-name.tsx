/** A package's name: for Maven the artifact, its group after it in quiet type where there is room, and the full name on hover. */
export function PackageName({ name, brief = false }: { readonly name: string; readonly brief?: boolean }) {
  const colon = name.indexOf(':');
  if (colon === -1) return <span className="name">{name}</span>;
  return (
    <>
      <span className="name" title={name}>
        {name.slice(colon + 1)}
      </span>
      {!brief && <span className="faint micro"> {name.slice(0, colon)}</span>}
    </>
  );
}

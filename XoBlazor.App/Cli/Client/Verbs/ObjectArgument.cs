using System.Collections.Immutable;
using System.CommandLine;
using XoBlazor.App.Cli.Client.Catalogue;

namespace XoBlazor.App.Cli.Client.Verbs;

/// <summary>Something that names objects: completion offers those there are.</summary>
internal interface INamesObjects
{
    /// <summary>Xen Orchestra's types.</summary>
    ImmutableArray<string> Types { get; }
}

/// <summary>One or more objects by name or uuid.</summary>
internal sealed class ObjectArgument : Argument<string[]>, INamesObjects
{
    public ObjectArgument(ImmutableArray<string> types, bool isMany)
        : base(string.Join('|', types.Select(type => Kinds.Of(type).ToUpperInvariant()).Take(1)))
    {
        Types = types;
        Description = isMany ? "Names or uuids" : "Its name or uuid";
        // A list, even where it has to have one entry, which the library would not make one of.
        CustomParser = result => [.. result.Tokens.Select(token => token.Value)];
        Arity = isMany ? ArgumentArity.OneOrMore : ArgumentArity.ExactlyOne;
    }

    public ImmutableArray<string> Types { get; }
}

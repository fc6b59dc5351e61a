using System.Collections.Immutable;

namespace XoBlazor.Core.Pools;

/// <summary>One host that we know a way to.</summary>
/// <param name="Address">A bare address, or one with a port where it differs from the entered one's; the entered address itself is kept here too.</param>
/// <param name="Fingerprints">SHA-256 of the certificates that are accepted from it, spelt <c>AB:CD:…</c>; empty while none was confirmed or learnt.</param>
public sealed record KnownMember(string Address, ImmutableArray<string> Fingerprints)
{
    public bool Equals(KnownMember? other) =>
        other is not null && Address == other.Address && Fingerprints.SequenceEqual(other.Fingerprints, StringComparer.Ordinal);

    public override int GetHashCode() => Address.GetHashCode(StringComparison.Ordinal);
}

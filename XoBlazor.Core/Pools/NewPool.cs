using System.Collections.Immutable;

namespace XoBlazor.Core.Pools;

/// <summary>What an administrator enters to add a pool, with the certificates confirmed so far.</summary>
/// <param name="Accepted">Taken from <see cref="AddPoolResult.ConfirmCertificate"/> after the administrator said yes; two rounds where the address is a member's.</param>
public sealed record NewPool(string Address, string User, string Password, string Label = "", ImmutableArray<PresentedCertificate> Accepted = default)
{
    /// <summary>Leaves the password out.</summary>
    public override string ToString() => $"{User}@{Address}";
}

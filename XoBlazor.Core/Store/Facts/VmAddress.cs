using System.Net;

namespace XoBlazor.Core.Store.Facts;

/// <summary>An address that a guest reports for one of its network devices.</summary>
/// <param name="Device">The VIF's device number.</param>
public sealed record VmAddress(int Device, IPAddress Address)
{
    public override string ToString() => Address.ToString();
}
